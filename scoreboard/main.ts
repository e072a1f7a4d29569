import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Certificates } from './certificates.js';
import { compareWithHand } from './compare.js';
import { type NamedCase, readCases } from './read-cases.js';
import { REPOSITORY } from './repository.js';
import { type CaseOptions, PROGRAM, runCase } from './run-case.js';
import type { Scene } from './scene.js';
import { isRight, type Run } from './score.js';
import { type CaseResult, type Comparison, expected, section, summary } from './table.js';

const USAGE = `npm run scoreboard -- [--only GLOB]… [--repeat N] [--jobs N] [--json FILE] [--verbose] [--write]
  --only GLOB     cases of these names (faults/*, dns-*); may be repeated
  --repeat N      each case N times (1; with --write faults twice and healthy networks three times)
  --jobs N        so many at the same time (1)
  --hand          compare with the time of bench/hand-script.sh too; --write does so by itself
  --json FILE     everything, for other programs
  --from FILE     of an earlier run, by --json: no network is built, its table is made again
  --program FILE  bin/run.js of another netdiag than this one
  --verbose       the checklist also where netdiag was right
  --write         put the table into docs/accuracy.md`;

const PAGE = `${REPOSITORY}docs/accuracy.md`;
const [BEGIN, END] = ['<!-- scoreboard -->', '<!-- /scoreboard -->'];
const MOST_AT_ONCE = 16;
const MOST_REPEATS = 100;

/** Resolves with the exit status: 1 where anything was not right. Throws, with words for the user, where it cannot begin. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      repeat: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      hand: { type: 'boolean', default: false },
      json: { type: 'string' },
      from: { type: 'string' },
      program: { type: 'string', default: PROGRAM },
      write: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (values.from !== undefined) return conclude(JSON.parse(readFileSync(values.from, 'utf8')) as Told, values.write, args);
  if (!existsSync(join(dirname(values.program), '../program')))
    throw new Error(`${values.program} is not built: run \`npm run build\` in its folder`);
  const cases = readCases(values.only ?? []);
  if (cases.length === 0) throw new Error(`no case is called ${values.only?.join(', ')}`);
  const repeat = values.repeat === undefined ? null : wholeNumber('repeat', values.repeat, MOST_REPEATS);
  const jobs = wholeNumber('jobs', values.jobs, MOST_AT_ONCE);
  const repeats = ({ kind }: NamedCase): number => repeat ?? (!values.write ? 1 : kind === 'fault' ? 2 : 3);
  const told = await inFolder(values.program, async (options) => ({
    results: await runAll(cases, repeats, jobs, options, values.verbose),
    comparison: values.hand || values.write ? await compareWithHand({ ...options, folder: `${options.folder}/hand` }) : null,
  }));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(told, null, 2)}\n`);
  return conclude(told, values.write, args);
}

interface Told {
  results: CaseResult[];
  comparison: Comparison | null;
}

/** Says how it went, and writes it down where that is wanted. Returns the exit status. */
function conclude({ results, comparison }: Told, write: boolean, args: readonly string[]): number {
  const [faults, healthy] = [results.filter(({ one }) => one.kind === 'fault'), results.filter(({ one }) => one.kind === 'healthy')];
  process.stdout.write(`${summary(faults, healthy, comparison)}\n`);
  if (write) put(results, comparison, `npm run scoreboard -- ${args.join(' ')}`);
  return results.every(({ runs }) => runs.every(isRight)) ? 0 : 1;
}

function wholeNumber(flag: string, text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new Error(`--${flag} takes a number from 1 to ${most}, not "${text}"`);
  return number;
}

/** Gives a folder for certificates and services, which is gone afterwards, also where the user interrupts: with all networks that are open. */
async function inFolder<Result>(program: string, work: (options: CaseOptions) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-scoreboard-'));
  const open = new Set<Scene>();
  const interrupted = async (): Promise<void> => {
    await Promise.allSettled([...open].map((scene) => scene.close()));
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void interrupted());
  try {
    return await work({ certificates: new Certificates(folder), program, folder, open });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(
  cases: readonly NamedCase[],
  repeats: (one: NamedCase) => number,
  jobs: number,
  options: CaseOptions,
  verbose: boolean,
): Promise<CaseResult[]> {
  const results = cases.map((one): CaseResult => ({ one, runs: [] }));
  const waiting = results.flatMap((result) => Array.from({ length: repeats(result.one) }, () => result));
  const all = waiting.length;
  let count = 0;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const number = ++count;
      const folder = `${options.folder}/run-${number}`;
      const run = await runCase(next.one, { ...options, folder });
      rmSync(folder, { recursive: true, force: true });
      next.runs.push(run);
      tell(next.one, run, `${number}/${all}`, verbose);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}

function tell(one: NamedCase, run: Run, number: string, verbose: boolean): void {
  const wall = run.wallMs === null ? '' : ` ${(run.wallMs / 1000).toFixed(1)} s`;
  process.stderr.write(`${run.outcome.padEnd(14)} ${number} ${one.name}${wall}  ${run.codes.join(' ')}\n`);
  if (!verbose && isRight(run)) return;
  process.stderr.write(`    ${one.what}\n    right is: ${expected(one)}\n${run.because.replaceAll(/^/gm, '    ')}\n`);
}

/** Replaces what stands between the markers. */
function put(results: readonly CaseResult[], comparison: Comparison | null, command: string): void {
  const whole = readFileSync(PAGE, 'utf8');
  const [from, to] = [whole.indexOf(BEGIN), whole.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/accuracy.md lacks ${BEGIN} or ${END}`);
  const made = `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}; ${machine()}.`;
  writeFileSync(PAGE, `${whole.slice(0, from + BEGIN.length)}\n${section(results, comparison)}\n${made}\n\n${whole.slice(to)}`);
}

function machine(): string {
  const processors = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${gibibytes} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}
