import { expect, it } from 'vitest';
import { bandwidthLines } from '../../src/render/bandwidth-text.js';
import { renderCsv } from '../../src/render/csv.js';
import { measurementSamples } from '../../src/render/prometheus/measurement-samples.js';
import { bandwidth, direction, NO_RATE, roundTrips } from '../fakes/bandwidth.js';

const failure = {
  kind: 'failed',
  step: 'response',
  code: 'http-status',
  message: 'the server answers with status 405',
  waitedMs: null,
} as const;
const both = bandwidth({
  down: direction(),
  up: direction({ ...NO_RATE, countedBy: 'acknowledged', failure }),
});

it('is a line for the idle line, each direction, and the round trips under it', () => {
  expect(bandwidthLines(both.data)).toEqual([
    'idle: min 21.0 · p50 21.0 · p95 21.0 · max 21.0 ms · 20 of 20 answered · TCP, kernel clock · 2 in and 0.1 Mbit/s out crossed eth0',
    'download: 95 Mbit/s (94 to 96, 95 % sure) · 59 MB in 5 s · 4 connections · 99.5 Mbit/s crossed the interface (12 % of the link) · this process busy for 10 % of it',
    'download, round trips under it: min 22.0 · p50 22.0 · p95 30.0 · max 30.0 ms · 20 of 20 answered · TCP, kernel clock',
    'upload: the server answers with status 405',
  ]);
});

it('shows nothing as 0 that was not measured', () => {
  expect(bandwidthLines(bandwidth({ idle: null, idleRttMs: null, interface: null }).data)).toEqual([]);
  const silent = roundTrips(0, 0, { received: 0, rttMs: null, clock: null });
  const poor = direction({ interval: null, interfaceMbps: null, linkRatio: null, busyRatio: null, latency: silent });
  expect(bandwidthLines(bandwidth({ idle: null, down: poor, interface: null }).data)).toEqual([
    'download: 95 Mbit/s · 59 MB in 5 s · 4 connections',
    'download, round trips under it: 0 of 20 answered · TCP',
  ]);
});

it('is series of Prometheus, with the direction as a label, in bits a second, and none of what was not measured', () => {
  const samples = measurementSamples(both);
  const of = (family: string) => samples.filter(({ name }) => name === family).map(({ labels, value }) => [labels['direction'], value]);
  expect(of('netdiag_bandwidth_bits_per_second')).toEqual([['down', 95e6]]);
  expect(of('netdiag_bandwidth_interval_low_bits_per_second')).toEqual([['down', 94e6]]);
  expect(of('netdiag_bandwidth_queueing_seconds')).toEqual([['down', 0.009]]);
  // Nothing of the other direction: it could not be loaded.
  expect(of('netdiag_bandwidth_moved_bytes')).toEqual([['down', 59e6]]);
});

it('has its round trips in CSV, idle and under load', () => {
  const rows = renderCsv({ measurements: [both] } as never).split('\r\n');
  expect(rows.slice(1, 5).map((row) => row.split(',').slice(6, 11).join(','))).toEqual([
    'rtt,0,0,21,answered',
    'rtt,1,50,,unanswered',
    'rtt-download,0,0,22,answered',
    'rtt-download,1,50,,unanswered',
  ]);
});
