import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import { addressesData } from '../../../src/model/data/path.js';
import { parseTarget, type Target } from '../../../src/model/target.js';
import type { Network, TcpConnected } from '../../../src/net/port.js';
import { addressesProbe } from '../../../src/probes/addresses/index.js';
import { ADDRESS_LIMIT, planAddresses } from '../../../src/probes/addresses/plan.js';
import { routeLookup } from '../../fakes/host.js';
import { type FakeBehaviour, type FakeNetwork, fakeNetwork, reply } from '../../fakes/network.js';

const V4 = '198.51.100.10';
const V6 = '2001:db8:2::10';

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

const open = (rttMs: number, retransmissions = 0): Attempt<TcpConnected> =>
  measured({ connectMs: rttMs + 1, kernel: { rttMs, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions } });

interface Answers {
  /** By address: what a connection meets, and after how long; an absent address is silent. */
  tcp?: Record<string, { afterMs: number; outcome: Attempt<TcpConnected> }>;
  /** By address: the round trip of its echo. `null`: there is no ICMP socket. */
  echo?: Record<string, number> | null;
  /** Addresses without a route. */
  unrouted?: string[];
  /** When the run is interrupted. */
  interruptedMs?: number;
}

function networkOf({ tcp = {}, echo = {}, unrouted = [] }: Answers): FakeNetwork {
  const behaviour: FakeBehaviour =
    echo === null
      ? { echo: null }
      : {
          echo: (_, { address }) => {
            const rttMs = echo[address];
            return rttMs === undefined ? [] : [{ afterMs: rttMs, event: reply(rttMs) }];
          },
        };
  const network = fakeNetwork(behaviour);
  network.routes.lookup = async (address) => {
    if (unrouted.includes(address)) return failed('route', 'ENETUNREACH', 'there is no route');
    return measured(routeLookup({ source: address.includes(':') ? '2001:db8:1::2' : '192.0.2.2', interface: 'eth0' }));
  };
  const connect: Network['tcp']['connect'] = async ({ address, timeoutMs, signal }) => {
    network.sent.tcp.push(network.clock.nowMs());
    const { afterMs, outcome } = tcp[address] ?? { afterMs: timeoutMs, outcome: unanswered('connect', timeoutMs) };
    await network.clock.sleep(afterMs, signal);
    return signal.aborted ? skipped('interrupted') : outcome;
  };
  return Object.assign(network, { tcp: { connect } });
}

async function measure(text: string, addresses: string[], answers: Answers, signal = new AbortController().signal) {
  const network = networkOf(answers);
  const plan = planAddresses(target(text), addresses[0] ?? '', addresses, { timeoutMs: 1500 }, {});
  if (plan === null) throw new Error('no plan');
  const interrupt = new AbortController();
  if (answers.interruptedMs !== undefined) void network.clock.sleep(answers.interruptedMs, signal).then(() => interrupt.abort());
  const either = AbortSignal.any([signal, interrupt.signal]);
  const { attempt, method, data } = await addressesProbe.measure(plan, { network, signal: either });
  addressesData.parse(data);
  expect(network.openSessions).toBe(0);
  return { attempt, method, data, network };
}

describe('a plan', () => {
  it.each([[[]], [[V4]], [[V4, V4]]])('is none of %j: there is nothing to compare', (addresses) => {
    expect(planAddresses(target('app.example.net:443'), V4, addresses, { timeoutMs: 1500 }, {})).toBe(null);
  });
});

