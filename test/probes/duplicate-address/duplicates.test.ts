import { describe, expect, it } from 'vitest';
import { type Attempt, measured, unavailable } from '../../../src/model/attempt.js';
import { duplicateAddressData } from '../../../src/model/data/duplicate-address.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { ClaimQuestion, LinkClaims } from '../../../src/net/port.js';
import { judgeDuplicateAddress } from '../../../src/probes/duplicate-address/judge.js';
import { measureDuplicateAddress } from '../../../src/probes/duplicate-address/measure.js';
import { nobodysAddress, questionsOf } from '../../../src/probes/duplicate-address/plan.js';
import { nextRound, type SearchState } from '../../../src/probes/duplicate-address/search.js';
import type { KnownTarget, MachineCircumstances } from '../../../src/probes/machine-probe.js';
import { duplicateAddressLines } from '../../../src/render/duplicate-address-text.js';
import { hostAddress, hostData, hostInterface, loopbackInterface } from '../../fakes/host.js';
import { fakeNetwork } from '../../fakes/network.js';

const FOREIGN = '02:00:00:00:00:0a';
const HOST = hostData({
  interfaces: [
    loopbackInterface(),
    hostInterface({ addresses: [hostAddress('10.0.0.2/24'), hostAddress('2001:db8::2/64'), hostAddress('fe80::2/64')] }),
    hostInterface({ name: 'eth1', addresses: [hostAddress('10.9.0.2/24')] }),
    hostInterface({ name: 'down0', up: false, addresses: [hostAddress('10.8.0.2/24')] }),
  ],
  defaultRoutes: [{ family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 }],
});
const WAY = {
  way: { address: '203.0.113.9', source: '10.9.0.2', interface: 'eth1', gateway: '10.9.0.1', loopback: false },
} as unknown as KnownTarget;

describe('questionsOf', () => {
  const addressesOf = (...given: Parameters<typeof questionsOf>) => questionsOf(...given).questions.map(({ address }) => address);

  it('asks for what is on the ways out first, and for the gateway', () => {
    expect(addressesOf(HOST, [], 'all')).toEqual(['10.0.0.2', '2001:db8::2', 'fe80::2', '10.0.0.1', '10.9.0.2']);
  });

  it('asks beside targets for the sources and gateways of their ways alone', () => {
    expect(addressesOf(HOST, [WAY], 'path')).toEqual(['10.9.0.2', '10.9.0.1']);
    expect(addressesOf(HOST, [], 'path')).toEqual([]);
  });

  it('asks for what is on the default route where no name of a target was resolved', () => {
    const unresolved = { way: null, addresses: [] } as unknown as KnownTarget;
    expect(addressesOf(HOST, [unresolved], 'path')).toEqual(['10.0.0.2', '10.0.0.1']);
    expect(addressesOf(HOST, [unresolved, WAY], 'path')).toEqual(['10.9.0.2', '10.9.0.1']);
  });

  it('asks for eight at the most, for few of many IPv6 addresses, and for none that the kernel does not use', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => hostAddress(`10.1.${index}.2/24`));
    const busy = hostData({ interfaces: [hostInterface({ addresses: many(20) })] });
    expect([questionsOf(busy, [], 'all').questions.length, questionsOf(busy, [], 'all').leftOut]).toEqual([8, 12]);
    const temporary = Array.from({ length: 9 }, (_, index) => hostAddress(`2001:db8::${index + 1}/64`));
    expect(addressesOf(hostData({ interfaces: [hostInterface({ addresses: temporary })] }), [], 'all')).toHaveLength(3);
    const unsettled = [hostAddress('2001:db8::1/64', { tentative: true }), hostAddress('2001:db8::2/64', { duplicate: true })];
    expect(addressesOf(hostData({ interfaces: [hostInterface({ addresses: unsettled })] }), [], 'all')).toEqual([]);
  });

  it("takes for nobody's an address that is not on our own link", () => {
    expect(nobodysAddress(HOST, 4)).toBe('192.0.2.1');
    const inUse = hostData({ interfaces: [hostInterface({ addresses: [hostAddress('192.0.2.7/24')] })] });
    expect([nobodysAddress(inUse, 4), nobodysAddress(inUse, 6)]).toEqual(['198.51.100.1', '2001:db8:ffff:ffff::1']);
  });
});

