import type { Topic } from '../../model/report-diff.js';

/** Something that a report knows: one value, or a set of which the order says nothing. What is not known is no fact. */
export interface Fact {
  topic: Topic;
  target: string | null;
  subject: string;
  isSet: boolean;
  values: string[];
}

type Value = string | number | boolean | null | undefined;

/** Makes the facts of one topic and target; `null` and `undefined` are "not known", and an empty set is known to be empty. */
export class Facts {
  readonly #topic: Topic;
  readonly #target: string | null;
  readonly #facts: Fact[] = [];

  constructor(topic: Topic, target: string | null = null) {
    this.#topic = topic;
    this.#target = target;
  }

  get all(): readonly Fact[] {
    return this.#facts;
  }

  one(subject: string, value: Value): this {
    if (value === null || value === undefined) return this;
    this.#facts.push({ topic: this.#topic, target: this.#target, subject, isSet: false, values: [textOf(value)] });
    return this;
  }

  /** One value, or none at all where it is `null`: both are known. */
  optional(subject: string, value: string | number | null): this {
    this.#facts.push({ topic: this.#topic, target: this.#target, subject, isSet: false, values: value === null ? [] : [textOf(value)] });
    return this;
  }

  set(subject: string, values: readonly (string | number)[] | null | undefined): this {
    if (values === null || values === undefined) return this;
    this.#facts.push({ topic: this.#topic, target: this.#target, subject, isSet: true, values: [...new Set(values.map(textOf))].sort() });
    return this;
  }

  /** Several values whose order says something, as of resolvers: one value in words. */
  list(subject: string, values: readonly (string | number)[] | null | undefined): this {
    return values === null || values === undefined ? this : this.optional(subject, values.length === 0 ? null : values.join(', '));
  }
}

function textOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
