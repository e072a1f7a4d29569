import { formatMs } from '../../model/format.js';
import type { MeasurementOf, RttStatistics } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { counted } from '../quantities.js';
import { type Drawing, figureOf, figureSection } from './figure.js';
import { html, type Markup } from './markup.js';
import { at, axisFor } from './scale.js';
import { table } from './table.js';

const FIGURES_SHOWN = 16;

interface Phase {
  name: string;
  /** `null`: not measured. */
  ms: number | null;
  spread: RttStatistics | null;
}

interface Exchange {
  title: string;
  phases: readonly Phase[];
  totalMs: number | null;
  totalSpread: RttStatistics | null;
}

type Phased = MeasurementOf<'phases'> | MeasurementOf<'http'> | MeasurementOf<'websocket'>;

/** What each exchange spent its time on, one phase after the other. `null` where none was timed. */
export function phasesSection({ measurements }: Report): Markup | null {
  const shown = new Set<string | null>();
  const exchanges = measurements
    .filter(({ probe }) => probe === 'phases' || probe === 'http' || probe === 'websocket')
    // Those that were repeated to see whether they are answered alike say nothing more of times.
    .filter(({ probe, target }) => probe !== 'phases' || (!shown.has(target) && shown.add(target)))
    .map((measurement) => exchangeOf(measurement as Phased))
    .filter(({ phases }) => phases.some(({ ms }) => ms !== null));
  const figures = exchanges.map((exchange, index) => () => waterfall(exchange, `phases-${index + 1}`));
  return figureSection('phases', 'Where the time goes', figures, FIGURES_SHOWN);
}

const NAMES = { dnsMs: 'DNS', tcpMs: 'TCP', proxyMs: 'proxy', tlsMs: 'TLS', ttfbMs: 'first byte', bodyMs: 'body' } as const;

function exchangeOf({ probe, target, data }: Phased): Exchange {
  const place = target ?? 'this machine';
  if (probe === 'websocket') {
    const steps = { DNS: data.dnsMs, TCP: data.tcpMs, ...(data.proxyMs === null ? {} : { proxy: data.proxyMs }), TLS: data.tlsMs };
    const phases = Object.entries({ ...steps, upgrade: data.upgradeMs }).map(([name, ms]) => ({ name, ms, spread: null }));
    const total = data.upgradeMs === null ? null : phases.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
    return { title: `WebSocket to ${place}`, phases, totalMs: total, totalSpread: null };
  }
  const several = data.completed > 1 ? `, medians of ${data.completed} exchanges` : '';
  const spreadOf = (phase: string) => (data.distribution as Record<string, RttStatistics | null> | null)?.[phase] ?? null;
  const values: Partial<Record<keyof typeof NAMES, number | null>> =
    probe === 'phases'
      ? { dnsMs: data.dnsMs, tcpMs: data.tcpMs, tlsMs: data.tlsMs, ttfbMs: data.ttfbMs }
      : {
          dnsMs: data.dnsMs,
          tcpMs: data.tcpMs,
          ...(data.proxyMs === null ? {} : { proxyMs: data.proxyMs }),
          tlsMs: data.tlsMs,
          ttfbMs: data.ttfbMs,
          bodyMs: data.bodyMs,
        };
  return {
    title: probe === 'http' ? `HTTP request to ${place}${several}` : `Exchange with ${place}${several}`,
    phases: Object.entries(values).map(([phase, ms]) => ({ name: NAMES[phase as keyof typeof NAMES], ms, spread: spreadOf(phase) })),
    totalMs: data.totalMs,
    totalSpread: spreadOf('totalMs'),
  };
}

function waterfall(exchange: Exchange, anchor: string): Markup {
  const { title, phases, totalMs } = exchange;
  const parts = phases.map(({ name, ms }) => `${name} ${ms === null ? 'not measured' : formatMs(ms)}`);
  return figureOf({
    anchor,
    title,
    description: `${parts.join(', ')}; ${totalMs === null ? 'no total, since not all of them were reached' : `in total ${formatMs(totalMs)}`}.`,
    draw: (width) => bars(exchange, width),
    table: numbers(exchange),
    note: null,
  });
}