describe('the addresses of a name', () => {
  it('are tried all at once, in the order of a client, with the clock of the kernel', async () => {
    const { data, network, method } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) }, [V6]: { afterMs: 30, outcome: open(30) } },
    });
    expect(method).toBe('tcp');
    expect(network.sent.tcp).toEqual([0, 0]);
    expect(network.sent.echo).toEqual([]);
    expect(data).toMatchObject({ host: 'app.example.net', port: 443, chosen: V4, winner: V6, winnerAfterMs: 30 });
    const healthy = { answers: true, method: 'tcp', clock: 'kernel', state: 'open', failure: null };
    expect(data.addresses).toEqual([
      { address: V6, family: 6, rttMs: 30, ...healthy },
      { address: V4, family: 4, rttMs: 20, ...healthy },
    ]);
  });

  it('without a route are not tried, and are not silent', async () => {
    const { attempt, data } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) } },
      unrouted: [V6],
    });
    expect(attempt.kind).toBe('measured');
    expect(data.addresses).toMatchObject([
      { address: V4, answers: true },
      { address: V6, answers: null, method: null, failure: 'ENETUNREACH' },
    ]);
    expect(data.winner).toBe(V4);
  });

  it('that are silent to TCP and to echo are tried twice before they are called so', async () => {
    const { data, network } = await measure('app.example.net:443', [V4, V6], { tcp: { [V4]: { afterMs: 20, outcome: open(20) } } });
    expect(data.addresses[0]).toMatchObject({ address: V6, answers: false, state: 'filtered', rttMs: null, failure: 'silence' });
    expect(data).toMatchObject({ winner: V4, winnerAfterMs: 270 });
    expect(network.sent.tcp).toEqual([0, 0, 1500]);
    expect(network.sent.echo.length).toBeGreaterThan(2);
  });

  it('that answer echo and not the port do answer, but win nothing', async () => {
    const { data } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) } },
      echo: { [V6]: 5 },
    });
    expect(data.addresses[0]).toMatchObject({
      address: V6,
      answers: true,
      method: 'icmp',
      rttMs: 5,
      state: 'filtered',
      failure: 'silence',
    });
    expect(data.winner).toBe(V4);
  });

  it.each<[Attempt<TcpConnected>, object]>([
    [failed('connect', 'ECONNREFUSED', 'refused'), { answers: true, state: 'closed', failure: 'ECONNREFUSED', rttMs: null }],
    [failed('connect', 'ECONNRESET', 'reset'), { answers: true, state: 'open', failure: 'ECONNRESET', rttMs: null }],
    [failed('connect', 'EHOSTUNREACH', 'no route to host'), { answers: false, state: 'rejected', failure: 'EHOSTUNREACH' }],
    [failed('configure', 'EMFILE', 'too many'), { answers: null, method: null, state: null, failure: 'EMFILE' }],
    [failed('connect', 'EADDRNOTAVAIL', 'no address'), { answers: null, method: null, state: null, failure: 'EADDRNOTAVAIL' }],
  ])('that meet %j', async (outcome, expected) => {
    const { data } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) }, [V6]: { afterMs: 3, outcome } },
      echo: null,
    });
    expect(data.addresses.find(({ address }) => address === V6)).toMatchObject(expected);
    // What fails makes way at once.
    expect(data).toMatchObject({
      winner: V4,
      winnerAfterMs: data.addresses.some((entry) => entry.address === V6 && entry.answers === null) ? 20 : 23,
    });
  });

  it('whose SYN was lost are timed by the wait that a client has', async () => {
    const { data } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) }, [V6]: { afterMs: 1030, outcome: open(1030, 1) } },
    });
    expect(data.addresses[0]).toMatchObject({ address: V6, rttMs: 1031, clock: 'user' });
  });

  it('of a bare host are asked by echo, and see no connection where they answer', async () => {
    const { data, network, method } = await measure('app.example.net', [V4, V6], { echo: { [V4]: 10, [V6]: 12 } });
    expect(method).toBe('icmp');
    expect(network.sent.tcp).toEqual([]);
    expect(data).toMatchObject({ port: null, winner: V6, winnerAfterMs: 12 });
    expect(data.addresses).toMatchObject([
      { address: V6, answers: true, method: 'icmp', state: null, rttMs: 12, clock: 'kernel' },
      { address: V4, answers: true, rttMs: 10 },
    ]);
  });

  it.each([[{}], [null]])('of a bare host without echo (%j) are asked by TCP, where a refusal is an answer', async (echo) => {
    const { data } = await measure('app.example.net', [V4, V6], {
      echo,
      tcp: { [V4]: { afterMs: 20, outcome: open(20) }, [V6]: { afterMs: 3, outcome: failed('connect', 'ECONNREFUSED', 'refused') } },
    });
    expect(data.addresses).toMatchObject([
      { address: V6, answers: true, method: 'tcp', state: null, failure: 'ECONNREFUSED' },
      { address: V4, answers: true, method: 'tcp', state: null, failure: null, rttMs: 20 },
    ]);
  });

  it('are at most eight, however many the answer has', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      index % 2 === 0 ? `198.51.100.${index % 250}` : `2001:db8:2::${index.toString(16)}`,
    );
    const { data, network } = await measure('app.example.net:443', many, { echo: null });
    expect(data.addresses).toHaveLength(ADDRESS_LIMIT);
    expect(network.sent.tcp).toHaveLength(2 * ADDRESS_LIMIT);
    expect(new Set(data.addresses.map(({ family }) => family))).toEqual(new Set([4, 6]));
  });

  it('are not called silent when an interrupt cuts the wait', async () => {
    const abort = new AbortController();
    abort.abort();
    const { attempt, data } = await measure('app.example.net:443', [V4, V6], {}, abort.signal);
    expect(attempt).toEqual(skipped('interrupted'));
    expect(data.addresses.map(({ answers }) => answers)).toEqual([null, null]);
  });

  it('have no winner where an interrupt left open what came before it', async () => {
    const { data } = await measure('app.example.net:443', [V4, V6], {
      tcp: { [V4]: { afterMs: 20, outcome: open(20) } },
      echo: null,
      interruptedMs: 100,
    });
    expect(data.addresses.map(({ address, answers }) => [address, answers])).toEqual([
      [V6, null],
      [V4, true],
    ]);
    expect(data).toMatchObject({ winner: null, winnerAfterMs: null });
  });
});
