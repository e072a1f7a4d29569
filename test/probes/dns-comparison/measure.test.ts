import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { measured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { DnsAnswer, DnsQuestion } from '../../../src/net/port.js';
import { type FirstAnswer, measureComparison } from '../../../src/probes/dns-comparison/measure.js';
import { type DnsComparisonPlan, planComparisons } from '../../../src/probes/dns-comparison/plan.js';
import { fakeNetwork } from '../../fakes/network.js';

const NAME = 'www.example.net';
const TIMEOUT_MS = 2000;
const ATTEMPTS = 2;

interface Asked extends DnsQuestion {
  atMs: number;
  inSession: boolean;
}

/** Servers in memory: `answer` says after how long what comes of the `index`th question to a server. `null`: silence. */
function fakeServers(answer: (question: DnsQuestion, index: number) => { afterMs: number; rcode?: string; answers?: string[] } | null) {
  const network = fakeNetwork();
  const asked: Asked[] = [];
  let open = 0;
  const query = async (question: DnsQuestion, signal: AbortSignal, inSession: boolean): Promise<DnsAnswer> => {
    const index = asked.filter(({ server, transport }) => server === question.server && transport === question.transport).length;
    asked.push({ ...question, atMs: network.clock.nowMs(), inSession });
    const comes = answer(question, index);
    const waitMs = question.timeoutMs * question.attempts;
    await network.clock.sleep(Math.min(waitMs, comes?.afterMs ?? waitMs), signal);
    const observation: DnsAnswer['observation'] = {
      ...{ server: question.server, transport: question.transport, name: question.name, type: question.type },
      ...{ rcode: null, queryMs: null, flags: null, answers: [], dnssec: null },
      attempts: question.transport === 'udp' ? (comes === null ? question.attempts : 1) : null,
    };
    if (signal.aborted) return { outcome: skipped('interrupted'), observation };
    if (comes === null || comes.afterMs > waitMs) return { outcome: unanswered('response', waitMs), observation };
    if (question.lingerMs !== undefined) await network.clock.sleep(question.lingerMs, signal);
    const { rcode = 'NOERROR', answers = ['192.0.2.80'], afterMs } = comes;
    const data = rcode === 'NOERROR' ? answers : [];
    const records = data.map((text) => ({ name: question.name, type: question.type, ttl: 60, data: text }));
    return { outcome: measured(null), observation: { ...observation, rcode, queryMs: afterMs, answers: records } };
  };
  network.names.query = (question, signal) => query(question, signal, false);
  network.names.session = () => {
    open++;
    return { query: (question, signal) => query(question, signal, true), close: () => open-- };
  };
  return { network, asked, openSessions: () => open };
}

function plan(servers: Parameters<typeof planComparisons>[0]['servers'], parts: Partial<DnsComparisonPlan> = {}): DnsComparisonPlan {
  let labels = 0;
  const [made] = planComparisons(
    {
      ...{ names: [NAME], types: ['A'], servers, transport: 'udp', timeoutMs: TIMEOUT_MS, attempts: ATTEMPTS },
      compare: { wellKnown: false, warmCount: 5 },
    },
    [],
    { ipv4: true, ipv6: false },
    () => `netdiag-${labels++}`,
  );
  return { ...(made as DnsComparisonPlan), ...parts };
}

/** As in a run, to whose signal every wait listens. */
function controller(): AbortController {
  const made = new AbortController();
  setMaxListeners(0, made.signal);
  return made;
}

const at = (address: string, transport: 'udp' | 'tcp' | 'tls' | 'https' = 'udp') => ({ address, port: 53, transport });
const eight = Array.from({ length: 8 }, (_, index) => at(`192.0.2.${index + 1}`));
const DEAD = '192.0.2.8';
const exists = (question: DnsQuestion) => ({ afterMs: 50, ...(question.name === NAME ? {} : { rcode: 'NXDOMAIN' }) });

describe('many servers at once', () => {
  it('tells the answers of seven as they come, and is done at the time-out of the dead one', async () => {
    const { network, asked } = fakeServers((question) => (question.server === DEAD ? null : exists(question)));
    const came: FirstAnswer[] = [];
    const signal = controller().signal;
    const { attempt, data } = await measureComparison(plan(eight), { network, signal }, (answer) => came.push(answer));
    expect(attempt).toEqual(measured(null));
    // They are sent 2 ms apart, so that none is timed while another is sent.
    expect(came.slice(0, 7).map(({ afterMs }) => afterMs)).toEqual([50, 52, 54, 56, 58, 60, 62]);
    expect(came[7]).toMatchObject({ afterMs: TIMEOUT_MS * ATTEMPTS + 14, row: { server: DEAD, rcode: null } });
    expect(network.clock.nowMs()).toBe(TIMEOUT_MS * ATTEMPTS + 14);
    expect(data.servers[7]).toMatchObject({ classification: 'silent', sent: 2, received: 0, lossRatio: 1, coldMs: null, warmMs: null });
    expect(data.servers[0]).toMatchObject({
      classification: 'agrees',
      sent: 9,
      received: 9,
      lossRatio: 0,
      coldMs: 50,
      warm: { sent: 5, received: 5 },
    });
    expect(data.servers[0]?.warmMs).toMatchObject({ p50: 50, p95: 50 });
    // The first questions all leave before anything else does.
    expect(new Set(asked.slice(0, 8).map(({ server, atMs }) => `${server} ${atMs}`)).size).toBe(8);
    expect(asked[7]?.atMs).toBe(14);
  });

  it('takes no longer for one that loses much', async () => {
    const { network } = fakeServers((question, index) => (index > 0 && index % 2 === 0 ? null : exists(question)));
    const { data } = await measureComparison(plan([at('192.0.2.1')]), { network, signal: controller().signal });
    expect(network.clock.nowMs()).toBeLessThanOrEqual(TIMEOUT_MS * ATTEMPTS);
    const [row] = data.servers;
    expect(row).toMatchObject({ sent: 9, received: 5, warm: { sent: 5, received: 2 } });
    expect(row?.lossRatio).toBeCloseTo(4 / 9);
  });

  it('asks nothing behind the first question where there is no time to wait for it', async () => {
    const { network, asked } = fakeServers(() => ({ afterMs: 3900 }));
    const { data } = await measureComparison(plan([at('192.0.2.1')]), { network, signal: controller().signal });
    expect(asked).toHaveLength(1);
    expect(data.servers[0]).toMatchObject({
      coldMs: 3900,
      warmMs: null,
      warm: { sent: 0, received: 0 },
      sent: 1,
      received: 1,
      contradictions: null,
    });
  });

  it.each([700, 1100, 1500, 1900])('counts no question as lost to a server that takes %d ms for each', async (afterMs) => {
    const { network } = fakeServers(() => ({ afterMs }));
    const { data } = await measureComparison(plan([at('192.0.2.1')]), { network, signal: controller().signal });
    const [row] = data.servers;
    expect(row?.sent).toBeGreaterThan(1);
    expect(row).toMatchObject({ coldMs: afterMs, lossRatio: 0, received: row?.sent });
  });

  it('keeps a connection for the warm questions, and closes it', async () => {
    const { network, asked, openSessions } = fakeServers(exists);
    await measureComparison(plan([at('192.0.2.1', 'tls'), at('192.0.2.2')]), { network, signal: controller().signal });
    expect(asked.filter(({ transport }) => transport === 'tls').every(({ inSession }) => inSession)).toBe(true);
    expect(asked.filter(({ transport }) => transport === 'udp').some(({ inSession }) => inSession)).toBe(false);
    expect(openSessions()).toBe(0);
  });

  it('listens for a second answer once, over UDP only', async () => {
    const { network, asked } = fakeServers(exists);
    await measureComparison(plan([at('192.0.2.1', 'tls'), at('192.0.2.2')]), { network, signal: controller().signal });
    expect(asked.filter(({ lingerMs }) => lingerMs !== undefined).map(({ transport, attempts }) => `${transport} ${attempts}`)).toEqual([
      'udp 1',
    ]);
  });

  it('asks each server for names that do not exist, once', async () => {
    const { network, asked } = fakeServers(exists);
    const { data } = await measureComparison(plan([at('192.0.2.1')]), { network, signal: controller().signal });
    expect(asked.filter(({ name }) => name !== NAME).map(({ name }) => name)).toEqual(['netdiag-1.invalid', 'netdiag-0.example.net']);
    expect(data.servers[0]?.nonexistent.map(({ verdict }) => verdict)).toEqual(['nonexistent', 'nonexistent']);
  });

  it('leaves a server alone that refuses', async () => {
    const { network, asked } = fakeServers(() => ({ afterMs: 10, rcode: 'REFUSED' }));
    const { data } = await measureComparison(plan([at('192.0.2.1')]), { network, signal: controller().signal });
    expect(asked).toHaveLength(1);
    expect(data.servers[0]).toMatchObject({ classification: 'refused', rcode: 'REFUSED' });
  });

  it('ends with an interrupt, and keeps what was there', async () => {
    const { network, openSessions } = fakeServers((question) => (question.server === DEAD ? null : exists(question)));
    const stop = controller();
    network.clock.after(120, () => stop.abort());
    const { attempt, data } = await measureComparison(plan([...eight, at('192.0.2.9', 'tls')]), { network, signal: stop.signal });
    expect(attempt).toEqual(skipped('interrupted'));
    expect(network.clock.nowMs()).toBe(120);
    expect(openSessions()).toBe(0);
    expect(data.servers[0]).toMatchObject({ rcode: 'NOERROR', classification: 'agrees' });
    expect(data.servers[7]).toMatchObject({ rcode: null, classification: 'not-asked' });
  });

  it('says so where nobody answers, and where nobody is there to be asked', async () => {
    const { network } = fakeServers(() => null);
    const signal = controller().signal;
    expect((await measureComparison(plan([at(DEAD)]), { network, signal })).attempt).toEqual(unanswered('response', TIMEOUT_MS * ATTEMPTS));
    expect((await measureComparison(plan([]), { network, signal })).attempt).toMatchObject({ kind: 'failed', code: 'no-resolver' });
  });
});
