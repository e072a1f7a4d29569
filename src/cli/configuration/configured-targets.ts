import type { Target } from '../../model/target.js';
import { localInterfaces } from '../../net/machine/local-interfaces.js';
import { internetReferences } from '../references.js';
import { distinctTargets, readTarget } from '../targets.js';
import type { Configuration } from './configuration.js';

/**
 * What `full-report` looks at: the targets that were named, otherwise those of the configuration, otherwise the references on the internet.
 * With `--lab` and nothing named: none, the lab brings its own.
 */
export function reportTargets(argv: readonly unknown[], lab: boolean, configuration: Configuration | null): Target[] {
  if (argv.length > 0) return distinctTargets(argv.map((argument) => readTarget(String(argument))));
  if (lab) return [];
  const configured = configuration?.targets ?? [];
  return distinctTargets(
    // Read anew, since an address can name an interface that this machine does not have.
    configured.length > 0
      ? configured.map(({ text }) => readTarget(text))
      : internetReferences(globalFamilies()).map((text) => readTarget(text)),
  );
}

/** IP families of which this machine has an address that is good beyond the link. */
function globalFamilies(): Set<4 | 6> {
  const entries = Object.values(localInterfaces() ?? {}).flatMap((list) => list ?? []);
  const beyondLink = entries.filter(({ internal, address }) => !internal && !/^(169\.254\.|fe[89ab])/i.test(address));
  return new Set(beyondLink.map(({ family }) => (family === 'IPv4' ? 4 : 6)));
}
