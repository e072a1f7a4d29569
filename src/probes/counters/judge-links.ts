import { exactInterval } from '../../model/loss-interval.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { refusedByNeighbour } from '../mtu/judge.js';
import { seconds } from './window.js';

type Data = MeasurementOf<'counters'>['data'];
type Link = Data['links'][number];
type Counter = Link['collisions'];

/** A healthy wire damages less than one frame in a hundred million (IEEE 802.3); radios repeat theirs unseen. One in a thousand is felt. */
const ERROR_RATIO = 0.001;
/** A single one can be a glitch; on a link that the ways do not use, a few more can. */
const FEWEST_ERRORS = 2;
const FEWEST_ERRORS_BESIDE = 10;
/** Drops on purpose are part of the work of a queue: below the loss that is felt they are no news. */
const FEWEST_DROPS = 10;
/**
 * Frames of protocols that nobody here reads (spanning tree, LLDP, foreign VLANs) are counted as dropped on receive: a few a second on a
 * sound network.
 */
const RECEIVE_DROPS_PER_SECOND = 20;

/** What is sent by them goes to a guest: one that is paused reads nothing, and what a bridge floods to it is dropped. */
const TO_GUESTS: ReadonlySet<string> = new Set(['tap', 'macvtap']);

/** Lines beside those of the interfaces in use. */
const FEW_LINKS = 8;

interface Finding {
  text: string;
  bad: boolean;
}

/**
 * `l2.counters@IF`: do errors and drops of a link grow while we look. What grew before is a remark. Links that no way uses have a line only
 * if something grows there.
 */
export function judgeLinks(measurement: MeasurementOf<'counters'>, context: MachineJudgeContext): Check[] {
  const { data } = measurement;
  const { scope, interfaces } = context;
  const real = data.links.filter(({ interface: name }) => !/^lo\d*$/.test(name));
  const used = interfaces.size === 0 ? new Set(real.slice(0, FEW_LINKS).map((link) => link.interface)) : interfaces;
  const judged = data.links.map((link) => ({ link, made: judgeLink(measurement, link, used.has(link.interface), context) }));
  const inUse = judged.filter(({ link, made }) => used.has(link.interface) && (made.status === 'warn' || scope === 'all'));
  const beside = judged.filter(({ link, made }) => !used.has(link.interface) && made.status === 'warn');
  const shown = new Set([...inUse, ...beside.slice(0, FEW_LINKS)]);
  const lines = judged.filter((one) => shown.has(one)).map(({ made }) => made);
  const left = beside.slice(FEW_LINKS).map(({ link }) => link.interface);
  if (left.length === 0) return lines;
  const observed = `errors or drops grow on ${left.length} more: ${left.slice(0, 4).join(', ')}${left.length > 4 ? ', …' : ''}`;
  const further = { kind: 'l2.counters', layer: 2, title: 'further counters', measurement, code: 'interface-errors', observed } as const;
  return [...lines, check({ ...further, status: 'warn', expected: 'none that grow' })];
}

function judgeLink(measurement: MeasurementOf<'counters'>, link: Link, used: boolean, context: MachineJudgeContext): Check {
  const name = link.interface;
  const line = { kind: 'l2.counters', layer: 2, title: `${name} counters`, measurement } as const;
  const named = (made: Check): Check => ({ ...made, id: `l2.counters@${name}` });
  const { windowMs, processors } = measurement.data;
  if (link.presence !== 'throughout') {
    return named(skippedCheck(line, link.presence === 'appeared' ? 'it appeared while the counters were watched' : 'it went meanwhile'));
  }
  if (windowMs === null) return named(skippedCheck(line, 'they were read only once'));
  const findings = [
    ...errors(link, used ? FEWEST_ERRORS : FEWEST_ERRORS_BESIDE),
    ...drops(link, context, {
      processorsDrop: (processors?.dropped.delta ?? 0) > 0,
      toGuest: !used && TO_GUESTS.has(kindOf(name, context) ?? ''),
      isPair: kindOf(name, context) === 'veth',
      windowMs,
    }),
  ];
  const expected = 'none that grow';
  const over = ` in ${seconds(windowMs)}`;
  if (findings.some(({ bad }) => bad)) {
    const observed = `${findings
      .filter(({ bad }) => bad)
      .map(({ text }) => text)
      .join(', ')}${over}`;
    return named(check({ ...line, status: 'warn', code: 'interface-errors', observed, expected }));
  }
  if (grownSum(link) === null) return named(skippedCheck(line, 'the counters cannot be compared: they were reset, or are not told'));
  const before = everCounted(link);
  const observed =
    findings.length > 0
      ? `${findings.map(({ text }) => text).join(', ')}${over}`
      : `${link.received.dropped === null ? 'no errors, no drops outwards' : 'no errors or drops'}${over}${before === 0 ? '' : `; ${before} before that`}`;
  return named(check({ ...line, status: 'pass', observed, expected }));
}

