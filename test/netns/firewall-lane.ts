import type { FilterTable } from '../../src/model/packet-filter.js';
import type { LocalToolOutput } from '../../src/net/local-port.js';
import { readRules } from '../../src/probes/firewall/read-rules.js';
import { fakeLocalSystem } from '../fakes/local-system.js';
import type { Host, Layout, Network } from './network.js';

/** Two machines on a link, one with packet filters and one that tries them, over and over with other rules. */

export const MACHINE = '192.0.2.1';
export const OUTSIDE = '192.0.2.2';
/** Another address of the one outside, in the same network. */
export const OUTSIDE_OTHER = '192.0.2.77';
/** A network of its own behind the one outside. */
export const FOREIGN = '10.9.8.7';
export const MACHINE_V6 = '2001:db8:1::1';
export const OUTSIDE_V6 = '2001:db8:1::2';
/** By a second link. */
export const MACHINE_SECOND = '198.51.100.1';
export const OUTSIDE_SECOND = '198.51.100.2';

export const PORTS = [22, 80, 443, 2201, 5432, 8080, 30_000] as const;

export interface Try {
  direction: 'in' | 'out';
  family: 4 | 6;
  protocol: 'tcp' | 'udp';
  source: string;
  to: string;
  port: number;
  /** Who sends it; only on the way out. */
  user?: number;
}

export type Outcome = 'accept' | 'drop' | 'reject';

export function lanes(count: number): Layout {
  const names = Array.from({ length: count }, (_, lane) => lane);
  return {
    hosts: names.flatMap((lane) => [`machine${lane}`, `outside${lane}`]),
    links: names.flatMap((lane) => [
      {
        ends: [
          { host: `machine${lane}`, interface: 'eth0', addresses: [`${MACHINE}/24`, `${MACHINE_V6}/64`] },
          {
            host: `outside${lane}`,
            interface: 'eth0',
            addresses: [`${OUTSIDE}/24`, `${OUTSIDE_OTHER}/32`, `${FOREIGN}/32`, `${OUTSIDE_V6}/64`],
          },
        ] as const,
      },
      {
        ends: [
          { host: `machine${lane}`, interface: 'eth1', addresses: [`${MACHINE_SECOND}/24`] },
          { host: `outside${lane}`, interface: 'eth1', addresses: [`${OUTSIDE_SECOND}/24`] },
        ] as const,
      },
    ]),
    routes: Object.fromEntries(names.map((lane) => [`machine${lane}`, [`default via ${OUTSIDE}`]])),
    // Rules that refuse do so again and again.
    icmpErrorIntervalMs: Object.fromEntries(names.flatMap((lane) => [`machine${lane}`, `outside${lane}`]).map((name) => [name, 0])),
  };
}

const SILENT_MS = 120;
const PEER = new URL('services/firewall-peer.mjs', import.meta.url).pathname;

class Peer {
  readonly #process: ReturnType<Host['start']>;
  #rest = '';
  #waiting: ((line: string) => void) | null = null;

  constructor(host: Host) {
    this.#process = host.start(process.execPath, [PEER, JSON.stringify({ ports: PORTS, silentMs: SILENT_MS })], { detached: true });
    this.#process.stdout.on('data', (chunk: Buffer) => {
      this.#rest += chunk.toString();
      const end = this.#rest.indexOf('\n');
      if (end === -1 || this.#waiting === null) return;
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + 1);
      this.#waiting(line);
      this.#waiting = null;
    });
  }

  line(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      void this.#process.then(({ stderr }) => reject(new Error(`the peer ended: ${stderr}`)));
    });
  }

  async ask(tries: readonly (Try & { waitMs?: number })[]): Promise<string[]> {
    if (tries.length === 0) return [];
    const answer = this.line();
    this.#process.stdin.write(`${JSON.stringify(tries)}\n`);
    return JSON.parse(await answer) as string[];
  }
}

const COMMANDS = [
  'nft -j list chains',
  'nft -j list ruleset',
  'iptables-save',
  'ip6tables-save',
  'iptables-legacy-save',
  'ip6tables-legacy-save',
  'cat /proc/net/ip_tables_names',
  'cat /proc/net/ip6_tables_names',
];

/** One pair of machines. */
export class Lane {
  readonly machine: Host;
  readonly #inside: Peer;
  readonly #outside: Peer;

  private constructor(network: Network, lane: number) {
    this.machine = network.host(`machine${lane}`);
    this.#inside = new Peer(this.machine);
    this.#outside = new Peer(network.host(`outside${lane}`));
  }

  static async open(network: Network, lane: number): Promise<Lane> {
    const made = new Lane(network, lane);
    await Promise.all([made.#inside.line(), made.#outside.line()]);
    return made;
  }

  /** Runs a script in the shell of the machine with the filters; it must succeed. */
  async load(script: string): Promise<void> {
    await this.machine.must('sh', ['-ec', script]);
  }

  async clear(): Promise<void> {
    await this.machine.run('sh', [
      '-c',
      `nft flush ruleset
clear() {
  for table in $(cat "/proc/net/$2" 2>/dev/null); do
    for chain in INPUT FORWARD OUTPUT; do "$1" -t "$table" -P "$chain" ACCEPT 2>/dev/null; done
    "$1" -t "$table" -F; "$1" -t "$table" -X
  done
}
clear iptables-legacy ip_tables_names; clear ip6tables-legacy ip6_tables_names; true`,
    ]);
  }

  /** What the probe would read of the filters, by the same tools. */
  async rules(): Promise<FilterTable[]> {
    const script = COMMANDS.map((line) => `${line} 2>/dev/null; printf '\\0%s\\0' $?`).join('; ');
    const parts = (await this.machine.must('sh', ['-c', script])).split('\0');
    const tools: Record<string, Partial<LocalToolOutput>> = {};
    const files: Record<string, string> = { '/proc/self/status': 'CapEff:\t000001ffffffffff\n' };
    for (const [index, line] of COMMANDS.entries()) {
      const [stdout = '', exitCode = '1'] = parts.slice(2 * index, 2 * index + 2);
      if (line.startsWith('cat ')) files[line.slice(4)] = stdout;
      else tools[line] = { stdout, exitCode: Number(exitCode) };
    }
    const seen = await readRules(fakeLocalSystem({ userId: 0, files, tools }), new AbortController().signal);
    if (seen.tables === null || !seen.complete) throw new Error(`the rules were not read: ${JSON.stringify(seen.absent)}`);
    return seen.tables;
  }

  /** What really happens; `patient`: silence is waited for longer. */
  async really(tries: readonly Try[], patient = false): Promise<(Outcome | string)[]> {
    const waiting = patient ? { waitMs: 1200 } : {};
    const of = (direction: Try['direction']) => tries.filter((one) => one.direction === direction).map((one) => ({ ...one, ...waiting }));
    const [inward, outward] = await Promise.all([this.#outside.ask(of('in')), this.#inside.ask(of('out'))]);
    return tries.map((one) => outcomeOf((one.direction === 'in' ? inward : outward).shift() ?? 'nothing', one));
  }
}

/** Refusals come as a reset or as an ICMP message, whose kind the kernel turns into an errno. */
const REFUSALS: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'ENOPROTOOPT', 'ECONNRESET']);

function outcomeOf(state: string, { direction, protocol }: Try): Outcome | string {
  if (state === 'open') return 'accept';
  if (state === 'silent') return 'drop';
  // A datagram that a rule drops on the way out is refused to its sender.
  if (state === 'EPERM' && direction === 'out' && protocol === 'udp') return 'drop';
  return REFUSALS.has(state) ? 'reject' : state;
}
