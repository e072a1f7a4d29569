import { chooseConfiguration, textOf } from './configuration/find.js';
import { UsageError } from './usage-error.js';
import { parseYaml } from './yaml-file.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * The names that a configuration gives to its targets, for shells that complete them while they are typed: a file that is not there, or whose
 * other parts are wrong, is no reason to write into that line. Nothing but the names is read; variables in the file stay as they are.
 *
 * @param named the file that was named; without one the nearest from `folder` upwards counts
 */
export async function configuredNames(named: string | undefined, folder: string | null): Promise<string[]> {
  const chosen = chooseConfiguration(named, '--config', folder);
  if (chosen === null) return [];
  try {
    const { content } = await parseYaml(textOf(chosen), chosen.path, 'config');
    const targets: unknown = typeof content === 'object' && content !== null && 'targets' in content ? content.targets : [];
    const names = Array.isArray(targets) ? targets.map(nameOf) : [];
    return [...new Set(names.filter((name) => name !== null))];
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function nameOf(target: unknown): string | null {
  const name: unknown = typeof target === 'object' && target !== null && 'name' in target ? target.name : null;
  return typeof name === 'string' && NAME.test(name) ? name : null;
}
