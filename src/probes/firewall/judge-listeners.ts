import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { isStopped, listed, placeText, stoppedText } from './rule-text.js';

type Firewall = MeasurementOf<'firewall'>;
type Listener = NonNullable<DataOf<'firewall'>['listeners']>[number];
type Published = NonNullable<DataOf<'firewall'>['published']>[number];

const portText = ({ port, protocol }: { port: number; protocol: string }) => `${port}/${protocol}`;

/** `l4.firewall-listeners`: which listeners a new connection from elsewhere gets to. It never fails: what should be open is another list. */
export function judgeListenersBehind(measurement: Firewall, _context: MachineJudgeContext): Check[] {
  const { listeners, rules, absent } = measurement.data;
  const line = { kind: 'l4.firewall-listeners', layer: 4, title: 'open to others', measurement } as const;
  if (rules === null) return [skippedCheck(line, absent[0]?.because ?? 'the rules could not be seen')];
  if (listeners === null) return [skippedCheck(line, absent.at(-1)?.because ?? 'the listeners are not known')];
  if (listeners.length === 0) return [check({ ...line, status: 'pass', observed: 'nothing listens for others' })];
  const groups = groupOf(listeners);
  const parts = [
    part('open to all', groups.open),
    part('to some networks', groups.some),
    part('depends', groups.depends),
    groups.closed.length === 0 ? '' : `${new Set(groups.closed.map(portText)).size} closed`,
  ].filter((text) => text !== '');
  return [check({ ...line, status: 'pass', observed: parts.join('; ') })];
}

function part(name: string, listeners: readonly Listener[]): string {
  return listeners.length === 0 ? '' : `${name}: ${listed(listeners.map(portText), 8)}`;
}

/** A port is as open as the widest of its ways in: one interface or family is enough. */
function groupOf(listeners: readonly Listener[]) {
  const open = listeners.filter(({ verdict }) => verdict === 'accept');
  const among = (found: readonly Listener[]) => new Set(found.map(portText));
  const some = listeners.filter((one) => one.networks.length > 0 && !among(open).has(portText(one)));
  const depends = listeners.filter((one) => one.verdict === 'depends' && ![...among(open), ...among(some)].includes(portText(one)));
  const rest = [...among(open), ...among(some), ...among(depends)];
  return { open, some, depends, closed: listeners.filter((one) => !rest.includes(portText(one))) };
}

/** `l4.published`: ports that lead elsewhere, ahead of the rules for connections to the machine itself. */
export function judgePublished(measurement: Firewall): Check[] {
  const { published, managers, rules } = measurement.data;
  if (published === null || published.length === 0) return [];
  const line = { kind: 'l4.published', layer: 4, title: 'published ports', measurement } as const;
  // Where the rules are seen they tell who is at work; otherwise it has to do who is meant to be.
  const atWork = rules === null ? ['in-force', 'configured'] : ['in-force'];
  const filtering = managers.find(({ name, state }) => (name === 'ufw' || name === 'firewalld') && atWork.includes(state));
  const past = published.filter((port) => passesBy(port, rules !== null, filtering !== undefined));
  if (past.length === 0) return [check({ ...line, status: 'pass', observed: listed(published.map(leads)) })];
  const name = filtering === undefined ? 'the rules for input do' : `${filtering.name} does`;
  const observed = `${listed(past.map(leads))}: ${name} not see ${past.length === 1 ? 'it' : 'them'}`;
  return [check({ ...line, status: 'warn', code: 'firewall-bypassed', observed, expected: 'as the rules for input say' })];
}

function leads(port: Published): string {
  return `${portText(port)} to ${port.to === null ? 'another host' : destination(port.to, port.toPort)}`;
}

function destination(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** It gets in where the rules for input would have stopped it; where they are not seen, that a firewall is meant to be on has to do. */
function passesBy({ verdict, withoutTranslation }: Published, seen: boolean, meant: boolean): boolean {
  return seen ? verdict === 'accept' && withoutTranslation !== null && isStopped(withoutTranslation) : meant;
}

/**
 * `l4.firewall-expected` for entries of the list of what should listen on which the rules have a say: what should be for all and is shut
 * off.
 */
export function judgeExpectedBehind(measurement: Firewall, { measurements }: MachineJudgeContext): Check[] {
  const expected = measurements.find((made): made is MeasurementOf<'listening'> => made.probe === 'listening')?.data.expected ?? [];
  const { listeners } = measurement.data;
  if (listeners === null) return [];
  return expected.flatMap((entry) => {
    const own = listeners.filter((listener) => portText(listener) === portText(entry));
    const [first] = own;
    if (first === undefined) return [];
    const line = { kind: 'l4.firewall-expected', layer: 4, title: `firewall ${portText(entry)}`, measurement } as const;
    const withPort = (made: Check): Check => ({
      ...made,
      id: `l4.firewall-expected@${portText(entry)}${entry.place === null ? '' : `@${entry.place}`}`,
    });
    // What listens for others and should not is a fault of the listener, whatever the rules: its own line has it.
    if (entry.place === 'loopback') return [];
    const stopped = own.find(({ verdict }) => isStopped(verdict));
    if (stopped === undefined || !isStopped(stopped.verdict) || !own.every(({ verdict }) => isStopped(verdict))) {
      return entry.place === 'all' && own.some(({ verdict }) => verdict === 'accept')
        ? [withPort(check({ ...line, status: 'pass', observed: 'others get in', expected: 'reached from elsewhere' }))]
        : [];
    }
    // What listens on one address can be meant for some: only what is said to be for all must be open to all.
    if (entry.place !== 'all' || own.some(({ networks }) => networks.length > 0)) return [];
    const observed = `new connections are ${stoppedText(stopped.verdict)} by ${placeText(stopped.place)}`;
    return [withPort(check({ ...line, status: 'fail', code: 'listener-blocked', observed, expected: 'reached from elsewhere' }))];
  });
}
