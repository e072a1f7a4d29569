import type { ClockSource, Measurement, MeasurementOf, ProbeName } from '../../model/measurement.js';
import type { Metric } from '../../model/report-diff.js';
import { addressFamily } from '../../model/target.js';

/** What a number was measured of, and how. Measurements of two reports belong together by this, and not by their ids. */
export interface Identity {
  metric: Metric;
  probe: ProbeName;
  target: string | null;
  method: string | null;
  /** An address where no target was named, the family of its address where one was, or a question. */
  role: string | null;
}

/** Times in the order in which they were measured. */
export interface Series extends Identity {
  unit: 'ms';
  /** `null`: the report has only their median. */
  values: readonly number[] | null;
  median: number;
  count: number;
  clock: ClockSource | null;
  /** The most that delays of netdiag itself can have made of the median. */
  ownDelayMs: number;
  measurement: string;
}

/** Packets, and how many of them were lost. */
export interface Losses extends Identity {
  unit: 'ratio';
  sent: number;
  lost: number;
  /** Runs of losses; `null`: not told. */
  bursts: number | null;
  measurement: string;
}

/** All series of times of a report, those of one identity in their order. */
export function seriesOf(measurements: readonly Measurement[]): Series[] {
  return measurements.flatMap((measurement): Series[] => {
    switch (measurement.probe) {
      case 'latency':
      case 'loss':
        return roundTrips(measurement);
      case 'phases':
      case 'http':
        return exchanges(measurement);
      case 'dns':
        return questions(measurement);
      case 'websocket':
        return pings(measurement);
      default:
        return [];
    }
  });
}

/** What was lost to each address. */
export function lossesOf(measurements: readonly Measurement[]): Losses[] {
  return measurements.flatMap((measurement): Losses[] => {
    if (measurement.probe !== 'latency' && measurement.probe !== 'loss') return [];
    const { data, id } = measurement;
    if (data.lossRatio === null || data.sent === 0 || data.received > data.sent) return [];
    const bursts = measurement.probe === 'loss' ? (measurement.data.bursts?.count ?? null) : burstsOf(measurement.data);
    const lost = data.sent - data.received;
    return [{ ...identityOf(measurement, 'lossRatio'), unit: 'ratio', sent: data.sent, lost, bursts, measurement: id }];
  });
}

/** A sample without a time can have been answered all the same, by a tool that does not tell how quickly. */
function burstsOf({ samples, sent, received }: MeasurementOf<'latency'>['data']): number | null {
  const lost = samples.map(({ rttMs }) => rttMs === null);
  if (lost.length !== sent || lost.filter(Boolean).length !== sent - received) return null;
  return lost.filter((isLost, index) => isLost && lost[index - 1] !== true).length;
}

function identityOf(measurement: MeasurementOf<'latency' | 'loss'>, metric: Metric): Identity {
  const { probe, target, method, data } = measurement;
  const family = data.address === null ? null : addressFamily(data.address);
  return { metric, probe, target, method, role: target === null ? data.address : family === null ? null : `IPv${family}` };
}

function roundTrips(measurement: MeasurementOf<'latency' | 'loss'>): Series[] {
  const { data, id, stalledMs } = measurement;
  const samples = data.samples ?? [];
  const times = samples.flatMap(({ rttMs }) => rttMs ?? []);
  const shared = { unit: 'ms' as const, clock: data.clock, measurement: id };
  // Half of all values must be late for the median to be.
  const ownDelayMs = data.clock === 'kernel' || times.length === 0 ? 0 : (2 * (stalledMs ?? 0)) / times.length;
  const steps: number[] = [];
  for (let index = 1; index < samples.length; index++) {
    const [before, after] = [samples[index - 1]?.rttMs, samples[index]?.rttMs];
    if (typeof before === 'number' && typeof after === 'number') steps.push(Math.abs(after - before));
  }
  const median = data.rttMs?.p50;
  return [
    ...(times.length > 0
      ? [{ ...identityOf(measurement, 'rttMs'), ...shared, values: times, median: medianOf(times), count: times.length, ownDelayMs }]
      : median === undefined
        ? []
        : [{ ...identityOf(measurement, 'rttMs'), ...shared, values: null, median, count: data.received, ownDelayMs: 0 }]),
    ...(steps.length > 0
      ? [{ ...identityOf(measurement, 'jitterMs'), ...shared, values: steps, median: medianOf(steps), count: steps.length, ownDelayMs }]
      : []),
  ];
}

const PHASES = ['dnsMs', 'tcpMs', 'tlsMs', 'ttfbMs', 'totalMs'] as const;
const HTTP_PHASES = ['dnsMs', 'tcpMs', 'proxyMs', 'tlsMs', 'ttfbMs', 'bodyMs', 'totalMs'] as const;

function exchanges(measurement: MeasurementOf<'phases' | 'http'>): Series[] {
  const { id, probe, target, method } = measurement;
  const runs: readonly Exchange[] = measurement.data.runs;
  const metrics = probe === 'phases' ? PHASES : HTTP_PHASES;
  return metrics.flatMap((metric): Series[] => {
    const timed = runs.flatMap((run) => {
      const value = run[metric] ?? null;
      return value === null ? [] : [{ value, stalledMs: run.stalledMs }];
    });
    if (timed.length === 0) return [];
    const values = timed.map(({ value }) => value);
    const byKernel = metric === 'tcpMs' && runs.every((run) => run.tcpMs === null || run.tcpClock === 'kernel');
    return [
      {
        ...{ metric, probe, target, method, role: null, unit: 'ms', values, median: medianOf(values), count: values.length },
        clock: byKernel ? 'kernel' : 'user',
        ownDelayMs: byKernel ? 0 : medianOf(timed.map(({ stalledMs }) => stalledMs)),
        measurement: id,
      },
    ];
  });
}

type Exchange = Partial<Record<(typeof HTTP_PHASES)[number], number | null>> & { stalledMs: number; tcpClock?: ClockSource | null };

/** The same question again and again, or once. */
function questions({ id, target, method, stalledMs, data }: MeasurementOf<'dns'>): Series[] {
  const series = (data.series ?? []).flatMap(({ queryMs }) => queryMs ?? []);
  const values = series.length > 0 ? series : data.queryMs === null ? [] : [data.queryMs];
  if (values.length === 0) return [];
  // The servers of the system are asked in turn: which of them answered is no part of the question.
  const server = data.from === 'given' || data.from === 'well-known' ? ` ${data.server}` : '';
  return [
    {
      ...{ metric: 'dnsQueryMs', probe: 'dns', target, method, role: `${data.type} ${data.name}${server}`, unit: 'ms' },
      ...{ values, median: medianOf(values), count: values.length, clock: 'user' },
      ownDelayMs: (2 * (stalledMs ?? 0)) / values.length,
      measurement: id,
    },
  ];
}

function pings({ id, target, method, data }: MeasurementOf<'websocket'>): Series[] {
  if (data.rttMs === null) return [];
  const count = data.rttBy === 'echo' ? (data.echoes?.answered ?? 0) : data.pings.answered;
  return [
    {
      ...{ metric: 'webSocketRttMs', probe: 'websocket', target, method, role: data.rttBy, unit: 'ms' },
      ...{ values: null, median: data.rttMs.p50, count, clock: 'user', ownDelayMs: 0, measurement: id },
    },
  ];
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return low + (high - low) / 2;
}
