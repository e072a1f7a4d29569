/**
 * The way into the data of a measurement: the probe, then fields and what stands in brackets. `http.totalMs`, `latency.rttMs.p99`,
 * `tls.chain[0].notAfter`, `dns.answers[*].data`, `ports.ports[port=443].state`, `http.headers["x-frame-options"]`.
 */
export interface DataWay {
  probe: string;
  steps: readonly WayStep[];
  /** As it was written. */
  written: string;
}

export type WayStep =
  | { kind: 'field'; name: string }
  /** From 0; below 0 from the end. */
  | { kind: 'item'; index: number }
  | { kind: 'all' }
  /** Those of a list whose field has this value. */
  | { kind: 'where'; field: string; value: string };

const LONGEST_WAY = 500;
const MOST_STEPS = 32;
const PROBE = /^[a-z][a-z0-9-]*/;
const FIELD = /^\.([^.[\]\s"'=*]+)/;
const IN_BRACKETS = /^\[(?:"([^"\\]*)"|(\*)|(-?\d{1,6})|([^\]="'*\s]+)=(?:"([^"\\]*)"|([^\]"]*)))\]/;

export type WayOutcome = { ok: true; way: DataWay } | { ok: false; reason: string };

/** Reads a way. The reason of a refusal is what is wrong, without the text. */
export function parseWay(written: string): WayOutcome {
  const refuse = (reason: string): WayOutcome => ({ ok: false, reason });
  if (written.length > LONGEST_WAY) return refuse(`it is longer than ${LONGEST_WAY} characters`);
  const probe = PROBE.exec(written)?.[0];
  if (probe === undefined) return refuse('it must begin with the name of a probe, as in http.totalMs');
  const steps: WayStep[] = [];
  let at = probe.length;
  while (at < written.length) {
    const rest = written.slice(at);
    const field = FIELD.exec(rest);
    const brackets = field === null ? IN_BRACKETS.exec(rest) : null;
    const whole = field?.[0] ?? brackets?.[0];
    if (whole === undefined)
      return refuse(`what begins with ${JSON.stringify(rest.slice(0, 20))} is neither .name, [0], [*] nor [name=value]`);
    steps.push(field === null ? bracketStep(brackets ?? []) : { kind: 'field', name: field[1] ?? '' });
    at += whole.length;
  }
  if (steps.length === 0) return refuse('behind the probe the way into its data is missing, as in http.totalMs');
  if (steps.length > MOST_STEPS) return refuse(`it has more than ${MOST_STEPS} steps`);
  return { ok: true, way: { probe, steps: withSmallHeader(probe, steps), written } };
}

/** Names of header fields are the same in any case (RFC 9110, section 5.1), and the data has them in small letters. */
function withSmallHeader(probe: string, steps: readonly WayStep[]): readonly WayStep[] {
  const [map, header, ...rest] = steps;
  if (probe !== 'http' || map?.kind !== 'field' || map.name !== 'headers' || header?.kind !== 'field') return steps;
  return [map, { ...header, name: header.name.toLowerCase() }, ...rest];
}

function bracketStep([, name, all, index, field, quoted, bare]: readonly (string | undefined)[]): WayStep {
  if (name !== undefined) return { kind: 'field', name };
  if (all !== undefined) return { kind: 'all' };
  if (index !== undefined) return { kind: 'item', index: Number(index) };
  return { kind: 'where', field: field ?? '', value: quoted ?? bare ?? '' };
}

/** Whether it leads to several values at once, of which a list is made. */
export function isSpread({ steps }: DataWay): boolean {
  return steps.some(({ kind }) => kind === 'all' || kind === 'where');
}

/** A series has 100,000 samples at the most. */
const MOST_VALUES = 100_000;

/**
 * What stands at the end of the way, in the order of the data: nothing where it ends before, `null` where that was not measured.
 *
 * @returns `null`: there are more values than are looked at
 */
export function valuesAt(data: unknown, { steps }: DataWay): unknown[] | null {
  let values: unknown[] = [data];
  for (const step of steps) {
    const next: unknown[] = [];
    for (const value of values) {
      for (const inner of behind(value, step)) next.push(inner);
      if (next.length > MOST_VALUES) return null;
    }
    values = next;
  }
  return values;
}

/** Whether the way has further steps where something was not measured: then nobody knows how much there would have been behind it. */
export function leadsThroughNull(data: unknown, way: DataWay): boolean {
  // What is `null` stays so to the end of the way.
  return valuesAt(data, { ...way, steps: way.steps.slice(0, -1) })?.includes(null) ?? false;
}

function behind(value: unknown, step: WayStep): readonly unknown[] {
  // What was not measured has nothing in it that was.
  if (value === null || value === undefined) return value === null ? [null] : [];
  switch (step.kind) {
    case 'field':
      return fieldOf(value, step.name);
    case 'item':
      return Array.isArray(value) && value.at(step.index) !== undefined ? [value.at(step.index)] : [];
    case 'all':
      return Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
    case 'where': {
      const candidates: readonly unknown[] = Array.isArray(value) ? value : [value];
      return candidates.filter((entry) => fieldOf(entry, step.field).some((field) => String(field) === step.value));
    }
  }
}

function fieldOf(value: unknown, name: string): unknown[] {
  return isMap(value) && Object.hasOwn(value, name) ? [value[name]] : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
