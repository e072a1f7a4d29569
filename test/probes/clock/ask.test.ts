import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Network } from '../../../src/net/port.js';
import { openNetwork } from '../../../src/net/real.js';
import { askTimeServers } from '../../../src/probes/clock/ntp.js';
import type { Candidate } from '../../../src/probes/clock/plan.js';
import { type NtpReplyParts, ntpReply } from '../../fakes/ntp.js';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

type Answer = (request: Buffer, number: number) => readonly (Uint8Array | { afterMs: number; bytes: Uint8Array })[];

/** A time server on the loopback that answers as it is told; `asked` counts. */
async function serve(answer: Answer): Promise<{ candidate: Candidate; asked: Buffer[] }> {
  const socket: Socket = createSocket('udp4');
  const asked: Buffer[] = [];
  const timers: NodeJS.Timeout[] = [];
  socket.on('message', (request, peer) => {
    asked.push(request);
    for (const reply of answer(request, asked.length)) {
      const [bytes, afterMs] = reply instanceof Uint8Array ? [reply, 0] : [reply.bytes, reply.afterMs];
      timers.push(setTimeout(() => socket.send(bytes, peer.port, peer.address), afterMs));
    }
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  open.push({
    close() {
      for (const timer of timers) clearTimeout(timer);
      socket.close();
    },
  });
  return { asked, candidate: at((socket.address() as AddressInfo).port) };
}

const at = (port: number): Candidate => ({ host: '127.0.0.1', port, from: 'given', source: null, pool: false });
const ahead =
  (ms: number, parts: NtpReplyParts = {}): Answer =>
  (request) => [ntpReply(request, Date.now() + ms, parts)];

let shared: Network | undefined;
async function ask(candidates: Candidate[], timeoutMs = 800, signal = new AbortController().signal) {
  shared ??= await openNetwork();
  return askTimeServers(candidates, { timeoutMs, origin: {} }, { network: shared, signal });
}

describe('a time server', () => {
  it('that tells the time gives an offset with its doubt, for one datagram that says nothing', async () => {
    const server = await serve(ahead(5000));
    const { ntp, servers } = await ask([server.candidate]);
    expect(servers).toMatchObject([{ state: 'time', because: null, stratum: 2, foreign: 0, agrees: true }]);
    expect(ntp).toMatchObject({ agreeing: 1 });
    expect(Math.abs((ntp?.offsetMs ?? 0) - 5000)).toBeLessThanOrEqual(ntp?.uncertaintyMs ?? 0);
    // One, and one more only where this process was late itself.
    expect([1, 2]).toContain(server.asked.length);
    // Nothing but version, mode and a number that is no time of ours.
    const [request = Buffer.alloc(0)] = server.asked;
    expect(request.subarray(1, 40)).toEqual(Buffer.alloc(39));
    expect(request[0]).toBe(0x23);
    expect(request.subarray(40)).not.toEqual(Buffer.alloc(8));
  });

  it.each<[string, Answer, string, RegExp]>([
    ['is silent', () => [], 'unanswered', /no answer within/],
    [
      'answers another request',
      ahead(0, { origin: new Uint8Array(8) }),
      'unanswered',
      /2 datagrams in its name did not answer our request/,
    ],
    ['answers as a client', ahead(0, { mode: 3 }), 'unanswered', /2 datagrams/],
    ['answers less than a header', () => [new Uint8Array(47)], 'unanswered', /2 datagrams/],
    ['is not synchronised', ahead(0, { stratum: 16 }), 'unusable', /stratum 16/],
    ['raises the alarm', ahead(0, { leap: 3 }), 'unusable', /leap indicator/],
    ['is sure of nothing', ahead(0, { rootDispersionMs: 30_000 }), 'unusable', /not sure/],
    ['refuses', ahead(0, { stratum: 0, reference: 'DENY' }), 'limited', /refuses this machine \(kiss code DENY\)/],
    ['wants rest', ahead(0, { stratum: 0, reference: 'RATE' }), 'limited', /asked too often/],
    [
      'claims to have worked longer than we waited',
      (request) => [ntpReply(request, Date.now(), { receivedMs: Date.now() - 5000 })],
      'unusable',
      /longer than the whole exchange/,
    ],
  ])('that %s tells no time', async (_, answer, state, because) => {
    const server = await serve(answer);
    const { ntp, servers } = await ask([server.candidate], 300);
    expect(ntp).toBeNull();
    expect(servers).toMatchObject([{ state, because: expect.stringMatching(because), offsetMs: null, agrees: null }]);
  });

  it('that is silent is asked once more, and no more', async () => {
    const server = await serve((request, number) => (number < 2 ? [] : [ntpReply(request, Date.now())]));
    expect((await ask([server.candidate])).servers).toMatchObject([{ state: 'time', sent: 2 }]);
    const silent = await serve(() => []);
    await ask([silent.candidate], 300);
    expect(silent.asked).toHaveLength(2);
    // Each with a number of its own.
    expect(silent.asked[0]?.subarray(40)).not.toEqual(silent.asked[1]?.subarray(40));
  });

  it('is asked once more where this process was too late to see when the answer came, and the surer answer counts', async () => {
    const server = await serve(ahead(0));
    shared ??= await openNetwork();
    let stalledMs = 0;
    // As if each wait had been 20 ms of our own.
    const clock = {
      ...shared.clock,
      stalledMs: () => (stalledMs += 20),
      nowMs: shared.clock.nowMs,
      wallMs: shared.clock.wallMs,
      sleep: shared.clock.sleep,
    };
    const network = { ...shared, clock };
    const { servers } = await askTimeServers(
      [server.candidate],
      { timeoutMs: 500, origin: {} },
      { network, signal: new AbortController().signal },
    );
    expect(servers).toMatchObject([{ state: 'time', sent: 2 }]);
    expect(server.asked).toHaveLength(2);
    const calm = { ...shared, clock: { ...clock, stalledMs: () => 0 } };
    const again = await askTimeServers(
      [server.candidate],
      { timeoutMs: 500, origin: {} },
      { network: calm, signal: new AbortController().signal },
    );
    expect(again.servers).toMatchObject([{ state: 'time', sent: 1 }]);
  });

  it('is asked again soon, however long may be waited for it', async () => {
    const server = await serve((request, number) => (number < 2 ? [] : [ntpReply(request, Date.now())]));
    expect((await ask([server.candidate], 60_000)).servers).toMatchObject([{ state: 'time', sent: 2 }]);
  });

  it('that answers late, but in time, is still heard', async () => {
    const server = await serve((request, number) => (number === 1 ? [{ afterMs: 500, bytes: ntpReply(request, Date.now() + 500) }] : []));
    const { ntp, servers } = await ask([server.candidate], 1000);
    expect(servers).toMatchObject([{ state: 'time', sent: 2 }]);
    // The way back took all of the time: the doubt is half of it.
    expect(ntp?.uncertaintyMs).toBeGreaterThan(240);
    expect(Math.abs(ntp?.offsetMs ?? 9999)).toBeLessThanOrEqual(ntp?.uncertaintyMs ?? 0);
  });

  it('that answers twice is heard once, and what is forged ahead of its answer is passed over', async () => {
    const server = await serve((request) => [
      ntpReply(request, 0, { origin: new Uint8Array(8) }),
      ntpReply(request, Date.now()),
      ntpReply(request, Date.now() + 600_000),
    ]);
    const { ntp, servers } = await ask([server.candidate]);
    // One for each question, of which there are two where this process was late itself.
    expect(servers).toMatchObject([{ state: 'time', foreign: servers[0]?.sent }]);
    expect(Math.abs(ntp?.offsetMs ?? 9999)).toBeLessThan(1000);
  });

  it('at a port where nobody is refuses, at once', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    const startMs = performance.now();
    expect((await ask([at(port)], 5000)).servers).toMatchObject([{ state: 'refused', because: 'connection refused', sent: 1 }]);
    expect(performance.now() - startMs).toBeLessThan(2500);
  });

  it('is not waited for beyond an interrupt', async () => {
    const server = await serve(() => []);
    const startMs = performance.now();
    await ask([server.candidate], 20_000, AbortSignal.timeout(50));
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('several time servers', () => {
  it('of which one lies: it is named, and the others are believed', async () => {
    const servers = await Promise.all([serve(ahead(0)), serve(ahead(600_000)), serve(ahead(0))]);
    const { ntp, servers: told } = await ask(servers.map(({ candidate }) => candidate));
    expect(told.map(({ agrees }) => agrees)).toEqual([true, false, true]);
    expect(ntp).toMatchObject({ agreeing: 2 });
    expect(Math.abs(ntp?.offsetMs ?? 9999)).toBeLessThan(1000);
  });

  it('of which two lie apart: nobody is believed', async () => {
    const servers = await Promise.all([serve(ahead(0)), serve(ahead(600_000)), serve(ahead(-600_000))]);
    const { ntp, servers: told } = await ask(servers.map(({ candidate }) => candidate));
    expect(ntp).toBeNull();
    expect(told.map(({ state, agrees }) => [state, agrees])).toEqual([
      ['time', null],
      ['time', null],
      ['time', null],
    ]);
  });

  it('are asked side by side: the silent ones cost one wait together', async () => {
    const servers = await Promise.all([serve(() => []), serve(() => []), serve(() => []), serve(ahead(0))]);
    const startMs = performance.now();
    const { ntp } = await ask(
      servers.map(({ candidate }) => candidate),
      600,
    );
    expect(performance.now() - startMs).toBeLessThan(1500);
    expect(ntp).toMatchObject({ agreeing: 1 });
  });
});
