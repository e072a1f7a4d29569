import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type ImpairedLink, type Impairment, impairedLinks } from './impaired-link.js';
import { addressesScript, hostsScript, isImpaired } from './set-up.js';

/**
 * Hosts and routers for tests: network namespaces joined by veth pairs, with real kernels' ARP, routes, firewalls and ICMP; or by a link
 * with delay, loss and their like, which a process of ours carries between two TUN devices.
 *
 * Each network lives in a mount and a network namespace of its own, held by one process that waits on its standard input. Nothing of it
 * is visible outside, names need not be unique, and no packet can leave: there is no way out. When the tests end, however they end, the
 * pipe closes, the holder ends, and the kernel takes down every namespace, interface and mount with it: there is nothing to sweep.
 *
 * Needs root, or a system on which an ordinary user may create user namespaces (`unshare --user`).
 */
export interface Layout {
  hosts: readonly string[];
  links?: readonly Link[];
  /** By host: `default via 192.0.2.1`, `blackhole 198.51.100.0/24`, … as `ip route add` takes them; IPv6 ones too. */
  routes?: Readonly<Record<string, readonly string[]>>;
  /** By host: further addresses, of its loopback interface: `1.1.1.1/32`. */
  loopback?: Readonly<Record<string, readonly string[]>>;
  /** Hosts that are switches: their interfaces are ports of one bridge, and they have no addresses. */
  switches?: readonly string[];
  /** Hosts that forward packets. */
  routers?: readonly string[];
  /** By host: addresses for its `/etc/resolv.conf`. A host that is not named has an empty one. */
  resolvers?: Readonly<Record<string, readonly string[]>>;
  /** By host: the least time between two ICMP errors to one address; 0 lifts every limit. The kernel's own limits where absent. */
  icmpErrorIntervalMs?: Readonly<Record<string, number>>;
}

export interface Link {
  ends: readonly [LinkEnd, LinkEnd];
  /** Of both ends; 1500 where absent. */
  mtuBytes?: number;
  /**
   * Of both directions. A link with any impairment, an empty one included, has TUN devices in place of the veth pair: no Ethernet, no
   * ARP. Whatever is sent into one end comes out at the other, if nobody has that address too.
   */
  impairment?: Impairment;
  /** An impaired link with TAP devices: Ethernet and ARP are there, and pass through it like all else. */
  ethernet?: true;
  /** Of the chances of its impairment; 1 where absent. */
  seed?: number;
}

export interface LinkEnd {
  host: string;
  interface: string;
  /** With prefix length: `192.0.2.2/24`, `2001:db8:1::2/64`. */
  addresses?: readonly string[];
  /** Leave this end down. */
  down?: boolean;
  /** Of what this end sends, in place of the link's. */
  impairment?: Impairment;
}

