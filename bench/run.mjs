// `npm run bench`: measures, and writes what it found between the markers in docs/performance.md; the words around them stay.
//   node bench/run.mjs [--runs N] [--rounds N] [--dry-run]

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchLab } from './lab.mjs';
import { benchSideBySide } from './side-by-side.mjs';
import { benchStartUp } from './start-up.mjs';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';
const LAB_RUNS = 5;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const runs = positive('runs', values.runs);
const rounds = positive('rounds', values.rounds);

function positive(name, text) {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    console.error(`--${name} takes a number from 1 to 9999, not "${text}"`);
    process.exit(2);
  }
  return Number(text);
}

function machine() {
  const processors = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${gibibytes} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

const sections = [];
for (const [label, bench] of [
  ['start-up', () => benchStartUp(runs)],
  ['lab', () => benchLab(LAB_RUNS)],
  ['side by side', () => benchSideBySide(rounds)],
]) {
  console.error(`measuring: ${label}`);
  sections.push(await bench());
}
const today = new Date().toISOString().slice(0, 10);
const result = `${BEGIN}
Made by \`npm run bench -- --runs ${runs} --rounds ${rounds}\` on ${today}; ${machine()}.

${sections.join('\n')}${END}`;

console.log(result);
if (!values['dry-run']) {
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/performance.md lacks ${BEGIN} or ${END}`);
  writeFileSync(PAGE, page.slice(0, from) + result + page.slice(to + END.length));
}
