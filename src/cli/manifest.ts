import { readFileSync } from 'node:fs';

/** What the program needs of `oclif.manifest.json` before oclif is loaded. */
export interface Manifest {
  version: string;
  commands: Readonly<Record<string, { id: string; summary?: string; hidden?: boolean }>>;
}

/** Folder of the package. */
export const PACKAGE_ROOT = new URL('../../', import.meta.url);

export function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8')) as { version: string }).version;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('oclif.manifest.json', PACKAGE_ROOT), 'utf8')) as Manifest;
}
