import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadNativeSockets, type NativeOutcome } from '../../../src/native/index.js';
import { Readiness } from '../../../src/native/readiness.js';
import { systemClock } from '../../../src/net/clock.js';
import { NativeEcho } from '../../../src/net/packets/echo.js';
import type { PacketEvent, PacketSession } from '../../../src/net/port.js';

const native: NativeOutcome = await loadNativeSockets();
const readiness = native.kind === 'present' ? new Readiness(native.sockets) : null;
const echo = new NativeEcho(native, readiness, systemClock);
const granted = (['127.0.0.1', '::1'] as const).map((address) => {
  const opened = echo.open(address === '::1' ? 6 : 4, {});
  if (opened.kind === 'measured') opened.value.close();
  return { address, family: address === '::1' ? (6 as const) : (4 as const), why: opened.kind === 'unavailable' ? opened.reason : null };
});

for (const { address, family, why } of granted) {
  describe.skipIf(why !== null)(`ICMP echo to ${address}${why === null ? '' : ` (skipped: ${why})`}`, () => {
    let session: PacketSession;
    beforeAll(async () => {
      const opened = echo.open(family, {});
      if (opened.kind !== 'measured') throw new Error('no session');
      session = opened.value;
      // The kernel begins to stamp what it receives a moment after it is asked to, on a busy machine a long one.
      let clock: string | undefined;
      for (let tries = 0; tries < 100 && clock !== 'kernel'; tries++) {
        session.send({ address, payloadBytes: 56, ttl: null, dontFragment: false }, (event) => {
          if (event.kind === 'reply') clock = event.clock;
        });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    afterAll(() => session.close());

    it('is answered, timed by the kernel, with each reply given to its own probe', async () => {
      const replies = new Map<number, PacketEvent>();
      for (let index = 0; index < 50; index++) {
        session.send({ address, payloadBytes: 18 + index, ttl: null, dontFragment: false }, (event) => replies.set(index, event));
      }
      await expect.poll(() => replies.size, { timeout: 3000 }).toBe(50);
      for (const reply of replies.values()) {
        expect(reply).toMatchObject({ kind: 'reply', from: address, clock: 'kernel', duplicate: false });
        if (reply.kind !== 'reply') throw new Error('no reply');
        expect(reply.rttMs).toBeGreaterThan(0);
        expect(reply.rttMs).toBeLessThan(1000);
        expect(reply.ttl).toBe(64);
      }
    });

    it('carries the largest packet that the loopback takes, unfragmented', async () => {
      const events: PacketEvent[] = [];
      session.send({ address, payloadBytes: 60_000, ttl: null, dontFragment: true }, (event) => events.push(event));
      await expect.poll(() => events.length, { timeout: 3000 }).toBe(1);
      expect(events[0]).toMatchObject({ kind: 'reply' });
    });

    it('says that a packet beyond what the protocol carries could not be sent', async () => {
      const events: PacketEvent[] = [];
      session.send({ address, payloadBytes: 66_000, ttl: null, dontFragment: true }, (event) => events.push(event));
      expect(events).toMatchObject([{ kind: 'send-failed', code: 'EMSGSIZE' }]);
    });

    it('calls nobody after it is closed', async () => {
      const opened = echo.open(family, {});
      if (opened.kind !== 'measured') throw new Error('no session');
      const events: PacketEvent[] = [];
      opened.value.send({ address, payloadBytes: 56, ttl: null, dontFragment: false }, (event) => events.push(event));
      opened.value.close();
      opened.value.send({ address, payloadBytes: 56, ttl: null, dontFragment: false }, (event) => events.push(event));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(events).toEqual([]);
    });
  });
}

describe('without native sockets', () => {
  it('is unavailable, with the reason', () => {
    const absent = new NativeEcho({ kind: 'absent', because: 'switched off' }, null, systemClock);
    expect(absent.open(4, {})).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'switched off' });
  });
});
