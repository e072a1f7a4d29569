import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, type TestContext, test } from 'vitest';
import type { ImpairedLink, Impairment } from './impaired-link.js';
import { createNetwork, type Host, type Link, linkRefusal, type Network } from './network.js';

const THERE = '192.0.2.2';
const THERE_V6 = '2001:db8::2';

/** Two hosts, `here` and `there`, and one impaired link between them. */
async function linked(context: TestContext, impairment: Impairment, link: Partial<Link> = {}, back?: Impairment) {
  const refusal = await linkRefusal();
  if (refusal !== null) context.skip(refusal);
  const network = await createNetwork({
    hosts: ['here', 'there'],
    links: [
      {
        ends: [
          { host: 'here', interface: 'eth0', addresses: ['192.0.2.1/24', '2001:db8::1/64'] },
          { host: 'there', interface: 'eth0', addresses: [`${THERE}/24`, `${THERE_V6}/64`], ...(back ? { impairment: back } : {}) },
        ],
        impairment,
        ...link,
      },
    ],
  });
  context.onTestFinished(() => network.close());
  return { network, here: network.host('here'), link: network.link('here-there') };
}

const end = (host: string, name: string) => ({ host, interface: name });

interface Pings {
  output: string;
  sent: number;
  received: number;
  duplicates: number;
  /** In the order in which the replies came. */
  sequences: number[];
  rttMs: number[];
}

/** iputils' ping: what we measure with must not be what we test. */
async function ping(host: Host, args: string): Promise<Pings> {
  const { stdout, stderr } = await host.run('ping', ['-n', '-W', '0.5', ...args.split(' ')], { env: { LC_ALL: 'C' } });
  const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(stdout) ?? [];
  if (sent === undefined) throw new Error(`ping ${args}: ${stdout}${stderr}`);
  const replies = [...stdout.matchAll(/icmp_seq=(\d+) .*time=([\d.]+) ms( \(DUP!\))?/g)];
  return {
    output: stdout,
    sent: Number(sent),
    received: Number(received),
    duplicates: Number(/\+(\d+) duplicates/.exec(stdout)?.[1] ?? 0),
    sequences: replies.filter(([, , , again]) => again === undefined).map(([, sequence]) => Number(sequence)),
    rttMs: replies.map(([, , rtt]) => Number(rtt)),
  };
}

async function bothCounters(link: ImpairedLink) {
  return { out: await link.counters('here'), back: await link.counters('there') };
}

/** Process ids of the networks' link processes that end with this holder, zombies left out. */
function linkProcesses(holderPid: number | undefined): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(pid).includes(`"holderPid":${holderPid},`));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

