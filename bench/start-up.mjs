// What the start of the program costs, against the start of Node alone. The commands take turns, so that a busy moment hits all of them.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureChild, median } from './child.mjs';

const PROGRAM = fileURLToPath(new URL('../bin/run.js', import.meta.url));
/** Runs that fill the disk cache and are not counted. */
const WARM_UP_RUNS = 2;
const LIMIT_RATIO = 1.8;

/** What a command loads: V8's coverage lists every script that it compiled. Files of netdiag, and files of each library. */
async function modulesLoaded(args) {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-'));
  try {
    await measureChild(process.execPath, args, { env: { NODE_V8_COVERAGE: folder } });
    const scripts = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result);
    const counts = new Map([['netdiag', 0]]);
    for (const { url } of scripts) {
      if (!url.startsWith('file:')) continue;
      const library = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? 'netdiag';
      counts.set(library, (counts.get(library) ?? 0) + 1);
    }
    return [...counts].map(([library, count]) => `${library} ${count}`).join(', ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns {Promise<string>} a section in Markdown */
export async function benchStartUp(runs) {
  const commands = [
    { shown: 'node -e 0', args: ['-e', '0'], times: [] },
    { shown: 'netdiag --version', args: [PROGRAM, '--version'], times: [] },
    { shown: 'netdiag --help', args: [PROGRAM, '--help'], times: [] },
    // No limit of its own: what every command pays that goes through oclif, and through the libraries that it loads.
    { shown: 'netdiag explain port-closed', args: [PROGRAM, 'explain', 'port-closed'], times: [], unlimited: true },
    // Asks one closed port of this machine.
    {
      shown: 'netdiag ports 127.0.0.1',
      args: [PROGRAM, 'ports', '127.0.0.1', '-p', '1-1', '--quiet', '--fail-on', 'never'],
      times: [],
      unlimited: true,
    },
  ];
  for (let run = -WARM_UP_RUNS; run < runs; run++) {
    for (const { shown, args, times } of commands) {
      const { wallMs, status, stderr } = await measureChild(process.execPath, args);
      if (status !== 0) throw new Error(`${shown} ended with status ${status}: ${stderr}`);
      if (run >= 0) times.push(wallMs);
    }
  }
  const base = median(commands[0].times);
  const loaded = [];
  for (const { shown, args } of commands.slice(1)) loaded.push(`- \`${shown}\`: ${await modulesLoaded(args)}`);
  const rows = commands.map(({ shown, times, unlimited }) => {
    const middle = median(times);
    const against = shown === 'node -e 0' ? '1' : `${(middle / base).toFixed(2)}${unlimited ? '' : ` (at most ${LIMIT_RATIO})`}`;
    return `| \`${shown}\` | ${middle.toFixed(1)} | ${Math.min(...times).toFixed(1)} | ${against} |`;
  });
  return `### Start-up

Medians of ${runs} runs each, taken in turns after ${WARM_UP_RUNS} that do not count.

| command | median, ms | least, ms | times \`node -e 0\` |
|---|---:|---:|---:|
${rows.join('\n')}

What is above Node's own time goes into finding, reading and compiling these files, and the rest of Node that they ask for:

${loaded.join('\n')}
`;
}
