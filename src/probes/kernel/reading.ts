import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { LocalSystem } from '../../net/local-port.js';

/** Reads files of the kernel, and keeps which facts could not be had, and why. */
export class Reading {
  readonly absent: { fact: string; because: string }[] = [];
  readonly #local: LocalSystem;

  constructor(local: LocalSystem) {
    this.#local = local;
  }

  /** What `parse` makes of a file; `null` is entered under `fact`: the file cannot be had, or holds nonsense. */
  async parsed<T>(fact: string, path: string, parse: (text: string) => T | null, limitBytes?: number): Promise<T | null> {
    const read = await this.#local.file(path, limitBytes);
    if (read.kind !== 'measured') return this.without(fact, withoutValue(read));
    const value = parse(read.value);
    return value === null ? this.without(fact, `${path} holds nonsense`) : value;
  }

  /** The same of a file that many machines do without: its absence alone is entered nowhere. */
  async optional<T>(fact: string, path: string, parse: (text: string) => T | null, limitBytes?: number): Promise<T | null> {
    const read = await this.#local.file(path, limitBytes);
    if (read.kind === 'unavailable' && read.capability === 'file') return null;
    if (read.kind !== 'measured') return this.without(fact, withoutValue(read));
    return parse(read.value) ?? this.without(fact, `${path} holds nonsense`);
  }

  without(fact: string, because: string): null {
    this.absent.push({ fact, because });
    return null;
  }

  get sortedAbsent() {
    return [...this.absent].sort((a, b) => a.fact.localeCompare(b.fact));
  }
}

/** Without the frame that {@link reasonOf} puts around what is unavailable: it stands in a list of absent facts. */
function withoutValue(attempt: NotMeasured): string {
  return attempt.kind === 'unavailable' ? attempt.reason : reasonOf(attempt);
}
