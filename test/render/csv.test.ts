import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/model/measurement.js';
import type { Report } from '../../src/model/report.js';
import { renderCsv } from '../../src/render/csv.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { healthy, REPORTS } from '../fakes/reports.js';
import { actingCharacter, readCsv, toolRefusal } from './readers.js';

const python = toolRefusal('python3');

const HEADER = 'measurement,probe,target,address,method,startedAt,series,sequence,sentMs,valueMs,outcome,lateMs,code,detail'.split(',');

function replaced(change: (measurement: Measurement) => Measurement): Report {
  const report = healthy();
  return { ...report, measurements: report.measurements.map(change) };
}

function packets(): Report {
  return replaced((entry) =>
    entry.probe === 'latency'
      ? {
          ...entry,
          data: {
            ...entry.data,
            warmupMs: [24],
            samples: [
              { seq: 0, rttMs: 0, sentMs: 0 },
              { seq: 1, rttMs: null, sentMs: 100.5 },
              { seq: 2, rttMs: null, sentMs: 200, lateMs: 1204 },
              { seq: 3, rttMs: 21.3 },
            ],
            notSent: [{ code: 'ENOBUFS', count: 2, atMs: [300] }],
          },
        }
      : entry,
  );
}

function exchanges(): Report {
  return replaced((entry) => {
    if (entry.probe !== 'phases') return entry;
    const [run] = entry.data.runs;
    if (run === undefined) throw new Error('no run');
    const failed = {
      ...run,
      tlsMs: null,
      ttfbMs: null,
      totalMs: null,
      httpStatus: null,
      failure: 'the handshake ended, with "alert 40"',
    };
    return { ...entry, data: { ...entry.data, runs: [run, failed] } };
  });
}

function questions(): Report {
  const series = [
    { sentMs: 0, rcode: 'NOERROR', queryMs: 1.1, waitedMs: null },
    { sentMs: 200, rcode: null, queryMs: null, waitedMs: 1000 },
    { sentMs: 400, rcode: null, queryMs: null, waitedMs: null },
  ];
  return replaced((entry) => (entry.probe === 'dns' ? { ...entry, data: { ...entry.data, series } } : entry));
}

describe('CSV, read by Python', () => {
  const reports = new Map(
    [
      ...Object.entries(REPORTS),
      ...Object.entries({ packets, exchanges, questions, adverse: () => reportOf([...HOSTILE_TEXTS, ...ANY_TEXTS]) }),
    ].map(([name, make]) => [name, make()]),
  );
  let files = new Map<string, string[][]>();
  beforeAll(() => {
    if (python !== null) return;
    const read = readCsv([...reports.values()].map(renderCsv));
    files = new Map([...reports.keys()].map((name, index) => [name, read[index] ?? []]));
  });
  beforeEach((context) => {
    if (python !== null) context.skip(python);
  });

  /** Rows as objects, by the names of the columns. */
  function rowsOf(name: string): Record<string, string>[] {
    const [header = [], ...rows] = files.get(name) ?? [];
    return rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell])));
  }

  it('has a row for each sample of every report, all of the same length', () => {
    expect(files.size).toBe(reports.size);
    for (const [name, [header, ...rows]] of files) {
      expect(header).toEqual(HEADER);
      expect(rows.filter((row) => row.length !== HEADER.length)).toEqual([]);
      const warmups = reports.get(name)?.measurements.flatMap((entry) => (entry.probe === 'latency' ? entry.data.warmupMs : [])) ?? [];
      expect(rows.filter((row) => row[6] === 'warmup')).toHaveLength(warmups.length);
    }
  });

  it('tells answered, late, unanswered and unsent packets apart, and leaves cells of what was not measured empty', () => {
    const rows = rowsOf('packets').filter((row) => row['probe'] === 'latency');
    const short = rows.map(({ series, sequence, sentMs, valueMs, outcome, lateMs, code }) =>
      [series, sequence, sentMs, valueMs, outcome, lateMs, code].join(' '),
    );
    expect(short).toEqual([
      'warmup 0  24 answered  ',
      'rtt 0 0 0 answered  ',
      'rtt 1 100.5  unanswered  ',
      'rtt 2 200  late 1204 ',
      'rtt 3  21.3 answered  ',
      'rtt  300  not-sent  ENOBUFS',
    ]);
    expect(rows[0]).toMatchObject({
      measurement: 'm2',
      target: 'app.example.net:443',
      address: '198.51.100.7',
      method: 'icmp',
      startedAt: '2025-03-04T05:06:07.000Z',
    });
  });

  it('has the phases of every exchange that were reached, and why one failed', () => {
    const rows = rowsOf('exchanges').filter((row) => row['probe'] === 'phases');
    expect(rows.map((row) => [row['series'], row['sequence'], row['valueMs'], row['outcome'], row['code'], row['detail']])).toEqual([
      ['dns', '0', '1.1', 'completed', '200', ''],
      ['tcp', '0', '21.3', 'completed', '200', ''],
      ['tls', '0', '44.02', 'completed', '200', ''],
      ['first_byte', '0', '25.2', 'completed', '200', ''],
      ['total', '0', '91.62', 'completed', '200', ''],
      ['dns', '1', '1.1', 'completed', '', ''],
      ['tcp', '1', '21.3', 'completed', '', ''],
      ['exchange', '1', '', 'failed', '', 'the handshake ended, with "alert 40"'],
    ]);
  });

  it('has each question of a series to a name server', () => {
    const rows = rowsOf('questions').filter((row) => row['probe'] === 'dns');
    expect(rows.map((row) => [row['address'], row['sentMs'], row['valueMs'], row['outcome'], row['code']])).toEqual([
      ['192.0.2.53:53', '0', '1.1', 'answered', 'NOERROR'],
      ['192.0.2.53:53', '200', '', 'unanswered', ''],
      ['192.0.2.53:53', '400', '', 'not-sent', ''],
    ]);
  });

  it('has no cell that a spreadsheet would take for a formula, also behind the separators of other countries', () => {
    const cells = (files.get('adverse') ?? []).flat();
    expect(cells.filter((cell) => /^[\s"']*[=+\-@＝＋－＠]/.test(cell) && !/^\s*'|^\s*"?'/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /[;,|]\s*"?[=+\-@＝]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=cmd|'/c calc'!A1");
    expect(cells).toContain("'＝1+1");
  });
});

it('ends every line in CR LF and has no other line end, and nothing that acts on a terminal', () => {
  for (const report of [...Object.values(REPORTS).map((make) => make()), reportOf(HOSTILE_TEXTS), reportOf(ANY_TEXTS)]) {
    const text = renderCsv(report);
    expect(text).toMatch(/\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(actingCharacter(text)).toBeNull();
  }
});

it('is a header alone where nothing has samples', () => {
  expect(renderCsv({ ...healthy(), measurements: [] })).toBe(`${HEADER.join(',')}\r\n`);
});
