import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';

type Data = MeasurementOf<'duplicate-address'>['data'];
type Asked = Data['addresses'][number];

const SHOWN = 2;

/**
 * `l2.duplicate@ADDRESS`, `l2.gateway-claims@ADDRESS`: a line for each address that somebody else claims; where nobody does, one for all of
 * them. What the kernel found by itself counts too: it needs no right.
 */
export function judgeDuplicateAddress(measurement: MeasurementOf<'duplicate-address'>, context: MachineJudgeContext): Check[] {
  const { attempt, data } = measurement;
  const own = data.addresses.filter(({ owner }) => owner === 'self');
  const claimed = own.filter((asked) => holders(asked).length > 0);
  const found = foundByKernel(context).filter(({ address }) => !claimed.some((asked) => asked.address === address));
  const faults = [
    ...claimed.map((asked) => duplicate(measurement, asked.address, `${named(holders(asked))} on ${asked.interface} says it is theirs`)),
    ...found.map(({ address, interface: name }) =>
      duplicate(measurement, address, `the kernel found another holder on ${name}, and does not use it`),
    ),
    ...data.addresses.filter(({ owner }) => owner === 'gateway').flatMap((asked) => judgeGatewayClaims(measurement, asked)),
  ];
  if (context.scope === 'path') return faults;
  const line = { kind: 'l2.duplicate', layer: 2, title: 'own addresses', measurement } as const;
  if (faults.some(({ code }) => code === 'duplicate-address')) return faults;
  if (attempt.kind !== 'measured') return [...faults, skippedCheck(line, withKernel(reasonOf(attempt)))];
  if (own.length === 0) return [...faults, skippedCheck(line, data.absent[0]?.because ?? 'none was asked for')];
  const proxied = own.some(({ claimants }) => claimants.some(({ claimsAnything }) => claimsAnything === true));
  const asked = own.length === 1 ? own[0]?.address : `${own.length} addresses`;
  const observed = `${asked}: ${proxied ? 'only one that answers for everything (proxy ARP)' : 'nobody else answers'}`;
  return [...faults, check({ ...line, status: 'pass', observed, expected: 'nobody else has them' })];
}

function duplicate(measurement: MeasurementOf<'duplicate-address'>, address: string, observed: string): Check {
  const made = check({
    kind: 'l2.duplicate',
    layer: 2,
    title: address,
    measurement,
    status: 'fail',
    code: 'duplicate-address',
    observed,
    expected: 'nobody else has it',
  });
  return { ...made, id: `l2.duplicate@${address}` };
}

/** Several for the address of a gateway; routers that stand for one together, by a protocol for that, are no fault. */
function judgeGatewayClaims(measurement: MeasurementOf<'duplicate-address'>, asked: Asked): Check[] {
  const others = holders(asked).filter(({ redundancy }) => redundancy === null);
  if (others.length < 2) return [];
  const made = check({
    kind: 'l2.gateway-claims',
    layer: 2,
    title: `gateway ${asked.address}`,
    measurement,
    status: 'warn',
    code: 'gateway-duplicate',
    observed: `${others.length} machines say that it is theirs: ${named(others)}`,
    expected: 'one',
  });
  return [{ ...made, id: `l2.gateway-claims@${asked.address}` }];
}

/** Who answers for everything holds nothing. */
function holders({ claimants }: Asked): Asked['claimants'] {
  return claimants.filter(({ claimsAnything }) => claimsAnything !== true);
}

function named(claimants: Asked['claimants']): string {
  const names = claimants.slice(0, SHOWN).map(({ linkAddress }) => linkAddress);
  return names.join(', ') + (claimants.length > SHOWN ? ` and ${claimants.length - SHOWN} more` : '');
}

/** Addresses that duplicate address detection of the kernel has failed for (RFC 4862): of the interfaces in use, or of all. */
function foundByKernel({ measurements, scope, interfaces }: MachineJudgeContext): { address: string; interface: string }[] {
  const host = measurements.find((made): made is MeasurementOf<'host'> => made.probe === 'host');
  return (host?.data.interfaces ?? [])
    .filter(({ name }) => scope === 'all' || interfaces.has(name))
    .flatMap(({ name, addresses }) =>
      addresses.filter(({ duplicate: failed }) => failed === true).map(({ address }) => ({ address, interface: name })),
    );
}

function withKernel(reason: string): string {
  return `${reason}; the kernel itself knows of no duplicate`;
}