export interface CommandResult {
  /** `null` where a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  elapsedMs: number;
}

export interface CommandOptions {
  timeoutMs?: number;
  env?: Readonly<Record<string, string>>;
  /** Take away every capability: what an ordinary user may do. Root's files stay readable, since the user id stays. */
  unprivileged?: boolean;
  /** In a session of its own, out of reach of the terminal's signals: for what ends with its standard input. */
  detached?: boolean;
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND_TIMEOUT_MS = 15_000;
const SERVICE_START_TIMEOUT_MS = 10_000;

/** An ordinary user's PATH often lacks the folders that hold `ip` and `nft`. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/**
 * What the holder does: a private /run for `ip netns`, and a file under the resolver configuration where a link points into the old /run.
 * Then it waits for the end of its input.
 */
const HOLDER = `set -e
real=$(readlink -m /etc/resolv.conf)
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/netdiag "$(dirname "$real")"
[ -e "$real" ] || : > "$real"
echo ready
exec cat`;

/** Runs a command with the host's own resolver configuration; `ip netns exec` has made the mount namespace that this needs. */
const WITH_RESOLVERS = 'mount --bind "/run/netdiag/$1" /etc/resolv.conf && shift && exec "$@"';

const WITHOUT_CAPABILITIES = ['setpriv', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all'];

/** Why ICMP sockets cannot be denied to a host after it was built, `null` where they can: an ordinary user's namespace maps one group. */
export const denialRefusal =
  process.getuid?.() === 0 ? null : "an ordinary user's namespace knows one group, and `1 0` in ping_group_range takes two";

let ofNamespaces: Promise<string | null> | undefined;
let ofLinks: Promise<string | null> | undefined;

/** Why network namespaces cannot be used here, or `null` where they can: it tries one. */
export function namespaceRefusal(): Promise<string | null> {
  ofNamespaces ??= tryOne('network namespaces', { hosts: ['probe'], routers: ['probe'] });
  return ofNamespaces;
}

/** The same for impaired links, which need `/dev/net/tun` besides. */
export function linkRefusal(): Promise<string | null> {
  const ends = [{ host: 'a', interface: 'tun0' } as const, { host: 'b', interface: 'tun0' } as const] as const;
  ofLinks ??= tryOne('impaired links', { hosts: ['a', 'b'], links: [{ ends, impairment: {} }] });
  return ofLinks;
}

async function tryOne(what: string, layout: Layout): Promise<string | null> {
  if (process.platform !== 'linux') return `${what} need Linux, this is ${process.platform}`;
  if (!existsSync('/etc/resolv.conf')) return 'there is no /etc/resolv.conf to mount another one over';
  try {
    const network = await createNetwork(layout);
    await network.close();
    return null;
  } catch (error) {
    return `${what} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Builds the network; whoever calls must `close` it. Throws with the words of the tool that refused. */
export async function createNetwork(layout: Layout): Promise<Network> {
  const network = new Network();
  try {
    await network.build(layout);
    return network;
  } catch (error) {
    await network.close();
    throw error;
  }
}

function startHolder(flags: readonly string[]) {
  const unshare = [...flags, '--mount', '--net', '--propagation', 'private', 'sh', '-c', HOLDER];
  return execa('unshare', unshare, { reject: false, stdin: 'pipe', buffer: false, detached: true, env: { PATH } });
}

export class Network {
  readonly #asRoot = process.getuid?.() === 0;
  readonly #holder: ReturnType<typeof startHolder>;
  readonly #running = new Set<{ kill(signal: NodeJS.Signals): boolean; then: Promise<unknown>['then'] }>();
  readonly #hosts = new Map<string, Host>();
  #links: ReadonlyMap<string, ImpairedLink> = new Map();

  constructor() {
    this.#holder = startHolder(this.#asRoot ? [] : ['--user', '--map-root-user']);
  }

  /** Called once, by {@link createNetwork}. */
  async build(layout: Layout): Promise<void> {
    await this.#whenReady();
    for (const name of layout.hosts) this.#hosts.set(name, new Host(name, this));
    await this.#must(hostsScript(layout, existsSync('/proc/sys/net/ipv6')));
    const impaired = (layout.links ?? []).filter(isImpaired);
    if (impaired.length > 0) {
      this.#links = await impairedLinks(impaired, this.#holder.pid ?? 0, (script, configuration) =>
        this.start([process.execPath, script, configuration], { detached: true }),
      );
    }
    await this.#must(addressesScript(layout));
  }

  host(name: string): Host {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`the network has no host ${name}`);
    return host;
  }

  /** An impaired link, by the names of its hosts: `a-b`, in the order of its ends. */
  link(name: string): ImpairedLink {
    const link = this.#links.get(name);
    if (link === undefined) throw new Error(`the network has no impaired link ${name}`);
    return link;
  }

  /** Process id of the holder, whose end is the end of the network. */
  get holderPid(): number | undefined {
    return this.#holder.pid;
  }

  /** Ends every process that was started here and takes the network down. Resolves when they are gone. */
  async close(): Promise<void> {
    for (const process of this.#running) process.kill('SIGKILL');
    await Promise.all(this.#running);
    this.#holder.kill('SIGKILL');
    await this.#holder;
  }

  /** Starts a command in this network's mount namespace (and, where `host` is given, in that host). It is killed when the network closes. */
  start(command: readonly string[], options: CommandOptions & { input?: string; host?: string } = {}) {
    const child = execa('nsenter', this.#entering(command, options), {
      reject: false,
      stripFinalNewline: false,
      env: { PATH, ...options.env },
      ...(options.input === undefined ? { stdin: 'pipe' as const } : { input: options.input }),
      detached: options.detached === true,
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' as const }),
    });
    this.#running.add(child);
    void child.then(() => this.#running.delete(child));
    return child;
  }

  /** Runs a command on this process's own terminal, and ends it with this process. Resolves with its exit status. */
  async runOnTerminal(host: string, command: readonly string[]): Promise<number> {
    const bound = ['setpriv', '--pdeathsig', 'KILL', ...command];
    const child = execa('nsenter', this.#entering(bound, { host }), { reject: false, stdio: 'inherit', env: { PATH } });
    this.#running.add(child);
    const { exitCode } = await child;
    this.#running.delete(child);
    return exitCode ?? 1;
  }

  #entering(command: readonly string[], { host, unprivileged }: { host?: string; unprivileged?: boolean }): string[] {
    const { pid } = this.#holder;
    if (pid === undefined) throw new Error('unshare (util-linux) could not be started');
    const identity = this.#asRoot ? [] : ['--user', '--preserve-credentials'];
    const enter = ['--target', String(pid), '--mount', '--net', ...identity, `--wd=${REPOSITORY}`, '--'];
    const inside = host === undefined ? [] : ['ip', 'netns', 'exec', host, 'sh', '-c', WITH_RESOLVERS, 'sh', host];
    return [...enter, ...inside, ...(unprivileged === true ? WITHOUT_CAPABILITIES : []), ...command];
  }

  async #must(script: string): Promise<void> {
    const { exitCode, stderr, shortMessage } = await this.start(['sh', '-s'], { input: script, timeoutMs: COMMAND_TIMEOUT_MS });
    if (exitCode !== 0) throw new Error(stderr.trim() || shortMessage || 'a command failed without a word');
  }

  async #whenReady(): Promise<void> {
    let complaint = '';
    this.#holder.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(0, 500);
    });
    const ready = new Promise<boolean>((resolve) => this.#holder.stdout.once('data', () => resolve(true)));
    const ended = this.#holder.then((result) => {
      complaint ||= result.shortMessage ?? '';
      return false;
    });
    if (!(await Promise.race([ready, ended]))) throw new Error(complaint.trim() || 'unshare ended without a word');
  }
}

/** One machine of a network. */
export class Host {
  constructor(
    readonly name: string,
    private readonly network: Network,
  ) {}

  /** Runs a command to its end, whatever its exit status. `SIGKILL` after `timeoutMs` (15 s). The folder is the repository's. */
  async run(command: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<CommandResult> {
    const startedAt = performance.now();
    const result = await this.network.start([command, ...args], { timeoutMs: COMMAND_TIMEOUT_MS, ...options, host: this.name });
    return { exitCode: result.exitCode ?? null, stdout: result.stdout, stderr: result.stderr, elapsedMs: performance.now() - startedAt };
  }

  /** Starts a command and leaves it running: signals and streams are the caller's. Its process id is the command's own. */
  start(command: string, args: readonly string[] = [], options: CommandOptions = {}) {
    return this.network.start([command, ...args], { ...options, host: this.name });
  }

  /** Runs a command that must succeed. Throws with its own words where it does not. */
  async must(command: string, args: readonly string[] = []): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(command, args);
    if (exitCode !== 0) throw new Error(`${this.name}: ${command} ${args.join(' ')}: ${stderr.trim() || `status ${exitCode}`}`);
    return stdout;
  }

  /** `ip` commands, one a string: `link set eth0 down`. They stop at the first that fails. */
  async ip(...commands: string[]): Promise<void> {
    for (const command of commands) await this.must('ip', command.split(' '));
  }

  /** Adds rules in nft's own language. `hook` is where they apply; the rest passes. */
  async nft(hook: 'input' | 'output' | 'forward', ...rules: string[]): Promise<void> {
    const chain = `add table inet netdiag; add chain inet netdiag ${hook} { type filter hook ${hook} priority 0; policy accept; };`;
    await this.must('nft', [`${chain} ${rules.map((rule) => `add rule inet netdiag ${hook} ${rule};`).join(' ')}`]);
  }

  /** `key` as a path under /proc/sys. */
  async sysctl(key: string, value: string): Promise<void> {
    await this.must('sh', ['-c', 'printf "%s\\n" "$2" > "/proc/sys/$1"', 'sh', key, value]);
  }

  /** Starts `services/NAME.mjs` with its configuration and resolves when it listens. It ends with the network. */
  async serve(name: 'web' | 'dns' | 'label-router' | 'example-site', configuration: unknown): Promise<void> {
    const script = `${REPOSITORY}test/netns/services/${name}.mjs`;
    const service = this.start(process.execPath, [script, JSON.stringify(configuration)], { detached: true });
    let timer: NodeJS.Timeout | undefined;
    const outcome = await Promise.race([
      new Promise<'ready'>((resolve) => service.stdout.once('data', () => resolve('ready'))),
      service.then((result) => `it ended: ${result.stderr}`),
      new Promise<string>((resolve) => {
        timer = setTimeout(() => resolve('it did not say that it is ready'), SERVICE_START_TIMEOUT_MS);
      }),
    ]);
    clearTimeout(timer);
    if (outcome !== 'ready') throw new Error(`${this.name}: ${name}: ${outcome}`);
  }
}
