// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { basename } from 'node:path';
import type { Expectation, ManifestCheck, Requirement, TestCase, VerifiedManifest } from '../../report/verify/manifest.js';
import { writtenAt } from '../configuration/issues.js';
import { listed } from '../configuration/offers.js';
import { isLiteralId, rememberLiteralId } from '../configuration/secrets.js';
import { type Environment, expandVariables } from '../configuration/variables.js';
import { nearest } from '../nearest.js';
import { quotedValue } from '../quoted-value.js';
import type { UsageError } from '../usage-error.js';
import { cycleOfNeeds } from './needs.js';
import { type ManifestFile, readManifestFiles } from './read-file.js';
import type { ExpectationContent } from './schema.js';
import { shownLine } from './shown-line.js';
import { splitWords } from './words.js';

/** A command line of a manifest, with variables in their places. */
export interface Step {
  /** The command first, without `netdiag`. They can hold secrets. */
  words: readonly string[];
  /** Names of files in it start there. */
  folder: string;
  /** Why it cannot be run here: the environment lacks a variable. Told only where it is to be run; `null`: nothing is lacking. */
  lacking: UsageError | null;
  /** A complaint about it, with file, line and column. */
  fault(reason: string): UsageError;
}

export interface LoadedManifest {
  manifest: VerifiedManifest;
  /** Names of all files that it was read from, as they can be opened. */
  paths: readonly string[];
  /** By the numbers that its checks name. */
  steps: readonly Step[];
}

const MOST_CHECKS = 5000;

type Path = readonly PropertyKey[];

/**
 * Reads a manifest with all that it includes. Nothing is looked for on the network.
 *
 * @param from the place where this is: what is checked elsewhere asks for no variables; `null`: nobody said
 * @throws UsageError with file, line and column of the first mistake
 */
export async function loadManifest(
  path: string,
  environment: Environment = process.env,
  from: string | null = null,
): Promise<LoadedManifest> {
  const files = await readManifestFiles(path, environment, from);
  const { readExpectation } = await import('./expectation.js');
  const reader = new Reader(environment, (content) => readExpectation(content));
  const requirements = files.flatMap((file) => reader.requirements(file));
  const named = files.at(-1);
  if (requirements.length === 0) throw (named as ManifestFile).file.fault(null, 'it has no requirements');
  reader.checkNeeds(requirements);
  return {
    manifest: {
      title: named?.content.title ?? null,
      files: [...files].reverse().map((file) => basename(file.path)),
      requirements,
    },
    paths: files.map((file) => file.path),
    steps: reader.steps,
  };
}

type ReadOne = (content: ExpectationContent) => ReturnType<typeof import('./expectation.js').readExpectation>;

/** Reads file after file, and knows what was in those before. */
class Reader {
  readonly steps: Step[] = [];
  readonly #environment: Environment;
  readonly #read: ReadOne;
  readonly #numbers = new Map<string, number>();
  /** What has an id, by it; all ids are of one kind, since `--only` takes any. */
  readonly #ids = new Map<string, string>();
  readonly #needs = new Map<string, { file: ManifestFile; path: Path }>();
  #checks = 0;

  constructor(environment: Environment, read: ReadOne) {
    this.#environment = environment;
    this.#read = read;
  }

  requirements(file: ManifestFile): Requirement[] {
    return (file.content.requirements ?? []).map((requirement, index) => {
      const path = ['requirements', index];
      this.#claim(requirement.id, 'requirement', file, [...path, 'id']);
      return {
        id: requirement.id,
        text: requirement.text ?? null,
        cases: requirement.cases.map((one, place) => this.#case(file, one, [...path, 'cases', place])),
      };
    });
  }

  #case(file: ManifestFile, content: CaseContent, path: Path): TestCase {
    this.#claim(content.id, 'case', file, [...path, 'id']);
    this.#needs.set(content.id, { file, path: [...path, 'needs'] });
    const alone = content.checks.length === 1;
    return {
      id: content.id,
      text: content.text ?? null,
      needs: [...new Set(listed(content.needs))],
      checks: content.checks.map((check, index) =>
        this.#check(file, check, [...path, 'checks', index], { of: content.id, from: content.from, index, alone }),
      ),
    };
  }

