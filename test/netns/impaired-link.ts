import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Impairment, LinkCounters } from './impairment.mjs';
import type { Link } from './network.js';
import { linkName } from './set-up.js';

export type { Impairment, LinkCounters } from './impairment.mjs';

/** The process of `link.mjs` as {@link Network.start} starts it. */
interface LinkChild extends PromiseLike<{ stderr: string; shortMessage?: string | undefined }> {
  stdin: Writable;
  stdout: Readable;
}

interface Answer {
  id?: number;
  ready?: true;
  error?: string;
  counters?: Record<string, LinkCounters>;
}

const DEFAULT_SEED = 1;

const SCRIPT = fileURLToPath(new URL('../../test/netns/link.mjs', import.meta.url));

/** Starts the process that carries the links, in the network's mount namespace, and gives the links by their names. */
export async function impairedLinks(
  links: readonly Link[],
  holderPid: number,
  start: (script: string, configuration: string) => LinkChild,
): Promise<ReadonlyMap<string, ImpairedLink>> {
  const names = links.map(linkName);
  if (new Set(names).size < names.length) throw new Error(`two hosts have at most one impaired link: ${names.join(', ')}`);
  const process = new LinkProcess(start(SCRIPT, configurationOf(links, holderPid)));
  await process.whenReady();
  return new Map(links.map((link) => [linkName(link), new ImpairedLink(process, link)]));
}

/** What `link.mjs` wants to be told at its start. */
function configurationOf(links: readonly Link[], holderPid: number): string {
  return JSON.stringify({
    holderPid,
    links: links.map((link) => ({
      name: linkName(link),
      seed: link.seed ?? DEFAULT_SEED,
      ethernet: link.ethernet === true,
      ends: link.ends.map((end) => ({
        host: end.host,
        interface: end.interface,
        impairment: end.impairment ?? link.impairment ?? {},
      })),
    })),
  });
}

/** Talks to the one process that carries all impaired links of a network. */
class LinkProcess {
  readonly #child: LinkChild;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #ended: Promise<Answer>;
  #lastId = 0;

  constructor(child: LinkChild) {
    this.#child = child;
    this.#ended = Promise.resolve(child).then(({ stderr, shortMessage }) => ({
      error: `the process of the links ended: ${stderr.trim() || shortMessage || 'without a word'}`,
    }));
    // Written to after its end: the answer tells that already.
    child.stdin.on('error', () => {});
  }

  /** Resolves when the TUN devices are there. Throws with the reason where they cannot be made. */
  async whenReady(): Promise<void> {
    const ready = new Promise<Answer>((resolve) => {
      this.#waiting.set(0, resolve);
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#waiting.get(answer.id ?? 0)?.(answer);
      this.#waiting.delete(answer.id ?? 0);
    });
    const { error } = await Promise.race([ready, this.#ended]);
    if (error !== undefined) throw new Error(error);
  }

  async ask(question: { link: string; set?: Record<string, Impairment>; seed?: number }): Promise<Record<string, LinkCounters>> {
    const id = ++this.#lastId;
    const answered = new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
    });
    this.#child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    const { error, counters } = await Promise.race([answered, this.#ended]);
    if (error !== undefined || counters === undefined) throw new Error(error ?? 'the link gave no counters');
    return counters;
  }
}

/** A link whose packets pass through a process of ours. */
export class ImpairedLink {
  readonly #process: LinkProcess;
  readonly #name: string;
  readonly #hosts: readonly string[];

  constructor(process: LinkProcess, link: Link) {
    this.#process = process;
    this.#name = linkName(link);
    this.#hosts = link.ends.map(({ host }) => host);
  }

  /**
   * Replaces the whole impairment while packets flow: of what `from` sends, or of both directions where it is absent. With a seed, chance
   * begins anew. Throws where a setting is out of its range, and changes nothing then.
   */
  async set(impairment: Impairment, options: { from?: string; seed?: number } = {}): Promise<void> {
    const { from, seed } = options;
    if (from !== undefined && !this.#hosts.includes(from)) throw new Error(`${from} is no end of the link ${this.#name}`);
    const hosts = from === undefined ? this.#hosts : [from];
    const set = Object.fromEntries(hosts.map((host) => [host, impairment]));
    await this.#process.ask({ link: this.#name, set, ...(seed === undefined ? {} : { seed }) });
  }

  /** What happened since the link was made to the packets that `from` sent into it. */
  async counters(from: string): Promise<LinkCounters> {
    const counters = (await this.#process.ask({ link: this.#name }))[from];
    if (counters === undefined) throw new Error(`${from} is no end of the link ${this.#name}`);
    return counters;
  }
}
