// Compiles src/ to dist/ and writes what must not be computed at each start: oclif's manifest, and the JSON Schema under docs/schema/.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const { Plugin } = await import('@oclif/core');
const plugin = new Plugin({ root, ignoreManifest: true, type: 'core', errorOnManifestCreate: true });
await plugin.load();
writeFileSync(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest)}\n`);

const { reportJsonSchema } = await import('../dist/model/report.js');
writeFileSync(`${root}docs/schema/report-1.json`, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
