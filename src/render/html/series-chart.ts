import { formatMs, formatRatio } from '../../model/format.js';
import type { Measurement } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { milliseconds } from '../quantities.js';
import { type Drawing, figureOf, figureSection } from './figure.js';
import { type Content, html, type Markup } from './markup.js';
import { at, axisFor } from './scale.js';
import { type Group, grouped, type Sample } from './series.js';
import { table } from './table.js';

const FIGURES_SHOWN = 24;
/** Fewer make no course of time. */
const FEWEST = 3;
/** Marks that a drawing has room for. */
const MOST_MARKS = 240;
const MOST_ROWS = 40;

interface Series {
  title: string;
  samples: readonly Sample[];
  /** Whether `at` is a time; otherwise it is a number in a row. */
  timed: boolean;
  /** Name of one of them: `packet`, `question`. */
  of: 'packet' | 'question';
}

/** Round trips and losses over time, of each series that was kept. `null` where there is none. */
export function seriesSection({ measurements }: Report): Markup | null {
  const series = measurements.flatMap((measurement) => seriesOf(measurement) ?? []);
  const figures = series.map((one, index) => () => chart(one, `series-${index + 1}`));
  return figureSection('series', 'Over time', figures, FIGURES_SHOWN);
}

function seriesOf(measurement: Measurement): Series | null {
  const { probe, data, target, method } = measurement;
  if (probe === 'dns') {
    const series = data.series ?? [];
    const first = series[0]?.sentMs ?? 0;
    const samples = series.map(({ sentMs, queryMs }) => ({ at: Math.max(0, sentMs - first), ms: queryMs }));
    return samples.length < FEWEST ? null : { title: `Answers of ${data.server ?? 'a resolver'}`, samples, timed: true, of: 'question' };
  }
  if (probe !== 'latency' && probe !== 'loss') return null;
  const kept = data.samples ?? [];
  if (kept.length < FEWEST) return null;
  const timed = kept.every(({ sentMs }) => sentMs !== undefined);
  const first = kept[0]?.sentMs ?? 0;
  const samples = kept.map(({ seq, sentMs, rttMs }) => ({ at: timed ? Math.max(0, (sentMs ?? 0) - first) : seq, ms: rttMs }));
  const how = method === null ? '' : `, ${method === 'system' ? 'system ping' : method.toUpperCase()}`;
  // A gateway or router that was asked beside the targets is known by its address alone.
  const place = target ?? data.address ?? 'this machine';
  const where = data.address === null || place.includes(data.address) ? place : `${place} (${data.address})`;
  return { title: `${probe === 'loss' ? 'Loss' : 'Round trips'} to ${where}${how}`, samples, timed, of: 'packet' };
}

function chart(series: Series, anchor: string): Markup {
  const { samples, of, title } = series;
  const groups = grouped(samples, MOST_MARKS);
  const thinned = groups.length < samples.length;
  return figureOf({
    anchor,
    title,
    description: inWords(series),
    draw: (width) => panels(groups, series, width),
    table: numbers(series),
    note: thinned
      ? `The drawing is thinned: each mark stands for ${groups[0]?.sent ?? 1} ${of}s, with their median and the span from the shortest to the longest.`
      : null,
  });
}

function inWords({ samples, timed, of }: Series): string {
  const times = samples.flatMap(({ ms }) => ms ?? []).sort((one, other) => one - other);
  const lost = samples.length - times.length;
  const [min, median, max] = [times[0], times[Math.ceil(times.length / 2) - 1], times.at(-1)];
  const span = timed ? ` over ${formatMs(Math.max(0, (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)))}` : '';
  const answered = lost === 0 ? 'all of them answered' : `${lost} of them not answered in time (${formatRatio(lost / samples.length)})`;
  const range =
    min === undefined || median === undefined || max === undefined
      ? ''
      : ` Answers took ${formatMs(min)} to ${formatMs(max)}, half of them at most ${formatMs(median)}.`;
  return `${samples.length} ${of}s${span}, ${answered}.${range}`;
}

const SINCE_FIRST = { packet: 'seconds since the first packet', question: 'seconds since the first question' } as const;

const LEFT = 52;
const RIGHT = 12;
const TOP = 24;
const TIMES_HEIGHT = 150;
const GAP = 16;
const LOSS_HEIGHT = 34;
const AXIS_ROOM = 34;

