import { readFileSync } from 'node:fs';
import type { Offer } from './offer.js';

/** `oclif.manifest.json`, as far as the program reads it itself. */
export interface Manifest {
  version: string;
  commands: Readonly<Record<string, ManifestCommand>>;
}

export interface ManifestCommand {
  /** `tls`; `config:check` is what users type as `config check`. */
  id: string;
  summary?: string;
  description?: string;
  hidden?: boolean;
  examples?: readonly string[];
  flags?: Readonly<Record<string, ManifestFlag>>;
  args?: Readonly<Record<string, ManifestArgument>>;
}

export interface ManifestFlag {
  name: string;
  char?: string;
  type: 'boolean' | 'option';
  summary?: string;
  hidden?: boolean;
  /** `--no-NAME` is there too. */
  allowNo?: boolean;
  /** It may be repeated. */
  multiple?: boolean;
  /** Variable of the environment that says it where the flag does not. */
  env?: string;
  /** Placeholder of the value: `<file>`. */
  helpValue?: string;
  helpGroup?: string;
  /** Added by the build to what oclif writes. */
  offer?: Offer;
}

export interface ManifestArgument {
  name: string;
  description?: string;
  hidden?: boolean;
  multiple?: boolean;
  required?: boolean;
}

/** Flags that every command with a report has: wherever flags are listed, they stand behind its own. */
export const SHARED_FLAGS: readonly string[] = ['timeout', 'profile', 'config'];

/** Folder of the package. */
export const PACKAGE_ROOT = new URL('../../', import.meta.url);

export function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8')) as { version: string }).version;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('oclif.manifest.json', PACKAGE_ROOT), 'utf8')) as Manifest;
}
