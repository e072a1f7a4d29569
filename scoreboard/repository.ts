import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the repository, with a slash at its end: this runs from `scoreboard/` in tests and from `build/scoreboard/` otherwise. */
export const REPOSITORY: string = (() => {
  for (const above of ['../', '../../']) {
    const folder = fileURLToPath(new URL(above, import.meta.url));
    if (existsSync(`${folder}package.json`)) return folder;
  }
  throw new Error('the repository is not where it should be');
})();
