import type { DataOf, Measurement } from '../model/measurement.js';
import type { Report } from '../model/report.js';
import { PHASE_NAMES, type PhaseField } from './phase-names.js';
import { visibleText } from './visible.js';

/** One sample. Times are milliseconds; an empty cell is "not measured", and never 0. */
interface Row {
  measurement: string;
  probe: string;
  target: string | null;
  address: string | null;
  method: string | null;
  startedAt: string;
  /** What the value is a time of: `rtt`, `warmup`, a phase, `query`. */
  series: string;
  /** Place in the series, from 0; `null` for what was never sent. */
  sequence: number | null;
  /** When it was sent, counted from `startedAt`. */
  sentMs: number | null;
  valueMs: number | null;
  outcome: 'answered' | 'late' | 'unanswered' | 'not-sent' | 'completed' | 'failed';
  /** What an answer took that came too late. */
  lateMs: number | null;
  /** Status of HTTP, response code of the DNS, or errno. */
  code: string | number | null;
  detail: string | null;
}

const COLUMNS = [
  'measurement',
  'probe',
  'target',
  'address',
  'method',
  'startedAt',
  'series',
  'sequence',
  'sentMs',
  'valueMs',
  'outcome',
  'lateMs',
  'code',
  'detail',
] as const satisfies readonly (keyof Row)[];

/** The samples behind the statistics, a row each (RFC 4180, so that lines end in CR LF): round trips, phases of exchanges, questions to name servers. */
export function renderCsv(report: Report): string {
  const rows = report.measurements.flatMap(rowsOf);
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
}

type Sample = Omit<Row, 'measurement' | 'probe' | 'target' | 'address' | 'method' | 'startedAt'>;

function rowsOf(measurement: Measurement): Row[] {
  const { id, probe, target, method, startedAt } = measurement;
  const row = (address: string | null, sample: Sample): Row => ({ measurement: id, probe, target, address, method, startedAt, ...sample });
  switch (measurement.probe) {
    case 'latency': {
      const { data } = measurement;
      const warmup = data.warmupMs.map((valueMs, sequence) => ({
        ...NOTHING,
        series: 'warmup',
        sequence,
        valueMs,
        outcome: 'answered' as const,
      }));
      return [...warmup, ...roundTrips(data.samples), ...notSent(data.notSent)].map((sample) => row(data.address, sample));
    }
    case 'loss': {
      const { data } = measurement;
      return [...roundTrips(data.samples ?? []), ...notSent(data.notSent)].map((sample) => row(data.address, sample));
    }
    case 'phases': {
      const { data } = measurement;
      return data.runs.flatMap((run, sequence) => exchange(run, sequence, run.httpStatus)).map((sample) => row(data.address, sample));
    }
    case 'http': {
      const { data } = measurement;
      return data.runs.flatMap((run, sequence) => exchange(run, sequence, run.status)).map((sample) => row(data.address, sample));
    }
    case 'bandwidth': {
      const { data } = measurement;
      const under = { idle: data.idle, 'rtt-download': data.down?.latency, 'rtt-upload': data.up?.latency };
      return Object.entries(under).flatMap(([series, made]) =>
        roundTrips(made?.samples ?? []).map((sample) => row(data.address, { ...sample, series: series === 'idle' ? 'rtt' : series })),
      );
    }
    case 'dns':
      return questions(measurement.data).map((sample) => row(measurement.data.server, sample));
    default:
      return [];
  }
}

const NOTHING = { sequence: null, sentMs: null, valueMs: null, lateMs: null, code: null, detail: null };

function roundTrips(samples: DataOf<'latency'>['samples']): Sample[] {
  return samples.map(({ seq, rttMs, sentMs, lateMs }) => ({
    ...NOTHING,
    series: 'rtt',
    sequence: seq,
    sentMs: sentMs ?? null,
    valueMs: rttMs,
    outcome: rttMs !== null ? 'answered' : lateMs !== undefined ? 'late' : 'unanswered',
    lateMs: lateMs ?? null,
  }));
}

/** Packets that this machine kept: neither answered nor lost. */
function notSent(refusals: DataOf<'latency'>['notSent']): Sample[] {
  return refusals.flatMap(({ code, atMs }) =>
    (atMs ?? []).map((sentMs): Sample => ({ ...NOTHING, series: 'rtt', sentMs, outcome: 'not-sent', code })),
  );
}

type Run = Partial<Record<PhaseField, number | null>> & { failure: string | null };

function exchange(run: Run, sequence: number, status: number | null): Sample[] {
  const phases = PHASE_NAMES.flatMap(([field, series]): Sample[] => {
    const valueMs = run[field] ?? null;
    return valueMs === null ? [] : [{ ...NOTHING, series, sequence, valueMs, outcome: 'completed', code: status }];
  });
  if (run.failure === null) return phases;
  return [...phases, { ...NOTHING, series: 'exchange', sequence, outcome: 'failed', code: status, detail: run.failure }];
}

function questions({ series, queryMs, rcode }: DataOf<'dns'>): Sample[] {
  const asked = series ?? (queryMs === null ? [] : [{ sentMs: null, rcode, queryMs, waitedMs: null }]);
  return asked.map(({ sentMs, rcode: code, queryMs: valueMs, waitedMs }, sequence) => ({
    ...NOTHING,
    series: 'query',
    sequence,
    sentMs,
    valueMs,
    outcome: valueMs !== null ? 'answered' : waitedMs !== null ? 'unanswered' : 'not-sent',
    code,
  }));
}

/**
 * What a spreadsheet would take for a formula, at the beginning of a cell or behind what another country's spreadsheet takes for a separator.
 * Numbers of ours are never negative, so that only texts begin so.
 */
const FORMULA = /(^|[,;|])([\s"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = visibleText(value).replace(FORMULA, "$1$2'");
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
