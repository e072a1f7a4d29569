import type { MeasurementOf } from '../model/measurement.js';
import { counted } from './quantities.js';

/** Flows whose way is written out; the JSON has them all. */
const LISTED_FLOWS = 16;
const LISTED_CHANGES = 4;

/** What is to be said of a path beside its hops. */
export function routeLines({ data, method, attempt }: MeasurementOf<'route'>): string[] {
  if (data.address === null || (data.hops.length === 0 && attempt.kind !== 'measured')) return [];
  const clocks = new Set(data.hops.flatMap(({ clock }) => clock ?? []));
  const clock = clocks.size === 0 ? '' : `, ${clocks.has('user') ? 'user' : 'kernel'} clock`;
  const summary = [
    `${data.address} ${endText(data)}`,
    method === 'system' || data.cycles === 0 ? '' : counted(data.cycles, 'cycle'),
    method === null ? '' : `${method === 'system' ? 'the system tool' : method.toUpperCase()}${clock}`,
    data.constantFlow === false ? 'each packet a flow of its own' : '',
    data.foreign > 0 ? `${counted(data.foreign, 'stray answer')} ignored` : '',
  ];
  return [summary.filter((part) => part !== '').join(' · '), ...triedText(data), ...flowTexts(data), ...changeTexts(data)];
}

type Data = MeasurementOf<'route'>['data'];

function endText({ end, hops, loopAt }: Data): string {
  const count = counted(hops.length, 'hop');
  switch (end?.reason) {
    case 'target':
      return `in ${count}`;
    case 'unreachable':
      return `not reached: ${end.meaning ?? 'unreachable'}, says ${end.from ?? 'an unknown router'}`;
    case 'loop':
      return `not reached: a loop${loopAt === null ? '' : ` through ${loopAt.address}`}`;
    case 'maximum':
      return `not within ${count}`;
    case 'silence':
      return hops.length === 0 ? 'silent, and so is every router' : `not reached: silence beyond hop ${hops.length}`;
    default:
      return hops.length === 0 ? 'not looked for' : `${count} so far`;
  }
}

/** Which way found what, where more than one was tried. */
function triedText({ tried }: Data): string[] {
  const [first] = tried;
  if (first === undefined || tried.length < 2) return [];
  const named = (answer: boolean | null) => {
    const ways = tried.filter(({ reached }) => reached === answer);
    return ways.map(({ method, port }) => `${method.toUpperCase()}${port === null ? '' : ` ${port}`}`).join(', ');
  };
  const groups = [
    ['answered by the target', named(true)],
    ['not answered', named(false)],
    ['given up', named(null)],
  ].flatMap(([what, ways]) => (ways === '' ? [] : [`${what}: ${ways}`]));
  const later = tried.find(({ fromTtl }) => fromTtl > 1);
  const before = later === undefined ? '' : `hops before ${later.fromTtl} found by ${first.method.toUpperCase()}`;
  return [[...groups, before].filter((text) => text !== '').join(' · ')];
}

/** Flows that went the same way stand in one line. */
function flowTexts({ flows }: Data): string[] {
  const ways = new Map<string, number[]>();
  for (const { flow, hops } of flows.slice(0, LISTED_FLOWS)) {
    const way = hops.map(({ address }) => address ?? '?').join(' ');
    ways.set(way, [...(ways.get(way) ?? []), flow]);
  }
  if (flows.length > 0 && ways.size === 1) return [`all ${flows.length} flows take this path`];
  return [...ways].map(([way, numbers]) => `${numbers.length === 1 ? 'flow' : 'flows'} ${numbers.join(', ')}: ${way}`);
}

function changeTexts({ changes }: Data): string[] {
  const texts = changes
    .slice(0, LISTED_CHANGES)
    .map(({ ttl, cycle, from, to }) => `hop ${ttl} changed in cycle ${cycle}: ${from} to ${to}`);
  const rest = changes.length - texts.length;
  return rest > 0 ? [...texts, `${counted(rest, 'more change')}`] : texts;
}