describe('nextRound', () => {
  const state: SearchState = { addresses: ['a'], rounds: 0, suspect: false, nobodys: 'n', nobodysAsked: false };
  it.each<[string, Partial<SearchState>, string[] | null]>([
    ['begins with the addresses', {}, ['a']],
    ['goes on for three rounds', { rounds: 2 }, ['a']],
    ['ends then', { rounds: 3 }, null],
    ['asks for what nobody has once somebody claims one', { rounds: 1, suspect: true }, ['a', 'n']],
    ['once', { rounds: 2, suspect: true, nobodysAsked: true }, ['a']],
    ['in a round of its own where the claim came last', { rounds: 3, suspect: true }, ['n']],
    ['which is the last', { rounds: 4, suspect: true }, null],
    ['not where there is no such address', { rounds: 3, suspect: true, nobodys: null }, null],
  ])('%s', (_, fields, addresses) => {
    expect(nextRound({ ...state, ...fields })?.addresses ?? null).toEqual(addresses);
  });
});

type Answer = (question: ClaimQuestion, round: number) => Attempt<LinkClaims>;

async function measure(answer: Answer, { scope = 'all' as const, passive = false } = {}) {
  const asked: ClaimQuestion[] = [];
  const network = fakeNetwork();
  const links = {
    claimants: async (question: ClaimQuestion) => {
      await network.clock.sleep(question.waitMs, question.signal);
      return answer(question, asked.push(question));
    },
  };
  const circumstances = { options: { scope, passive }, host: HOST, targets: async () => [] } as unknown as MachineCircumstances;
  const made = await measureDuplicateAddress(circumstances, { network: { ...network, links }, signal: new AbortController().signal });
  duplicateAddressData.parse(made.data);
  return { ...made, asked };
}

const says = (question: ClaimQuestion, ...claimed: string[]): Attempt<LinkClaims> =>
  measured({
    ownLinkAddress: '02:00:00:00:00:01',
    senders: Object.fromEntries(question.addresses.map((address) => [address, '0.0.0.0'])),
    claims: claimed
      .filter((address) => question.addresses.includes(address))
      .map((address) => ({ address, linkAddress: FOREIGN, count: 1, asHolder: true })),
  });

function judged(observed: { attempt: Attempt<null>; data: DataOf<'duplicate-address'> }, scope: 'all' | 'path' = 'all', host = HOST) {
  const { attempt, data } = observed;
  const kept = attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt;
  const measurement = {
    id: 'm3',
    probe: 'duplicate-address',
    target: null,
    attempt: kept,
    data,
  } as unknown as MeasurementOf<'duplicate-address'>;
  const measurements = [{ probe: 'host', data: host } as unknown as Measurement];
  return judgeDuplicateAddress(measurement, { policy: DEFAULT_POLICY, scope, measurements, targets: [], interfaces: new Set(['eth0']) });
}
const short = (checks: ReturnType<typeof judged>) => checks.map(({ id, status, code }) => [id, status, code]);

