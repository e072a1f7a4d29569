import type { DataOf } from '../../model/measurement.js';
import type { Place } from './traverse.js';
import type { Fate } from './way.js';

type Quoted = DataOf<'firewall'>['tooLarge'][number];
export type QuotedFate = Omit<Quoted, 'family'>;
export type QuotedPlace = NonNullable<Quoted['place']>;

const REASONS = 4;

/** As the report has it: the rule in words. Where an engine was not seen, what lets a packet through is not certain. */
export function quoted(fate: Fate, complete: boolean): QuotedFate {
  const unseen = !complete && fate.verdict === 'accept';
  return {
    verdict: unseen ? 'depends' : fate.verdict,
    place: fate.place === null ? null : quotedPlace(fate.place),
    because: unseen ? ['rules that could not be seen'] : fate.because.slice(0, REASONS),
  };
}

export function quotedPlace({ table, chain, rule }: Place): QuotedPlace {
  return { engine: table.engine, table: `${table.family} ${table.name}`, chain: chain.name, rule: rule?.text() ?? null };
}
