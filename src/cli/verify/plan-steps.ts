import { resolve } from 'node:path';
import type { Config } from '@oclif/core/interfaces';
import { NO_FILE, workingFolder } from '../configuration/find.js';
import { VARIABLES } from '../configuration/setting-kinds.js';
import { MeasuringCommand, type MeasuringPlan } from '../measuring-command.js';
import { nearest } from '../nearest.js';
import { quotedValue } from '../quoted-value.js';
import { UsageError } from '../usage-error.js';
import type { Step } from './read.js';

/** A step that was checked, and can be run. */
export interface PlannedStep {
  plan: MeasuringPlan;
  fault: Step['fault'];
}

/** Flags of the whole that hold for each step that does not say otherwise, as a command line has them. */
export interface InheritedFlags {
  config: string | undefined;
  profile: string | undefined;
  timeout: string | undefined;
}

/** The command that runs a manifest: in a step there is none. */
const VERIFY = 'verify';

/**
 * Reads the command line of each step as its command does, without measuring anything. Names of files start in the folder of the manifest.
 *
 * @param wanted numbers of the steps
 * @throws UsageError with file, line and column of the first command line that is wrong
 */
export async function planSteps(
  steps: readonly Step[],
  wanted: Iterable<number>,
  config: Config,
  inherited: InheritedFlags,
): Promise<Map<number, PlannedStep>> {
  const planned = new Map<number, PlannedStep>();
  const here = workingFolder() ?? '/';
  // A name in the environment is from here too, and not from the folder of a step.
  const file = inherited.config ?? (process.env[VARIABLES.config] || undefined);
  const flags = { ...inherited, config: file === undefined || file === NO_FILE ? file : resolve(here, file) };
  for (const number of [...new Set(wanted)].sort((a, b) => a - b)) {
    const step = steps[number];
    if (step === undefined) continue;
    if (step.lacking !== null) throw step.lacking;
    const plan = await inFolder(step, here, () => planOf(step, config, flags));
    planned.set(number, { plan, fault: step.fault });
  }
  return planned;
}

async function planOf({ words, fault }: Step, config: Config, inherited: InheritedFlags): Promise<MeasuringPlan> {
  const [name = '', ...argv] = words;
  const command = config.findCommand(name);
  if (name === VERIFY) throw fault('a manifest takes in another one by include, and not as a step');
  if (command === undefined) throw fault(unknownCommand(name, config));
  const loaded: unknown = await command.load();
  if (!isMeasuring(loaded)) throw fault(`${name} measures nothing; a step is one of ${measuringNames(config).join(', ')}`);
  try {
    return await new loaded([...inheritedBy(argv, inherited), ...argv], config).plan();
  } catch (error) {
    if (error instanceof UsageError) throw fault(`${name}: ${error.problem}`);
    throw error;
  }
}

type MeasuringClass = new (argv: string[], config: Config) => MeasuringCommand;

function isMeasuring(loaded: unknown): loaded is MeasuringClass {
  return typeof loaded === 'function' && loaded.prototype instanceof MeasuringCommand;
}

function unknownCommand(name: string, config: Config): string {
  const names = measuringNames(config);
  const near = nearest(name, names);
  return `${quotedValue(name)}: no such command; ${near === null ? `a step is one of ${names.join(', ')}` : `did you mean ${near}?`}`;
}

/** Commands that end in a report have the flag that holds one against an earlier one. */
function measuringNames({ commands }: Config): string[] {
  return commands.filter(({ id, flags }) => id !== VERIFY && Object.hasOwn(flags, 'baseline')).map(({ id }) => id);
}

/** Those that the command line does not have itself. */
function inheritedBy(argv: readonly string[], inherited: InheritedFlags): string[] {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  return Object.entries(inherited).flatMap(([name, value]: [string, string | undefined]) => {
    const flag = `--${name}`;
    const isGiven = own.some((argument) => argument === flag || argument.startsWith(`${flag}=`));
    return value === undefined || isGiven ? [] : [flag, value];
  });
}

/** The folder is that of the whole process: nothing else goes on meanwhile. */
async function inFolder<T>({ folder, fault }: Step, here: string, work: () => Promise<T>): Promise<T> {
  if (folder === here) return work();
  try {
    process.chdir(folder);
  } catch {
    throw fault(`the folder ${quotedValue(folder)} cannot be entered`);
  }
  try {
    return await work();
  } finally {
    process.chdir(here);
  }
}
