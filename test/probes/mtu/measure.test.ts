import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../../src/model/attempt.js';
import type { PacketEvent, PacketRequest, SegmentExchange, SegmentExchangeOptions, TcpSegmentFacts } from '../../../src/net/port.js';
import { measureMtu } from '../../../src/probes/mtu/measure.js';
import type { MtuPlan } from '../../../src/probes/mtu/plan.js';
import { type FakeBehaviour, fakeNetwork, reply } from '../../fakes/network.js';

const PLAN: MtuPlan = {
  address: '192.0.2.1',
  family: 4,
  port: 443,
  speech: { protocol: 'tls', servername: 'app.example.net', http: true },
  localMtuBytes: 1500,
  onLink: false,
  method: 'auto',
  segments: 'in-doubt',
  timeoutMs: 1000,
  origin: {},
};

const RTT_MS = 20;
const sizeOf = (request: PacketRequest) => request.payloadBytes + 28;
const tooBig = (mtuBytes: number | null, from = '10.0.0.1'): PacketEvent => ({
  kind: 'icmp-error',
  from,
  type: 3,
  code: 4,
  meaning: 'packet-too-big',
  mtuBytes,
  rttMs: 1,
  clock: 'kernel',
  mpls: [],
});

/** A path that carries so much, and whose router says so (`says`) or not. */
function path(mtu: number, says?: number): NonNullable<FakeBehaviour['echo']> {
  return (_, request) => {
    if (sizeOf(request) <= mtu) return [{ afterMs: RTT_MS, event: reply(RTT_MS) }];
    return says === undefined ? [] : [{ afterMs: 1, event: tooBig(says) }];
  };
}

/** A service on a path that carries so much in each direction by TCP; its answer is 3000 bytes long. */
function service(there: number, back: number): (options: SegmentExchangeOptions) => Promise<{ kind: 'measured'; value: SegmentExchange }> {
  return async ({ maximumSegmentBytes, firstFlight }) => {
    const packet = (maximumSegmentBytes ?? 1460) + 40;
    const facts: TcpSegmentFacts = {
      sendSegmentBytes: packet - 52,
      receiveSegmentBytes: packet - 52,
      largestReceivedSegmentBytes: 536,
      pathMtuBytes: 1500,
      optionBytes: 12,
      retransmissions: 0,
      acknowledgedBytes: 1,
      rttMs: RTT_MS,
      counters: null,
    };
    const writtenBytes = firstFlight(facts.sendSegmentBytes).length;
    const heard = packet <= there;
    const answered = heard && packet <= back && writtenBytes > 0;
    return measured({
      opened: facts,
      facts: {
        ...facts,
        retransmissions: heard ? 0 : 3,
        largestReceivedSegmentBytes: answered ? facts.receiveSegmentBytes : 536,
      },
      writtenBytes,
      acknowledgedBytes: heard ? writtenBytes : 0,
      receivedBytes: answered ? 3000 : 0,
      holesMs: null,
      ended: answered ? 'settled' : 'still',
    });
  };
}

async function run(behaviour: FakeBehaviour, plan: Partial<MtuPlan> = {}) {
  const network = fakeNetwork(behaviour);
  const observation = await measureMtu({ ...PLAN, ...plan }, { network, signal: new AbortController().signal });
  expect(network.openSessions).toBe(0);
  return { ...observation, elapsedMs: network.clock.nowMs() };
}

