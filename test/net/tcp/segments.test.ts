import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loadNativeSockets } from '../../../src/native/index.js';
import { Readiness } from '../../../src/native/readiness.js';
import { systemClock } from '../../../src/net/clock.js';
import type { SegmentExchangeOptions } from '../../../src/net/port.js';
import { NativeSegments } from '../../../src/net/tcp/segments.js';

const native = await loadNativeSockets();
const absent = native.kind === 'absent' ? native.because : null;
const readiness = native.kind === 'present' ? new Readiness(native.sockets) : null;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function serve(greet: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    greet(socket);
  });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Echoes what it gets, so that both directions carry the same. */
const echo = (socket: Socket) => void socket.pipe(socket);

function options(port: number, parts: Partial<SegmentExchangeOptions> = {}): SegmentExchangeOptions {
  return {
    address: '127.0.0.1',
    port,
    timeoutMs: 2000,
    signal: new AbortController().signal,
    maximumSegmentBytes: 1000,
    firstFlight: (segmentBytes) => new Uint8Array(segmentBytes + 100),
    stallMs: 300,
    lingerMs: 0,
    ...parts,
  };
}

const segments = new NativeSegments(native, readiness, systemClock);
const descriptors = () => readdirSync('/proc/self/fd').length;

describe.skipIf(absent !== null)(`segments on loopback${absent === null ? '' : `: ${absent}`}`, () => {
  it('limits the segments of both directions, and sees full ones go through', async () => {
    const outcome = await segments.exchange(options(await serve(echo)));
    expect(outcome.kind).toBe('measured');
    if (outcome.kind !== 'measured') return;
    const { opened, facts, writtenBytes, acknowledgedBytes, receivedBytes, ended } = outcome.value;
    expect(ended).toBe('settled');
    expect(opened.sendSegmentBytes + opened.optionBytes).toBe(1000);
    expect(facts.receiveSegmentBytes + facts.optionBytes).toBe(1000);
    expect(facts.largestReceivedSegmentBytes).toBe(facts.receiveSegmentBytes);
    expect([writtenBytes, acknowledgedBytes]).toEqual([opened.sendSegmentBytes + 100, opened.sendSegmentBytes + 100]);
    expect(receivedBytes).toBeLessThanOrEqual(writtenBytes);
    expect(facts.rttMs).toBeGreaterThan(0);
  });

  it('reads on for the linger time', async () => {
    const outcome = await segments.exchange(options(await serve(echo), { lingerMs: 150 }));
    expect(outcome).toMatchObject({ kind: 'measured', value: { ended: 'settled', receivedBytes: expect.any(Number) } });
    if (outcome.kind === 'measured') expect(outcome.value.receivedBytes).toBe(outcome.value.writtenBytes);
  });

  it('waits for a service that says nothing until nothing moves', async () => {
    const outcome = await segments.exchange(options(await serve((socket) => socket.resume())));
    expect(outcome).toMatchObject({ kind: 'measured', value: { ended: 'still', receivedBytes: 0 } });
  });

  it('tells a service that closes, and one that resets', async () => {
    const closing = await segments.exchange(options(await serve((socket) => socket.resume().end())));
    expect(closing).toMatchObject({ kind: 'measured', value: { ended: 'closed' } });
    const resetting = await segments.exchange(options(await serve((socket) => socket.once('data', () => socket.resetAndDestroy()))));
    expect(resetting).toMatchObject({ kind: 'measured', value: { ended: 'reset' } });
  });

  it('bounds what it reads of a service that never ends', async () => {
    const flood = (socket: Socket) => {
      const chunk = Buffer.alloc(65_536);
      const write = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', write);
      socket.resume();
      write();
    };
    const outcome = await segments.exchange(options(await serve(flood), { lingerMs: 200 }));
    expect(outcome.kind).toBe('measured');
    if (outcome.kind === 'measured') expect(outcome.value.receivedBytes).toBeLessThan(4 << 20);
  });

  it('says why there is no connection', async () => {
    const port = await serve(echo);
    servers.splice(0)[0]?.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await segments.exchange(options(port))).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
    expect(await segments.exchange(options(port, { source: '192.0.2.99' }))).toMatchObject({ kind: 'failed', step: 'configure' });
    expect(await segments.exchange(options(port, { maximumSegmentBytes: 1 }))).toMatchObject({ kind: 'failed', code: 'EINVAL' });
  });

  it('ends at once when it is interrupted or closed, and leaves no descriptor', async () => {
    const port = await serve((socket) => socket.resume());
    await segments.exchange(options(port));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const before = descriptors();
    const interrupt = new AbortController();
    const interrupted = segments.exchange(options(port, { signal: interrupt.signal, stallMs: 20_000 }));
    const closed = segments.exchange(options(port, { stallMs: 20_000 }));
    setTimeout(() => interrupt.abort(), 50);
    expect(await interrupted).toEqual({ kind: 'skipped', because: 'interrupted' });
    segments.close();
    expect(await closed).toEqual({ kind: 'skipped', because: 'interrupted' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    // The server's ends close too, a little later.
    expect(descriptors()).toBeLessThanOrEqual(before);
  });
});

describe('segments without native sockets', () => {
  it('are not available, and the reason is named', async () => {
    const none = new NativeSegments({ kind: 'absent', because: 'switched off' }, null, systemClock);
    expect(await none.exchange(options(1))).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'switched off' });
  });
});
