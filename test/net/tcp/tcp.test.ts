import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createTcp } from '../../../src/net/tcp/tcp.js';
import { type LoopbackServer, serveTcp } from '../../fakes/loopback-server.js';
import { sourceRefusal } from '../../platform.js';

const FACTS = { rttMs: 0.02, sendMssBytes: 65_483, pathMtuBytes: 65_535, retransmissions: 0 };

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

function options(port: number, parts: { address?: string; source?: string; interface?: string; signal?: AbortSignal } = {}) {
  return { address: '127.0.0.1', port, timeoutMs: 5000, signal: new AbortController().signal, ...parts };
}

describe('a TCP connection', () => {
  it('is timed, looked at while it is open, and closed in good order', async () => {
    let ended = false;
    server = await serveTcp((socket) => socket.on('end', () => (ended = true)));
    const facts = vi.fn((socket: { readyState: string }) => (socket.readyState === 'open' ? FACTS : null));
    const outcome = await createTcp(systemClock, facts).connect(options(server.port));
    expect(outcome).toMatchObject({ kind: 'measured', value: { connectMs: expect.any(Number), kernel: FACTS } });
    if (outcome.kind === 'measured') expect(outcome.value.connectMs).toBeGreaterThan(0);
    await expect.poll(() => server?.open()).toBe(0);
    expect(ended).toBe(true);
  });

  it('leaves from the source that was asked for', async (context) => {
    const refusal = await sourceRefusal('127.0.0.9');
    if (refusal !== null) return context.skip(refusal);
    const from: (string | undefined)[] = [];
    server = await serveTcp((socket) => from.push(socket.remoteAddress));
    const outcome = await createTcp(systemClock, () => null).connect(options(server.port, { source: '127.0.0.9' }));
    expect(outcome).toMatchObject({ kind: 'measured', value: { kernel: null } });
    await expect.poll(() => from).toEqual(['127.0.0.9']);
  });

  it.each([
    ['a refusal', {}, 'connect', 'ECONNREFUSED'],
    ['a source of the other family', { source: '::1' }, 'configure', 'EAFNOSUPPORT'],
    ['a source that is no address', { source: '127.0.0.999' }, 'configure', 'ERR_INVALID_IP_ADDRESS'],
    ['a source that is not ours', { source: '192.0.2.1' }, 'connect', 'EADDRNOTAVAIL'],
    ['an interface that does not exist', { interface: 'absent0' }, 'configure', 'ENODEV'],
    ['a name, which is never looked up', { address: 'localhost' }, 'configure', 'EINVAL'],
  ])('fails by %s', async (_, parts, step, code) => {
    server = await serveTcp(() => {});
    const { port } = server;
    await server.close();
    server = null;
    expect(await createTcp(systemClock, () => null).connect(options(port, parts))).toMatchObject({ kind: 'failed', step, code });
  });

  it('ends by an abort, before and during', async () => {
    server = await serveTcp(() => {});
    const abort = new AbortController();
    const tcp = createTcp(systemClock, () => null);
    const pending = tcp.connect(options(server.port, { signal: abort.signal }));
    abort.abort();
    const before = server.accepted();
    expect(await pending).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(await tcp.connect(options(server.port, { signal: abort.signal }))).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(before).toBe(0);
    await expect.poll(() => server?.open()).toBe(0);
  });
});
