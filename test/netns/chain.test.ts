import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { readArguments } from './by-hand.js';
import { type ChainOptions, chainLayout, createChain } from './chain.js';
import { linkRefusal, namespaceRefusal } from './network.js';

const BY_HAND = fileURLToPath(new URL('../../scripts/netns.mjs', import.meta.url));

async function chainFor(context: TestContext, options: ChainOptions) {
  const refusal = await (options.links === undefined ? namespaceRefusal() : linkRefusal());
  if (refusal !== null) context.skip(refusal);
  const chain = await createChain(options);
  onTestFinished(() => chain.close());
  return chain;
}

describe('a chain of routers', () => {
  test('has thirty hops soon, each of which answers by its address, for IPv4 and IPv6', async (context) => {
    const startedAt = performance.now();
    const chain = await chainFor(context, { hops: 30, links: { 15: { impairment: { delayMs: 5 } } } });
    // 1 s where the machine is free.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    for (const [family, args] of [
      ['ipv4', ['-4']],
      ['ipv6', ['-6']],
    ] as const) {
      const target = chain.target[family];
      for (const hop of [1, 14, 29]) {
        const { stdout } = await chain.here.run('ping', [...args, '-n', '-c', '1', '-W', '2', '-t', String(hop), target]);
        expect(stdout).toContain(`From ${chain.addresses(hop)[family]} icmp_seq=1 Time`);
      }
      const { stdout } = await chain.here.run('ping', [...args, '-n', '-c', '1', '-W', '2', '-t', '30', target]);
      expect(Number(/time=([\d.]+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(10);
    }
    const { link, out, back } = chain.link(15);
    expect([(await link.counters(out)).forwarded, (await link.counters(back)).forwarded]).toEqual([4, 4]);
  });

  test('has routers without a limit of ICMP errors, but for those that are named', async (context) => {
    const chain = await chainFor(context, { hops: 5, icmpErrorIntervalMs: { 3: 1000 } });
    const answers = async (hop: number, args: string[], target: string) => {
      const flags = [...args, '-n', '-q', '-c', '40', '-i', '0.002', '-W', '0.3', '-t', String(hop), target];
      return Number(/\+(\d+) errors/.exec((await chain.here.run('ping', flags)).stdout)?.[1] ?? 0);
    };
    for (const [args, target] of [
      [['-4'], chain.target.ipv4],
      [['-6'], chain.target.ipv6],
    ] as const) {
      expect(await answers(2, [...args], target)).toBe(40);
      const limited = await answers(3, [...args], target);
      expect(limited).toBeGreaterThan(0);
      expect(limited).toBeLessThan(20);
    }
  });

  test('takes impairments of each direction, and refuses a hop that it does not have', () => {
    const out = { delayMs: 1 };
    const back = { lossRatio: 0.5 };
    const { links, hosts, routers } = chainLayout({ hops: 2, mtuBytes: 9000, links: { 2: { out, back, seed: 9, mtuBytes: 1280 } } });
    expect([hosts, routers]).toEqual([['here', 'r1', 'there'], ['r1']]);
    expect(links?.map(({ mtuBytes, seed }) => [mtuBytes, seed])).toEqual([
      [9000, undefined],
      [1280, 9],
    ]);
    expect(links?.map(({ ends }) => ends.map(({ impairment }) => impairment))).toEqual([
      [undefined, undefined],
      [out, back],
    ]);
    expect(() => chainLayout({ hops: 2, links: { 3: {} } })).toThrow('the chain has no hop 3');
    expect(() => chainLayout({ hops: 0 })).toThrow('from 1 to 200 hops, not 0');
  });
});

describe('npm run netns', () => {
  test('reads what the link is to do, for both directions or one', () => {
    const words = '--hops 5 --delay 20 --back-delay 40 --loss 1 --out-burst 4 --rate 10 --mtu 1400 --back-normal -- ping -c 1 x';
    const shared = { lossRatio: 0.01, rateBitsPerSecond: 10e6, mtuBytes: 1400, mtuAnnouncedBy: ['10.77.3.254', 'fd77:3::fe'] };
    const { lossRatio, ...without } = shared;
    expect(readArguments(words.split(' '))).toEqual({
      hops: 5,
      at: 3,
      seed: 1,
      serve: false,
      help: false,
      out: { ...without, delayMs: 20, lossBursts: { lossRatio, meanPackets: 4 } },
      back: { ...shared, delayMs: 40, jitterShape: 'normal' },
      command: ['ping', '-c', '1', 'x'],
    });
    expect(readArguments(['--blackhole', '1300', '--at', '1']).out).toEqual({ mtuBytes: 1300 });
    expect(readArguments([])).toMatchObject({ out: {}, back: {}, command: [] });
  });

  test.each([
    [['--loss', 'much'], '--loss takes a number, not much'],
    [['--burst', '3'], 'give --loss too'],
    [['--mtu', '1400', '--blackhole', '1400'], 'give one of them'],
    [['--lost', '3'], "Unknown option '--lost'"],
    [['ping'], 'Unexpected argument'],
  ])('refuses %j', (args, words) => {
    expect(() => readArguments(args)).toThrow(words);
  });

  test('runs a command and ends with its status', async (context) => {
    const refusal = await linkRefusal();
    if (refusal !== null) context.skip(refusal);
    const command = ['sh', '-c', 'ping -n -c 1 10.77.1.2 && exit 7'];
    const tool = spawn(process.execPath, [BY_HAND, '--hops', '1', '--delay', '10', '--', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, status] = await Promise.all([textOf(tool.stdout), textOf(tool.stderr), statusOf(tool)]);
    expect(status, stderr).toBe(7);
    expect(Number(/time=([\d.]+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(20);
    expect(stderr).toMatch(/^out: {2}1 packets in, 1 out, 0 lost/m);
  });

  test('leaves nothing behind when it is killed', async (context) => {
    const refusal = await linkRefusal();
    if (refusal !== null) context.skip(refusal);
    const tool = spawn(process.execPath, [BY_HAND, '--', 'sh', '-c', 'echo begun; exec sleep 60'], { stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise((resolve) => tool.stdout.once('data', resolve));
    const children = processes().filter(({ parent }) => parent === tool.pid);
    // The holder, the links and the command.
    expect(children.length).toBe(3);
    tool.kill('SIGKILL');
    await statusOf(tool);
    const left = () => processes().filter(({ pid, state }) => state !== 'Z' && children.some((child) => child.pid === pid));
    for (let attempt = 0; attempt < 100 && left().length > 0; attempt++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(left()).toEqual([]);
  });
});

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString('utf8');
  return text;
}

function statusOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

function processes(): { pid: number; parent: number; state: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [, state = '', parent] = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '- ')
        .split(' ');
      return [{ pid: Number(name), parent: Number(parent), state }];
    } catch {
      return [];
    }
  });
}
