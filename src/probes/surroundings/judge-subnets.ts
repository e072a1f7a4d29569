import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { KnownTarget, MachineJudgeContext } from '../machine-probe.js';
import { bridgeOfAddress, coversAddress } from './local-networks.js';

type Measured = MeasurementOf<'surroundings'>;
type Overlap = NonNullable<DataOf<'surroundings'>['overlaps']>[number];

const LINE = { kind: 'l3.subnets', layer: 3, title: 'container subnets' } as const;

/** `l3.subnets`: container networks that others claim too; `l3.subnets@TARGET`: a target whose packets end in one. */
export function judgeSubnets(measurement: Measured, context: MachineJudgeContext): Check[] {
  const targets = context.targets.flatMap((target) => judgeTarget(measurement, target, context));
  if (context.scope === 'path') return targets;
  const struck = context.targets.filter(({ target }) => targets.some((made) => made.target === target.id));
  return [judgeMachine(measurement, struck), ...targets];
}

/** @param struck targets that are told to end in one of the networks: what they show is not said twice */
function judgeMachine(measurement: Measured, struck: readonly KnownTarget[]): Check {
  const { bridges, overlaps } = measurement.data;
  const line = { ...LINE, measurement };
  if (overlaps === null) return skippedCheck(line, 'the routes of this machine are not known');
  const expected = 'nobody else claims them';
  const isTold = ({ common, bridge }: Overlap) =>
    struck.some(({ way }) => way?.address != null && way.interface === bridge && coversAddress(common, way.address));
  const [first, ...others] = overlaps.filter((overlap) => !isTold(overlap));
  if (first === undefined && overlaps.length > 0) return skippedCheck(line, `told with ${struck[0]?.target.id}, which ends in one of them`);
  if (first !== undefined) {
    const more = others.length > 0 ? `; ${others.length} more` : '';
    return check({ ...line, status: 'warn', code: 'subnet-overlap', observed: `${describe(first)}${more}`, expected });
  }
  const named = bridges.flatMap(({ interface: name, prefixes }) => prefixes.map((prefix) => `${name} ${prefix}`));
  if (named.length === 0) return check({ ...line, status: 'pass', observed: 'none on this machine' });
  const rest = named.length > 3 ? ` and ${named.length - 3} more` : '';
  return check({ ...line, status: 'pass', observed: `${named.slice(0, 3).join(', ')}${rest}`, expected });
}

/** `docker0 172.17.0.0/16 lies in 172.16.0.0/12 of tun0; docker0 gets 172.17.0.0/16` */
function describe({ bridge, prefix, other, otherPrefix, common, winner }: Overlap): string {
  const relation = prefix === otherPrefix ? 'is also that of' : common === prefix ? `lies in ${otherPrefix} of` : `holds ${otherPrefix} of`;
  const gets = winner === null ? 'which of the two gets it, the order of the routes decides' : `${winner} gets ${common}`;
  return `${bridge} ${prefix} ${relation} ${other}; ${gets}`;
}

function judgeTarget(measurement: Measured, known: KnownTarget, { measurements, scope }: MachineJudgeContext): Check[] {
  const { target, way } = known;
  const address = way?.address ?? null;
  if (way === null || address === null || way.loopback === true) return [];
  const line = { ...LINE, title: 'container subnet', measurement: { id: measurement.id, target: target.id } };
  const overlap = (measurement.data.overlaps ?? []).find(({ common }) => coversAddress(common, address));
  const bridge = bridgeOfAddress(measurement.data.bridges, address);
  const reached = answersOf(measurements, target.id);
  // What answers there is what was asked for, as far as the network can tell.
  if (reached === 'answered') return [];

  if (overlap !== undefined && way.interface !== null && way.interface === overlap.bridge) {
    const observed = `${address} goes to ${overlap.bridge} (${overlap.prefix}), and not to ${overlap.otherPrefix} of ${overlap.other}`;
    if (reached === 'silent') return [check({ ...line, status: 'fail', code: 'route-wrong', observed, expected: 'a way to the target' })];
    return scope === 'all' ? [check({ ...line, status: 'warn', code: 'route-wrong', observed, expected: 'a way to the target' })] : [];
  }
  if (bridge === null || way.interface !== bridge.interface || reached !== 'silent') return [];
  const nobody = bridge.carrier === false || bridge.ports?.length === 0;
  const observed = `${address} lies in ${bridge.prefixes.join(', ')} of ${bridge.interface}, ${nobody ? 'where no container is' : 'and nothing there answers'}`;
  return [check({ ...line, status: nobody ? 'fail' : 'warn', code: 'route-wrong', observed, expected: 'a way to the target' })];
}

/** Whether anything came back from a target: `unasked` where nothing was sent to it. */
function answersOf(measurements: readonly Measurement[], target: string): 'answered' | 'silent' | 'unasked' {
  let asked = false;
  for (const measurement of measurements) {
    if (measurement.target !== target) continue;
    switch (measurement.probe) {
      case 'latency':
      case 'loss':
        if (measurement.data.received > 0) return 'answered';
        asked ||= measurement.data.sent > 0;
        break;
      case 'ports':
        if (measurement.data.ports.some(({ state }) => state === 'open' || state === 'closed')) return 'answered';
        asked ||= measurement.data.ports.length > 0 && measurement.attempt.kind === 'measured';
        break;
      case 'phases':
      case 'tls':
      case 'http':
      case 'websocket':
        if (measurement.attempt.kind === 'measured') return 'answered';
        break;
    }
  }
  return asked ? 'silent' : 'unasked';
}
