import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readTextFile } from '../text-file.js';
import type { Configuration } from './configuration.js';
import type { Environment } from './variables.js';

const FILE_NAMES = ['netdiag.yaml', 'netdiag.yml', 'netdiag.json'];
const MAXIMUM_FOLDERS = 64;

/** In place of the name of a file: none is to be read. */
export const NO_FILE = 'none';

/** A file, and whether somebody named it. */
export interface ChosenFile {
  path: string;
  /** `--config`, or the variable that names it; `null`: it was found. */
  by: string | null;
}

/** The nearest `netdiag.yaml`, `.yml` or `.json` in `folder` or above it; `null` where there is none. */
export function findConfiguration(folder: string): string | null {
  let current = resolve(folder);
  for (let depth = 0; depth < MAXIMUM_FOLDERS; depth++) {
    const found = FILE_NAMES.map((name) => join(current, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    const parent = dirname(current);
    if (parent === current) return null;
    current = parent;
  }
  return null;
}

/**
 * The file that was named, otherwise the nearest one from the working folder upwards, otherwise `null`.
 *
 * @param by who named it: `--config`, `NETDIAG_CONFIG`
 */
export function chooseConfiguration(named: string | undefined, by: string, folder: string | null): ChosenFile | null {
  if (named === NO_FILE) return null;
  if (named !== undefined) return { path: named, by };
  const path = folder === null ? null : findConfiguration(folder);
  return path === null ? null : { path, by: null };
}

/** @throws UsageError that names the file, and line and column where they are known */
export async function loadConfiguration(chosen: ChosenFile, environment: Environment = process.env): Promise<Configuration> {
  const { parseConfiguration } = await import('./read.js');
  return parseConfiguration(textOf(chosen), chosen.path, { environment, trusted: isTrusted(chosen) });
}

/** @throws UsageError where it cannot be read */
export function textOf({ path, by }: ChosenFile): string {
  return readTextFile(by ?? 'config', path);
}

/**
 * Whether a file may have variables of the environment, and send them where it says: one that was named may, and one that was only found
 * where it is of this user, of root, or of whoever called sudo. Anybody can put one into `/tmp`.
 */
export function isTrusted({ path, by }: ChosenFile, environment: Environment = process.env): boolean {
  const user = process.getuid?.();
  if (by !== null || user === undefined) return true;
  const owner = statSync(path, { throwIfNoEntry: false })?.uid;
  const caller = user === 0 ? Number(environment['SUDO_UID'] ?? 0) : user;
  return owner === user || owner === 0 || owner === caller;
}

/** `null` where it was deleted under the program. */
export function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
