import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from 'dns-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createNames, type NamesOptions } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { IpFamily } from '../../../src/net/port.js';
import { type DnsBehaviour, openHandles, response, startDnsServer, unusedUdpPort, zone } from '../../fakes/dns-server.js';

const NOWHERE = '/nonexistent/file';
const ZONE = zone({
  'both.example': { a: ['192.0.2.1', '192.0.2.2'], aaaa: ['2001:db8::1'] },
  'old.example': { a: ['192.0.2.1'] },
  'new.example': { aaaa: ['2001:db8::1'] },
  'empty.example': {},
  'www.example': { cname: 'cdn.example' },
  'cdn.example': { cname: 'old.example' },
  'web.corp.example': { a: ['192.0.2.9'] },
});
const silent: DnsBehaviour = () => {};
const refuses =
  (rcode: string): DnsBehaviour =>
  (query, reply) =>
    reply(response(query, { rcode }));

interface Asked {
  family?: IpFamily | null;
  timeoutMs?: number;
  signal?: AbortSignal;
}

function namesWith(options: NamesOptions) {
  const names = createNames(systemClock, createUdp(systemClock), { hostsPath: NOWHERE, ...options });
  return {
    ...names,
    look: (host: string, { family = null, timeoutMs = 5000, signal = new AbortController().signal }: Asked = {}) =>
      names.resolve(host, { family, timeoutMs, signal }),
  };
}

async function serversWith(...behaviours: DnsBehaviour[]) {
  return Promise.all(behaviours.map((udp) => startDnsServer({ udp })));
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'netdiag-names-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function fileWith(text: string): string {
  const path = join(folder(), 'file');
  writeFileSync(path, text);
  return path;
}

const addressesOf = ({ outcome }: { outcome: { kind: string; value?: { addresses: string[] } } }) => outcome.value?.addresses ?? outcome;

describe('without asking anybody', () => {
  test.each([
    ['192.0.2.7', null],
    ['2001:db8::7', 6],
    ['fe80::1%lo', null],
  ] as const)('the address %s is itself', async (host, family) => {
    const { outcome, queries } = await namesWith({ servers: [] }).look(host, { family });
    expect(outcome).toEqual({ kind: 'measured', value: { addresses: [host], elapsedMs: 0 } });
    expect(queries).toEqual([]);
  });

  test('an address of the other family', async () => {
    expect((await namesWith({ servers: [] }).look('192.0.2.7', { family: 6 })).outcome).toMatchObject({ kind: 'failed', code: 'NODATA' });
  });

  test.each(['localhost', 'LOCALHOST.', 'a.b.localhost'])('%s', async (host) => {
    const names = namesWith({ servers: [] });
    expect(addressesOf(await names.look(host))).toEqual(['127.0.0.1', '::1']);
    expect(addressesOf(await names.look(host, { family: 6 }))).toEqual(['::1']);
  });

  test('a name that cannot be', async () => {
    for (const host of ['', 'a..b', 'x'.repeat(64), 'a b']) {
      expect((await namesWith({ servers: [] }).look(host)).outcome).toMatchObject({
        kind: 'failed',
        step: 'resolve',
        code: 'invalid-name',
      });
    }
  });
});

describe('hosts file', () => {
  test('comes first, IPv4 before IPv6', async () => {
    const [server] = await serversWith(silent);
    const hostsPath = fileWith('2001:db8::5 app.example\n192.0.2.5 app.example localhost\n');
    const names = namesWith({ hostsPath, servers: server ? [server] : [] });
    const { outcome, queries } = await names.look('App.example');
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses: ['192.0.2.5', '2001:db8::5'] } });
    expect(queries.map(({ observation }) => observation)).toEqual([
      {
        server: hostsPath,
        transport: 'file',
        name: 'App.example',
        type: 'ANY',
        rcode: null,
        queryMs: expect.any(Number),
        flags: null,
        answers: [
          { name: 'App.example', type: 'A', ttl: null, data: '192.0.2.5' },
          { name: 'App.example', type: 'AAAA', ttl: null, data: '2001:db8::5' },
        ],
        dnssec: null,
        attempts: null,
      },
    ]);
    expect(addressesOf(await names.look('localhost'))).toEqual(['192.0.2.5']);
    expect(server?.asked).toEqual([]);
  });

  test('without the family that is asked for leads to DNS', async () => {
    const servers = await serversWith(ZONE);
    const hostsPath = fileWith('192.0.2.5 new.example\n');
    expect(addressesOf(await namesWith({ hostsPath, servers }).look('new.example', { family: 6 }))).toEqual(['2001:db8::1']);
  });
});

