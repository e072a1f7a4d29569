import { reasonOf } from '../../model/attempt.js';
import type { ExpectedListener, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeExpected, onSamePort } from './judge-expected.js';
import { type Listener, listed, ownerText, placeAndOwner } from './listener-text.js';
import { isAsked } from './plan.js';

/** From here on Linux gives ports to clients (`ip_local_port_range`): a UDP socket there is more often a client's than a service's. */
const FIRST_CLIENT_PORT = 32_768;

/** Multicast services that every program on the machine may join by design: SSDP, WS-Discovery, mDNS, LLMNR. */
const SHARED_UDP_PORTS: ReadonlySet<number> = new Set([1900, 3702, 5353, 5355]);

/**
 * `l4.listening`, the survey, which passes always; `l4.listener` for each port that was asked for by its number, or where something is
 * expected; `l4.sharing` where two services share a port; `l4.exposure` for what listens to all and is not expected, where a list says what is.
 */
export function judgeListening(measurement: MeasurementOf<'listening'>, _context: JudgeContext): Check[] {
  const { attempt, data } = measurement;
  const line = { kind: 'l4.listening', layer: 4, title: 'listeners', measurement } as const;
  if (attempt.kind !== 'measured') return [skippedCheck(line, reasonOf(attempt))];
  const asked = data.listeners.filter(({ port }) => isAsked(port, data.asked));
  return [
    check({ ...line, status: 'pass', observed: survey(asked) }),
    ...judgeExpected(measurement, data.expected ?? []),
    ...judgeAsked(measurement),
    ...judgeSharing(measurement),
    ...(data.expected === null ? [] : [judgeExposure(measurement, asked, data.expected)]),
  ];
}

function survey(listeners: readonly Listener[]): string {
  if (listeners.length === 0) return 'nothing listens';
  const counts = (['tcp', 'udp'] as const)
    .map((protocol) => ({ protocol, count: listeners.filter((listener) => listener.protocol === protocol).length }))
    .filter(({ count }) => count > 0)
    .map(({ protocol, count }) => `${count} ${protocol.toUpperCase()}`);
  const open = listeners.filter(({ exposure }) => exposure === 'all').length;
  const unseen = listeners.filter(({ pid }) => pid === null).length;
  return [
    counts.join(', '),
    `${open === 0 ? 'none' : open} on all interfaces`,
    ...(unseen === 0 ? [] : [`${unseen} of processes that are not shown`]),
  ].join('; ');
}

/** A line for each port that was asked for by its number: free, or in use and by whom. Either is well, unless the list says otherwise. */
function judgeAsked(measurement: MeasurementOf<'listening'>): Check[] {
  const { listeners, asked, expected } = measurement.data;
  const single = (asked ?? []).filter(({ first, last }) => first === last).map(({ first }) => first);
  return single
    .filter((port) => expected?.some((entry) => entry.port === port) !== true)
    .map((port) => {
      const there = listeners.filter((listener) => listener.port === port);
      const uses = there.map((listener) => `${listener.protocol.toUpperCase()} ${placeAndOwner(listener)}`);
      const service = there.find((listener) => listener.service !== null)?.service;
      const made = check({
        kind: 'l4.listener',
        layer: 4,
        title: `port ${port}${service == null ? '' : ` ${service}`}`,
        measurement,
        status: 'pass',
        observed: uses.length === 0 ? 'free' : `in use: ${listed(uses)}`,
      });
      return { ...made, id: `l4.listener@${port}` };
    });
}

/** Two services on one port, where the same client can meet either. Processes of one name are taken for one service. */
function judgeSharing(measurement: MeasurementOf<'listening'>): Check[] {
  const groups = new Map<string, Listener[]>();
  for (const listener of measurement.data.listeners) {
    if (listener.process === null || (listener.protocol === 'udp' && SHARED_UDP_PORTS.has(listener.port))) continue;
    const key = `${listener.port}/${listener.protocol}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  }
  return [...groups].flatMap(([port, group]) => {
    const sharers = group.filter((one) => group.some((other) => other.process !== one.process && overlap(one, other)));
    if (sharers.length === 0) return [];
    const made = check({
      kind: 'l4.sharing',
      layer: 4,
      title: `port ${port}`,
      measurement,
      status: 'warn',
      code: 'listener-conflict',
      observed: `${port} is shared: ${listed(sharers.map(placeAndOwner))}`,
      expected: 'one service',
    });
    return [{ ...made, id: `l4.sharing@${port}` }];
  });
}

/**
 * Whether it depends on more than the address that was asked for which of the two a client gets: both have the address, one of them has
 * all addresses, or they have `localhost` in one family each. Two addresses of their own are kept apart on purpose.
 */
function overlap(one: Listener, other: Listener): boolean {
  if (one.address === other.address || one.exposure === 'all' || other.exposure === 'all') return true;
  const both = [one.address, other.address];
  return both.includes('127.0.0.1') && both.includes('::1');
}

function judgeExposure(measurement: MeasurementOf<'listening'>, asked: readonly Listener[], expected: readonly ExpectedListener[]): Check {
  const line = { kind: 'l4.exposure', layer: 4, title: 'exposure', measurement } as const;
  const unexpected = asked.filter(
    (listener) =>
      listener.exposure === 'all' &&
      !(listener.protocol === 'udp' && listener.port >= FIRST_CLIENT_PORT) &&
      !expected.some((entry) => onSamePort(entry, listener)),
  );
  const limit = 'nothing beyond the list';
  if (unexpected.length === 0) return check({ ...line, status: 'pass', observed: 'as expected', expected: limit });
  // One service on both families is one line.
  const ports = unexpected.map((listener) => `${listener.port}/${listener.protocol} ${ownerText(listener)}`);
  const observed = `on all interfaces: ${listed([...new Set(ports)])}`;
  return check({ ...line, status: 'warn', code: 'listener-exposed', observed, expected: limit });
}
