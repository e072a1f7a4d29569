import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { NO_PROXIES, parseProxyUrl } from '../../../src/model/proxy-environment.js';
import { parseTarget } from '../../../src/model/target.js';
import { openNetwork } from '../../../src/net/real.js';
import { measureProxy } from '../../../src/probes/proxy/measure.js';
import { planProxy } from '../../../src/probes/proxy/plan.js';
import { measureWebSocket } from '../../../src/probes/websocket/measure.js';
import { planWebSocket } from '../../../src/probes/websocket/plan.js';
import { type LoopbackServer, listen } from '../../fakes/loopback-server.js';

const PROGRAMS = ['tinyproxy', 'microsocks', 'haproxy', 'curl'];
const found = (program: string) => spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${program}`]).status === 0;
const missing = PROGRAMS.filter((program) => !found(program));

const never = new AbortController().signal;
const network = openNetwork();
const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'netdiag-proxies-'));
let behind: LoopbackServer;
const ports = { tiny: 0, tinyLogin: 0, socks: 0, socksLogin: 0, haproxy: 0 };

async function freePort(): Promise<number> {
  const server = await listen(net.createServer());
  await server.close();
  return server.port;
}

/** Starts a server in the foreground, and waits until it takes connections. */
async function start(command: string, args: readonly string[], port: number): Promise<void> {
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` } });
  children.push(child);
  for (let turn = 0; turn < 100; turn++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ host: '127.0.0.1', port });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${command} does not listen`);
}

function tinyproxy(port: number, more: string): Promise<void> {
  const file = join(folder, `tiny-${port}.conf`);
  writeFileSync(file, `Port ${port}\nListen 127.0.0.1\nTimeout 10\nMaxClients 20\nConnectPort ${behind.port}\n${more}`);
  return start('tinyproxy', ['-d', '-c', file], port);
}

describe.skipIf(missing.length > 0)(`real proxies${missing.length > 0 ? ` (not here: ${missing.join(', ')})` : ''}`, () => {
  beforeAll(async () => {
    const server = http.createServer((_request, response) => response.end('behind'));
    const acceptor = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, stream, head) =>
      acceptor.handleUpgrade(request, stream, head, (client) =>
        client.on('message', (message, isBinary) => client.send(message as Buffer, { binary: isBinary })),
      ),
    );
    behind = await listen(server);
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    const haproxy = join(folder, 'haproxy.cfg');
    writeFileSync(
      haproxy,
      `defaults\n  mode http\n  timeout connect 5s\n  timeout client 5s\n  timeout server 5s\nlisten x\n  bind 127.0.0.1:${ports.haproxy}\n  server s 127.0.0.1:${behind.port}\n`,
    );
    await Promise.all([
      tinyproxy(ports.tiny, ''),
      tinyproxy(ports.tinyLogin, 'BasicAuth me secret\n'),
      start('microsocks', ['-i', '127.0.0.1', '-p', String(ports.socks)], ports.socks),
      start('microsocks', ['-i', '127.0.0.1', '-p', String(ports.socksLogin), '-u', 'me', '-P', 'secret'], ports.socksLogin),
      start('haproxy', ['-db', '-f', haproxy], ports.haproxy),
    ]);
  }, 20_000);

  afterAll(async () => {
    for (const child of children) child.kill();
    await behind?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function hopOf(url: string) {
    const outcome = parseProxyUrl(url, '--proxy');
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.hop;
  }

  async function probe(url: string, target: string, compare = true, timeoutMs = 3000) {
    const parsed = parseTarget(target);
    if (!parsed.ok) throw new Error(parsed.reason);
    const settings = { given: hopOf(url), variables: {} };
    const plan = planProxy(parsed.target, '127.0.0.1', { settings, compare, timeoutMs }, null, {});
    if (plan === null) throw new Error('no plan');
    return measureProxy(plan, { network: await network, signal: never });
  }

  /** Status that curl gets from the target, or from the proxy to CONNECT, by the same proxy; `null` where it gets none. */
  async function curl(url: string, target: string): Promise<number | null> {
    const args = ['-sS', '-o', '/dev/null', '-m', '5', '-w', '%{http_code}', '-x', url, target];
    const { stdout } = await promisify(execFile)('curl', args).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
    return Number(stdout) || null;
  }

  const login = 'me:secret@';
  it.each([
    ['tinyproxy', () => `http://127.0.0.1:${ports.tiny}`],
    ['tinyproxy with a login', () => `http://${login}127.0.0.1:${ports.tinyLogin}`],
    ['microsocks', () => `socks5://127.0.0.1:${ports.socks}`],
    ['microsocks, names there', () => `socks5h://127.0.0.1:${ports.socks}`],
    ['microsocks with a login', () => `socks5://${login}127.0.0.1:${ports.socksLogin}`],
  ])('%s lets through what curl gets through', async (_name, url) => {
    const target = `http://127.0.0.1:${behind.port}/x`;
    const { attempt, data } = await probe(url(), target);
    expect(await curl(url(), target)).toBe(200);
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({
      reachable: true,
      accepted: true,
      comparison: { direct: { reachable: true, status: 200 }, proxied: { reachable: true, status: 200 } },
    });
    expect(JSON.stringify(data)).not.toContain('secret');
  });

  it.each([
    ['tinyproxy', () => `http://127.0.0.1:${ports.tiny}`],
    ['microsocks', () => `socks5h://127.0.0.1:${ports.socks}`],
  ])('%s carries a WebSocket', async (_name, url) => {
    const parsed = parseTarget(`ws://127.0.0.1:${behind.port}/echo`);
    if (!parsed.ok) throw new Error(parsed.reason);
    const options = { count: 2, intervalMs: 10, timeoutMs: 3000, message: { text: 'x' }, listenMs: null, subprotocols: [], headers: [] };
    const proxies = { ...NO_PROXIES, given: hopOf(url()) };
    const plan = planWebSocket(parsed.target, null, null, { ...options, proxies }, null, {});
    if (plan === null) throw new Error('no plan');
    const { data } = await measureWebSocket(plan, { network: await network, signal: never });
    expect(data).toMatchObject({ status: 101, pings: { answered: 2 }, echoes: { answered: 2 }, close: { code: 1000, clean: true } });
  });

  it.each([
    ['a login is missing', () => `http://127.0.0.1:${ports.tinyLogin}`, () => `http://127.0.0.1:${behind.port}/`, 407],
    ['a login is missing for a tunnel', () => `http://127.0.0.1:${ports.tinyLogin}`, () => `ws://127.0.0.1:${behind.port}/`, 407],
    ['the port is not permitted', () => `http://127.0.0.1:${ports.tiny}`, () => 'wss://127.0.0.1:1/', 403],
    ['it is no proxy but a server', () => `http://127.0.0.1:${ports.haproxy}`, () => 'wss://127.0.0.1:1/', 503],
    ['a login is missing at SOCKS', () => `socks5://127.0.0.1:${ports.socksLogin}`, () => `http://127.0.0.1:${behind.port}/`, 255],
    ['nobody listens beyond SOCKS', () => `socks5://127.0.0.1:${ports.socks}`, () => 'http://127.0.0.1:1/', 5],
  ])('%s: refused, as curl is', async (_name, url, target, status) => {
    const { attempt, data } = await probe(url(), target(), false);
    if (status === 503) expect(attempt.kind).toBe('failed');
    else {
      expect(attempt).toMatchObject({ kind: 'failed', step: 'connect', code: 'proxy-refused' });
      expect(data).toMatchObject({ status, reachable: true });
    }
    const asked = await curl(url(), target().replace(/^ws/, 'http'));
    expect(asked === null || asked === status).toBe(true);
  });

  it('a wrong kind of proxy is told', async () => {
    expect((await probe(`socks5://127.0.0.1:${ports.tiny}`, `http://127.0.0.1:${behind.port}/`, false, 500)).attempt).toMatchObject({
      kind: 'failed',
      code: expect.stringMatching(/^proxy-(not-spoken|silent)$/),
    });
    expect((await probe(`http://127.0.0.1:${ports.socks}`, `ws://127.0.0.1:${behind.port}/`, false, 500)).attempt).toMatchObject({
      kind: 'failed',
      code: expect.stringMatching(/^proxy-(not-spoken|silent)$/),
    });
  });
});
