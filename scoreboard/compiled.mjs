// Bundles the scoreboard's programs to build/scoreboard/, unless that has been done since anything in them last changed.

import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = `${ROOT}build/scoreboard`;
const ENTRIES = { main: 'scoreboard/main.ts', serve: 'scoreboard/services/serve.ts' };
const SOURCES = ['scoreboard', 'scoreboard/networks', 'scoreboard/services', 'test/netns', 'test/fakes'];

/** @param {'main' | 'serve'} name @returns {Promise<string>} path of the program */
export async function compiled(name) {
  const changed = SOURCES.flatMap((folder) => readdirSync(`${ROOT}${folder}`).map((file) => `${ROOT}${folder}/${file}`))
    .filter((file) => /\.m?ts$|\.mjs$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => modifiedAt(file));
  const made = Object.keys(ENTRIES).map((entry) => modifiedAt(`${OUTPUT}/${entry}.js`));
  if (Math.min(...made) <= Math.max(...changed)) await compile();
  return `${OUTPUT}/${name}.js`;
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function compile() {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, `${ROOT}${file}`])),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith(ROOT),
  });
  await bundle.write({ dir: OUTPUT, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
  await bundle.close();
}
