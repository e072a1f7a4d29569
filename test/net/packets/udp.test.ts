import { createSocket } from 'node:dgram';
import { once, setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import { openHandles, startDnsServer, unusedUdpPort } from '../../fakes/dns-server.js';
import { sourceRefusal } from '../../platform.js';

const udp = createUdp(systemClock);
/** A DNS query is a payload like any other here; the fake server understands it. */
const PAYLOAD = Uint8Array.from(Buffer.from('0001010000010000000000000161000001' + '0001', 'hex'));
const request = (port: number, timeoutMs = 5000) => ({
  address: '127.0.0.1',
  port,
  payload: PAYLOAD,
  timeoutMs,
  signal: new AbortController().signal,
  accept: () => true,
});

describe('Udp.exchange', () => {
  test('gives the reply and the time it took', async () => {
    const server = await startDnsServer({ udp: (_, reply) => reply(Uint8Array.of(1, 2, 3)) });
    const outcome = await udp.exchange(request(server.port));
    expect(outcome).toMatchObject({ kind: 'measured' });
    if (outcome.kind !== 'measured') return;
    expect([...outcome.value.reply]).toEqual([1, 2, 3]);
    expect(outcome.value.elapsedMs).toBeGreaterThan(0);
    expect(outcome.value.elapsedMs).toBeLessThan(5000);
    expect(outcome.value.local).toMatchObject({ address: '127.0.0.1', port: expect.any(Number) });
  });

  test('waits on after a datagram that is not accepted', async () => {
    const server = await startDnsServer({
      udp: (_, reply) => {
        reply(Uint8Array.of(1));
        reply(Uint8Array.of(2));
      },
    });
    const outcome = await udp.exchange({ ...request(server.port), accept: (reply) => reply[0] === 2 });
    expect(outcome.kind === 'measured' && outcome.value.reply[0]).toBe(2);
  });

  test('never sees a datagram from elsewhere', async () => {
    const stranger = createSocket('udp4');
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    let seen = 0;
    const server = createSocket('udp4');
    server.on('message', (_, from) => stranger.send(Uint8Array.of(9), from.port, from.address));
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const accept = () => {
      seen++;
      return true;
    };
    const outcome = await udp.exchange({ ...request(server.address().port, 150), accept });
    server.close();
    stranger.close();
    expect(outcome).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 150 });
    expect(seen).toBe(0);
  });

  test('says that the port is unreachable, without waiting', async () => {
    const startedMs = performance.now();
    const outcome = await udp.exchange(request(await unusedUdpPort()));
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'ECONNREFUSED' });
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  test('sends from the address that is asked for', async (context) => {
    const refusal = await sourceRefusal('127.0.0.7');
    if (refusal !== null) return context.skip(refusal);
    const sources: string[] = [];
    const server = createSocket('udp4');
    server.on('message', (_, from) => {
      sources.push(from.address);
      server.send(Uint8Array.of(1), from.port, from.address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const outcome = await udp.exchange({ ...request(server.address().port), source: '127.0.0.7' });
    server.close();
    expect(outcome.kind).toBe('measured');
    expect(sources).toEqual(['127.0.0.7']);
  });

  test('says where it cannot send from, or to', async () => {
    const base = request(1);
    expect(await udp.exchange({ ...base, source: '192.0.2.77' })).toMatchObject({
      kind: 'failed',
      step: 'configure',
      code: 'EADDRNOTAVAIL',
    });
    expect(await udp.exchange({ ...base, source: '::1' })).toMatchObject({ kind: 'failed', step: 'configure', code: 'EAFNOSUPPORT' });
    expect(await udp.exchange({ ...base, interface: 'nosuch0' })).toMatchObject({ kind: 'failed', step: 'configure', code: 'ENODEV' });
    expect(await udp.exchange({ ...base, address: 'localhost' })).toMatchObject({
      kind: 'failed',
      step: 'configure',
      code: 'invalid-address',
    });
  });

  test('ends when it is aborted, before and meanwhile, and leaves nothing open', async () => {
    const server = await startDnsServer({ udp: () => {} });
    const before = await openHandles();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const waiting = Array.from({ length: 20 }, () => udp.exchange({ ...request(server.port, 60_000), signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(new Set((await Promise.all(waiting)).map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify({ kind: 'skipped', because: 'interrupted' })]),
    );
    expect(await udp.exchange({ ...request(server.port), signal: controller.signal })).toEqual({ kind: 'skipped', because: 'interrupted' });
    await udp.exchange({ ...request(server.port, 10), source: '127.0.0.9' });
    await udp.exchange(request(await unusedUdpPort()));
    expect(await openHandles()).toEqual(before);
  });
});