describe('asking and judging', () => {
  it('passes where nobody else answers, within 700 ms', async () => {
    const made = await measure((question) => says(question));
    expect(made.data.waitedMs).toBeLessThanOrEqual(700);
    expect(short(judged(made))).toEqual([['l2.duplicate', 'pass', null]]);
    expect(judged(made, 'path')).toEqual([]);
    expect(duplicateAddressLines(made.data).join('\n')).toContain('10.0.0.2 on eth0 (own): nobody else answers');
  });

  it('passes where somebody only speaks for an address, as proxies do', async () => {
    const made = await measure((question) => {
      const heard = says(question, '10.0.0.2', '10.0.0.1');
      return heard.kind === 'measured'
        ? measured({ ...heard.value, claims: heard.value.claims.map((claim) => ({ ...claim, asHolder: false })) })
        : heard;
    });
    expect(short(judged(made))).toEqual([['l2.duplicate', 'pass', null]]);
    expect(made.data.addresses.find(({ owner }) => owner === 'gateway')?.claimants).toHaveLength(1);
  });

  it('fails with the link address of the other holder, in one answer of three', async () => {
    const made = await measure((question, round) => says(question, ...(round > 6 ? ['10.0.0.2'] : [])));
    expect(made.data.addresses[0]?.claimants).toEqual([{ linkAddress: FOREIGN, answers: 1, redundancy: null, claimsAnything: false }]);
    expect(made.data.waitedMs).toBeLessThanOrEqual(700);
    for (const scope of ['all', 'path'] as const) {
      const [line] = judged(made, scope);
      expect([line?.id, line?.status, line?.code]).toEqual(['l2.duplicate@10.0.0.2', 'fail', 'duplicate-address']);
      expect(line?.observed).toContain(FOREIGN);
    }
  });

  it('does not believe who claims what nobody has', async () => {
    const made = await measure((question) => says(question, ...question.addresses));
    expect(short(judged(made))).toEqual([['l2.duplicate', 'pass', null]]);
    expect(made.asked.filter(({ addresses }) => addresses.includes('192.0.2.1')).length).toBe(2);
    expect(made.data.addresses[0]?.claimants[0]?.claimsAnything).toBe(true);
  });

  it('expects one answer for the gateway, and no more; routers that stand in for each other apart', () => {
    const gateway = (...linkAddresses: [string, 'VRRP' | null][]): DataOf<'duplicate-address'> => ({
      waitedMs: 510,
      absent: [],
      addresses: [
        {
          address: '10.0.0.1',
          interface: 'eth0',
          owner: 'gateway',
          protocol: 'arp',
          askedFrom: '0.0.0.0',
          sent: 3,
          claimants: linkAddresses.map(([linkAddress, redundancy]) => ({ linkAddress, answers: 3, redundancy, claimsAnything: null })),
        },
      ],
    });
    const of = (...claimants: [string, 'VRRP' | null][]) => short(judged({ attempt: measured(null), data: gateway(...claimants) }, 'path'));
    expect(of([FOREIGN, null])).toEqual([]);
    expect(of([FOREIGN, null], ['00:00:5e:00:01:33', 'VRRP'])).toEqual([]);
    expect(of([FOREIGN, null], ['02:00:00:00:00:0b', null])).toEqual([['l2.gateway-claims@10.0.0.1', 'warn', 'gateway-duplicate']]);
  });

  it('says that it takes root, and passes on what the kernel knows', async () => {
    const refused = unavailable('root', 'only root (CAP_NET_RAW) may ask the neighbours on a link');
    const made = await measure(() => refused);
    expect(made.attempt).toEqual(refused);
    expect(judged(made)).toMatchObject([{ id: 'l2.duplicate', status: 'skip', because: expect.stringContaining('only root') }]);
    expect(judged(made, 'path')).toEqual([]);
    const known = hostData({ interfaces: [hostInterface({ addresses: [hostAddress('2001:db8::2/64', { duplicate: true })] })] });
    expect(short(judged(made, 'path', known))).toEqual([['l2.duplicate@2001:db8::2', 'fail', 'duplicate-address']]);
  });

  it('asks the links that can be asked, where others have no neighbours', async () => {
    const made = await measure((question) =>
      question.interface === 'eth0' ? says(question) : unavailable('link', `${question.interface} is no link with neighbours`),
    );
    expect(made.attempt.kind).toBe('measured');
    expect(made.data.absent[0]?.because).toContain('eth1 is no link with neighbours');
  });

  it('sends nothing where nothing is to be sent', async () => {
    const made = await measure((question) => says(question), { passive: true });
    expect([made.asked, made.attempt.kind]).toEqual([[], 'skipped']);
    expect(short(judged(made))).toEqual([['l2.duplicate', 'skip', null]]);
  });
});
