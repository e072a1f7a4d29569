import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Format } from '../render/index.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';
import { errorCode, openForWriting } from './writable-file.js';

export interface OutputFile {
  path: string;
  format: Format;
}

const FORMAT_BY_ENDING: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.txt': 'table',
  '.xml': 'junit',
  '.sarif': 'sarif',
  '.tap': 'tap',
  '.prom': 'prometheus',
  '.csv': 'csv',
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  // Code Quality is JSON, and so its ending has to say more.
  '.gitlab.json': 'gitlab',
};

/** Checks what `--output` names before anything is sent: a run of minutes must not end in "no such folder". */
export function readOutputFiles(paths: readonly string[]): OutputFile[] {
  const seen = new Set<string>();
  return paths.map((path) => {
    const refuse = (reason: string): never => {
      throw new UsageError(`--output ${quotedValue(path)}: ${reason}`);
    };
    const format = FORMAT_BY_ENDING[endingOf(path)];
    if (format === undefined) return refuse(`must end in ${Object.keys(FORMAT_BY_ENDING).join(', ')}`);
    const real = writableFile(path, refuse);
    if (seen.has(real)) return refuse('the same file is named twice');
    seen.add(real);
    return { path: real, format };
  });
}

/**
 * Refuses what `--output` names where it is a file that was read, by whatever name: it would be gone.
 *
 * @param what what those files are, behind "it is"
 */
export function refuseInputs(paths: readonly string[], inputs: readonly string[], what: string): void {
  const read = inputs.flatMap((path) => identityOf(path) ?? []);
  for (const path of paths) {
    const identity = identityOf(path);
    if (identity !== null && read.includes(identity)) throw new UsageError(`--output ${quotedValue(path)}: it is ${what}`);
  }
}

/** The same for all names of a file, links among them; `null`: there is none. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

/**
 * Writes the file whole or not at all: beside its place, then moved there. What exists keeps its mode and owner. In place where the folder
 * takes no new file.
 *
 * @param mode of the file, whether it exists or not; absent: what exists keeps its own, and others have the usual one
 * @throws Error of the file system, where the disk is full or the folder went away meanwhile.
 */
export function writeOutputFile(file: Pick<OutputFile, 'path'>, content: string | Uint8Array, mode?: number): void {
  const existing = statSync(file.path, { throwIfNoEntry: false });
  // A file with further names would be torn away from them.
  if (existing !== undefined && existing.nlink > 1) {
    writeInPlace(file.path, content, mode);
    return;
  }
  const temporary = join(dirname(file.path), `.netdiag-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  // Not in the background: an interrupt can then leave no half of a file.
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: mode ?? (existing === undefined ? 0o666 : 0o600) });
    if (existing !== undefined) takeOver(temporary, { ...existing, mode: mode ?? existing.mode });
    renameSync(temporary, file.path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(errorCode(error))) throw error;
    writeInPlace(file.path, content, mode);
  }
}

function writeInPlace(path: string, content: string | Uint8Array, mode: number | undefined): void {
  // Before there is anything in it that others may not read.
  if (mode !== undefined && existsSync(path)) chmodSync(path, mode);
  writeFileSync(path, content, mode === undefined ? {} : { mode });
}

/** `.json` of `a.json`; of several that fit the longest, as `.gitlab.json`. */
function endingOf(path: string): string {
  const name = basename(path).toLowerCase();
  const long = Object.keys(FORMAT_BY_ENDING).find((ending) => ending.lastIndexOf('.') > 0 && name.endsWith(ending) && name !== ending);
  return long ?? extname(name);
}

function takeOver(path: string, { uid, gid, mode }: Pick<Stats, 'uid' | 'gid' | 'mode'>): void {
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) chownSync(path, uid, gid);
  chmodSync(path, mode & 0o7777);
}

/** The real path of a file that can be written, whether it exists or not; `refuse` is called with the reason where it cannot. */
export function writableFile(path: string, refuse: (reason: string) => never): string {
  let absolute: string;
  try {
    absolute = resolve(path);
  } catch {
    return refuse('the working folder does not exist any more');
  }
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
  if (existing === undefined && lstatSync(place, { throwIfNoEntry: false }) !== undefined) {
    return refuse('it is a link to a file that does not exist');
  }
  try {
    openForWriting(place, existing !== undefined);
    return existing === undefined ? place : realpathSync(place);
  } catch (error) {
    return refuse(existing === undefined && errorCode(error) === 'ENOENT' ? 'no file can be made there' : `it ${reasonOf(error)}`);
  }
}

function rethrow(error: Error): never {
  throw error;
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'cannot be written to';
  return `cannot be used (${code || String(error)})`;
}
