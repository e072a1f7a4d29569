import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './fuzz/random.js';
import { faultOf, fillerFrom, fuzz, type Subject, shown } from './fuzz/run.js';
import { SUBJECTS } from './fuzz/subjects.js';

/** Inputs over all readers together: `NETDIAG_FUZZ_CASES=1000000 npx vitest run test/wire/fuzz.test.ts`. */
const CASES = Number(process.env['NETDIAG_FUZZ_CASES'] ?? 120_000);
/** The same inputs in every run, unless another seed is asked for. */
const SEED = Number(process.env['NETDIAG_FUZZ_SEED'] ?? 20_261_122);
const SHRUNK_CASES = 150;
const TIMEOUT_MS = 600_000;

const subjects = Object.entries(SUBJECTS);
const texts = subjects.flatMap(([name, subject]) => (subject.kind === 'text' ? [[name, subject] as const] : []));
/** What a pattern that looks back and forth would count over and over. */
const RUNS = [' ', '\t', '\n', ':', '.', '0', 'a', '[', '%', '-', '\\', '1 ', 'a.', '1:', '* ', '1 ms '];
const LONG_CHARACTERS = 60_000;
const each = Math.ceil(CASES / subjects.length);

/** Functions of src/wire and src/model that read what others wrote: the house calls them so. */
const READERS = /^(parse|read)[A-Z]|^create[A-Za-z]*Reader$/;

describe('whatever they are given, the readers of src/wire and src/model', () => {
  it('are all tried here', async () => {
    const missing: string[] = [];
    let seen = 0;
    for (const room of ['wire', 'model']) {
      const folder = fileURLToPath(new URL(`../../src/${room}/`, import.meta.url));
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
        const module: Record<string, unknown> = await import(/* @vite-ignore */ join(folder, file));
        const readers = Object.keys(module).filter((name) => typeof module[name] === 'function' && READERS.test(name));
        seen += readers.length;
        missing.push(...readers.filter((name) => !Object.hasOwn(SUBJECTS, name)).map((name) => `${room}/${file}: ${name}`));
      }
    }
    expect(seen).toBeGreaterThan(20);
    expect(missing).toEqual([]);
    expect(each * subjects.length).toBeGreaterThanOrEqual(CASES);
  });

  it.each(subjects)('give a value or a refusal: %s', (name, subject) => fuzz(name, subject, each, SEED), TIMEOUT_MS);

  it.each(subjects)('and so they do for what fast-check finds: %s', (_name, subject) => {
    const valid = subject.seeds as readonly (Uint8Array | string)[];
    fc.assert(
      fc.property(inputs(subject, valid), fc.nat(), (input, seed) => {
        const fault = faultOf(subject, input, fillerFrom(new Random(seed), subject));
        expect(fault, shown(input)).toBeNull();
      }),
      { numRuns: SHRUNK_CASES, seed: SEED },
    );
  });

  it.each(texts)('nor does a long run of one word hold them up: %s', (_name, subject) => {
    for (const seed of subject.seeds) {
      for (const word of RUNS) {
        const run = word.repeat(LONG_CHARACTERS / word.length);
        for (const at of [0, Math.floor(seed.length / 2), seed.length]) {
          const input = seed.slice(0, at) + run + seed.slice(at);
          expect(faultOf(subject, input, new Uint8Array(1)), `${JSON.stringify(word)} over and over at ${at}`).toBeNull();
        }
      }
    }
  });

  it('really read something: what they are given to start from is valid', () => {
    const refusing = subjects.flatMap(([name, subject]) => {
      const results =
        subject.kind === 'bytes' ? subject.seeds.map((seed) => subject.read(seed)) : subject.seeds.map((seed) => subject.read(seed));
      return results.every((result) => result === null || isRefusal(result)) ? [name] : [];
    });
    expect(refusing).toEqual([]);
  });
});

describe('the fuzzing itself', () => {
  const trial = (read: (bytes: Uint8Array) => unknown): Subject => ({ kind: 'bytes', read, seeds: [Uint8Array.of(4, 1, 2, 3, 4)] });
  it.each([
    ['throws', trial((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint8(3)), /throws RangeError/],
    ['reads outside', trial((bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset)[bytes.length] ?? 0), /depends on the bytes around/],
    ['writes', trial((bytes) => bytes.fill(1).length), /writes into its input/],
    ['gives nothing', trial((bytes) => bytes[3]), /gives undefined/],
    ['refuses without a reason', trial(() => ({ ok: false })), /neither a value nor a refusal/],
    ['throws for text', { kind: 'text', read: (text) => new RegExp(text).source, seeds: ['(a)'] } satisfies Subject, /throws SyntaxError/],
  ])('finds what %s, and says for which input', (_, subject, message) => {
    expect(() => fuzz('trial', subject, 2000, 7)).toThrow(message);
    expect(() => fuzz('trial', subject, 2000, 7)).toThrow(/seed 7, input \d+\n(hex [0-9a-f]*|text ".*")$/);
  });
  it('tries the same inputs for the same seed', () => {
    const tried = (seed: number) => {
      const inputs: string[] = [];
      const read = (bytes: Uint8Array) => {
        inputs.push(Buffer.from(bytes).toString('hex'));
        return null;
      };
      fuzz('trial', trial(read), 50, seed);
      return inputs;
    };
    expect(tried(1)).toEqual(tried(1));
    expect(tried(1)).not.toEqual(tried(2));
  });
});

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
}

/** Anything, or a valid input with some of it replaced and its end cut off. */
function inputs(subject: Subject, valid: readonly (Uint8Array | string)[]): fc.Arbitrary<Uint8Array | string> {
  const edits = fc.array(fc.tuple(fc.nat(2000), fc.nat(0xffff)), { maxLength: 6 });
  const edited = fc.tuple(fc.constantFrom(...valid), edits, fc.nat(3000)).map(([seed, changes, end]): Uint8Array | string => {
    if (typeof seed === 'string') {
      const characters = [...seed].map((character) => character);
      for (const [at, value] of changes) if (at < characters.length) characters[at] = String.fromCharCode(value);
      return characters.slice(0, end).join('');
    }
    const bytes = Uint8Array.from(seed);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value & 0xff;
    return bytes.subarray(0, end);
  });
  const anything: fc.Arbitrary<Uint8Array | string> =
    subject.kind === 'bytes' ? fc.uint8Array({ maxLength: 300 }) : fc.string({ unit: 'binary', maxLength: 300 });
  return fc.oneof(anything, edited);
}
