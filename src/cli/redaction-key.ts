import { createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { quotedValue } from './quoted-value.js';
import { readFileBytes } from './text-file.js';
import { UsageError } from './usage-error.js';
import { errorCode } from './writable-file.js';

/** Fewer could be tried out. */
const SHORTEST_KEY = 16;
const LONGEST_KEPT_KEY = 4096;
const VARIABLE = 'NETDIAG_REDACT_KEY';

export interface RedactionKey {
  key: Uint8Array;
  /** For people, where pseudonyms are not what they may expect. */
  remark: string | null;
}

/**
 * The key of the pseudonyms: that of `--redact-key FILE`, else that in `NETDIAG_REDACT_KEY`, else one that is made at random once and kept in
 * this user's state folder. Where none can be kept there it is good for this run alone, and the remark says so. No error shows anything of a key.
 *
 * @param path of `--redact-key`
 * @throws UsageError
 */
export function readRedactionKey(path: string | undefined, { env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>): RedactionKey {
  if (path !== undefined) {
    const bytes = withoutLineEnd(readFileBytes('--redact-key', path));
    if (bytes.length < SHORTEST_KEY)
      throw new UsageError(`--redact-key ${quotedValue(path)}: its key is shorter than ${SHORTEST_KEY} bytes`);
    return { key: derived(bytes), remark: null };
  }
  const given = env[VARIABLE];
  if (given !== undefined && given !== '') {
    if (isFile(given)) throw new UsageError(`${VARIABLE}: it is to hold the key itself, and names a file; --redact-key takes that`);
    const bytes = withoutLineEnd(Buffer.from(given, 'utf8'));
    if (bytes.length < SHORTEST_KEY) throw new UsageError(`${VARIABLE}: its key is shorter than ${SHORTEST_KEY} bytes`);
    return { key: derived(bytes), remark: null };
  }
  const folder = stateFolder({ env, platform });
  const kept = folder === null ? 'there is no folder of its own for this user' : keptKey(folder);
  if (typeof kept !== 'string') return { key: derived(kept), remark: null };
  return {
    key: randomBytes(32),
    remark: `the pseudonyms are good for this report alone, since no key could be kept (${kept}); --redact-key names one`,
  };
}

/**
 * Where programs keep what is of this machine and user: `$XDG_STATE_HOME` or `~/.local/state` (XDG Base Directory Specification 0.8),
 * `~/Library/Application Support`, `%LOCALAPPDATA%`. `null`: there is none, or it is somebody else's, as under `sudo` with the home kept.
 */
function stateFolder({ env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>): string | null {
  if (platform === 'win32') return absolute(env['LOCALAPPDATA']);
  const home = absolute(env['HOME']);
  const named = platform === 'darwin' ? null : absolute(env['XDG_STATE_HOME']);
  if (named !== null) return named;
  if (home === null || !isOwn(home)) return null;
  return platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.local', 'state');
}

function absolute(path: string | undefined): string | null {
  return path !== undefined && isAbsolute(path) ? path : null;
}

function isOwn(folder: string): boolean {
  try {
    const uid = process.geteuid?.();
    return uid === undefined || statSync(folder).uid === uid;
  } catch {
    return false;
  }
}

/** The key that is kept, made where there is none; a string: why there is none. */
function keptKey(state: string): Uint8Array | string {
  const folder = join(state, 'netdiag');
  const path = join(folder, 'redact-key');
  try {
    const known = readKept(path);
    if (known !== null) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = join(folder, `.redact-key-${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      writeFileSync(made, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
      putInPlace(made, path);
    } finally {
      rmSync(made, { force: true });
    }
    return readKept(path) ?? 'it vanished again';
  } catch (error) {
    return errorCode(error) || 'it is not a key';
  }
}

/** Whole or not at all, and never over that of another run. */
function putInPlace(made: string, path: string): void {
  try {
    linkSync(made, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    // Not every file system has links.
    renameSync(made, path);
  }
}

/** `null`: there is no such file. */
function readKept(path: string): Uint8Array | null {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return null;
  const bytes = facts.isFile() && facts.size <= LONGEST_KEPT_KEY ? withoutLineEnd(readFileSync(path)) : Buffer.alloc(0);
  if (bytes.length < SHORTEST_KEY) throw new Error('it is not a key');
  return bytes;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

/** Editors and `echo` end a file with one. */
function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end--;
  return bytes.subarray(0, end);
}

/** So that what is kept or given is no use for anything else. */
function derived(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update('netdiag redact 1\0').update(bytes).digest();
}
