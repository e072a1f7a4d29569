import type { Check } from '../../model/report.js';
import { type AskedAddress, addressesOf, answersLine, called, listed, type Step, type Trace, zoneLine, zoneName } from './zone-line.js';

/** Values with those that have them, the commonest first. */
function groupsOf(addresses: readonly AskedAddress[], kindOf: (address: AskedAddress) => string): [string, AskedAddress[]][] {
  const groups = new Map<string, AskedAddress[]>();
  for (const address of addresses) groups.set(kindOf(address), [...(groups.get(kindOf(address)) ?? []), address]);
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

/** `l7.answers`: do the servers of one zone say the same. */
export function judgeAgreement(measurement: Trace, step: Step): Check[] {
  const answering = addressesOf(step).filter(({ result }) => result !== null);
  if (answering.length < 2) return [];
  const line = { kind: 'l7.answers', title: `${measurement.data.type} answers of ${zoneName(step.zone)}`, expected: 'the same' };
  const groups = groupsOf(answering, ({ result, records }) => `${result} ${records.join('\n')}`);
  if (groups.length === 1) {
    return [answersLine(measurement, step, { ...line, status: 'pass', observed: `the same from ${answering.length} addresses` })];
  }
  const texts = groups.map(([, [first, ...others]]) =>
    first === undefined ? '' : `${called(first)}${others.length === 0 ? '' : ` and ${others.length} more`}: ${saidBy(first)}`,
  );
  const observed = `${zoneName(step.zone)}: ${listed(texts, '; ')}`;
  return [answersLine(measurement, step, { ...line, status: 'warn', code: 'dns-inconsistent', observed })];
}

function saidBy({ result, records }: AskedAddress): string {
  switch (result) {
    case 'no-name':
      return 'no such name';
    case 'no-data':
      return 'no such record';
    case 'referral':
      return `refers to ${listed(records)}`;
    default:
      return listed(records);
  }
}

/** `l7.serials`: have the servers of a zone the same version of it (RFC 1982 serials of the SOA record). */
export function judgeSerials(measurement: Trace, step: Step): Check[] {
  const known = addressesOf(step).filter(({ serial }) => serial !== null);
  if (known.length === 0) return [];
  const line = { kind: 'l7.serials', title: `serial numbers of ${zoneName(step.zone)}`, expected: 'one number' };
  const groups = groupsOf(known, ({ serial }) => String(serial));
  if (groups.length === 1) {
    const observed = `${known[0]?.serial} on ${known.length === 1 ? '1 address' : `${known.length} addresses`}`;
    return [zoneLine(measurement, step, { ...line, status: 'pass', observed })];
  }
  const texts = groups.map(([serial, [first, ...others]]) =>
    first === undefined ? '' : `${serial} on ${called(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`,
  );
  const observed = `${zoneName(step.zone)}: ${listed(texts, '; ')}`;
  return [zoneLine(measurement, step, { ...line, status: 'warn', code: 'dns-serial-mismatch', observed })];
}

/** `l7.tcp`: do the servers that answer over UDP answer over TCP too (RFC 7766). */
export function judgeTcp(measurement: Trace, step: Step): Check[] {
  const known = addressesOf(step).filter(({ tcp, state }) => tcp !== null && state === 'answers');
  if (known.length === 0) return [];
  const line = { kind: 'l7.tcp', title: `DNS over TCP of ${zoneName(step.zone)}`, expected: 'all answer' };
  const blocked = known.filter(({ tcp }) => tcp !== 'answers');
  if (blocked.length === 0) {
    return [
      zoneLine(measurement, step, {
        ...line,
        status: 'pass',
        observed: known.length === 1 ? '1 address answers' : `${known.length} addresses answer`,
      }),
    ];
  }
  const texts = blocked.map(
    (address) =>
      `${called(address)}: ${address.tcp === 'failed' ? 'it fails' : address.tcp}${address.result === null ? ', and its answer is too long for UDP' : ''}`,
  );
  const all = blocked.length === known.length;
  const observed = `${zoneName(step.zone)}: ${listed(texts, '; ')}`;
  return [zoneLine(measurement, step, { ...line, status: all ? 'fail' : 'warn', code: 'dns-tcp-blocked', observed })];
}

/** `l7.edns`: does a server drop questions for their EDNS, where RFC 6891 asks for an answer. */
export function judgeEdns(measurement: Trace, step: Step): Check[] {
  const known = addressesOf(step).filter(({ edns }) => edns !== null);
  if (known.length === 0) return [];
  const line = { kind: 'l7.edns', title: `EDNS of ${zoneName(step.zone)}`, expected: 'EDNS' };
  const dropped = known.filter(({ edns }) => edns === 'dropped');
  if (dropped.length > 0) {
    const observed = `${zoneName(step.zone)}: ${listed(
      dropped.map((address) => `${called(address)} is silent to questions with EDNS, and answers without`),
      '; ',
    )}`;
    return [zoneLine(measurement, step, { ...line, status: 'warn', code: 'dns-edns-broken', observed })];
  }
  const absent = known.filter(({ edns }) => edns === 'absent').length;
  const observed = absent === 0 ? 'in every answer' : `${absent} of ${known.length} addresses answer without`;
  return [zoneLine(measurement, step, { ...line, status: 'pass', observed })];
}
