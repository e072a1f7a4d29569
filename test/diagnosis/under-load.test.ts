import { expect, it } from 'vitest';
import { areApart } from '../../src/diagnosis/kinds.js';
import { DEFAULT_POLICY, withExpectedRates } from '../../src/model/policy.js';
import type { Check } from '../../src/model/report.js';
import { judgeBandwidth } from '../../src/probes/bandwidth/judge.js';
import { assembleReport } from '../../src/report/assemble.js';
import { bandwidth, direction, roundTrips } from '../fakes/bandwidth.js';

const check = (id: string) => ({ id }) as Check;

it('keeps what a load showed of one direction, and of one thing, apart from the others', () => {
  const target = '@https://speed.example.net/down';
  const ids = ['l7.download', 'l7.upload', 'l3.queueing-download', 'l3.queueing-upload', 'l7.utilisation-upload'];
  for (const one of ids)
    for (const other of ids) expect(areApart(check(one + target), check(other + target)), `${one} ${other}`).toBe(true);
  expect(areApart(check(`l3.queueing${target}`), check(`l7.download${target}`)), 'a queue of somebody else does slow a download').toBe(
    false,
  );
});

it('makes a slow download and a queue in the upload two causes, each with its own words', () => {
  const measurement = bandwidth({
    down: direction(),
    up: direction({ mbps: 40, interval: null, latency: roundTrips(300, 520), queueingMs: 499 }),
  });
  const policy = withExpectedRates(DEFAULT_POLICY, { down: 200, up: 20 });
  const report = assembleReport({
    command: 'bandwidth',
    version: '0',
    startedAt: new Date(0),
    durationMs: 1,
    partial: false,
    host: {
      hostname: 'h',
      platform: 'linux',
      release: '6',
      arch: 'x64',
      system: null,
      virtualization: null,
      container: null,
      node: 'v20',
      nativeSockets: 'present',
    },
    policy: 'default',
    targets: [{ id: measurement.target ?? '', host: 'speed.example.net', port: 443, scheme: 'https', path: '/down', credentials: null }],
    targetsAreInstruments: false,
    checks: judgeBandwidth(measurement, { policy }),
    inquired: [],
    measurements: [measurement],
  });
  expect(report.checks.filter(({ status }) => status === 'skip')).toEqual([]);
  expect(report.diagnosis.map(({ code }) => code).sort()).toEqual(['bandwidth-low', 'bufferbloat']);
  expect(report.diagnosis.map(({ summary }) => summary).join('\n')).toMatch(
    /95 Mbit\/s down[\s\S]*520 ms under the upload|520 ms under the upload[\s\S]*95 Mbit\/s down/,
  );
});
