// `npm run bench`: measures, and writes what it found between the markers of two pages, docs/performance.md and docs/accuracy.md; the words
// around them stay.
//   node bench/run.mjs [--runs N] [--rounds N] [--only SECTION]… [--dry-run]
// With --only, the other sections stay as they are.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchBadCertificates } from './handshakes/bad-certificates.mjs';
import { benchEnumeration } from './handshakes/enumerate.mjs';
import { benchLab } from './lab.mjs';
import { benchAudit } from './machine/audit.mjs';
import { benchClock } from './machine/clock-section.mjs';
import { benchComparison } from './names/compare.mjs';
import { benchDnssec } from './names/dnssec.mjs';
import { benchManyNames } from './names/many-names.mjs';
import { benchLossIntervals } from './packets/loss-intervals.mjs';
import { benchLossPlaces } from './packets/loss-places.mjs';
import { benchManyTargets } from './packets/many-targets.mjs';
import { benchPathMtu } from './packets/path-mtu.mjs';
import { benchPortScans } from './packets/port-scans.mjs';
import { benchRoundTrips } from './packets/round-trips.mjs';
import { benchTraces } from './packets/traces.mjs';
import { benchSideBySide } from './side-by-side.mjs';
import { benchStartUp } from './start-up.mjs';

const LAB_RUNS = 5;
const PLACED_RUNS = 100;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean', default: false },
  },
});
const runs = positive('runs', values.runs);
const rounds = positive('rounds', values.rounds);

/** By page: each section stands between markers of its own name. */
const PAGES = {
  'performance.md': {
    'start-up': () => benchStartUp(runs),
    lab: () => benchLab(LAB_RUNS),
    'side-by-side': () => benchSideBySide(rounds),
    'many-targets': () => benchManyTargets(),
    'port-scans': () => benchPortScans(rounds),
    traces: () => benchTraces(rounds),
    enumeration: () => benchEnumeration(rounds),
    'many-names': () => benchManyNames(),
    'compare-resolvers': () => benchComparison(rounds),
    audit: () => benchAudit(rounds),
  },
  'accuracy.md': {
    'round-trips': () => benchRoundTrips(rounds),
    'loss-intervals': () => benchLossIntervals(),
    'loss-places': () => benchLossPlaces(PLACED_RUNS),
    'path-mtu': () => benchPathMtu(),
    dnssec: () => benchDnssec(),
    'bad-certificates': () => benchBadCertificates(),
    clock: () => benchClock(),
  },
};

const names = Object.values(PAGES).flatMap((sections) => Object.keys(sections));
for (const name of values.only ?? []) if (!names.includes(name)) refuse(`--only ${name}: there are ${names.join(', ')}`);

function positive(name, text) {
  if (!/^[1-9]\d{0,3}$/.test(text)) refuse(`--${name} takes a number from 1 to 9999, not "${text}"`);
  return Number(text);
}

function refuse(complaint) {
  console.error(complaint);
  process.exit(2);
}

function machine() {
  const processors = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${gibibytes} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** Replaces what stands between the markers of a section. */
function put(page, name, text) {
  const path = fileURLToPath(new URL(`../docs/${page}`, import.meta.url));
  const whole = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = whole.indexOf(begin);
  const to = whole.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/${page} lacks ${begin} or ${end}`);
  writeFileSync(path, `${whole.slice(0, from + begin.length)}\n${text}\n${whole.slice(to)}`);
}

const today = new Date().toISOString().slice(0, 10);
for (const [page, sections] of Object.entries(PAGES)) {
  for (const [name, bench] of Object.entries(sections)) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    console.error(`measuring: ${name}`);
    const made = `Made by \`npm run bench -- --only ${name} --runs ${runs} --rounds ${rounds}\` on ${today}; ${machine()}.`;
    const text = `${await bench()}\n${made}\n`;
    console.log(text);
    if (!values['dry-run']) put(page, name, text);
  }
}