/** Times above, and below them, on a strip of its own, the share that was lost: no colour has to tell the two apart. */
function panels(groups: readonly Group[], { timed, of, samples }: Series, width: number): Drawing {
  const room = width - LEFT - RIGHT;
  const first = groups[0]?.from ?? 0;
  const span = Math.max(1, (groups.at(-1)?.to ?? 0) - first);
  const scale = timed ? 1000 : 1;
  const below = axisFor(span / scale, width > 500 ? 8 : 4);
  const inset = 4;
  const x = (value: number) => LEFT + inset + ((value - first) / scale / below.top) * (room - 2 * inset);
  const middle = ({ from, to }: Group) => x((from + to) / 2);
  const most = Math.max(0, ...groups.flatMap(({ times }) => times?.max ?? []));
  const times = axisFor(most, 4);
  const bottom = TOP + TIMES_HEIGHT;
  const y = (ms: number) => bottom - (ms / times.top) * TIMES_HEIGHT;
  const lossBottom = bottom + GAP + LOSS_HEIGHT;
  const barWidth = Math.max(1, Math.min(6, (room / Math.max(1, groups.length)) * 0.7));
  const anyAnswer = groups.some((group) => group.times !== null);
  const shapes: Content[] = [
    anyAnswer
      ? times.marks.map(
          (
            mark,
          ) => html`<path class="grid" d="M${LEFT} ${at(y(mark))}H${width - RIGHT}"/><text class="mark" x="${LEFT - 6}" y="${at(y(mark) + 4)}" text-anchor="end">${times.label(mark)}</text>
`,
        )
      : html`<text class="missing" x="${LEFT + 8}" y="${TOP + TIMES_HEIGHT / 2}">nothing was answered</text>\n`,
    html`<text class="unit" x="${LEFT - 6}" y="10" text-anchor="end">ms</text>
<path class="axis" d="M${LEFT} ${TOP}V${bottom}H${width - RIGHT}"/>
<path class="span" d="${spans(groups, middle, y)}"/><path class="line" d="${lineOf(groups, middle, y)}"/><path class="dots" d="${dotsOf(groups, middle, y)}"/>
<text class="mark" x="${LEFT - 6}" y="${bottom + GAP + LOSS_HEIGHT / 2 + 4}" text-anchor="end">lost</text>
<path class="grid" d="M${LEFT} ${bottom + GAP}H${width - RIGHT}"/><path class="axis" d="M${LEFT} ${lossBottom}H${width - RIGHT}"/>
<path class="lost" stroke-width="${at(barWidth)}" d="${lossesOf(groups, middle, lossBottom)}"/>
`,
    below.marks.map(
      (
        mark,
      ) => html`<path class="axis" d="M${at(x(first + mark * scale))} ${lossBottom}v4"/><text class="mark" x="${at(x(first + mark * scale))}" y="${lossBottom + 16}" text-anchor="middle">${below.label(timed ? mark : first + mark)}</text>
`,
    ),
    html`<text class="unit" x="${LEFT + room / 2}" y="${lossBottom + 31}" text-anchor="middle">${
      timed ? SINCE_FIRST[of] : 'number of the packet'
    }</text>
`,
  ];
  return { height: lossBottom + AXIS_ROOM, shapes: samples.length === 0 ? [] : shapes };
}

type Place = (group: Group) => number;
type Level = (ms: number) => number;

/** A line from answer to answer, broken where everything was lost. Piece by piece: one long text would be cut as those of peers are. */
function lineOf(groups: readonly Group[], x: Place, y: Level): Content {
  let open = false;
  return groups.map((group) => {
    const begun = open;
    open = group.times !== null;
    return group.times === null ? null : html`${begun ? 'L' : 'M'}${at(x(group))} ${at(y(group.times.median))}`;
  });
}

function dotsOf(groups: readonly Group[], x: Place, y: Level): Content {
  return groups.map((group) => (group.times === null ? null : html`M${at(x(group))} ${at(y(group.times.median))}h0`));
}

function spans(groups: readonly Group[], x: Place, y: Level): Content {
  return groups.map((group) =>
    group.times === null || group.times.min === group.times.max
      ? null
      : html`M${at(x(group))} ${at(y(group.times.min))}V${at(y(group.times.max))}`,
  );
}

function lossesOf(groups: readonly Group[], x: Place, bottom: number): Content {
  return groups.map((group) =>
    group.lost === 0 ? null : html`M${at(x(group))} ${bottom}v-${at(Math.max(2, (group.lost / group.sent) * LOSS_HEIGHT))}`,
  );
}

function numbers({ title, samples, timed, of }: Series): Markup {
  const groups = grouped(samples, MOST_ROWS);
  const place = (value: number) => (timed ? formatMs(value) : String(value));
  const range = ({ from, to }: Group) => (from === to ? place(from) : `${place(from)} to ${place(to)}`);
  const time = (ms: number | undefined) => (ms === undefined ? 'no answer' : `${milliseconds(ms)} ms`);
  return table({
    caption: title,
    columns: [
      { title: timed ? 'Sent after' : 'Packet' },
      ...['Sent', 'Lost', 'Shortest', 'Median', 'Longest'].map((name) => ({ title: name, kind: 'number' as const })),
    ],
    nameColumn: 0,
    groups: [
      {
        title: null,
        rows: groups.map((group) => ({
          cells: [
            range(group),
            String(group.sent),
            String(group.lost),
            time(group.times?.min),
            time(group.times?.median),
            time(group.times?.max),
          ],
        })),
      },
    ],
    left: groups.length < samples.length ? `Each line stands for ${groups[0]?.sent ?? 1} ${of}s in a row.` : null,
  });
}
