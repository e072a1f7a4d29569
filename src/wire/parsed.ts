/**
 * What every parser of `src/wire` returns: a value, or a refusal that says what was wrong. Bytes come from the network, so a parser
 * never throws, never reads outside its input and never loops without a bound.
 */
export type Parsed<T> = { ok: true; value: T } | { ok: false; refusal: string };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refused(refusal: string): { ok: false; refusal: string } {
  return { ok: false, refusal };
}
