import { readFileSync } from 'node:fs';
import type { Network } from '../test/netns/network.js';
import { CLIENT } from './network.js';

/**
 * So long before its first packet netdiag is started on an idle machine. Moments of a case count from there, and not from when the process was
 * started: on a busy machine that takes two or three times as long, and a fault of half a second would be over before there is anything to see.
 */
export const START_UP_MS = 300;

const LOOK_MS = 4;
const LONGEST_MS = 5000;
const LONGEST_READY_MS = 5000;

/** Sees when the client begins to send: by the kernel's counters of its namespace, in which no other program sends these meanwhile. */
export class Beginning {
  readonly #sentinel: ReturnType<Network['start']>;
  readonly #pid: number;
  readonly #before: number;

  private constructor(sentinel: ReturnType<Network['start']>, pid: number) {
    this.#sentinel = sentinel;
    this.#pid = pid;
    this.#before = packetsSent(pid);
  }

  /** Whoever makes it ends it. */
  static async of(network: Network): Promise<Beginning> {
    const sentinel = network.host(CLIENT).start('sh', ['-c', 'echo ready; exec cat > /dev/null']);
    sentinel.stdin?.on('error', () => {});
    const ready = new Promise<boolean>((resolve) => {
      sentinel.stdout.once('data', () => resolve(true));
      setTimeout(() => resolve(false), LONGEST_READY_MS).unref();
    });
    if (!(await ready) || sentinel.pid === undefined) throw new Error('the namespace of the client cannot be watched');
    return new Beginning(sentinel, sentinel.pid);
  }

  /** Resolves with `true` at the first datagram or connection; with `false` where none leaves, or `ended` comes first. */
  async seen(ended: Promise<unknown>): Promise<boolean> {
    let over = false;
    void ended.then(() => {
      over = true;
    });
    const until = performance.now() + LONGEST_MS;
    while (!over && performance.now() < until) {
      if (packetsSent(this.#pid) > this.#before) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return false;
  }

  end(): void {
    this.#sentinel.stdin?.end();
  }
}

/** Datagrams and connections, of both families (TCP counts them together); neither neighbour discovery nor refusals of the kernel. */
function packetsSent(pid: number): number {
  const pairs = [...tablesOf(readFileSync(`/proc/${pid}/net/snmp`, 'utf8')), ...linesOf(readFileSync(`/proc/${pid}/net/snmp6`, 'utf8'))];
  return pairs.filter(([name]) => COUNTERS.has(name)).reduce((sum, [, count]) => sum + count, 0);
}

/** No echoes: those of a proof by ping are under way by then. netdiag asks a resolver or connects before or beside its first one. */
const COUNTERS: ReadonlySet<string> = new Set(['Udp.OutDatagrams', 'Tcp.ActiveOpens', 'Udp6OutDatagrams']);

function tablesOf(text: string): [string, number][] {
  const lines = text.trim().split('\n');
  return lines.flatMap((line, index): [string, number][] => {
    if (index % 2 === 1) return [];
    const [table = '', ...names] = line.split(' ');
    const values = (lines[index + 1] ?? '').split(' ').slice(1);
    return names.map((name, place) => [`${table.replace(':', '')}.${name}`, Number(values[place] ?? 0)]);
  });
}

function linesOf(text: string): [string, number][] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', count = '0'] = line.split(/\s+/);
      return [name, Number(count)];
    });
}