// Side by side: they wait more than they work.
describe.concurrent('an impaired link', () => {
  test('carries IPv4 and IPv6 quickly where it has nothing to do, and counts nothing but the packets of the test', async (context) => {
    const { here, link } = await linked(context, {});
    expect(await bothCounters(link)).toMatchObject({ out: { arrived: 0 }, back: { arrived: 0 } });
    const replies = await ping(here, `-c 20 -i 0.005 ${THERE}`);
    expect(replies.received).toBe(20);
    expect(Math.min(...replies.rttMs)).toBeLessThan(2);
    expect((await ping(here, `-6 -c 20 -i 0.005 ${THERE_V6}`)).received).toBe(20);
    expect(await bothCounters(link)).toMatchObject({ out: { arrived: 40, forwarded: 40 }, back: { arrived: 40, forwarded: 40 } });
  });

  test('delays each direction by its own time, for both families, and changes while it runs', async (context) => {
    const { here, link } = await linked(context, { delayMs: 15 }, {}, { delayMs: 5 });
    for (const target of [THERE, `-6 ${THERE_V6}`]) {
      const { rttMs } = await ping(here, `-c 20 -i 0.01 ${target}`);
      expect(Math.min(...rttMs), target).toBeGreaterThanOrEqual(20);
      expect(Math.min(...rttMs), target).toBeLessThan(22);
    }
    await link.set({ delayMs: 1 });
    const { rttMs } = await ping(here, `-c 20 -i 0.01 ${THERE}`);
    expect(Math.min(...rttMs)).toBeGreaterThanOrEqual(2);
    expect(Math.min(...rttMs)).toBeLessThan(4);
  });

  test('loses in one direction what its counters say, the same with the same seed', async (context) => {
    const { here, link } = await linked(context, { lossRatio: 0.2 }, { seed: 3 }, {});
    const first = await ping(here, `-c 200 -i 0.002 ${THERE}`);
    const { out, back } = await bothCounters(link);
    expect(first.sent - first.received).toBe(out.lost);
    expect(back.lost).toBe(0);
    expect(out.lost / out.arrived).toBeGreaterThan(0.1);
    expect(out.lost / out.arrived).toBeLessThan(0.3);
    await link.set({ lossRatio: 0.2 }, { from: 'here', seed: 3 });
    expect((await ping(here, `-c 200 -i 0.002 ${THERE}`)).sequences).toEqual(first.sequences);
  });

  test('duplicates and reorders as often as its counters say', async (context) => {
    const { here, link } = await linked(context, { delayMs: 2, duplicateRatio: 0.2 }, {}, {});
    const doubled = await ping(here, `-c 200 -i 0.002 ${THERE}`);
    const { out } = await bothCounters(link);
    expect(out.duplicated).toBeGreaterThan(10);
    // ping leaves when it has all replies, perhaps before the last one came again.
    expect(out.duplicated - doubled.duplicates).toBeGreaterThanOrEqual(0);
    expect(out.duplicated - doubled.duplicates).toBeLessThanOrEqual(1);
    expect(doubled.output).toContain('DUP!');

    await link.set({ reorderRatio: 0.1, reorderDelayMs: 30 }, { from: 'here' });
    const shuffled = await ping(here, `-c 200 -i 0.005 ${THERE}`);
    let highest = 0;
    let overtaken = 0;
    for (const sequence of shuffled.sequences) {
      if (sequence < highest) overtaken++;
      highest = Math.max(highest, sequence);
    }
    expect(overtaken).toBeGreaterThan(5);
    expect(overtaken).toBe((await bothCounters(link)).out.reordered);
  });

  test('lets a queue build up before its rate, and drops what does not fit', async (context) => {
    // 1250 bytes take 10 ms.
    const { here, link } = await linked(context, { rateBitsPerSecond: 1e6 }, {}, {});
    const { rttMs } = await ping(here, `-c 15 -l 15 -s 1222 ${THERE}`);
    expect(rttMs).toHaveLength(15);
    expect(rttMs[0]).toBeGreaterThanOrEqual(10);
    expect(rttMs[14]).toBeGreaterThanOrEqual(100);
    await link.set({ rateBitsPerSecond: 1e6, queueBytes: 5000 }, { from: 'here' });
    const short = await ping(here, `-c 15 -l 15 -s 1222 ${THERE}`);
    const { out } = await bothCounters(link);
    expect(out.queueDropped).toBeGreaterThanOrEqual(8);
    expect(short.sent - short.received).toBe(out.queueDropped);
  });

  test('swallows what is larger than its MTU, or says so as a router does', async (context) => {
    const { here, link } = await linked(context, { mtuBytes: 1400 }, {}, {});
    const [fits, tooLarge] = [`-c 1 -M do -s 1372 ${THERE}`, `-c 1 -M do -s 1373 ${THERE}`];
    const [fitsV6, tooLargeV6] = [`-6 -c 1 -M do -s 1352 ${THERE_V6}`, `-6 -c 1 -M do -s 1353 ${THERE_V6}`];
    for (const args of [fits, fitsV6]) expect((await ping(here, args)).received, args).toBe(1);
    const swallowed = await Promise.all([tooLarge, tooLargeV6].map((args) => ping(here, args)));
    expect(swallowed.map(({ received, output }) => [received, /mtu/.test(output)])).toEqual([
      [0, false],
      [0, false],
    ]);

    await link.set({ mtuBytes: 1400, mtuAnnouncedBy: ['192.0.2.254', '2001:db8::fe'] }, { from: 'here' });
    expect((await ping(here, tooLarge)).output).toMatch(/From 192\.0\.2\.254 .*mtu ?= ?1400/);
    expect((await ping(here, tooLargeV6)).output).toMatch(/From 2001:db8::fe .*mtu ?= ?1400/);
    expect((await bothCounters(link)).out).toMatchObject({ tooLarge: 4, announced: 2 });
    for (const args of [fits, fitsV6]) expect((await ping(here, args)).received, args).toBe(1);
  });

  test('refuses what makes no sense, and stays as it was', async (context) => {
    const { network, here, link } = await linked(context, { lossRatio: 1 });
    await expect(link.set({ lossRatio: 2 })).rejects.toThrow('lossRatio must be from 0 to 1, not 2');
    await expect(link.set({}, { from: 'nobody' })).rejects.toThrow('nobody is no end of the link here-there');
    await expect(link.counters('nobody')).rejects.toThrow('nobody is no end');
    expect(() => network.link('there-here')).toThrow('the network has no impaired link there-here');
    expect((await ping(here, `-c 2 -i 0.01 ${THERE}`)).received).toBe(0);
    const twice = ['eth0', 'eth1'].map((name): Link => ({ ends: [end('here', name), end('there', name)], impairment: {} }));
    await expect(createNetwork({ hosts: ['here', 'there'], links: twice })).rejects.toThrow('at most one impaired link');
    await expect(linked(context, { delayMs: -1 })).rejects.toThrow('delayMs must be from 0 to 60000, not -1');
  });

  test('ends with its network, however that ends', async (context) => {
    const closed = await linked(context, {});
    expect(linkProcesses(closed.network.holderPid)).toHaveLength(1);
    await closed.network.close();
    expect(linkProcesses(closed.network.holderPid)).toEqual([]);

    const crashed = await linked(context, {});
    const { holderPid } = crashed.network;
    if (holderPid === undefined) throw new Error('no holder');
    process.kill(holderPid, 'SIGKILL');
    await gone(crashed.network);
    await expect(crashed.link.counters('here')).rejects.toThrow('the process of the links ended');
  });
});

describe('an impaired link by itself', () => {
  test('joins many packets a second', async (context) => {
    const { here, link } = await linked(context, { delayMs: 1 });
    const startedAt = performance.now();
    expect((await ping(here, `-q -f -l 100 -c 10000 ${THERE}`)).received).toBe(10_000);
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    const { out, back } = await bothCounters(link);
    expect(out.forwarded).toBe(10_000);
    // Both directions together. A free machine does 200,000.
    expect((out.forwarded + back.forwarded) / elapsedSeconds).toBeGreaterThan(10_000);
  });
});

async function gone(network: Network): Promise<void> {
  for (let attempt = 0; attempt < 100 && linkProcesses(network.holderPid).length > 0; attempt++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(linkProcesses(network.holderPid)).toEqual([]);
}
