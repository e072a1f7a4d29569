import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../../src/model/attempt.js';
import { quicData } from '../../../src/model/data/quic.js';
import type { HttpObservation, ScanOutcome, ScanSession } from '../../../src/net/port.js';
import { quicProbe } from '../../../src/probes/quic/index.js';
import { fakeNetwork } from '../../fakes/network.js';

const PLAN = { address: '192.0.2.10', port: 443, host: 'app.example.net', ca: [], timeoutMs: 1000, origin: {} };
const OPEN: HttpObservation = { tcpMs: 5, tlsMs: 5, ttfbMs: 5, status: 200 };

interface Behaviour {
  /** What comes of each packet to a port, the first, the second, …; the last for all others. `null`: silence. */
  quic: (ScanOutcome | null)[];
  other?: ScanOutcome | null;
  /** Of the answer over TCP; `null`: TCP does not connect. */
  altSvc?: string | null;
  aborted?: AbortController;
}

/** Version Negotiation in answer to the packet. */
function negotiation(packet: Uint8Array): Uint8Array {
  return Uint8Array.of(0x80, 0, 0, 0, 0, 8, ...packet.subarray(15, 23), 8, ...packet.subarray(6, 14), 0, 0, 0, 1, 0x0a, 0x1a, 0x2a, 0x3a);
}

async function measure({ quic, other = null, altSvc = null, aborted = new AbortController() }: Behaviour) {
  const network = fakeNetwork({});
  const asked: number[] = [];
  let requests = 0;
  let closed = 0;
  const session: Pick<ScanSession, 'ask' | 'close'> = {
    ask(port, payload, timeoutMs, done) {
      const index = asked.filter((one) => one === port).length;
      asked.push(port);
      const outcome = port === 443 ? (quic[Math.min(index, quic.length - 1)] ?? null) : other;
      if (outcome === null) void network.clock.sleep(timeoutMs, aborted.signal).then(() => done({ kind: 'silent', waitedMs: timeoutMs }));
      else if (outcome.kind !== 'open') done(outcome);
      else
        void network.clock
          .sleep(outcome.rttMs, aborted.signal)
          .then(() => done({ ...outcome, reply: outcome.reply ?? negotiation(payload) }));
    },
    close: () => closed++,
  };
  Object.assign(network.scanner, { open: () => measured(session) });
  Object.assign(network.http, {
    firstByte: async () => {
      requests++;
      if (altSvc === null) return { outcome: unanswered('connect', 100), reached: { tcpMs: null, tlsMs: null } };
      return { outcome: measured({ ...OPEN, altSvc }), reached: { tcpMs: 5, tlsMs: 5 } };
    },
  });
  const startedMs = network.clock.nowMs();
  const observation = await quicProbe.measure(PLAN, { network, signal: aborted.signal });
  quicData.parse(observation.data);
  const packets = (port: number) => asked.filter((one) => one === port).length;
  expect(closed).toBe(1);
  return { ...observation, tookMs: network.clock.nowMs() - startedMs, quic: packets(443), others: packets(33_434), requests };
}

const answer: ScanOutcome = { kind: 'open', rttMs: 20, clock: 'user', retransmissions: null };
const closedPort: ScanOutcome = { kind: 'rejected', from: '192.0.2.10', meaning: 'port-unreachable', code: 'ECONNREFUSED', rttMs: 3 };

describe('measuring QUIC', () => {
  it('costs one packet where it is answered', async () => {
    const made = await measure({ quic: [answer] });
    expect(made.data).toMatchObject({ outcome: 'answered', versions: ['v1'], rttMs: 20, sent: 1, otherPort: null, tcp: null });
    expect([made.quic, made.others, made.requests]).toEqual([1, 0, 0]);
    expect(made.tookMs).toBeLessThan(100);
  });

  it('waits for the first answer while it asks again', async () => {
    const made = await measure({ quic: [{ ...answer, rttMs: 700 }, null], altSvc: '' });
    expect(made.data).toMatchObject({ outcome: 'answered', rttMs: 700 });
  });

  it('takes an answer to a later packet for one', async () => {
    const made = await measure({ quic: [null, answer], altSvc: '' });
    expect(made.data).toMatchObject({ outcome: 'answered', rttMs: 20 });
    expect(made.tookMs).toBeLessThan(700);
  });

  it('asks another port and TCP where nothing comes, and is over with its time', async () => {
    const made = await measure({ quic: [null], other: closedPort, altSvc: 'h3=":443"; ma=60' });
    expect(made.attempt).toMatchObject({ kind: 'unanswered', step: 'response' });
    expect(made.data).toMatchObject({
      outcome: 'silent',
      sent: 3,
      otherPort: { port: 33_434, sent: 2, answered: 2 },
      tcp: { opened: true, offersHttp3: true },
    });
    expect(made.tookMs).toBeLessThanOrEqual(1100);
  });

  it('takes no offer for another host or port', async () => {
    const made = await measure({ quic: [null], altSvc: 'h3="alt.example.net:443", h3=":8443", h2=":443"' });
    expect(made.data.tcp).toEqual({ opened: true, offersHttp3: false });
  });

  it('names who refuses', async () => {
    const byHost = await measure({ quic: [closedPort], altSvc: '' });
    expect(byHost.data).toMatchObject({ outcome: 'refused', refusedBy: '192.0.2.10', refusedByTarget: true, reason: 'port-unreachable' });
    const byRouter = await measure({ quic: [{ ...closedPort, from: '192.0.2.1', meaning: 'prohibited' }], altSvc: '' });
    expect(byRouter.data).toMatchObject({ outcome: 'refused', refusedBy: '192.0.2.1', refusedByTarget: false, reason: 'prohibited' });
    // Whether it turns back all of UDP, or this port alone.
    expect([byRouter.quic, byRouter.others, byRouter.requests]).toEqual([1, 1, 1]);
  });

  it('takes what is no Version Negotiation for something else', async () => {
    const made = await measure({ quic: [{ ...answer, reply: Uint8Array.of(0, 1, 2) }], altSvc: '' });
    expect(made.data).toMatchObject({ outcome: 'other', versions: null });
  });

  it('says what this machine did not let out', async () => {
    const made = await measure({ quic: [{ kind: 'not-sent', code: 'EPERM' }], altSvc: '' });
    expect(made.attempt).toMatchObject({ kind: 'failed', step: 'send', code: 'EPERM' });
    expect(made.data).toMatchObject({ outcome: 'not-sent', reason: 'EPERM', sent: 0 });
  });

  it('ends with an interrupt, and says so', async () => {
    const aborted = new AbortController();
    const running = measure({ quic: [null], aborted });
    aborted.abort();
    expect((await running).attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
  });
});
