import { mkdirSync, writeFileSync } from 'node:fs';
import { createNetwork, type Network } from '../test/netns/network.js';
import { Beginning, START_UP_MS } from './beginning.js';
import type { Case } from './case.js';
import type { Certificates, CertificateWanted } from './certificates.js';
import { CLIENT, type ScoreboardNetwork } from './network.js';
import { type Proof, refutation } from './proof.js';
import { REPOSITORY } from './repository.js';
import type { Served } from './services/serve.js';
import { addressesOf, layoutOf, milliseconds, servicesOf } from './setting.js';

const SERVE = `${REPOSITORY}build/scoreboard/serve.js`;
const LONGEST_START_MS = 12_000;
const LONGEST_FAULT_MS = 10_000;
const LONGEST_PROOF_MS = 15_000;
const LONGEST_CLEAN_UP_MS = 5000;

/** What a command says goes through a file: what it leaves running would hold a pipe open. */
const BREAK = 'sh -c "$1" > "$2" 2>&1 < /dev/null; status=$?; tail -c 1000 "$2" >&2; exit $status';

type Running = ReturnType<Network['start']>;
type Step = NonNullable<Case['fault']>[number];

/** One case's network with its services and its faults, from when it is built until it is closed. */
export class Scene {
  readonly #network: Network;
  readonly #hosts: readonly string[];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #servers: Running[] = [];
  #commands = 0;
  #waiting: { step: Step; go: () => void; done: Promise<string | null> }[] = [];
  #timers: NodeJS.Timeout[] = [];

  private constructor(network: Network, hosts: readonly string[], ca: string, folder: string) {
    this.#network = network;
    this.#hosts = hosts;
    this.#environment = { CA: ca };
    this.#folder = folder;
  }

  /** Whoever builds it closes it. Throws with what did not work. */
  static async build(network: ScoreboardNetwork, one: Case, certificates: Certificates, folder: string): Promise<Scene> {
    const layout = layoutOf(network, one);
    const scene = new Scene(await createNetwork(layout), layout.hosts, certificates.ca, folder);
    try {
      mkdirSync(folder, { recursive: true });
      await scene.breakIt(network.prepare ?? []);
      const services = Object.entries(servicesOf(network, one)).filter(([, own]) => Object.keys(own).length > 0);
      await Promise.all(
        services.map(([host, own]) => {
          const served: Served = {
            addresses: addressesOf(layout, host),
            ca: certificates.ca,
            folder: `${folder}/${host}`,
            services: Object.fromEntries(
              Object.entries(own).map(([name, { certificate, ...rest }]) => [
                name,
                certificate === undefined ? rest : { ...rest, pem: certificates.files(certificate as CertificateWanted) },
              ]),
            ),
          };
          writeFileSync(`${folder}/${host}.json`, JSON.stringify(served));
          return scene.#serve(host, `${folder}/${host}.json`);
        }),
      );
      return scene;
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  async #serve(host: string, file: string): Promise<void> {
    const child = this.#network.host(host).start(process.execPath, [SERVE, file], { detached: true });
    this.#servers.push(child);
    const ready = new Promise<null>((resolve) => child.stdout.once('data', () => resolve(null)));
    const outcome = await within(LONGEST_START_MS, 'its services did not start in time', [
      ready,
      child.then(({ stderr }) => stderr.trim() || 'its services ended'),
    ]);
    if (outcome !== null) throw new Error(`${host}: ${outcome}`);
  }

  /** Does what breaks it before netdiag starts, and prepares what comes later. Throws where a command fails. */
  async breakIt(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (step.at !== undefined) this.#prepare(step);
      else {
        const complaint = 'impair' in step ? await this.#impair(step) : await this.#run(step.on, step.run);
        if (complaint !== null) throw new Error(complaint);
      }
    }
  }