describe('over DNS', () => {
  test.each([
    ['both.example', null, ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
    ['both.example', 4, ['192.0.2.1', '192.0.2.2']],
    ['both.example', 6, ['2001:db8::1']],
    ['old.example', null, ['192.0.2.1']],
    ['new.example.', null, ['2001:db8::1']],
    ['WWW.Example', null, ['192.0.2.1']],
  ] as const)('%s, family %s', async (host, family, addresses) => {
    const servers = await serversWith(ZONE);
    const { outcome, queries } = await namesWith({ servers }).look(host, { family });
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses } });
    expect(outcome.kind === 'measured' && outcome.value.elapsedMs).toBeGreaterThan(0);
    expect(queries.map(({ observation }) => observation.type)).toEqual(family === 4 ? ['A'] : family === 6 ? ['AAAA'] : ['A', 'AAAA']);
    for (const { observation } of queries) expect(observation).toMatchObject({ rcode: 'NOERROR', transport: 'udp', attempts: 1 });
  });

  test.each([
    ['missing.example', null, 'NXDOMAIN'],
    ['empty.example', null, 'NODATA'],
    ['old.example', 6, 'NODATA'],
  ] as const)('%s, family %s: %s', async (host, family, code) => {
    const servers = await serversWith(ZONE);
    const { outcome, queries } = await namesWith({ servers }).look(host, { family });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'resolve', code, message: expect.stringContaining(host) });
    expect(queries).toHaveLength(family === null ? 2 : 1);
  });

  test.each(['SERVFAIL', 'REFUSED', 'NOTIMP'])('%s of every server', async (code) => {
    const servers = await serversWith(refuses(code), refuses(code));
    const { outcome, queries } = await namesWith({ servers }).look('app.example', { family: 4 });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'resolve', code });
    // Two rounds, as resolv.conf(5) has it by default.
    expect(queries.map(({ observation }) => observation.rcode)).toEqual([code, code, code, code]);
  });

  test('an alias that leads to itself', async () => {
    const loop: Answer = { name: 'www.example', type: 'CNAME', ttl: 1, data: 'www.example' };
    const servers = await serversWith((query, reply) => reply(response(query, { answers: [loop] })));
    expect((await namesWith({ servers }).look('www.example', { family: 4 })).outcome).toMatchObject({
      kind: 'failed',
      code: 'cname-chain',
    });
  });

  test('no server listens', async () => {
    const servers = [{ address: '127.0.0.1', port: await unusedUdpPort() }];
    expect((await namesWith({ servers }).look('www.example')).outcome).toMatchObject({ kind: 'failed', code: 'ECONNREFUSED' });
  });

  test('no server is configured', async () => {
    const { outcome, queries } = await namesWith({ servers: [] }).look('www.example');
    expect(outcome).toEqual({ kind: 'failed', step: 'resolve', code: 'no-resolver', message: 'no name server is configured' });
    expect(queries).toEqual([]);
  });
});

describe('failover', () => {
  test.each(['SERVFAIL', 'REFUSED'])('goes on at once after %s', async (code) => {
    const servers = await serversWith(refuses(code), ZONE);
    const startedMs = performance.now();
    const { outcome, queries } = await namesWith({ servers }).look('old.example', { family: 4, timeoutMs: 9000 });
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses: ['192.0.2.1'] } });
    expect(queries.map(({ observation }) => observation.rcode)).toEqual([code, 'NOERROR']);
    expect(performance.now() - startedMs).toBeLessThan(2500);
  });

  test('goes on at once after ECONNREFUSED', async () => {
    const [server] = await serversWith(ZONE);
    const servers = [{ address: '127.0.0.1', port: await unusedUdpPort() }, ...(server ? [server] : [])];
    const startedMs = performance.now();
    expect(addressesOf(await namesWith({ servers }).look('old.example', { timeoutMs: 9000 }))).toEqual(['192.0.2.1']);
    expect(performance.now() - startedMs).toBeLessThan(2500);
  });

  test('goes on after a third of the time when there is silence', async () => {
    const servers = await serversWith(silent, ZONE);
    const { outcome, queries } = await namesWith({ servers }).look('old.example', { family: 4, timeoutMs: 1500 });
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses: ['192.0.2.1'] } });
    expect(outcome.kind === 'measured' && outcome.value.elapsedMs).toBeGreaterThan(450);
    expect(queries.map(({ observation }) => observation)).toMatchObject([
      { rcode: null, queryMs: null, attempts: 1 },
      { rcode: 'NOERROR', attempts: 1 },
    ]);
  });

  test('goes on listening to a slow server', async () => {
    const servers = await serversWith((query, reply) => setTimeout(() => ZONE(query, reply, 0), 800));
    const { outcome, queries } = await namesWith({ servers }).look('old.example', { family: 4, timeoutMs: 2100 });
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses: ['192.0.2.1'] } });
    // It was asked again after 700 ms; the answer to the first question came before that to the second.
    expect(queries.map(({ observation }) => observation)).toMatchObject([{ rcode: 'NOERROR' }, { rcode: null }]);
  });

  test('ends with the time that is given', async () => {
    const servers = await serversWith(silent, silent);
    const startedMs = performance.now();
    const { outcome, queries } = await namesWith({ servers }).look('old.example', { timeoutMs: 300 });
    const tookMs = performance.now() - startedMs;
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'resolve' });
    expect(outcome.kind === 'unanswered' && outcome.waitedMs).toBeGreaterThan(250);
    expect(tookMs).toBeGreaterThan(280);
    expect(tookMs).toBeLessThan(5000);
    expect(queries.length).toBeGreaterThanOrEqual(4);
  });

  test('a server that never answers AAAA does not hide the IPv4 address', async () => {
    const servers = await serversWith((query, reply, index) => {
      if (query.questions?.[0]?.type === 'A') ZONE(query, reply, index);
    });
    const { outcome, queries } = await namesWith({ servers }).look('both.example', { timeoutMs: 1500 });
    expect(outcome).toMatchObject({ kind: 'measured', value: { addresses: ['192.0.2.1', '192.0.2.2'] } });
    expect(outcome.kind === 'measured' && outcome.value.elapsedMs).toBeLessThan(1450);
    expect(queries.filter(({ observation }) => observation.type === 'AAAA').every(({ observation }) => observation.rcode === null)).toBe(
      true,
    );
  });
});

