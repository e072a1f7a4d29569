import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/model/measurement.js';
import type { Report } from '../../src/model/report.js';
import { renderPrometheus } from '../../src/render/prometheus/index.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { healthy, oneFault, partial, REPORTS, severalTargets } from '../fakes/reports.js';
import { actingCharacter, metricProblems, toolRefusal } from './readers.js';

const promtool = toolRefusal('promtool');

/** Without the label that all series of a file have. */
const withoutRun = (line: string): string => line.replace(/,?run="(?:[^"\\]|\\.)*"\}/, '}').replace('{} ', ' ');

/** The value of a series, by its name and labels as they are written; `undefined` where there is none. */
function valueIn(text: string, series: string): number | undefined {
  const line = text
    .split('\n')
    .map(withoutRun)
    .find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const withoutChecks = (): Report => ({ ...healthy(), checks: [], measurements: [] });

describe.each([
  ...Object.entries(REPORTS),
  ['all hostile', () => reportOf(HOSTILE_TEXTS)] as const,
  ['anything', () => reportOf(ANY_TEXTS)] as const,
  ['nothing measured', withoutChecks] as const,
])('metrics of "%s"', (_name, make) => {
  it('pass promtool, names and units included', (context) => {
    if (promtool !== null) context.skip(promtool);
    expect(metricProblems(renderPrometheus(make()))).toBe('');
  });

  it('have each family in one block, each series once, and no time stamp, as the textfile collector wants it', () => {
    const lines = renderPrometheus(make()).trimEnd().split('\n');
    const types = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
    expect(new Set(types).size).toBe(types.length);
    const series = lines.filter((line) => !line.startsWith('#'));
    for (const line of series) expect(line).toMatch(/^netdiag_[a-z0-9_]+\{(?:[a-z_]+="(?:[^"\\]|\\[\\"n])*",?)+\} -?[0-9.e+-]+$/);
    const names = series.map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(names).size).toBe(names.length);
    const families = series.map((line) => /^[a-z0-9_]+/.exec(line)?.[0]);
    expect(families.filter((name, index) => name !== families[index - 1])).toEqual(types);
  });

  it('have nothing that acts on a terminal', () => {
    expect(actingCharacter(renderPrometheus(make()))).toBeNull();
  });
});

