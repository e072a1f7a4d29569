import type { Measurement } from '../model/measurement.js';
import type { Report } from '../model/report.js';
import type { Layout } from './layout.js';
import { describeMeasurement } from './measurement-text.js';
import type { Palette } from './paint.js';

const LABEL_WIDTH = 11;

/** The key numbers of each measurement, target by target. A text that is too long goes on below, in its column. */
export function measurementLines(report: Report, layout: Layout, palette: Palette): string[] {
  if (report.measurements.length === 0) return [];
  const owners = [
    ...new Set([null, ...report.targets.map((target) => target.id), ...report.measurements.map((measurement) => measurement.target)]),
  ];
  const groups = owners
    .map((owner) => ({ owner, measurements: report.measurements.filter((measurement) => measurement.target === owner) }))
    .filter(({ measurements }) => measurements.length > 0);
  const named = groups.length > 1 || report.targets.length > 1;
  return [
    ...layout.row([{ text: 'Measured', paint: palette.heading }], [layout.width]),
    ...groups.flatMap(({ owner, measurements }) => [
      ...(named ? layout.row([{ text: ` ${owner ?? 'This machine'}`, paint: palette.faint }], [layout.width]) : []),
      ...measurements.flatMap((measurement) => linesOf(measurement, layout, palette)),
    ]),
  ];
}

function linesOf(measurement: Measurement, layout: Layout, palette: Palette): string[] {
  const room = layout.width - 2 - LABEL_WIDTH;
  return describeMeasurement(measurement).flatMap((text, index) =>
    layout.row(
      [
        { text: index === 0 ? `  ${LABELS[measurement.probe]}` : '', paint: palette.faint },
        { text, wrap: true },
      ],
      [2 + LABEL_WIDTH, room],
    ),
  );
}

const LABELS: Readonly<Record<Measurement['probe'], string>> = {
  latency: 'latency',
  loss: 'loss',
  phases: 'phases',
  mtu: 'path MTU',
  ports: 'ports',
  dns: 'DNS',
  tls: 'TLS',
  host: 'machine',
  'route-lookup': 'route',
  neighbor: 'neighbour',
};
