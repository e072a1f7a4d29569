import { accessSync, constants, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Format } from '../render/index.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

export interface OutputFile {
  path: string;
  format: Format;
}

const FORMAT_BY_ENDING: Readonly<Record<string, Format>> = { '.json': 'json', '.ndjson': 'ndjson', '.txt': 'table' };

/** Checks what `--output` names before anything is sent: a run of minutes must not end in "no such folder". */
export function readOutputFiles(paths: readonly string[]): OutputFile[] {
  const seen = new Set<string>();
  return paths.map((path) => {
    const refuse = (reason: string): never => {
      throw new UsageError(`--output ${quotedValue(path)}: ${reason}`);
    };
    const format = FORMAT_BY_ENDING[extname(path).toLowerCase()];
    if (format === undefined) return refuse(`must end in ${Object.keys(FORMAT_BY_ENDING).join(', ')}`);
    const real = writablePlace(path, refuse);
    if (seen.has(real)) return refuse('the same file is named twice');
    seen.add(real);
    return { path: real, format };
  });
}

/** @throws Error of the file system, where the disk is full or the folder went away meanwhile. */
export function writeOutputFile(file: OutputFile, text: string): void {
  // Not in the background: an interrupt can then leave no half of a file.
  writeFileSync(file.path, text);
}

function writablePlace(path: string, refuse: (reason: string) => never): string {
  const absolute = resolve(path);
  const folder = dirname(absolute);
  let place: string;
  try {
    if (!statSync(folder).isDirectory()) return refuse(`${quotedValue(folder)} is not a folder`);
    place = join(realpathSync(folder), basename(absolute));
  } catch (error) {
    return error instanceof UsageError ? rethrow(error) : refuse(`the folder ${quotedValue(folder)} ${reasonOf(error)}`);
  }
  const existing = statSync(place, { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isFile()) return refuse(existing.isDirectory() ? 'it is a folder' : 'it is not an ordinary file');
  try {
    accessSync(existing === undefined ? dirname(place) : place, constants.W_OK);
    return existing === undefined ? place : realpathSync(place);
  } catch (error) {
    return refuse(`it ${reasonOf(error)}`);
  }
}

function rethrow(error: Error): never {
  throw error;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'cannot be written to';
  return `cannot be used (${code || String(error)})`;
}
