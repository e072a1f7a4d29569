import type { MeasurementOf, RouteHop } from '../model/measurement.js';
import type { Cell, Layout } from './layout.js';
import type { Palette } from './paint.js';
import { milliseconds } from './quantities.js';

const HOP_WIDTH = 4;
const ANSWERS_WIDTH = 9;
const TIME_WIDTH = 9;
const GAP = 2;
const BEST = { title: 'best', of: 'min' } as const;
const MEDIAN = { title: 'median', of: 'p50' } as const;
const WORST = { title: 'worst', of: 'max' } as const;
/** Columns of times by how many have room. */
const TIMES = [[], [MEDIAN], [MEDIAN, WORST], [BEST, MEDIAN, WORST]] as const;
/** Below this a column of times goes, so that addresses and names stay whole. */
const NARROWEST_ROUTER = 24;

/** Routers that are listed under a hop one by one. */
const LISTED_ROUTERS = 4;
const LISTED_LABELS = 4;

/**
 * The path as a table, a line for each hop: who it is, how many packets it answered, how fast, and what it said beside. What was not answered
 * has no time.
 */
export function routeTable({ data }: MeasurementOf<'route'>, layout: Layout, palette: Palette, indent: number): string[] {
  if (data.hops.length === 0) return [];
  const room = layout.width - indent - HOP_WIDTH - GAP - ANSWERS_WIDTH;
  const columns = Math.max(0, Math.min(TIMES.length - 1, Math.floor((room - NARROWEST_ROUTER) / TIME_WIDTH)));
  const times = TIMES[columns] ?? [];
  // `median ms` alone fills its column: one more parts it from the one before.
  const timeWidth = times.length === 1 ? TIME_WIDTH + 1 : TIME_WIDTH;
  const router = room - times.length * timeWidth;
  const widths = [indent, HOP_WIDTH, GAP, router, ANSWERS_WIDTH, ...times.map(() => timeWidth)];
  const line = (cells: readonly Cell[]) => layout.row([{ text: '' }, ...cells], widths);
  const heading = [
    right('hop'),
    { text: '' },
    { text: 'router' },
    right('answered'),
    ...times.map(({ title }, index) => right(index === times.length - 1 ? `${title} ms` : title)),
  ].map((cell) => ({ ...cell, paint: palette.faint }));
  return [
    ...line(heading),
    ...data.hops.flatMap((hop) => [
      ...line([
        right(String(hop.ttl)),
        { text: '' },
        { text: routerText(hop, data.hops), wrap: true, ...(hop.addresses.length === 0 ? { paint: palette.faint } : {}) },
        right(hop.sent === null ? String(hop.received) : `${hop.received}/${hop.sent}`),
        ...times.map(({ of }) => right(hop.rttMs === null ? '' : milliseconds(hop.rttMs[of]))),
      ]),
      ...others(hop).flatMap((text) => line([{ text: '' }, { text: '' }, { text, wrap: true }])),
    ]),
  ];
}

function right(text: string): Cell {
  return { text, align: 'right' };
}

/** The first router of a hop with its name, its labels, what the hop refused, and that its silence means nothing. */
function routerText(hop: RouteHop, hops: readonly RouteHop[]): string {
  const [first] = hop.routers;
  if (first === undefined) return hop.received > 0 ? 'an answer without a sender' : 'no answer';
  const lost = hop.lossRatio ?? 0;
  const spares = hops.some(({ ttl, lossRatio }) => ttl > hop.ttl && lossRatio !== null && lossRatio < lost);
  const remark = lost > 0.5 ? 'answers rarely' : 'leaves some unanswered';
  return [named(first), ...hop.errors.map(errorText), ...(spares ? [remark] : [])].join(' · ');
}

function others(hop: RouteHop): string[] {
  const more = hop.routers.slice(1, LISTED_ROUTERS).map((router) => `also ${named(router)} · ${router.received} answered`);
  const rest = hop.routers.length - LISTED_ROUTERS;
  return rest > 0 ? [...more, `and ${rest} more`] : more;
}

function named({ address, hostname, mpls }: RouteHop['routers'][number]): string {
  const labels = mpls.slice(0, LISTED_LABELS).map(({ label }) => label);
  const stack = labels.length === 0 ? '' : ` · MPLS ${labels.join('/')}${mpls.length > labels.length ? '/…' : ''}`;
  return `${address}${hostname === null ? '' : ` ${hostname}`}${stack}`;
}

/** In words, with the letters that traceroute(8) has for it. */
function errorText({ from, meaning, code }: RouteHop['errors'][number]): string {
  const letter = LETTERS[meaning];
  const text = meaning === 'other' ? `ICMP code ${code}` : meaning.replaceAll('-', ' ');
  return `${letter === undefined ? '' : `${letter} `}${text}${from === null ? ', from nobody known' : ''}`;
}

const LETTERS: Readonly<Record<string, string>> = {
  'network-unreachable': '!N',
  'host-unreachable': '!H',
  'protocol-unreachable': '!P',
  'packet-too-big': '!F',
  prohibited: '!X',
};
