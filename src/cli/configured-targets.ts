import type { Target } from '../model/target.js';
import { localInterfaces } from '../net/machine/local-interfaces.js';
import { type Configuration, findConfiguration, readConfiguration } from './config.js';
import { internetReferences } from './references.js';
import { distinctTargets, readTarget } from './targets.js';

/**
 * What `full-report` looks at: the targets that were named (by the name that the configuration gives them, too), otherwise those of the
 * configuration, otherwise the references on the internet. With `--lab` and nothing named: none, the lab brings its own.
 */
export function reportTargets(argv: readonly unknown[], lab: boolean, configuration: Configuration | null): Target[] {
  const configured = configuration?.targets ?? [];
  if (argv.length > 0) {
    return distinctTargets(
      argv.map((argument) => configured.find((entry) => entry.name === argument)?.target ?? readTarget(String(argument))),
    );
  }
  if (lab) return [];
  return distinctTargets(
    configured.length > 0 ? configured.map((entry) => entry.target) : internetReferences(globalFamilies()).map((text) => readTarget(text)),
  );
}

/** The file that was named, otherwise the nearest one from `folder` upwards, otherwise `null`. */
export async function loadConfiguration(named: string | undefined, folder: string | null): Promise<Configuration | null> {
  const path = named ?? (folder === null ? null : findConfiguration(folder));
  return path === null ? null : readConfiguration(path);
}

/** `null` where it was deleted under the program. */
export function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/** IP families of which this machine has an address that is good beyond the link. */
function globalFamilies(): Set<4 | 6> {
  const entries = Object.values(localInterfaces() ?? {}).flatMap((list) => list ?? []);
  const beyondLink = entries.filter(({ internal, address }) => !internal && !/^(169\.254\.|fe[89ab])/i.test(address));
  return new Set(beyondLink.map(({ family }) => (family === 'IPv4' ? 4 : 6)));
}
