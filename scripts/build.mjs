// Compiles src/ to dist/, makes the program of it that starts quickest, and writes what must not be computed at each start: oclif's manifest, and the JSON Schema under docs/schema/.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// What runs: the same modules in a tenth as many files, since opening four hundred of them takes longer than all else at the start. dist/
// stays for tests and benches, which look at modules one by one.
const commands = readdirSync(`${root}dist/commands`).filter((file) => file.endsWith('.js'));
const entries = ['cli/main', 'cli/help', ...commands.map((file) => `commands/${file.replace(/\.js$/, '')}`)];
rmSync(`${root}program`, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry, `${root}dist/${entry}.js`])),
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith(root),
});
await bundle.write({ dir: `${root}program`, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' });
await bundle.close();

const { Plugin } = await import('@oclif/core');
const plugin = new Plugin({ root, ignoreManifest: true, type: 'core', errorOnManifestCreate: true });
await plugin.load();
writeFileSync(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest)}\n`);

const { reportJsonSchema } = await import('../dist/model/report.js');
writeFileSync(`${root}docs/schema/report-1.json`, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
