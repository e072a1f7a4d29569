import type { Code } from '../../model/code.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

type Interface = MeasurementOf<'host'>['data']['interfaces'][number];

/**
 * `l2.interface`, `l1.carrier`, `l2.address`, `l3.route` of the machine, for the ways that the targets take (`lookups`). What the kernel
 * says of those decides: an idle interface that is down is no fault.
 */
export function judgeHost(measurement: MeasurementOf<'host'>, lookups: readonly MeasurementOf<'route-lookup'>[]): Check[] {
  const found = lookups.filter((lookup) => lookup.attempt.kind === 'measured').map((lookup) => lookup.data);
  if (found.length > 0 && found.every((lookup) => lookup.loopback === true)) return judgeLoopback(measurement);
  const used = new Set(found.filter((lookup) => lookup.loopback === false).map((lookup) => lookup.interface));
  const candidates = measurement.data.interfaces.filter((entry) => (used.size > 0 ? used.has(entry.name) : !entry.loopback));
  // Several ways out and none of them in use: the one that got furthest is the one that should have worked.
  const best = [...candidates].sort((a, b) => progress(b) - progress(a))[0];
  return [...judgeLink(measurement, best), judgeRoute(measurement, lookups, best)];
}

function judgeLoopback(measurement: MeasurementOf<'host'>): Check[] {
  const loopback = measurement.data.interfaces.find((entry) => entry.loopback);
  const because = 'every target is on this machine';
  const name = loopback?.name ?? 'loopback';
  return [
    check({ kind: 'l2.interface', layer: 2, title: name, measurement, status: 'pass', observed: `loopback: ${because}`, expected: 'up' }),
    skippedCheck({ kind: 'l3.route', layer: 3, title: 'default route', measurement }, because),
    skippedCheck({ kind: 'l3.gateway', layer: 3, title: 'gateway', measurement }, because),
  ];
}

/** How far an interface is on its way to be usable. */
function progress(entry: Interface): number {
  if (entry.up === false) return 0;
  if (entry.carrier === false) return 1;
  return usableAddresses(entry).length === 0 ? 2 : 3;
}

/** A loopback that is up has an address: where not even that one is listed, the system lists none (sandboxes that refuse netlink sockets). */
function tellsAddresses({ data }: MeasurementOf<'host'>): boolean {
  return !data.interfaces.some((entry) => entry.loopback && entry.up === true && entry.addresses.length === 0);
}

/** Without link-local ones: with those alone nothing beyond the link can be reached (RFC 3927, RFC 4291). */
function usableAddresses(entry: Interface): string[] {
  return entry.addresses.map(({ address }) => address).filter((address) => !/^(169\.254\.|fe80:)/i.test(address));
}

function judgeLink(measurement: MeasurementOf<'host'>, best: Interface | undefined): Check[] {
  const line = { kind: 'l2.interface', layer: 2, title: best?.name ?? 'interface', measurement } as const;
  if (best === undefined) {
    const observed = 'there is no network interface besides the loopback';
    return [check({ ...line, status: 'fail', code: 'interface-down', observed, expected: 'one that is up' })];
  }
  const facts = [best.speedMbit === null ? null : `${best.speedMbit} Mbit/s`, best.mtuBytes === null ? null : `MTU ${best.mtuBytes}`];
  const described = ['up', ...facts.filter((fact) => fact !== null)].join(', ');
  if (best.up === false)
    return [check({ ...line, status: 'fail', code: 'interface-down', observed: `${best.name} is down`, expected: 'up' })];
  const checks = [
    check({ ...line, status: 'pass', observed: best.up === null ? 'state not told by the system' : described, expected: 'up' }),
  ];

  if (best.carrier === false) {
    const code: Code = 'no-carrier';
    checks.push(
      check({
        ...line,
        kind: 'l1.carrier',
        layer: 1,
        title: `${best.name} carrier`,
        status: 'fail',
        code,
        observed: 'no carrier',
        expected: 'carrier',
      }),
    );
    return checks;
  }
  const addresses = usableAddresses(best);
  const address = { ...line, kind: 'l2.address', title: `${best.name} address` } as const;
  checks.push(
    !tellsAddresses(measurement)
      ? skippedCheck(address, 'the system does not tell the addresses of its interfaces')
      : addresses.length === 0
        ? check({ ...address, status: 'fail', code: 'no-address', observed: 'no address beyond link-local', expected: 'an address' })
        : check({ ...address, status: 'pass', observed: addresses.slice(0, 2).join(', '), expected: 'an address' }),
  );
  return checks;
}

function judgeRoute(
  measurement: MeasurementOf<'host'>,
  lookups: readonly MeasurementOf<'route-lookup'>[],
  best: Interface | undefined,
): Check {
  const line = { kind: 'l3.route', layer: 3, title: 'default route', measurement } as const;
  const { defaultRoutes, routesKnown } = measurement.data;
  const route = defaultRoutes.find((entry) => entry.interface === best?.name) ?? defaultRoutes[0];
  if (route !== undefined) {
    const observed = route.gateway === null ? `on ${route.interface}` : `${route.gateway} on ${route.interface}`;
    return check({ ...line, status: 'pass', observed, expected: 'a default route' });
  }
  const measured = lookups.filter((lookup) => lookup.attempt.kind === 'measured');
  if (!routesKnown) return skippedCheck(line, 'the system does not show its routes as a file');
  if (measured.length > 0 && measured.length === lookups.length) {
    return check({
      ...line,
      status: 'pass',
      observed: 'none, and none needed: every target has a route of its own',
      expected: 'a route to each target',
    });
  }
  // Routes that refuse are judged for each target: with them, it is not the missing default that stands in the way.
  const missing =
    lookups.length === 0 || lookups.some((lookup) => lookup.attempt.kind === 'failed' && lookup.attempt.code === 'ENETUNREACH');
  if (!missing) return skippedCheck(line, 'there is none, but other routes decide for the targets');
  return check({ ...line, status: 'fail', code: 'no-default-route', observed: 'there is none', expected: 'a default route' });
}
