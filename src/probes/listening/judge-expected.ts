import type { ExpectedListener, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { expectedText, type Listener, listed, ownerText, placeAndOwner } from './listener-text.js';

/** /proc/PID/comm holds so many characters: longer names are cut there (`TASK_COMM_LEN`). */
const SHOWN_NAME_CHARACTERS = 15;

/** `l4.listener` for each entry of the list that says what should listen. */
export function judgeExpected(measurement: MeasurementOf<'listening'>, expected: readonly ExpectedListener[]): Check[] {
  return expected.map((entry) => {
    const others = expected.filter((other) => other !== entry && onSamePort(other, entry));
    const made = judgeEntry(measurement, entry, others);
    // Where several are expected on one port, the id tells which; two alike are one.
    return { ...made, id: `l4.listener@${others.length === 0 ? `${entry.port}/${entry.protocol}` : expectedText(entry)}` };
  });
}

function judgeEntry(measurement: MeasurementOf<'listening'>, entry: ExpectedListener, others: readonly ExpectedListener[]): Check {
  const port = `${entry.port}/${entry.protocol}`;
  const line = { kind: 'l4.listener', layer: 4, title: `listener ${port}`, measurement } as const;
  const expected = describe(entry);
  const onPort = measurement.data.listeners.filter((listener) => onSamePort(listener, entry));
  // What another entry for this port stands for is not held against this one.
  const own = onPort.filter((listener) => fits(listener, entry) || !others.some((other) => fits(listener, other)));
  const fail = (code: 'port-closed' | 'listener-conflict' | 'listener-exposed', observed: string) =>
    check({ ...line, status: 'fail', code, observed, expected });

  if (own.length === 0) return fail('port-closed', `nothing listens on ${port}`);
  const strangers = own.filter((listener) => listener.process !== null && !isProcess(listener, entry));
  if (strangers.length > 0) return fail('listener-conflict', `${port} is held by ${listed(owners(strangers))}`);
  const exposed = own.filter((listener) => isWider(listener, entry));
  if (exposed.length > 0) return fail('listener-exposed', `${port} listens on ${listed(exposed.map(placeAndOwner))}`);
  if (!own.some((listener) => isInPlace(listener, entry))) {
    return fail('port-closed', `${port} listens on ${listed(own.map(placeAndOwner))} only`);
  }
  if (entry.process !== null && own.some((listener) => listener.process === null)) {
    return skippedCheck(line, `${port} is in use, and whose it is can be seen by root alone`);
  }
  return check({ ...line, status: 'pass', observed: listed(own.map(placeAndOwner)), expected });
}

function describe({ process, place }: ExpectedListener): string {
  const who = process ?? 'a listener';
  if (place === null) return who;
  return `${who} on ${place === 'all' ? 'all interfaces' : place === 'loopback' ? 'loopback only' : `${place} only`}`;
}

/** Every process once, in the order of the ports. */
function owners(listeners: readonly Listener[]): string[] {
  return [...new Set(listeners.map(ownerText))];
}

export function onSamePort(one: { port: number; protocol: string }, other: { port: number; protocol: string }): boolean {
  return one.port === other.port && one.protocol === other.protocol;
}

/** Whether a listener may be the one that is meant: what is not shown is not held against it. */
function fits(listener: Listener, entry: ExpectedListener): boolean {
  return isInPlace(listener, entry) && (listener.process === null || isProcess(listener, entry));
}

function isProcess({ process }: Listener, entry: ExpectedListener): boolean {
  if (entry.process === null || process === entry.process) return true;
  return process !== null && process.length === SHOWN_NAME_CHARACTERS && entry.process.startsWith(process);
}

function isInPlace({ address, exposure }: Listener, { place }: ExpectedListener): boolean {
  if (place === null) return true;
  return place === 'loopback' || place === 'all' ? exposure === place : address === place;
}

/** Whether more can reach it than should: an address of its own is as wide as it gets, short of all. */
function isWider({ exposure }: Listener, { place }: ExpectedListener): boolean {
  if (place === null || place === 'all') return false;
  return place === 'loopback' ? exposure !== 'loopback' : exposure === 'all';
}