  #check(
    file: ManifestFile,
    content: CheckContent,
    path: Path,
    { of, from, index, alone }: { of: string; from: string | undefined; index: number; alone: boolean },
  ): ManifestCheck {
    if (++this.#checks > MOST_CHECKS) throw file.file.fault({ path: [...path] }, `there are more than ${MOST_CHECKS} checks`);
    const id = content.id === undefined && alone ? of : `${of}.${content.id ?? index + 1}`;
    if (id !== of) this.#claim(id, 'check', file, [...path, ...(content.id === undefined ? [] : ['id'])]);
    // Made of two ids, or of one and a number.
    const isWritten = content.id === undefined || writtenAt(file.file, [...path, 'id']) === content.id;
    if (isLiteralId(of) && isWritten) rememberLiteralId(id);
    const { step, shown } = this.#step(file, content.run, [...path, 'run']);
    const expectations = (content.expect ?? []).map((one, place) => this.#expectation(file, one, [...path, 'expect', place]));
    return { id, text: content.text ?? null, run: shown, from: content.from ?? from ?? null, step, expectations };
  }

  #expectation(file: ManifestFile, content: ExpectationContent, path: Path): Expectation {
    const read = this.#read(content);
    if (read.ok) return read.expectation;
    throw file.file.fault({ path: [...path, ...(read.fault.key === '' ? [] : [read.fault.key])] }, read.fault.reason);
  }

  /** The same command line in the same folder is one step, however often it stands there. */
  #step(file: ManifestFile, line: string, path: Path): { step: number; shown: string } {
    const split = splitWords(line);
    if (!split.ok) throw file.file.fault({ path: [...path], part: split.part }, `run: ${split.reason}`);
    const words = split.words[0]?.text === 'netdiag' ? split.words.slice(1) : split.words;
    const [first] = words;
    if (first === undefined) throw file.file.fault({ path: [...path] }, 'run: a command is missing, as in http https://app.example.net');
    const expanded = expandVariables(
      words.map(({ text }) => text),
      this.#environment,
    );
    const [fault] = expanded.faults;
    const texts = expanded.content as string[];
    const key = JSON.stringify([file.folder, texts]);
    const known = this.#numbers.get(key);
    const step = known ?? this.steps.length;
    if (known === undefined) {
      this.#numbers.set(key, step);
      const named = first.written;
      this.steps.push({
        words: texts,
        folder: file.folder,
        lacking: fault === undefined ? null : file.file.fault({ path: [...path], part: fault.part }, fault.reason),
        fault: (reason) => file.file.fault({ path: [...path], part: named }, reason),
      });
    }
    return { step, shown: shownLine(words) };
  }

  #claim(id: string, kind: string, file: ManifestFile, path: Path): void {
    const known = this.#ids.get(id);
    if (known !== undefined) throw file.file.fault({ path: [...path] }, `${quotedValue(id)}: there is a ${known} of this id already`);
    this.#ids.set(id, kind);
    if (writtenAt(file.file, path) === id) rememberLiteralId(id);
  }

  /** @throws UsageError for a need that is no case, and for cases that need each other in a circle */
  checkNeeds(requirements: readonly Requirement[]): void {
    const cases = requirements.flatMap((requirement) => requirement.cases);
    const ids = cases.map(({ id }) => id);
    const known = new Set(ids);
    for (const { id, needs } of cases) {
      const unknown = needs.find((need) => !known.has(need));
      if (unknown === undefined) continue;
      const near = nearest(unknown, ids);
      throw this.#needFault(
        id,
        `needs ${quotedValue(unknown)}: there is no such case${near === null ? '' : `; did you mean ${near}?`}`,
        unknown,
      );
    }
    const cycle = cycleOfNeeds(cases);
    if (cycle !== null)
      throw this.#needFault(
        cycle[0] ?? '',
        `the cases need each other in a circle: ${cycle.map((id) => quotedValue(id)).join(' needs ')}`,
        cycle[1] ?? '',
      );
  }

  #needFault(id: string, reason: string, part: string): UsageError {
    const place = this.#needs.get(id) as { file: ManifestFile; path: Path };
    return place.file.file.fault({ path: [...place.path], part }, reason);
  }
}

type CaseContent = NonNullable<ManifestFile['content']['requirements']>[number]['cases'][number];
type CheckContent = CaseContent['checks'][number];
