import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isTrusted, workingFolder } from '../configuration/find.js';
import { quotedValue } from '../quoted-value.js';
import { UsageError } from '../usage-error.js';

export const MANIFEST_NAMES = ['netdiag.requirements.yaml', 'netdiag.requirements.yml', 'netdiag.requirements.json'];
const MAXIMUM_FOLDERS = 64;

/**
 * The manifest that was named, otherwise the nearest one from the working folder upwards. One that was only found must be of this user, of root, or of
 * whoever called sudo: it says what is sent where, with which variables and files of this machine, and anybody can put one into `/tmp`.
 *
 * @throws UsageError where there is none, or where it is somebody else's
 */
export function chooseManifest(named: string | undefined): string {
  if (named !== undefined) return named;
  const folder = workingFolder();
  const found = folder === null ? null : nearestManifest(folder);
  if (found === null) throw new UsageError(`verify: there is no ${MANIFEST_NAMES.join(', ')} here or above; name a MANIFEST`);
  if (!isTrusted({ path: found, by: null }))
    throw new UsageError(`manifest ${quotedValue(found)}: it belongs to another user; if it is meant, name it`);
  return found;
}

function nearestManifest(folder: string): string | null {
  let current = resolve(folder);
  for (let depth = 0; depth < MAXIMUM_FOLDERS; depth++) {
    const found = MANIFEST_NAMES.map((name) => join(current, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    const parent = dirname(current);
    if (parent === current) return null;
    current = parent;
  }
  return null;
}
