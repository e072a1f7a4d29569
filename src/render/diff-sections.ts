import type { Change, CheckDiff, DiffSide, FactDiff, MetricDiff, OneSided, ReportDiff, RouteDiff } from '../model/report-diff.js';
import { factText, hopText, METRIC_NAMES, movement, shiftText, TOPIC_NAMES } from './diff-values.js';
import { counted } from './quantities.js';

/** A comparison as plain text in sections, for every format that is read by people. Nothing is escaped yet. */
export interface DiffSection {
  title: string;
  entries: DiffEntry[];
}

export interface DiffEntry {
  /** `null`: it is said for the sake of completeness. */
  change: Change | null;
  name: string;
  /** The first says what, the others what of it. */
  lines: string[];
}

/** Beyond these the JSON has them. */
const SHOWN_ENTRIES = 60;
const SHOWN_LINES = 16;

/** What changed, the worst first; sections in which nothing did are left out. */
export function diffSections(diff: ReportDiff): DiffSection[] {
  const naming = { only: onlyTarget(diff) };
  const sections = [
    { title: 'Causes', entries: causes(diff, naming) },
    {
      title: 'Checks',
      entries: [
        ...diff.checks
          .filter(isTold)
          .sort(byChange)
          .map((check) => checkEntry(check, naming)),
        ...quietChecks(diff.checks, naming),
      ],
    },
    { title: 'Measured values', entries: measured(diff.metrics, naming) },
    { title: 'Path', entries: diff.routes.map(routeEntry) },
    { title: 'What else is different', entries: facts(diff.facts, naming) },
    { title: 'In one of them only', entries: [...oneSided('before', diff.onlyBefore, naming), ...oneSided('now', diff.onlyAfter, naming)] },
  ];
  return sections.filter(({ entries }) => entries.length > 0).map(({ title, entries }) => ({ title, entries: shortened(entries) }));
}

function shortened(entries: readonly DiffEntry[]): DiffEntry[] {
  const more = entries.length - SHOWN_ENTRIES;
  const shown = entries.slice(0, SHOWN_ENTRIES).map(({ lines, ...entry }) => ({ ...entry, lines: shortenedLines(lines) }));
  return more > 0 ? [...shown, { change: null, name: '', lines: [`and ${more} more, which the JSON has`] }] : shown;
}

function shortenedLines(lines: readonly string[]): string[] {
  const more = lines.length - SHOWN_LINES;
  return more > 0 ? [...lines.slice(0, SHOWN_LINES), `and ${more} more, which the JSON has`] : [...lines];
}

/** `2025-03-04 05:06:07 UTC on vps-2, by netdiag 0.1.0: fail, cut short` */
export function sideText({ startedAt, hostname, version, verdict, partial }: DiffSide): string {
  const time = startedAt.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
  return `${time} on ${hostname}, by netdiag ${version}: ${verdict}${partial ? ', cut short' : ''}`;
}

/** What all of it comes to, in one line. */
export function outcomeText({ outcome, counts, metrics, checks, unchangedChecks }: ReportDiff): string {
  const words = { regression: 'WORSE', improvement: 'BETTER', change: 'CHANGED', same: 'THE SAME' }[outcome];
  const moved = `${counts.worse} worse, ${counts.better} better, ${counts.changed} otherwise changed`;
  const left = `${counted(unchangedChecks, 'check')} of ${unchangedChecks + checks.length} as before`;
  const quiet = metrics.filter(({ finding }) => finding === 'noise' || finding === 'small').length;
  const untold = metrics.filter(({ finding }) => finding === 'cannot-tell').length;
  const values = `of ${counted(metrics.length, 'measured value')} ${quiet} as before within noise, ${untold} cannot be told`;
  return `${words}: ${moved}; ${left}, ${values}.`;
}

function causes({ diagnosis }: ReportDiff, naming: Naming): DiffEntry[] {
  return diagnosis.map(({ code, target, kind, summary, after }) => {
    const sure = after === null ? '' : ` (${Math.round(after.confidence * 100)} % sure)`;
    const text = { new: `New${sure}: ${summary}`, gone: `Gone: ${summary}`, kept: `As before${sure}: ${summary}` }[kind];
    const change = ({ new: 'worse', gone: 'better', kept: null } as const)[kind];
    return { change, name: named(code, target, naming), lines: [text] };
  });
}

/** New checks that are well, and well ones that are gone, are but names. */
function isTold({ kind, change, before, after }: CheckDiff): boolean {
  if (change !== 'changed' || (kind !== 'new' && kind !== 'gone')) return true;
  const status = (after ?? before)?.status;
  return status === 'warn' || status === 'fail';
}

const ORDER: Readonly<Record<Change, number>> = { worse: 0, better: 1, changed: 2 };

