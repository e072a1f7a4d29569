import { isDeepStrictEqual } from 'node:util';
import { mutateBytes, mutateText } from './mutate.js';
import { Random } from './random.js';

/** A reader of bytes, and valid input to start from. */
export interface BytesSubject {
  kind: 'bytes';
  read(bytes: Uint8Array): unknown;
  seeds: readonly Uint8Array[];
}

export interface TextSubject {
  kind: 'text';
  read(text: string): unknown;
  seeds: readonly string[];
}

export type Subject = BytesSubject | TextSubject;

/** Far more than any of these inputs takes: only what grows faster than its input gets there, or a machine that stood still. */
const SLOW_MS = 1000;
const MARGIN_BYTES = 80;
const LONGEST_REFUSAL = 600;

/** What is wrong with how `subject` reads `input`, or `null`. `filler` are the bytes that lie before and behind it. */
export function faultOf(subject: Subject, input: Uint8Array | string, filler: Uint8Array): string | null {
  const startMs = performance.now();
  let fault: string | null;
  try {
    fault = typeof input === 'string' ? faultOfText(subject as TextSubject, input) : faultOfBytes(subject as BytesSubject, input, filler);
  } catch (error) {
    return `it throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
  const elapsedMs = performance.now() - startMs;
  return fault ?? (elapsedMs > SLOW_MS ? `it takes ${Math.round(elapsedMs)} ms` : null);
}

function faultOfText(subject: TextSubject, text: string): string | null {
  return faultOfResult(subject.read(text));
}

/** Reads the bytes twice: alone, and amid others that must make no difference. */
function faultOfBytes(subject: BytesSubject, bytes: Uint8Array, filler: Uint8Array): string | null {
  const alone = subject.read(bytes.slice());
  const around = new Uint8Array(bytes.length + 2 * MARGIN_BYTES);
  for (let index = 0; index < around.length; index++) around[index] = filler[index % filler.length] as number;
  around.set(bytes, MARGIN_BYTES);
  const inside = around.subarray(MARGIN_BYTES, MARGIN_BYTES + bytes.length);
  const amid = subject.read(inside);
  if (!isDeepStrictEqual(alone, amid)) return 'what it reads depends on the bytes around its input';
  for (let index = 0; index < bytes.length; index++) if (inside[index] !== bytes[index]) return 'it writes into its input';
  return faultOfResult(alone);
}

function faultOfResult(result: unknown): string | null {
  if (result === undefined || Number.isNaN(result)) return `it gives ${result}`;
  if (typeof result !== 'object' || result === null || !('ok' in result)) return null;
  if (result.ok === true) return null;
  const why = 'refusal' in result ? result.refusal : 'reason' in result ? result.reason : undefined;
  if (result.ok !== false || typeof why !== 'string' || why === '') return 'it gives neither a value nor a refusal with its reason';
  return why.length > LONGEST_REFUSAL ? `its refusal has ${why.length} characters` : null;
}

/** Bytes around an input: of one kind, or those of a valid message, so that what reads too far finds something. */
export function fillerFrom(random: Random, subject: Subject): Uint8Array {
  const valid = subject.kind === 'bytes' && subject.seeds.length > 0 && random.below(3) === 0 ? random.of(subject.seeds) : null;
  return valid !== null && valid.length > 0 ? valid : Uint8Array.of(random.of([0, 0xff, 1, 0xc0, random.below(256)]));
}

/** Tries `count` inputs. The first fault ends it; its text has what it takes to see it again. */
export function fuzz(name: string, subject: Subject, count: number, seed: number): void {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    const input = subject.kind === 'bytes' ? mutateBytes(random, subject.seeds) : mutateText(random, subject.seeds);
    const filler = fillerFrom(random, subject);
    const fault = faultOf(subject, input, filler);
    if (fault !== null) throw new Error(`${name}: ${fault}\nseed ${seed}, input ${index}\n${shown(input)}`);
  }
}

export function shown(input: Uint8Array | string): string {
  return typeof input === 'string' ? `text ${JSON.stringify(input)}` : `hex ${Buffer.from(input).toString('hex')}`;
}