describe('resolv.conf', () => {
  const noServer = { kind: 'failed', code: 'no-resolver' };

  test('gives the servers, three at most, and the search list', async () => {
    const resolvConfPath = fileWith(
      'search corp.example example\nnameserver 127.0.0.53\nnameserver ::1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n',
    );
    expect(await namesWith({ resolvConfPath }).resolvers()).toEqual({
      servers: ['127.0.0.53', '::1', '192.0.2.3'],
      source: resolvConfPath,
      search: ['corp.example', 'example'],
      ndots: 1,
      upstreams: null,
    });
  });

  test('tells whom systemd-resolved asks, where its stub is the resolver', async () => {
    const resolvedConfPath = fileWith('nameserver 192.0.2.53\nnameserver 2001:db8::53\n');
    const stub = fileWith('nameserver 127.0.0.53\noptions ndots:3\n');
    expect(await namesWith({ resolvConfPath: stub, resolvedConfPath }).resolvers()).toMatchObject({
      ndots: 3,
      upstreams: ['192.0.2.53', '2001:db8::53'],
    });
    expect((await namesWith({ resolvConfPath: stub, resolvedConfPath: NOWHERE }).resolvers()).upstreams).toBeNull();
    const other = fileWith('nameserver 192.0.2.1\n');
    expect((await namesWith({ resolvConfPath: other, resolvedConfPath }).resolvers()).upstreams).toBeNull();
  });

  test('without a search list leaves the domain of the host', async () => {
    const resolvConfPath = fileWith('nameserver 127.0.0.53\n');
    expect((await namesWith({ resolvConfPath, hostName: 'box.corp.example' }).resolvers()).search).toEqual(['corp.example']);
    expect((await namesWith({ resolvConfPath, hostName: 'box' }).resolvers()).search).toEqual([]);
  });

  test.each([
    ['that is missing', () => NOWHERE, null],
    ['that is a folder', () => folder(), null],
    ['that is empty', () => fileWith(''), 'path'],
    ['of a megabyte of junk', () => fileWith('\u0000\u00ff junk'.repeat(150_000)), 'path'],
  ])('%s names no server', async (_, make, source) => {
    const resolvConfPath = make();
    const names = namesWith({ resolvConfPath, hostName: 'box', platform: 'linux' });
    expect(await names.resolvers()).toMatchObject({
      servers: [],
      source: source === 'path' ? resolvConfPath : null,
      search: [],
      upstreams: null,
    });
    expect((await names.look('www.example')).outcome).toMatchObject(noServer);
  });

  test('that is a named pipe does not block', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has no named pipes in the file system');
    const resolvConfPath = join(folder(), 'pipe');
    execFileSync('mkfifo', [resolvConfPath]);
    expect((await namesWith({ resolvConfPath }).look('www.example')).outcome).toMatchObject(noServer);
  });

  test('elsewhere than on Linux the system is asked for its servers', async () => {
    const { servers, source } = await namesWith({ platform: 'darwin' }).resolvers();
    expect(source).toBe('system');
    for (const server of servers) expect(server).toMatch(/^[\d.]+(:\d+)?$|:/);
  });

  test('the servers given are shown with their port', async () => {
    expect(await namesWith({ servers: [{ address: '::1', port: 40053 }] }).resolvers()).toMatchObject({
      servers: ['[::1]:40053'],
      source: 'configured',
      search: [],
    });
  });
});

describe('an abort', () => {
  test('ends the lookup and leaves nothing open', async () => {
    const servers = await serversWith(silent, silent, silent);
    const before = await openHandles();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 400);
    const { outcome, queries } = await namesWith({ servers }).look('www.example', { timeoutMs: 60_000, signal: controller.signal });
    expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(queries.map(({ observation }) => observation)).toMatchObject([
      { type: 'A', rcode: null },
      { type: 'AAAA', rcode: null },
    ]);
    expect((await namesWith({ servers }).look('www.example', { signal: controller.signal })).outcome).toEqual({
      kind: 'skipped',
      because: 'interrupted',
    });
    expect(await openHandles()).toEqual(before);
  });

  test('a lookup that succeeds leaves nothing open either', async () => {
    const servers = await serversWith(silent, ZONE);
    const before = await openHandles();
    const timersBefore = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await namesWith({ servers }).look('both.example', { timeoutMs: 300 });
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(timersBefore);
    expect(await openHandles()).toEqual(before);
  });
});