/** Damaged, unreadable, no room for them in the adapter; or not sent. The sum of the kinds can be larger than what a driver puts into the whole. */
function errors({ received, sent }: Link, fewest: number): Finding[] {
  const kinds = [
    { name: 'CRC', counter: received.crc },
    { name: 'frame', counter: received.frame },
    { name: 'length', counter: received.length },
    { name: 'overrun', counter: received.overruns },
    { name: 'FIFO', counter: received.fifo },
  ];
  const incoming = Math.max(
    delta(received.errors),
    kinds.reduce((sum, { counter }) => sum + delta(counter), 0),
  );
  const outgoing = Math.max(delta(sent.errors), delta(sent.carrier) + delta(sent.fifo));
  const which = kinds.filter(({ counter }) => delta(counter) > 0).map(({ name }) => name);
  return [
    finding(incoming + delta(received.missed), delta(received.packets), {
      what: `${which.length === 0 ? 'receive' : which.join(' and ')} errors${delta(received.missed) > 0 ? ` (${delta(received.missed)} missed)` : ''}`,
      fewest,
      ratio: ERROR_RATIO,
    }),
    finding(outgoing, delta(sent.packets), {
      what: `${delta(sent.carrier) > 0 ? 'carrier' : 'send'} errors`,
      fewest,
      ratio: ERROR_RATIO,
    }),
  ].filter((found) => found !== null);
}

function kindOf(name: string, { measurements }: MachineJudgeContext): string | null {
  const host = measurements.find((made): made is MeasurementOf<'host'> => made.probe === 'host');
  return host?.data.interfaces.find((link) => link.name === name)?.kind ?? null;
}

function drops(
  link: Link,
  { policy, scope, measurements }: MachineJudgeContext,
  { processorsDrop, toGuest, isPair, windowMs }: { processorsDrop: boolean; toGuest: boolean; isPair: boolean; windowMs: number },
): Finding[] {
  const { received, sent, queue, wireless } = link;
  const ratio = policy.lossRatio.acceptable;
  const quick = delta(received.dropped) / (windowMs / 1000) >= RECEIVE_DROPS_PER_SECOND;
  // Only where the processors lose packets as well, it is known that these were not for nobody.
  const telling = wireless !== true && quick && (scope === 'all' || processorsDrop);
  // What one end of a pair sends waits for the processors as what the other receives: their own line has it.
  const told = isPair && processorsDrop && scope === 'all';
  // What the far end did not take since it was too large for it was sent on purpose, and has a line of its own.
  const tooLarge = measurements.some((made) => made.probe === 'mtu' && refusedByNeighbour(made.data));
  const fewestSent = toGuest || told || tooLarge ? Number.POSITIVE_INFINITY : FEWEST_DROPS;
  return [
    finding(delta(received.dropped), delta(received.packets), {
      what: 'drops on receive',
      fewest: telling ? FEWEST_DROPS : Number.POSITIVE_INFINITY,
      ratio,
    }),
    finding(delta(sent.dropped), delta(sent.packets), { what: 'drops on send', fewest: fewestSent, ratio }),
    finding(delta(queue?.dropped ?? null), delta(queue?.packets ?? null), {
      what: `drops of the queue ${queue?.kind ?? ''}`,
      fewest: fewestSent,
      ratio,
    }),
  ].filter((found) => found !== null);
}

/** `null`: there were none. Bad is what is more than a few, and surely more than the share. */
function finding(hits: number, good: number, { what, fewest, ratio }: { what: string; fewest: number; ratio: number }): Finding | null {
  if (hits === 0) return null;
  const low = exactInterval(hits, hits + good)?.lowRatio ?? 0;
  return { text: `${hits} ${what} of ${hits + good}`, bad: hits >= fewest && low > ratio };
}

function delta(counter: Counter): number {
  return counter?.delta ?? 0;
}

/** What of a link must be known to say that nothing grew; `null` where it is not. */
function grownSum({ received, sent }: Link): number | null {
  // macOS counts no drops on receipt: what a source does not have is not compared.
  const counters = [received.errors, received.dropped, sent.errors, sent.dropped].filter((counter) => counter !== null);
  return received.errors === null || sent.errors === null || counters.some((counter) => counter.delta === null)
    ? null
    : counters.reduce((sum, counter) => sum + delta(counter), 0);
}

function everCounted({ received, sent }: Link): number {
  return [received.errors, received.dropped, received.missed, sent.errors, sent.dropped].reduce(
    (sum, counter) => sum + (counter?.total ?? 0),
    0,
  );
}
