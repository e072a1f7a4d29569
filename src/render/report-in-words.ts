import type { Report } from '../model/report.js';
import type { Words } from './options.js';

/** The report with its texts in the language of who reads it. Ids, codes, numbers and what was measured stay as they are. */
export function reportInWords(report: Report, { say, keep }: Words): Report {
  keep(ownWords(report));
  const said = (text: string | null): string | null => (text === null ? null : say(text));
  const { conclusion } = report;
  const diagnosis = report.diagnosis.map((cause) => ({
    ...cause,
    summary: say(cause.summary),
    remedy: say(cause.remedy),
    alternatives: cause.alternatives.map((other) => ({ ...other, toldBy: say(other.toldBy) })),
    notLookedAt: cause.notLookedAt.map(say),
  }));
  const checks = report.checks.map((check) => ({
    ...check,
    title: say(check.title),
    observed: said(check.observed),
    expected: said(check.expected),
    remedy: said(check.remedy),
    because: said(check.because),
    ...(check.budget === undefined ? {} : { budget: { ...check.budget, source: say(check.budget.source) } }),
  }));
  // Last: it is made of the texts above.
  return {
    ...report,
    diagnosis,
    checks,
    conclusion: { ...conclusion, text: say(conclusion.text), notLookedAt: conclusion.notLookedAt.map(say) },
  };
}

/** Names of hosts and targets, and what stands in a manifest: also where it happens to be a text of ours. */
function* ownWords({ host, targets, measurements, manifest, requirements = [], checks }: Report): Generator<string> {
  yield host.hostname;
  for (const { id, host: name, name: called } of targets) {
    yield id;
    yield name;
    if (called !== undefined) yield called;
  }
  for (const { data } of measurements) yield* namesIn(data);
  if (manifest === undefined) return;
  if (manifest.title !== null) yield manifest.title;
  yield* manifest.files;
  for (const { title } of checks) yield title;
  for (const requirement of requirements) {
    if (requirement.text !== null) yield requirement.text;
    for (const { text } of requirement.cases) if (text !== null) yield text;
  }
}

/** Fields of measurements that hold names, or words of a peer. */
const NAMING: ReadonlySet<string> = new Set([
  ...[
    'name',
    'names',
    'hostname',
    'subject',
    'issuer',
    'san',
    'interface',
    'device',
    'process',
    'owner',
    'ssid',
    'domain',
    'searchDomains',
  ],
  ...['server', 'via', 'location', 'reason', 'banner', 'greeting', 'product', 'cname', 'target'],
]);

const MOST_NAMES = 5000;
const LONGEST_NAME = 500;
const DEEPEST = 12;

/** The names in what was measured, bounded: also a hostile report ends. */
function* namesIn(data: unknown): Generator<string> {
  let left = MOST_NAMES;
  const queue: { value: unknown; isName: boolean; depth: number }[] = [{ value: data, isName: false, depth: 0 }];
  for (let next = queue.pop(); next !== undefined && left > 0; next = queue.pop()) {
    const { value, isName, depth } = next;
    if (typeof value === 'string' && isName && value.length <= LONGEST_NAME) {
      left--;
      yield value;
    } else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
      for (const [key, inner] of Object.entries(value))
        queue.push({ value: inner, isName: Array.isArray(value) ? isName : NAMING.has(key), depth: depth + 1 });
    }
  }
}
