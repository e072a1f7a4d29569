// For those who have no vitest to run TypeScript for them (the benches and `npm run netns`): compiles the networks to build/networks/, where
// paths relative to the repository are the same, unless that has been done since they last changed. Types are checked by `npm test`.

import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCES = new URL('.', import.meta.url);
const OUTPUT = new URL('../../build/networks/', import.meta.url);
const COMPILER = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const ENTRIES = ['network', 'chain', 'by-hand'];
const OPTIONS = ['--noCheck', '--ignoreConfig', '--target', 'es2023', '--module', 'nodenext', '--rootDir', '.', '--types', 'node'];

/** @param {'network' | 'chain' | 'by-hand'} name @returns {string} to be imported */
export function compiled(name) {
  const changed = readdirSync(SOURCES)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => statSync(new URL(file, SOURCES)).mtimeMs);
  if (ENTRIES.some((entry) => modifiedAt(new URL(`${entry}.js`, OUTPUT)) <= Math.max(...changed))) compile();
  return new URL(`${name}.js`, OUTPUT).href;
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function compile() {
  const files = ENTRIES.map((entry) => `${entry}.ts`);
  const { status, stdout, error } = spawnSync(process.execPath, [COMPILER, ...OPTIONS, '--outDir', fileURLToPath(OUTPUT), ...files], {
    cwd: fileURLToPath(SOURCES),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`test/netns does not compile: ${error?.message ?? stdout}`);
}
