import { parseArgs } from 'node:util';
import { announcers, createChain } from './chain.js';
import type { Impairment, LinkCounters } from './impaired-link.js';

const USAGE = `npm run netns -- [OPTIONS] [-- COMMAND…]
A path of network namespaces, here … there, with one impaired link in it. Runs the command (or a shell) on the host "here" and, when that
ends, says what the link did. Nothing leaves the network, and nothing of it stays.

  --hops N              the TTL that reaches "there" (3)
  --at HOP              the impaired link is the one to this hop (the middle one)
  --serve               "there" answers TCP on port 9000 and HTTP on port 80
  --seed N              of chance (1)

Of the link, in both directions; --out-… or --back-… instead for one alone (--back-delay 40):
  --delay MS            one way            --jitter MS          plus or minus, order kept
  --loss PERCENT        at random          --burst PACKETS      the loss comes in bursts of this mean length
  --duplicate PERCENT   sent twice         --normal             the jitter is normal, MS its standard deviation
  --reorder PERCENT     held back          --reorder-delay MS   for so long (10)
  --rate MBIT           a second           --queue BYTES        before it (150000)
  --mtu BYTES           told by ICMP       --blackhole BYTES    not told`;

const NUMBERS = ['delay', 'jitter', 'loss', 'burst', 'duplicate', 'reorder', 'reorder-delay', 'rate', 'queue', 'mtu', 'blackhole'] as const;
const SIDES = ['', 'out-', 'back-'] as const;

export interface ByHand {
  hops: number;
  at: number;
  seed: number;
  serve: boolean;
  help: boolean;
  out: Impairment;
  back: Impairment;
  command: string[];
}

/** Reads the command line. Throws with what is wrong with it. */
export function readArguments(args: readonly string[]): ByHand {
  const names = SIDES.flatMap((side) => NUMBERS.map((name) => `${side}${name}`));
  const switches = ['help', 'serve', ...SIDES.map((side) => `${side}normal`)];
  const options = Object.fromEntries([
    ...[...names, 'hops', 'at', 'seed'].map((name) => [name, { type: 'string' as const }]),
    ...switches.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const values: Readonly<Record<string, unknown>> = parseArgs({ args: [...own], options, allowPositionals: false }).values;
  const number = (name: string): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (typeof text !== 'string' || text.trim() === '' || !Number.isFinite(Number(text)))
      throw new Error(`--${name} takes a number, not ${text}`);
    return Number(text);
  };
  const hops = number('hops') ?? 3;
  const at = number('at') ?? Math.ceil(hops / 2);
  const impairmentOf = (side: 'out-' | 'back-') =>
    impairment((name) => number(`${side}${name}`) ?? number(name), values[`${side}normal`] === true || values['normal'] === true, at);
  return {
    hops,
    at,
    seed: number('seed') ?? 1,
    serve: values['serve'] === true,
    help: values['help'] === true,
    out: impairmentOf('out-'),
    back: impairmentOf('back-'),
    command: end === -1 ? [] : args.slice(end + 1),
  };
}

function impairment(number: (name: (typeof NUMBERS)[number]) => number | undefined, normal: boolean, at: number): Impairment {
  const ratio = (name: 'loss' | 'reorder' | 'duplicate') => {
    const percent = number(name);
    return percent === undefined ? undefined : percent / 100;
  };
  const [burst, loss, rate, mtu, blackhole] = [number('burst'), ratio('loss'), number('rate'), number('mtu'), number('blackhole')];
  if (burst !== undefined && loss === undefined) throw new Error('--burst says how the loss comes: give --loss too');
  if (mtu !== undefined && blackhole !== undefined) throw new Error('--mtu is announced and --blackhole is not: give one of them');
  const settings = {
    delayMs: number('delay'),
    jitterMs: number('jitter'),
    jitterShape: normal ? ('normal' as const) : undefined,
    lossRatio: burst === undefined ? loss : undefined,
    lossBursts: burst === undefined || loss === undefined ? undefined : { lossRatio: loss, meanPackets: burst },
    duplicateRatio: ratio('duplicate'),
    reorderRatio: ratio('reorder'),
    reorderDelayMs: number('reorder-delay'),
    rateBitsPerSecond: rate === undefined ? undefined : rate * 1e6,
    queueBytes: number('queue'),
    mtuBytes: mtu ?? blackhole,
    mtuAnnouncedBy: mtu === undefined ? undefined : announcers(at),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Impairment;
}

/** What `npm run netns` does. Resolves with the exit status. */
export async function byHand(args: readonly string[]): Promise<number> {
  let wanted: ByHand;
  try {
    wanted = readArguments(args);
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (wanted.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { hops, at, out, back, seed } = wanted;
  const chain = await createChain({ hops, links: { [at]: { out, back, seed } } });
  // The terminal sends it to the command too, and that decides.
  process.on('SIGINT', () => {});
  try {
    if (wanted.serve) await chain.there.serve('web', { tcp: [9000], http: [80] });
    const path = Array.from({ length: hops }, (_, index) => chain.addresses(index + 1).ipv4);
    say(`here -> ${path.join(' -> ')}; the target is ${chain.target.ipv4} or ${chain.target.ipv6}, the link to hop ${at} is impaired`);
    const command = wanted.command.length > 0 ? wanted.command : [process.env['SHELL'] ?? 'sh'];
    const status = await chain.network.runOnTerminal('here', command);
    const { link, ...senders } = chain.link(at);
    say(`out:  ${inWords(await link.counters(senders.out))}\nback: ${inWords(await link.counters(senders.back))}`);
    return status;
  } finally {
    await chain.close();
  }
}

function inWords(counters: LinkCounters): string {
  const { arrived, forwarded, lost, lossBursts, duplicated, reordered, queueDropped, tooLarge, announced } = counters;
  const rest = `${queueDropped} dropped by the queue, ${tooLarge} too large (${announced} told)`;
  return `${arrived} packets in, ${forwarded} out, ${lost} lost in ${lossBursts} bursts, ${duplicated} twice, ${reordered} reordered, ${rest}`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
