import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readListeners } from '../../../src/net/machine/listeners.js';

const refusal = process.platform === 'linux' ? null : `the socket tables are those of Linux, this is ${process.platform}`;

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function listen(host: string, ipv6Only = false): Promise<number | null> {
  const server: Server = createServer();
  open.push(server);
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen({ host, port: 0, ipv6Only }, () => resolve((server.address() as { port: number }).port));
  });
}

function bindUdp(address: string): Promise<number> {
  const socket = createSocket('udp4');
  open.push(socket);
  return new Promise((resolve) => socket.bind(0, address, () => resolve(socket.address().port)));
}

async function found(port: number) {
  const listeners = await readListeners();
  if (listeners.kind !== 'measured') throw new Error(JSON.stringify(listeners));
  return listeners.value.filter((listener) => listener.port === port);
}

/** As the kernel has it; a test runner may have given itself another name. */
const own = () => ({ process: readFileSync('/proc/self/comm', 'utf8').trim(), pid: process.pid });

describe.skipIf(refusal !== null)(`readListeners${refusal === null ? '' : ` (${refusal})`}`, () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['0.0.0.0', 'all'],
    ['::1', 'loopback'],
    ['::', 'all'],
  ] as const)('finds what listens on %s, and whose it is', async (address, exposure) => {
    const port = await listen(address, address === '::');
    if (port === null) expect(address, 'IPv6 is not there').toContain(':');
    else expect(await found(port)).toEqual([{ port, protocol: 'tcp', address, ...own(), exposure, service: null }]);
  });

  it('finds a datagram socket, but none that has a peer', async () => {
    const port = await bindUdp('127.0.0.1');
    expect(await found(port)).toEqual([{ port, protocol: 'udp', address: '127.0.0.1', ...own(), exposure: 'loopback', service: null }]);
    const connected = createSocket('udp4');
    open.push(connected);
    await new Promise<void>((resolve) => connected.connect(port, '127.0.0.1', resolve));
    expect(await found(connected.address().port)).toEqual([]);
  });

  it('has each port once for one process, and in order', async () => {
    await listen('127.0.0.1');
    const listeners = await readListeners();
    if (listeners.kind !== 'measured') throw new Error(JSON.stringify(listeners));
    const keys = listeners.value.map(({ port, protocol, address, pid }) => `${port} ${protocol} ${address} ${pid}`);
    expect(new Set(keys).size).toBe(keys.length);
    const ports = listeners.value.map(({ port }) => port);
    expect(ports).toEqual([...ports].sort((a, b) => a - b));
  });

  it('leaves no descriptor open', async () => {
    const before = readdirSync('/proc/self/fd').length;
    await readListeners();
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  });

  it('gives the socket to the first of the processes that share it', async () => {
    const port = await listen('127.0.0.1');
    if (port === null) throw new Error('loopback does not listen');
    const server = open.at(-1) as Server & { _handle: { fd: number } };
    // A child that has the descriptor as well, as a worker has after a fork.
    const child = spawn('sleep', ['20'], { stdio: ['ignore', 'ignore', 'ignore', server._handle.fd] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      expect(await found(port)).toMatchObject([{ pid: Math.min(process.pid, child.pid ?? Number.MAX_SAFE_INTEGER) }]);
    } finally {
      child.kill();
      await ended;
    }
  });
});
