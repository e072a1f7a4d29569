import { expect, test } from 'vitest';
import { globExpression, parseCase, readCases } from '../../scoreboard/read-cases.js';

/** Throws with every complaint: hosts, links, services, codes, proof. */
const cases = readCases();
const faults = cases.filter(({ kind }) => kind === 'fault');
const healthy = cases.filter(({ kind }) => kind === 'healthy');

/** Of network-doctor's simulator, under `internal/simulation/scenarios`. */
const SIMULATOR = `broken-dns captive-portal connection-refused dns-hijacking dns-nxdomain dns-timeout-boundary dual-stack-healthy
  encrypted-dns-blocked fault-during-probe flapping-connectivity gateway-unreachable healthy healthy-routed-network high-jitter high-latency
  http-error intermittent-dns ipv4-works-ipv6-broken ipv6-works-ipv4-broken latency-spike link-down missing-subnet-route
  multiple-interfaces-wrong-preferred-route no-default-route packet-loss plain-dns-blocked pmtu-blackhole proxy-failure-causes
  proxy-only-network proxy-only-network-broken-dns quic-udp-443-blocked same-family-failover secure-transport-failures service-banners
  socks5-local-dns-fails socks5h-remote-dns-succeeds tcp-port-blocked tcp-reset tls-expired-certificate tls-failure-causes
  tls-hostname-mismatch tls-valid transient-connectivity-loss transient-dns-outage two-path-healthy two-path-ipv6-healthy
  two-router-healthy unstable-connectivity wrong-default-route`.split(/\s+/);

test('there are at least 90 faults and 30 healthy networks, each under a name of its own', () => {
  expect(faults.length).toBeGreaterThanOrEqual(90);
  expect(healthy.length).toBeGreaterThanOrEqual(30);
  const names = cases.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every scenario of the simulator is a case', () => {
  const sources = new Set(cases.flatMap(({ source }) => (source === undefined ? [] : [source.replace(/^network-doctor: /, '')])));
  expect(SIMULATOR.filter((name) => !sources.has(name))).toEqual([]);
});

test('there are combinations of independent causes, and faults that come while netdiag runs', () => {
  expect(faults.filter(({ causes = [] }) => causes.length > 1).length).toBeGreaterThan(0);
  expect(faults.filter(({ fault = [] }) => fault.some(({ at }) => at !== undefined)).length).toBeGreaterThan(0);
});

const FAULT = 'what: x\nproof: [{on: client, run: "true"}]\ncauses: [[gateway-unreachable]]\n';

test.each([
  ['', 'what: [', 'Flow sequence'],
  ['', 'what: 3', 'what: Invalid input'],
  [FAULT, 'wat: x', 'wat'],
  [FAULT, 'network: mars', 'network: there is no mars'],
  [FAULT, 'fault: [{on: mars, run: "true"}]', 'fault.0.on: there is no host mars'],
  [FAULT, 'fault: [{impair: client-mars, impairment: {}}]', 'fault.0.impair: there is no link client-mars'],
  [FAULT, 'fault: [{on: client, run: "true", at: soon}]', 'fault.0'],
  [FAULT, 'change: {links: {client-gateway: {from: {mars: {}}}}}', 'change.links.client-gateway.from: there is no host mars'],
  [FAULT, 'services: {mars: {dns: {}}}', 'services: there is no host mars'],
  [FAULT, 'services: {server: {gopher: {}}}', 'services.server.gopher: there is no such service'],
  [FAULT, 'services: {gateway: {dns: {delay: 3}}}', 'services.gateway.dns'],
  ['what: x\nproof: [{on: mars, run: "true"}]\n', 'causes: [[gateway-unreachable]]', 'proof.0.on: there is no host mars'],
  ['what: x\nproof: [{on: client, run: "true"}]\n', 'causes: [[gremlins]]', 'causes.0: there is no code gremlins'],
  ['what: x\n', 'causes: [[gateway-unreachable]]', 'proof: a fault must be proved'],
  ['what: x\n', 'proof: [{on: client, run: "true"}]', 'causes: a fault has at least one'],
])('%sa case with "%s" is refused: %s', (before, line, complaint) => {
  const read = parseCase(`${before}${line}\n`, 'name', 'fault');
  expect(Array.isArray(read) ? read.join('\n') : 'accepted').toContain(complaint);
});

test('a healthy network has no causes', () => {
  expect(parseCase(FAULT, 'name', 'healthy')).toEqual(['causes: a healthy network has none']);
  expect(parseCase('what: x', 'name', 'healthy')).toEqual({ what: 'x', name: 'name', kind: 'healthy' });
});

test('names are chosen by *, ? and nothing else', () => {
  expect(globExpression('dns-*').test('dns-slow')).toBe(true);
  expect(globExpression('dns-*').test('a-dns-slow')).toBe(false);
  expect(globExpression('a?c.').test('abc.')).toBe(true);
  expect(globExpression('a?c.').test('abcd')).toBe(false);
});