function byChange(a: { change: Change }, b: { change: Change }): number {
  return ORDER[a.change] - ORDER[b.change];
}

/** Where both reports are about one target, it need not be named again and again. */
interface Naming {
  only: string | null;
}

function onlyTarget({ targets }: Pick<ReportDiff, 'targets'>): string | null {
  return targets.length === 1 ? (targets[0] ?? null) : null;
}

function named(title: string, target: string | null, { only }: Naming): string {
  return target === null || target === only ? title : `${title}, ${target}`;
}

function checkEntry({ title, target, change, before, after, note }: CheckDiff, naming: Naming): DiffEntry {
  const statuses = `${before?.status ?? 'not there'} → ${after?.status ?? 'not there'}`;
  const codes = [before?.code, after?.code].filter((code) => code != null);
  const reason = codes.length === 2 && codes[0] !== codes[1] ? `, ${codes.join(' → ')}` : codes.length === 0 ? '' : `, ${codes.at(-1)}`;
  const said = (side: CheckDiff['before']) =>
    (side?.status === 'skip' ? (side.because ?? side.observed) : (side?.observed ?? side?.because)) ?? null;
  const [earlier, later] = [said(before), said(after)];
  return {
    change,
    name: named(title, target, naming),
    lines: [
      `${statuses}${reason}`,
      ...(earlier === null ? [] : [`before: ${earlier}`]),
      ...(later === null ? [] : [`now: ${later}`]),
      ...(note === null ? [] : [note]),
    ],
  };
}

function quietChecks(checks: readonly CheckDiff[], naming: Naming): DiffEntry[] {
  const quiet = checks.filter((check) => !isTold(check));
  return (['new', 'gone'] as const).flatMap((kind) => {
    const names = quiet.filter((check) => check.kind === kind).map(({ title, target }) => named(title, target, naming));
    const title = kind === 'new' ? 'new, and well or skipped' : 'no longer there';
    return names.length === 0 ? [] : [{ change: 'changed' as const, name: title, lines: names }];
  });
}

/** What got worse or better, then what cannot be told; of the rest the last line counts. */
function measured(metrics: readonly MetricDiff[], naming: Naming): DiffEntry[] {
  const entry = (diff: MetricDiff, change: Change | null, lines: string[]): DiffEntry => ({
    change,
    name: named(`${METRIC_NAMES[diff.metric]}${diff.target === null && diff.role !== null ? ` ${diff.role}` : ''}`, diff.target, naming),
    lines,
  });
  const told = metrics.flatMap((diff) => {
    const { finding, role, target, because } = diff;
    if (finding === 'cannot-tell') return [entry(diff, null, [`${movement(diff)}: cannot tell`, ...(because === null ? [] : [because])])];
    if (finding !== 'worse' && finding !== 'better') return [];
    const shift = shiftText(diff);
    const others = metrics.some((other) => other.metric === diff.metric && other.target === target && other.role !== role);
    const about = target !== null && role !== null && others ? [`of `] : [];
    return [entry(diff, finding, [movement(diff), ...(shift === null ? [] : [shift]), ...about])];
  });
  return told.sort((a, b) => (a.change === null ? 3 : ORDER[a.change]) - (b.change === null ? 3 : ORDER[b.change]));
}

function routeEntry({ target, kind, hops }: RouteDiff): DiffEntry {
  return {
    change: kind === 'changed' ? 'changed' : null,
    name: target ?? 'to an address that nobody named',
    lines: [kind === 'changed' ? 'another path' : 'the same path, as far as load balancing lets that be told', ...hops.map(hopText)],
  };
}

/** What is different of one thing, together. */
function facts(changed: readonly FactDiff[], naming: Naming): DiffEntry[] {
  const groups = new Map<string, DiffEntry>();
  for (const fact of changed) {
    const name = named(TOPIC_NAMES[fact.topic], fact.target, naming);
    const group = groups.get(name) ?? { change: 'changed', name, lines: [] };
    groups.set(name, group);
    group.lines.push(factText(fact));
  }
  return [...groups.values()];
}

function oneSided(when: 'before' | 'now', { targets, probes }: OneSided, naming: Naming): DiffEntry[] {
  return [
    ...(targets.length === 0 ? [] : [{ change: null, name: `targets only ${when}`, lines: [...targets] }]),
    ...(probes.length === 0
      ? []
      : [{ change: null, name: `measured only ${when}`, lines: probes.map(({ probe, target }) => named(probe, target, naming)) }]),
  ];
}

/** `full-report app.example.net:443`: what both reports are of. */
export function subjectText(diff: Pick<ReportDiff, 'command' | 'targets'>): string {
  const only = onlyTarget(diff);
  return only === null ? diff.command : `${diff.command} ${only}`;
}
