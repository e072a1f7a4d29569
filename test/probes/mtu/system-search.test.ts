import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { measured, skipped, unavailable } from '../../../src/model/attempt.js';
import type { SystemTools, WholeEcho } from '../../../src/net/port.js';
import { measureMtu } from '../../../src/probes/mtu/measure.js';
import type { MtuPlan } from '../../../src/probes/mtu/plan.js';
import { type FakeBehaviour, fakeNetwork, reply } from '../../fakes/network.js';

const PLAN: MtuPlan = {
  address: '192.0.2.1',
  family: 4,
  port: null,
  speech: null,
  localMtuBytes: 1500,
  onLink: false,
  method: 'auto',
  segments: 'in-doubt',
  timeoutMs: 1000,
  origin: {},
};
const ROUTER = '10.0.0.1';

/** What becomes of the `index`th packet, of a size. */
type Path = (size: number, index: number) => WholeEcho;
const answer: WholeEcho = { kind: 'reply', rttMs: 20 };
const silent: WholeEcho = { kind: 'silent' };
const tooBig = (from: string | null, mtuBytes: number | null): WholeEcho => ({ kind: 'too-big', from, mtuBytes });

async function run(path: Path, plan: Partial<MtuPlan> = {}, behaviour: FakeBehaviour = { echo: null }) {
  let index = 0;
  let running = 0;
  let most = 0;
  const wholeEcho: SystemTools['wholeEcho'] = async ({ payloadBytes, signal }) => {
    const came = path(payloadBytes + 28, index++);
    most = Math.max(most, ++running);
    // Ping on Linux waits for whole seconds.
    await network.clock.sleep(came.kind === 'silent' ? 1000 : came.kind === 'reply' ? 20 : 1, signal);
    running--;
    return signal.aborted ? skipped('interrupted') : measured(came);
  };
  const network = fakeNetwork({ wholeEcho, ...behaviour });
  const { signal } = new AbortController();
  // The virtual clock keeps a listener for each sleep.
  setMaxListeners(0, signal);
  const observation = await measureMtu({ ...PLAN, ...plan }, { network, signal });
  expect(running).toBe(0);
  expect(most).toBeLessThanOrEqual(8);
  return { ...observation, pings: index, elapsedMs: network.clock.nowMs() };
}

describe("the search by the system's ping", () => {
  it('is over after a round where the whole packet passes', async () => {
    const { attempt, method, data, elapsedMs } = await run(() => answer);
    expect({ attempt, method }).toEqual({ attempt: measured(null), method: 'system' });
    expect(data).toMatchObject({ pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local', sent: 4 });
    expect(elapsedMs).toBeLessThan(100);
  });

  it('finds an announced limit and who announced it', async () => {
    const { data, elapsedMs } = await run((size) => (size <= 1400 ? answer : tooBig(ROUTER, 1400)));
    expect(data).toMatchObject({ pathMtuBytes: 1400, exact: true, blackhole: false, limitedBy: ROUTER, smallestFailedBytes: 1401 });
    expect(elapsedMs).toBeLessThan(200);
  });

  it('takes what the kernel has cached of the path for no limit of the interface', async () => {
    // As ping tells that cannot do without the cache: only the first packet meets the router.
    const cached = await run((size, index) => (size <= 1400 ? answer : index < 2 ? tooBig(ROUTER, 1400) : tooBig('local', 1400)));
    expect(cached.data).toMatchObject({ pathMtuBytes: 1400, exact: true, blackhole: false, limitedBy: ROUTER });
    const earlier = await run((size) => (size <= 1400 ? answer : tooBig('local', 1400)));
    expect(earlier.data).toMatchObject({ pathMtuBytes: 1400, exact: true, blackhole: false, limitedBy: null });
    const own = await run((size) => (size <= 1500 ? answer : tooBig('local', 1500)), { localMtuBytes: 1500 });
    expect(own.data).toMatchObject({ pathMtuBytes: 1500, limitedBy: 'local' });
  });

  it.each([1280, 1387, 1400, 1499, 8999, 65_000])('finds a black hole of %i in bounded time', async (mtu) => {
    const { data, elapsedMs } = await run((size) => (size <= mtu ? answer : silent), { localMtuBytes: 65_535 });
    expect(data).toMatchObject({ pathMtuBytes: mtu, exact: true, blackhole: true, limitedBy: null, smallestFailedBytes: mtu + 1 });
    expect(elapsedMs).toBeLessThan(15_000);
  });

  it.each([3, 5, 7])('is exact though one packet in %i is lost', async (every) => {
    const { data } = await run((size, index) => (size <= 1441 && index % every !== 1 ? answer : silent));
    expect(data).toMatchObject({ pathMtuBytes: 1441, exact: true, blackhole: true, smallestFailedBytes: 1442 });
  });

  it('ends though every announcement is a lie', async () => {
    const { elapsedMs, pings } = await run((size, index) => (size <= 200 ? answer : tooBig(ROUTER, size - 1 - (index % 3))));
    expect(elapsedMs).toBeLessThan(60_000);
    expect(pings).toBeLessThan(1000);
    const lost = await run((size, index) => (size <= 200 && index % 9 !== 0 ? answer : silent), { localMtuBytes: 65_535 });
    expect(lost.elapsedMs).toBeLessThan(60_000);
  });

  it('says that nothing answered, or why there is no ping', async () => {
    expect((await run(() => silent)).attempt).toMatchObject({ kind: 'unanswered' });
    const none = { wholeEcho: async () => unavailable('system-ping', 'the system ping cannot forbid fragmentation') };
    const { attempt, method, data } = await run(() => silent, { method: 'system' }, none);
    expect(attempt).toMatchObject({ kind: 'unavailable', reason: 'the system ping cannot forbid fragmentation' });
    expect({ method, sent: data.sent, pathMtuBytes: data.pathMtuBytes }).toEqual({ method: null, sent: 0, pathMtuBytes: null });
    // Without sockets of our own either, that is the reason which can be mended.
    expect((await run(() => silent, {}, { echo: null, ...none })).attempt).toMatchObject({ reason: 'no ICMP socket' });
  });

  it('does not repeat echoes that nobody answered, and is not needed where one is', async () => {
    const unanswered = await run(() => answer, {}, { echo: () => [] });
    expect({ pings: unanswered.pings, kind: unanswered.attempt.kind }).toEqual({ pings: 0, kind: 'unanswered' });
    const answered = await run(() => answer, {}, { echo: () => [{ afterMs: 20, event: reply(20) }] });
    expect({ pings: answered.pings, method: answered.method }).toEqual({ pings: 0, method: 'icmp' });
  });

  it('ends when it is interrupted', async () => {
    const abort = new AbortController();
    const network = fakeNetwork({
      echo: null,
      wholeEcho: async ({ signal }) => {
        abort.abort();
        return signal.aborted ? skipped('interrupted') : measured(silent);
      },
    });
    const { attempt } = await measureMtu(PLAN, { network, signal: abort.signal });
    expect(attempt).toEqual(skipped('interrupted'));
  });
});