describe('measureMtu', () => {
  it('is over after one round trip where the whole packet passes, and makes one connection without data', async () => {
    let written = 0;
    const segments = async (options: SegmentExchangeOptions) => {
      const outcome = await service(1500, 1500)(options);
      written += outcome.value.writtenBytes;
      return outcome;
    };
    const { method, data, elapsedMs } = await run({ echo: path(1500), segments });
    expect(method).toBe('icmp');
    expect(data).toMatchObject({ pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local', tcpMssBytes: 1448, sent: 4 });
    expect(data.tcp).toMatchObject({ announcedMssBytes: 1460, connections: 1, toTarget: { passedBytes: null } });
    expect(written).toBe(0);
    expect(elapsedMs).toBeLessThan(100);
  });

  it('finds an announced limit and who announced it', async () => {
    const { data, elapsedMs } = await run({ echo: path(1400, 1400) });
    expect(data).toMatchObject({
      pathMtuBytes: 1400,
      exact: true,
      blackhole: false,
      limitedBy: '10.0.0.1',
      smallestFailedBytes: 1401,
      tcp: null,
    });
    expect(elapsedMs).toBeLessThan(1500);
  });

  it('goes on where a forged message met a packet whose answer comes later', async () => {
    const echo: FakeBehaviour['echo'] = () => [
      { afterMs: 1, event: tooBig(576, '203.0.113.66') },
      { afterMs: RTT_MS, event: reply(RTT_MS) },
    ];
    expect((await run({ echo })).data).toMatchObject({ pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local' });
  });

  it('finds a black hole, and asks TCP for the direction', async () => {
    const { data } = await run({ echo: path(1387), segments: service(1500, 1387) });
    expect(data).toMatchObject({ pathMtuBytes: 1387, exact: true, blackhole: true, direction: 'from-target' });
    expect(data.tcp).toMatchObject({
      toTarget: { passedBytes: 1500 },
      fromTarget: { passedBytes: 1387, failedBytes: 1388 },
      connections: 4,
    });
  });

  it('calls it a filter where TCP passes in both directions', async () => {
    const { data } = await run({ echo: path(900), segments: service(1500, 1500) });
    expect(data).toMatchObject({ pathMtuBytes: 1500, exact: true, blackhole: false, largeEchoFiltered: true });
  });

  it('is exact though a fifth of all packets is lost', async () => {
    const dropped = (index: number) => index % 5 === 3;
    const echo: FakeBehaviour['echo'] = (index, request) => (dropped(index) ? [] : path(1441)(index, request));
    expect((await run({ echo })).data).toMatchObject({ pathMtuBytes: 1441, exact: true, blackhole: true, smallestFailedBytes: 1442 });
  });

  it('goes by datagrams where there is no ICMP socket, patiently with a host that limits its answers', async () => {
    let tokens = 6;
    let refilledMs = 0;
    const datagrams: FakeBehaviour['datagrams'] = (_, request) => {
      if (sizeOf(request) > 1450) return [];
      const nowMs = network.clock.nowMs();
      tokens = Math.min(6, tokens + (nowMs - refilledMs) / 1000);
      refilledMs = nowMs;
      if (tokens < 1) return [];
      tokens--;
      return [{ afterMs: RTT_MS, event: { ...reply(RTT_MS, 'user'), by: 'port-unreachable' } as PacketEvent }];
    };
    const network = fakeNetwork({ echo: null, datagrams });
    const { method, data } = await measureMtu(PLAN, { network, signal: new AbortController().signal });
    expect(method).toBe('udp');
    expect(data).toMatchObject({ pathMtuBytes: 1450, exact: true, blackhole: true, smallestFailedBytes: 1451 });
  });

  it('goes by TCP where no packet is answered', async () => {
    const { method, attempt, data } = await run({ echo: null, segments: service(1400, 1500) });
    expect([method, attempt.kind]).toEqual(['tcp', 'measured']);
    expect(data).toMatchObject({ pathMtuBytes: 1400, exact: true, blackhole: true, direction: 'to-target' });
  });

  it('lets TCP tell beside the datagrams, which a host that answers no echo answers as little', async () => {
    const tcp: FakeBehaviour['tcp'] = () => ({
      afterMs: RTT_MS,
      outcome: measured({ connectMs: RTT_MS, kernel: null }),
    });
    const { method, data, elapsedMs } = await run({ echo: () => [], datagrams: () => [], segments: service(1500, 1500), tcp });
    expect(method).toBe('tcp');
    expect(data).toMatchObject({ pathMtuBytes: 1500, exact: true, blackhole: false });
    // The wait for echo, and none for the datagrams.
    expect(elapsedMs).toBeLessThan(1300);
  });

  it('says what is missing where nothing can be tried', async () => {
    const { attempt, method, data } = await run({ echo: null });
    expect(attempt).toMatchObject({ kind: 'unavailable', capability: 'icmp-socket' });
    expect(method).toBeNull();
    expect(data).toMatchObject({ pathMtuBytes: null, exact: null, blackhole: null, tcp: null, sent: 0 });
  });

  it('gives up where nothing is answered', async () => {
    const segments = async () => unanswered('connect', 2500);
    expect((await run({ echo: () => [], segments })).attempt).toEqual(unanswered('response', 1000));
  });

  it('does not wait for the segments of a target whose port is as silent, unless they were asked for', async () => {
    const exchanged: string[] = [];
    const segments = async () => {
      exchanged.push('tried');
      return unanswered('connect', 2500);
    };
    const silentPort = () => ({ afterMs: Number.POSITIVE_INFINITY, outcome: unanswered('connect', 1500) });
    await run({ echo: () => [], segments, tcp: silentPort });
    expect(exchanged).toEqual([]);
    await run({ echo: () => [], segments, tcp: silentPort }, { segments: 'always' });
    expect(exchanged).not.toEqual([]);
  });

  it('ends at once when it is interrupted', async () => {
    const interrupt = new AbortController();
    const network = fakeNetwork({ echo: path(1300) });
    network.clock.after(150, () => interrupt.abort());
    const { attempt } = await measureMtu(PLAN, { network, signal: interrupt.signal });
    expect(attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(network.clock.nowMs()).toBeLessThan(400);
    expect(network.openSessions).toBe(0);
  });
});