describe('metrics', () => {
  const target = 'target="app.example.net:443"';

  it('are in seconds, bytes and ratios', () => {
    const text = renderPrometheus(healthy());
    expect(valueIn(text, `netdiag_latency_seconds{${target},family="4",method="icmp",statistic="p50"}`)).toBe(0.0213);
    expect(valueIn(text, `netdiag_latency_jitter_seconds{${target},family="4",method="icmp"}`)).toBe(0.00084);
    expect(valueIn(text, `netdiag_loss_ratio{${target},family="4",method="icmp"}`)).toBe(0);
    expect(valueIn(text, `netdiag_path_mtu_bytes{${target},family="4"}`)).toBe(1500);
    expect(valueIn(text, `netdiag_tls_handshake_seconds{${target},family="4"}`)).toBe(0.04402);
    expect(valueIn(text, `netdiag_phase_seconds{${target},family="4",probe="phases",phase="first_byte",statistic="p50"}`)).toBe(0.0252);
    expect(valueIn(text, `netdiag_dns_query_seconds{${target},server="192.0.2.53:53",transport="udp",type="A"}`)).toBe(0.0011);
    expect(valueIn(text, `netdiag_port_open{${target},family="4",port="443",protocol="tcp"}`)).toBe(1);
    const expires = `netdiag_certificate_not_after_timestamp_seconds{${target},family="4",position="0"}`;
    expect(valueIn(text, expires)).toBe(Date.parse('2025-06-01T00:00:00Z') / 1000);
    expect(valueIn(text, 'netdiag_report_start_timestamp_seconds')).toBe(Date.parse('2025-03-04T05:06:07Z') / 1000);
  });

  it('have one series for each status and verdict, of which one is 1', () => {
    const text = renderPrometheus(oneFault());
    const status = (name: string) => valueIn(text, `netdiag_check_status{check="l3.mtu",layer="3",${target},status="${name}"}`);
    expect(['pass', 'warn', 'fail', 'skip'].map(status)).toEqual([0, 0, 1, 0]);
    expect(['pass', 'warn', 'fail'].map((verdict) => valueIn(text, `netdiag_verdict{verdict="${verdict}"}`))).toEqual([0, 0, 1]);
    expect(valueIn(text, 'netdiag_checks{status="pass"}')).toBe(5);
    expect(valueIn(text, `netdiag_diagnosis_confidence_ratio{code="mtu-blackhole",layer="3",${target}}`)).toBe(0.96);
    expect(valueIn(text, 'netdiag_series_left_out')).toBe(0);
  });

  it('leave out what was not measured, and never make it 0', () => {
    const text = renderPrometheus(partial());
    expect(text).not.toContain('netdiag_phase_seconds');
    expect(text).not.toContain('netdiag_exchanges');
    expect(valueIn(text, 'netdiag_report_partial')).toBe(1);
    const report = healthy();
    const unanswered = report.measurements.map((entry) =>
      entry.probe === 'latency'
        ? { ...entry, data: { ...entry.data, received: 0, lossRatio: 1, rttMs: null, jitterMs: null, samples: [], clock: null } }
        : entry,
    );
    const silent = renderPrometheus({ ...report, measurements: unanswered });
    expect(silent).not.toContain('netdiag_latency_seconds');
    expect(silent).not.toContain('netdiag_latency_jitter');
    expect(valueIn(silent, `netdiag_latency_received_packets{${target},family="4",method="icmp"}`)).toBe(0);
    const unsent = report.measurements.map((entry) =>
      entry.probe === 'latency'
        ? {
            ...entry,
            data: { ...entry.data, sent: 0, received: 0, lossRatio: null, rttMs: null, jitterMs: null, samples: [], clock: null },
          }
        : entry,
    );
    expect(renderPrometheus({ ...report, measurements: unsent })).not.toContain('netdiag_latency');
  });

  it('keep the targets apart', () => {
    const text = renderPrometheus(severalTargets());
    for (const id of ['app.example.net:443', 'https://api.example.org/v1'])
      expect(valueIn(text, `netdiag_tls_trusted{target="${id}",family="4"}`)).toBe(1);
  });

  it('say in every series what was run, so that files of several runs can lie side by side', () => {
    const series = renderPrometheus(severalTargets())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const run = 'run="full-report app.example.net:443 https://api.example.org/v1"}';
    expect(series.filter((line) => !line.includes(run))).toEqual([]);
  });

  it('take the first of two measurements of the same', () => {
    const report = healthy();
    const again = report.measurements.flatMap((entry): Measurement[] => {
      if (entry.probe !== 'tls') return [entry];
      return [entry, { ...entry, id: 'm99', data: { ...entry.data, handshakeMs: 1000 } }];
    });
    const text = renderPrometheus({ ...report, measurements: again });
    expect(valueIn(text, `netdiag_tls_handshake_seconds{${target},family="4"}`)).toBe(0.04402);
  });

  it('count the ports of a survey and do not name them', () => {
    const report = healthy();
    const measurements = report.measurements.map((entry) => {
      if (entry.probe !== 'ports') return entry;
      const [open] = entry.data.ports;
      if (open === undefined) throw new Error('no port');
      const ports = Array.from({ length: 5000 }, (_, index) => ({
        ...open,
        port: index + 1,
        required: false,
        state: index % 5 === 0 ? ('open' as const) : ('filtered' as const),
      }));
      return { ...entry, data: { ...entry.data, ports } };
    });
    const text = renderPrometheus({ ...report, measurements });
    expect(valueIn(text, `netdiag_surveyed_ports{${target},family="4",state="open"}`)).toBe(1000);
    expect(valueIn(text, `netdiag_surveyed_ports{${target},family="4",state="closed"}`)).toBe(0);
    expect(text).not.toContain('netdiag_port_open');
  });

  it('are bounded in number and length, and say what was left out', () => {
    const [made] = healthy().checks;
    if (made === undefined) throw new Error('no check');
    const checks = Array.from({ length: 600 }, (_, index) => ({ ...made, id: `l2.interface@${index}${'x'.repeat(5000)}` }));
    const text = renderPrometheus({ ...healthy(), checks });
    expect(text.split('\n').filter((line) => line.startsWith('netdiag_check_status{'))).toHaveLength(2000);
    expect(valueIn(text, 'netdiag_series_left_out')).toBe(400);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(600);
  });
});
