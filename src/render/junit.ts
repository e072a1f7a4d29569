import { LAYER_SECTIONS } from '../model/layer.js';
import type { Check, Report, VerifiedRequirement } from '../model/report.js';
import { causeDetails, checkDetails, findingLine } from './finding-text.js';
import { type Finding, faultOf, findingsOf, internalFaults, observationOf } from './findings.js';
import { byOwner } from './outcome-words.js';
import { idAndText, type Traced, tracedChecks, verifiedDetails } from './verified-text.js';
import { visibleText } from './visible.js';
import { escapeXml, xmlAttributes } from './xml.js';

const LONGEST_TITLE = 200;

/** What the cases need to know of the whole report. */
interface Context {
  report: Report;
  findings: ReadonlyMap<string, Finding>;
  /** What failed inside netdiag, by measurement. */
  faults: ReadonlyMap<string, string>;
  durations: ReadonlyMap<string, number>;
  /** Of a manifest: where each check belongs. */
  traced: ReadonlyMap<string, Traced>;
}

/** A suite before it is written. */
interface Group {
  name: string;
  /** `null`: no single one. */
  target: string | null;
  requirement: VerifiedRequirement | null;
  checks: readonly Check[];
}

/** A test case, or a whole suite of them, as it counts. */
interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

/**
 * JUnit XML, as the schema of Jenkins (`junit-10.xsd`) allows it: a suite for this machine and one for each target, a case for each check;
 * of a manifest a suite for each requirement, in which the class of a case is the id of the manifest's case. `fail` is a failure; `warn` passes, and says so in its output, since JUnit knows nothing between; `skip` is skipped with its reason. What
 * netdiag itself could not do is an error, and not the network's.
 */
