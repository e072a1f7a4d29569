// Compiles src/ to dist/, makes the program of it that starts quickest, and writes what must not be computed at each start: oclif's manifest, the
// JSON Schemas under docs/schema/, and the manual pages under man/.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { writeVocabulary } from './vocabulary.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
writeVocabulary(`${root}src`);
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// What runs: the same modules in a tenth as many files, since opening four hundred of them takes longer than all else at the start. dist/
// stays for tests and benches, which look at modules one by one.
const commands = readdirSync(`${root}dist/commands`, { recursive: true }).filter((file) => file.endsWith('.js'));
const entries = ['cli/main', 'cli/help', ...commands.map((file) => `commands/${file.replace(/\.js$/, '').replaceAll('\\', '/')}`)];
rmSync(`${root}program`, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry, `${root}dist/${entry}.js`])),
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith(root),
});
await bundle.write({
  dir: `${root}program`,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // They are in the sources; here they would only be loaded, and are a good part of what is installed.
  comments: false,
});
await bundle.close();

const { Plugin } = await import('@oclif/core');
const plugin = new Plugin({ root, ignoreManifest: true, type: 'core', errorOnManifestCreate: true });
await plugin.load();
const { manifest } = plugin;
// What shells offer for values: oclif copies the properties that it knows, and no others.
for (const [id, command] of Object.entries(manifest.commands)) {
  const { flags, baseFlags } = await plugin.findCommand(id, { must: true });
  for (const [name, { offer }] of Object.entries({ ...baseFlags, ...flags })) if (offer !== undefined) command.flags[name].offer = offer;
}
writeFileSync(`${root}oclif.manifest.json`, `${JSON.stringify(manifest)}\n`);

// The day of the release, so that a build of the same sources gives the same pages; before there is one, today.
const [, released] = /^## \[\d[^\]]*\] - (\d{4}-\d{2}-\d{2})/m.exec(readFileSync(`${root}CHANGELOG.md`, 'utf8')) ?? [];
const { manualPages } = await import('../dist/cli/manual/pages.js');
rmSync(`${root}man`, { recursive: true, force: true });
mkdirSync(`${root}man`);
for (const { file, text } of manualPages(JSON.parse(JSON.stringify(manifest)), released ?? new Date().toISOString().slice(0, 10))) {
  writeFileSync(`${root}man/${file}`, text);
}

const { reportJsonSchema } = await import('../dist/model/report.js');
const { configurationJsonSchema } = await import('../dist/cli/configuration/schema.js');
const { manifestJsonSchema } = await import('../dist/cli/verify/schema.js');
writeFileSync(`${root}docs/schema/requirements-1.json`, `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
writeFileSync(`${root}docs/schema/config-1.json`, `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
writeFileSync(`${root}docs/schema/report-1.json`, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
