import { basename, dirname, resolve } from 'node:path';
import { type Mistake, mistakeError, readYaml, type YamlFile } from '../yaml-file.js';
import type { Configuration } from './configuration.js';
import { readContent } from './content.js';
import { crossCheck } from './cross-check.js';
import { mistakesOf } from './issues.js';
import { type Environment, expandVariables } from './variables.js';

/** What a file is called in complaints. */
const SUBJECT = 'config';

export interface ReadOptions {
  environment: Environment;
  /** Whether variables of the environment may go into what the file says. */
  trusted: boolean;
}

const OWN: ReadOptions = { environment: process.env, trusted: true };

export interface ReadOutcome {
  /** `null` where there is any mistake. */
  configuration: Configuration | null;
  /** All of them, in the order of the file. */
  mistakes: Mistake[];
}

/**
 * Reads a configuration: YAML, of which JSON is a part, with variables of the environment put in their places.
 *
 * @throws UsageError with the first mistake and its place
 */
export async function parseConfiguration(text: string, path: string, options: ReadOptions = OWN): Promise<Configuration> {
  const { configuration, mistakes } = await readConfigurationText(text, path, options);
  const [first, ...others] = mistakes;
  if (configuration !== null) return configuration;
  const more = others.length === 0 ? '' : ` (and ${others.length} more: netdiag config check)`;
  throw mistakeError(SUBJECT, path, { line: null, column: null, ...first, reason: `${first?.reason ?? 'it cannot be read'}${more}` });
}

/** The same with every mistake that is in it. */
export async function readConfigurationText(text: string, path: string, options: ReadOptions): Promise<ReadOutcome> {
  const { file, mistakes } = await readYaml(text, path, SUBJECT);
  if (file === null) return { configuration: null, mistakes: inOrder(mistakes) };
  const expanded = expandVariables(file.content, options.environment);
  const unset = new Set(expanded.faults.map(({ path: place }) => placeKey(place)));
  for (const { path: place, part, reason } of expanded.faults) mistakes.push(file.mistake({ path: place, part }, reason));
  if (expanded.hasSecrets && !options.trusted) {
    const reason = 'it belongs to another user and takes variables of the environment; if that is meant, name it with --config';
    mistakes.push({ line: null, column: null, reason });
  }

  const { configurationSchema, keysAt } = await import('./schema.js');
  const outcome = configurationSchema.safeParse(expanded.content);
  const subject = { file, content: expanded.content, keysAt };
  // What lacks its variable is complained of once.
  const issues = (outcome.error?.issues ?? []).filter((issue) => !unset.has(placeKey(issue.path)));
  mistakes.push(...mistakesOf(issues, subject));
  const folder = dirname(resolve(path));
  mistakes.push(...(await crossCheck({ file, content: expanded.content, folder, unset: (place) => unset.has(placeKey(place)) })));
  if (!outcome.success || mistakes.length > 0) return { configuration: null, mistakes: inOrder(mistakes) };

  const content = await readContent(outcome.data, { place: basename(path), folder, isSecret: expanded.isSecret });
  return { configuration: { path, ...content, places: placesOf(file) }, mistakes: [] };
}

function placeKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  return [...mistakes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** Where the keys of the file itself stand. */
function placesOf(file: YamlFile): Map<string, string> {
  const keys = typeof file.content === 'object' && file.content !== null ? Object.keys(file.content) : [];
  return new Map(
    keys.map((key) => {
      const { line, column } = file.mistake({ path: [key] }, '');
      return [key, `line ${line}, column ${column}`] as const;
    }),
  );
}