export function renderJunit(report: Report): string {
  const context: Context = {
    report,
    findings: new Map(findingsOf(report).map((finding) => [finding.check.id, finding])),
    faults: internalFaults(report),
    durations: new Map(report.measurements.map(({ id, durationMs }) => [id, durationMs])),
    traced: new Map(tracedChecks(report).map((traced) => [traced.check.id, traced])),
  };
  const groups = report.requirements === undefined ? groupsByOwner(report) : groupsByRequirement(report, context);
  // Readers take a file without any suite for a broken one.
  const suites = groups.length > 0 ? groups : [ownerGroup(report.targets[0]?.id ?? null, [])];
  const orphans = faultsWithoutCheck(context);
  const written = suites.map((group, index) => suite(group, index, index === 0 ? orphans : [], context));
  const { tests, failures, errors } = sum(written.map(({ counts }) => counts));
  const attributes = { name: `netdiag ${report.command}`, time: seconds(report.durationMs), tests, failures, errors };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes(attributes)}>`,
    ...written.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Written {
  lines: string[];
  counts: Counts;
}

function groupsByOwner(report: Report): Group[] {
  return byOwner(report, report.checks).map(({ owner, items }) => ownerGroup(owner, items));
}

function ownerGroup(target: string | null, checks: readonly Check[]): Group {
  return { name: target === null ? 'This machine' : visibleText(target), target, requirement: null, checks };
}

/** What belongs to no requirement must not get lost: of a report that somebody made by hand. */
function groupsByRequirement(report: Report, { traced }: Context): Group[] {
  const groups = (report.requirements ?? []).map((requirement): Group => {
    const ids = new Set(requirement.cases.flatMap(({ checks }) => checks.map(({ id }) => id)));
    const checks = report.checks.filter((check) => ids.has(check.id) && traced.get(check.id)?.requirement === requirement);
    return { name: visibleText(idAndText(requirement), LONGEST_TITLE), target: null, requirement, checks };
  });
  const others = report.checks.filter(({ id }) => !traced.has(id));
  return others.length === 0 ? groups : [...groups, ...groupsByOwner({ ...report, checks: others })];
}

function suite(group: Group, index: number, orphans: readonly Written[], context: Context): Written {
  const { target, checks } = group;
  const { report } = context;
  const cases = [...checks.map((check) => testCase(check, context)), ...orphans];
  const counts = sum(cases.map((one) => one.counts));
  const attributes = {
    name: group.name,
    ...counts,
    // Without a zone, as readers of this format expect it: in UTC.
    timestamp: report.startedAt.slice(0, 19),
    hostname: visibleText(report.host.hostname),
    id: index,
  };
  const lines = [
    `  <testsuite${xmlAttributes(attributes)}>`,
    '    <properties>',
    ...[...requirementProperties(group), ...propertiesOf(target, report)].map(
      ([name, value]) => `      <property${xmlAttributes({ name, value: visibleText(value) })}/>`,
    ),
    '    </properties>',
    ...cases.flatMap((one) => one.lines),
    '  </testsuite>',
  ];
  return { lines, counts };
}

function requirementProperties({ requirement }: Group): [string, string][] {
  if (requirement === null) return [];
  const { id, status, text } = requirement;
  return [
    ['netdiag.requirement', id],
    ['netdiag.requirement.status', status],
    ...(text === null ? [] : ([['netdiag.requirement.text', text]] satisfies [string, string][])),
  ];
}

function propertiesOf(id: string | null, report: Report): [string, string][] {
  const { tool, command, policy, verdict, partial, host, diagnosis } = report;
  const target = report.targets.find((candidate) => candidate.id === id);
  return [
    ['netdiag.version', tool.version],
    ['netdiag.command', command],
    ['netdiag.policy', policy],
    ['netdiag.verdict', verdict],
    ['netdiag.partial', String(partial)],
    ['netdiag.targets', report.targets.map((candidate) => candidate.id).join(' ')],
    ...(id === null ? [] : ([['netdiag.target', id]] satisfies [string, string][])),
    ...(target?.name === undefined ? [] : ([['netdiag.target.name', target.name]] satisfies [string, string][])),
    ...Object.entries(target?.labels ?? {}).map(([name, value]): [string, string] => [`netdiag.target.label.${visibleText(name)}`, value]),
    ...diagnosis.map(({ code, summary }, index): [string, string] => [`netdiag.cause.${index + 1}`, `${code}: ${summary}`]),
    ['host.platform', host.system ?? host.platform],
    ['host.release', host.release],
    ['host.arch', host.arch],
  ];
}

function testCase(check: Check, context: Context): Written {
  const attributes = {
    // Together with the class it has to be the case's own, so that the id is not what is cut.
    name: `${visibleText(check.title, LONGEST_TITLE)} (${visibleText(check.id)})`,
    // Readers take what stands behind the last full stop for the class, and the rest for its package: neither can be a target's name.
    classname: classOf(check, context),
    time: timeOf(check, context),
  };
  const { element, kind } = outcome(check, context);
  const lines = element.length === 0 ? [] : element.map((line) => `      ${line}`);
  return {
    lines: [`    <testcase${xmlAttributes(attributes)}>`, ...lines, '    </testcase>'],
    counts: { tests: 1, failures: Number(kind === 'failure'), errors: Number(kind === 'error'), skipped: Number(kind === 'skipped') },
  };
}

function classOf(check: Check, { traced }: Context): string {
  const own = traced.get(check.id);
  if (own !== undefined) return visibleText(own.case.id);
  return `netdiag.${LAYER_SECTIONS.find(({ layers }) => layers.includes(check.layer))?.name ?? ''}`;
}

function outcome(
  check: Check,
  { findings, faults, traced }: Context,
): { kind: 'passed' | 'failure' | 'error' | 'skipped'; element: string[] } {
  const fault = faultOf(check, faults);
  if (fault !== null) return { kind: 'error', element: [`<error${xmlAttributes({ message: visibleText(fault), type: 'internal' })}/>`] };
  const finding = findings.get(check.id);
  // A cause of the check's own name says nothing that the check does not say.
  const cause = finding?.cause && (finding.cause.form ?? finding.cause.code) !== check.code ? causeDetails(finding.cause) : [];
  const own = traced.get(check.id);
  const details = [...checkDetails(check), ...(own === undefined ? [] : verifiedDetails(own.verified)), ...cause];
  switch (check.status) {
    case 'pass':
      return { kind: 'passed', element: withText('system-out', {}, details) };
    case 'warn':
      return { kind: 'passed', element: withText('system-out', {}, [`Warning: ${check.code ?? check.id}`, ...details]) };
    case 'fail': {
      const attributes = { message: findingLine(check), type: check.code ?? 'fail' };
      return { kind: 'failure', element: withText('failure', attributes, details) };
    }
    case 'skip': {
      // Jenkins shows the attribute, GitLab the text.
      const message = visibleText(observationOf(check));
      return { kind: 'skipped', element: withText('skipped', { message }, [message]) };
    }
  }
}

function withText(name: string, attributes: Record<string, string>, lines: readonly string[]): string[] {
  const text = lines.map((line) => escapeXml(withoutMarks(line))).join('\n');
  return [`<${name}${xmlAttributes(attributes)}>${text}</${name}>`];
}

/** `[[ATTACHMENT|/path]]` in an output makes Jenkins and GitLab take a file along: a peer must not be able to ask for one. */
function withoutMarks(line: string): string {
  return line.replace(/\[(?=\[)/g, '[ ');
}

/** How long the slowest of the measurements took on which the check rests. They run side by side, so that cases do not add up. */
function timeOf(check: Check, { durations }: Context): string | null {
  const times = check.measurements.flatMap((id) => durations.get(id) ?? []);
  return times.length === 0 ? null : seconds(Math.max(...times));
}

/** Faults that no check tells of: they must not get lost. */
function faultsWithoutCheck({ report, faults }: Context): Written[] {
  const cited = new Set(report.checks.filter((check) => faultOf(check, faults) !== null).flatMap(({ measurements }) => measurements));
  return report.measurements.flatMap(({ id, probe, target, durationMs }) => {
    const message = faults.get(id);
    if (message === undefined || cited.has(id)) return [];
    const name = visibleText(`${probe} (${[id, target].filter((part) => part !== null).join(' of ')})`);
    const attributes = { name, classname: 'netdiag.Internal', time: seconds(durationMs) };
    const lines = [
      `    <testcase${xmlAttributes(attributes)}>`,
      `      <error${xmlAttributes({ message: visibleText(message), type: 'internal' })}/>`,
      '    </testcase>',
    ];
    return [{ lines, counts: { tests: 1, failures: 0, errors: 1, skipped: 0 } }];
  });
}

function sum(counts: readonly Counts[]): Counts {
  const total: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const { tests, failures, errors, skipped } of counts) {
    total.tests += tests;
    total.failures += failures;
    total.errors += errors;
    total.skipped += skipped;
  }
  return total;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