const ROW = 26;
const BAR = 16;
const AXIS_ROOM = 34;
const NAME_ROOM = 84;
const VALUE_ROOM = 74;

function bars({ phases, totalMs }: Exchange, width: number): Drawing {
  const starts = startsOf(phases);
  const end = starts[phases.length] ?? 0;
  const whole = Math.max(end, totalMs ?? 0);
  const axis = axisFor(whole, width > 500 ? 8 : 4);
  const room = width - NAME_ROOM - VALUE_ROOM;
  const x = (ms: number) => NAME_ROOM + (ms / axis.top) * room;
  const rows = [
    ...phases.map(({ name, ms }, index) => ({ name, ms, from: starts[index] ?? 0, style: `phase-${index % 6}` })),
    { name: 'total', ms: totalMs, from: 0, style: 'total' },
  ];
  const bottom = rows.length * ROW;
  return {
    height: bottom + AXIS_ROOM,
    shapes: [
      axis.marks.map(
        (
          mark,
        ) => html`<path class="grid" d="M${at(x(mark))} 0V${bottom + 4}"/><text class="mark" x="${at(x(mark))}" y="${bottom + 17}" text-anchor="middle">${axis.label(mark)}</text>
`,
      ),
      html`<text class="unit" x="${at(x(axis.top / 2))}" y="${bottom + 31}" text-anchor="middle">milliseconds since the start</text>
`,
      rows.map(({ name, ms, from, style }, index) => {
        const top = index * ROW + (ROW - BAR) / 2;
        const middle = index * ROW + ROW / 2 + 4;
        const label = html`<text class="name" x="${NAME_ROOM - 8}" y="${middle}" text-anchor="end">${name}</text>`;
        if (ms === null) return html`${label}<text class="missing" x="${at(x(from) + 4)}" y="${middle}">not measured</text>\n`;
        const length = Math.max(1, x(from + ms) - x(from));
        return html`${label}<rect class="${style}" x="${at(x(from))}" y="${at(top)}" width="${at(length)}" height="${BAR}"/><text class="value" x="${at(x(from) + length + 5)}" y="${middle}">${formatMs(ms)}</text>\n`;
      }),
    ],
  };
}

/** When each phase begins, and last when all of them are over. One that was not measured takes no time. */
function startsOf(phases: readonly Phase[]): number[] {
  const starts = [0];
  for (const { ms } of phases) starts.push((starts.at(-1) ?? 0) + (ms ?? 0));
  return starts;
}

function numbers({ title, phases, totalMs, totalSpread }: Exchange): Markup {
  const starts = startsOf(phases);
  const all = [
    ...phases.map((phase, index) => ({ ...phase, start: phase.ms === null ? null : (starts[index] ?? 0) })),
    { name: 'total', ms: totalMs, spread: totalSpread, start: totalMs === null ? null : 0 },
  ];
  const several = all.some(({ spread }) => spread !== null);
  const time = (ms: number | null | undefined) => (ms === null || ms === undefined ? 'not measured' : formatMs(ms));
  return table({
    caption: `${title}: ${counted(phases.length, 'phase')} and their sum`,
    columns: [
      { title: 'Phase' },
      { title: 'Begins at', kind: 'number' },
      { title: 'Takes', kind: 'number' },
      ...(several ? (['Shortest', '95th percentile', 'Longest'] as const).map((name) => ({ title: name, kind: 'number' as const })) : []),
    ],
    nameColumn: 0,
    groups: [
      {
        title: null,
        rows: all.map(({ name, ms, start, spread }) => ({
          cells: [name, time(start), time(ms), ...(several ? [time(spread?.min), time(spread?.p95), time(spread?.max)] : [])],
        })),
      },
    ],
  });
}