  async #run(on: string, run: string): Promise<string | null> {
    const { exitCode, stderr } = await this.#network.host(on).run('sh', ['-c', BREAK, 'sh', run, this.#file()], {
      timeoutMs: LONGEST_FAULT_MS,
      env: this.#environment,
    });
    return exitCode === 0 ? null : `${on}: ${run}: status ${exitCode}: ${stderr.trim()}`;
  }

  #file(): string {
    return `${this.#folder}/command-${++this.#commands}`;
  }

  async #impair(step: Extract<Step, { impair: string }>): Promise<string | null> {
    await this.#network.link(step.impair).set(step.impairment, step.from === undefined ? {} : { from: step.from });
    return null;
  }

  /** A shell that waits for its word costs nothing when the moment comes. */
  #prepare(step: Step): void {
    if ('impair' in step) {
      let go = (): void => {};
      const done = new Promise<void>((resolve) => {
        go = resolve;
      }).then(() => this.#impair(step));
      this.#waiting.push({ step, go, done });
      return;
    }
    const shell = this.#network
      .host(step.on)
      .start('sh', ['-c', `read -r go && ${BREAK}`, 'sh', step.run, this.#file()], { env: { ...this.#environment } });
    shell.stdin?.on('error', () => {});
    const done = shell.then(({ exitCode, stderr }) =>
      exitCode === 0 ? null : `${step.on}: ${step.run}: status ${exitCode}: ${stderr.trim()}`,
    );
    this.#waiting.push({ step, go: () => void shell.stdin?.end('go\n'), done });
  }

  /** What does not hold, of those that are for this time. One after the other, but those beside netdiag: side by side. */
  async refutations(proofs: readonly Proof[], when: NonNullable<Proof['when']>): Promise<string[]> {
    const wanted = proofs.filter((proof) => (proof.when ?? 'before') === when);
    const found: (string | null)[] = [];
    if (when === 'during' || when === 'begun') found.push(...(await Promise.all(wanted.map((proof) => this.#refute(proof)))));
    else for (const proof of wanted) found.push(await this.#refute(proof));
    return found.filter((one) => one !== null);
  }

  async #refute(proof: Proof): Promise<string | null> {
    const result = await this.#network.host(proof.on).run('sh', ['-c', proof.run], { timeoutMs: LONGEST_PROOF_MS, env: this.#environment });
    return refutation(proof, result);
  }

  /**
   * Starts a program on the client, and with its first packet the clock of all that is timed.
   *
   * @returns `begun`: whether it sent anything; resolved at once where nothing is timed
   */
  async start(
    command: readonly string[],
    options: { env: Record<string, string>; unprivileged: boolean; timeoutMs: number; timed: boolean },
  ): Promise<{ child: Running; startedAt: number; begun: Promise<boolean> }> {
    const [file = '', ...args] = command;
    const { timed, ...given } = options;
    // What is to be from the first packet on must be so before it is seen.
    this.#tell('await');
    const beginning = timed ? await Beginning.of(this.#network) : null;
    const startedAt = performance.now();
    const child = this.#network.host(CLIENT).start(file, args, given);
    const begun = beginning === null ? Promise.resolve(true) : beginning.seen(child);
    const clock = begun.then((seen) => {
      beginning?.end();
      this.#tell('run');
      for (const { step, go } of this.#waiting)
        this.#timers.push(setTimeout(go, Math.max(0, milliseconds(step.at ?? '0ms') - START_UP_MS)));
      return seen;
    });
    return { child, startedAt, begun: clock };
  }

  #tell(word: 'await' | 'run'): void {
    for (const server of this.#servers) server.stdin?.write(`${word} ${START_UP_MS}\n`);
  }

  /** Waits for what was timed, as far as it began. `null` where all of it did what it should. */
  async timedComplaint(): Promise<string | null> {
    const done = await within(LONGEST_FAULT_MS, 'a timed fault does not end', [Promise.all(this.#waiting.map(({ done }) => done))]);
    return typeof done === 'string' ? done : (done.find((complaint) => complaint !== null) ?? null);
  }

  /** Runs a command on the client to its end: for comparisons. */
  run(command: readonly string[], timeoutMs: number, env: Readonly<Record<string, string>> = {}) {
    const [file = '', ...args] = command;
    return this.#network.host(CLIENT).run(file, args, { timeoutMs, env: { ...this.#environment, ...env } });
  }

  /** Ends whatever still runs on any of the hosts, by its id, and takes the network down. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const pids = this.#hosts.map((host) => `ip netns pids ${host}`).join('; ');
    await this.#network.start(['sh', '-c', `kill -9 $(${pids}) 2> /dev/null; true`], { timeoutMs: LONGEST_CLEAN_UP_MS });
    await this.#network.close();
  }
}

async function within<Result>(ms: number, complaint: string, promises: readonly Promise<Result>[]): Promise<Result | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(complaint), ms);
  });
  try {
    return await Promise.race([...promises, late]);
  } finally {
    clearTimeout(timer);
  }
}
