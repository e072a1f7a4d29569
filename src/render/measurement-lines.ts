import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Report } from '../model/report.js';
import { dnsComparisonTable } from './dns-comparison-table.js';
import { dnsAnswerLines, dnsListLine, dnsSummary } from './dns-text.js';
import { dnsTraceTable } from './dns-trace-table.js';
import { dnssecLines } from './dnssec-text.js';
import type { Layout } from './layout.js';
import { describeMeasurement } from './measurement-text.js';
import type { Palette } from './paint.js';
import { routeTable } from './route-table.js';

/** Of most names of probes, with room behind them; in other languages some are longer. */
const LABEL_WIDTH = 11;
const WIDEST_LABEL = 20;

/** The key numbers of each measurement, target by target. A text that is too long goes on below, in its column. */
export function measurementLines(report: Report, layout: Layout, palette: Palette): string[] {
  if (report.measurements.length === 0) return [];
  const questions = report.measurements.filter((measurement) => measurement.probe === 'dns');
  if (questions.length > MANY_QUESTIONS && questions.length === report.measurements.length)
    return manyQuestions(questions, layout, palette);
  const owners = [
    ...new Set([null, ...report.targets.map((target) => target.id), ...report.measurements.map((measurement) => measurement.target)]),
  ];
  const shown = measurementsToShow(report);
  const labels = layout.widest(shown.map(({ probe }) => LABELS[probe]));
  const style = { layout, palette, labelWidth: Math.max(LABEL_WIDTH, Math.min(WIDEST_LABEL, labels + 1)) };
  const groups = owners
    .map((owner) => ({ owner, measurements: shown.filter((measurement) => measurement.target === owner) }))
    .filter(({ measurements }) => measurements.length > 0);
  const alone = report.measurements.length === 1;
  const named = groups.length > 1 || report.targets.length > 1;
  const lines = groups.flatMap(({ owner, measurements }) => {
    const rows = measurements.flatMap((measurement) => linesOf(measurement, style, addressIn(measurement, measurements), alone));
    const heading =
      named && rows.length > 0 ? layout.row([{ text: ` ${owner ?? 'This machine'}`, paint: palette.faint }], [layout.width]) : [];
    return [...heading, ...rows];
  });
  return lines.length === 0 ? [] : [...layout.row([{ text: 'Measured', paint: palette.heading }], [layout.width]), ...lines];
}

/** What is known of the machine beside its links and routes: without a check that speaks of it, it says nothing about the targets. */
const BESIDE_THE_TARGETS: ReadonlySet<Measurement['probe']> = new Set([
  'counters',
  'duplicate-address',
  'wireless',
  'name-service',
  'proxy-settings',
  'clock',
  'kernel',
  'firewall',
  'surroundings',
] as const);

function measurementsToShow({ measurements, checks }: Report): readonly Measurement[] {
  const cited = new Set(checks.flatMap((check) => check.measurements));
  return measurements.filter(({ id, probe }) => !BESIDE_THE_TARGETS.has(probe) || cited.has(id));
}

/** More questions than these, and nothing else, are a list without headings. */
const MANY_QUESTIONS = 16;

function manyQuestions(questions: readonly MeasurementOf<'dns'>[], layout: Layout, palette: Palette): string[] {
  const row = (text: string) => layout.row([{ text: '' }, { text, wrap: true }], [2, layout.width - 2]);
  const lines = questions.flatMap((question) => row(dnsListLine(question)));
  return [...layout.row([{ text: 'Measured', paint: palette.heading }], [layout.width]), ...row(dnsSummary(questions)), ...lines];
}

/** Which address a latency is of, where there are several of one target: over IPv4 and over IPv6. */
function addressIn(measurement: Measurement, measurements: readonly Measurement[]): string | null {
  if (measurement.probe !== 'latency' || measurement.target === null) return null;
  return measurements.filter(({ probe }) => probe === 'latency').length > 1 ? measurement.data.address : null;
}

/** The answer to the only question of a run has room to be shown as dig does. */
function textOf(measurement: Measurement, alone: boolean): string[] {
  if (!alone || measurement.probe !== 'dns' || measurement.attempt.kind !== 'measured') return describeMeasurement(measurement);
  return [...dnsAnswerLines(measurement.data), ...dnssecLines(measurement.data)];
}

interface Style {
  layout: Layout;
  palette: Palette;
  labelWidth: number;
}

function linesOf(measurement: Measurement, { layout, palette, labelWidth }: Style, address: string | null, alone: boolean): string[] {
  const room = layout.width - 2 - labelWidth;
  const lines = textOf(measurement, alone).flatMap((described, index) => {
    const text = index === 0 && address !== null ? `${address}: ${described}` : described;
    return layout.row(
      [
        { text: index === 0 ? `  ${LABELS[measurement.probe]}` : '', paint: palette.faint },
        { text, wrap: true },
      ],
      [2 + labelWidth, room],
    );
  });
  if (measurement.probe === 'dns-comparison') return [...lines, ...dnsComparisonTable(measurement, layout, palette, 2)];
  if (measurement.probe === 'dns-trace') return [...lines, ...dnsTraceTable(measurement, layout, palette, 2)];
  return measurement.probe === 'route' ? [...lines, ...routeTable(measurement, layout, palette, 2)] : lines;
}

const LABELS: Readonly<Record<Measurement['probe'], string>> = {
  latency: 'latency',
  loss: 'loss',
  route: 'path',
  addresses: 'addresses',
  phases: 'phases',
  mtu: 'path MTU',
  ports: 'ports',
  listening: 'listeners',
  dns: 'DNS',
  'dns-comparison': 'comparison',
  'dns-trace': 'trace',
  tls: 'TLS',
  http: 'HTTP',
  websocket: 'WebSocket',
  bandwidth: 'bandwidth',
  proxy: 'proxy',
  quic: 'QUIC',
  'handshake-variants': 'handshakes',
  'captive-portal': 'portal',
  host: 'machine',
  counters: 'counters',
  'duplicate-address': 'duplicates',
  wireless: 'Wi-Fi',
  'name-service': 'names',
  'proxy-settings': 'proxies',
  clock: 'clock',
  kernel: 'kernel',
  firewall: 'firewall',
  surroundings: 'place',
  'route-lookup': 'route',
  neighbor: 'neighbour',
};
