import type { FilterRule } from '../../model/packet-filter.js';

type Read = Pick<FilterRule, 'steps' | 'verdict'>;

/** A rule that is read when it is first asked for: of ten thousands, who reads them decides when, and takes turns with others. */
export class LazyRule implements FilterRule {
  readonly text: () => string;
  readonly #read: () => Read;
  #known: Read | null = null;

  constructor(read: () => Read, text: () => string) {
    this.#read = read;
    this.text = text;
  }

  get steps(): FilterRule['steps'] {
    return this.#made().steps;
  }

  get verdict(): FilterRule['verdict'] {
    return this.#made().verdict;
  }

  #made(): Read {
    this.#known ??= this.#read();
    return this.#known;
  }
}
