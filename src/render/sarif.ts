import type { Check, Report } from '../model/report.js';
import { escapeJson } from './escape.js';
import { causeDetails, checkDetails } from './finding-text.js';
import { type Finding, findingsOf, internalFaults } from './findings.js';
import { fingerprintOf } from './fingerprint.js';
import { type Rule, ruleIdOf, rulesOf, sarifText } from './sarif-rules.js';
import { visibleText } from './visible.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS = { fail: 'error', warn: 'warning' } as const;

/**
 * SARIF 2.1.0 (OASIS): a result for each check that warned or failed, and a rule with its explanation for each code among them. Places are
 * logical ones, a target or this machine: nothing that is wrong in a network stands in a line of a file, and none is made up.
 */
export function renderSarif(report: Report): string {
  const findings = findingsOf(report);
  const rules = rulesOf(findings.map(({ check }) => check));
  const places = placesOf(report, findings);
  const { tool, command, diagnosis, conclusion, host, policy, targets, verdict, partial, schemaVersion } = report;
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            shortDescription: { text: 'Network diagnostics: what is broken, in which layer, and what to do about it.' },
            rules,
          },
        },
        // The trailing slash says that this is the name of a kind of run, and not of this one.
        automationDetails: { id: `netdiag/${command}/` },
        invocations: [invocationOf(report)],
        logicalLocations: places,
        results: findings.map((finding) => resultOf(finding, rules, places, report)),
        properties: { schemaVersion, command, policy, verdict, partial, host, targets, conclusion, diagnosis },
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

function resultOf(finding: Finding, rules: readonly Rule[], places: readonly Place[], report: Report): object {
  const { check, status } = finding;
  const ruleId = ruleIdOf(check);
  const place = placeOf(check, report);
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    kind: 'fail',
    level: LEVELS[status],
    message: { text: sarifText(messageOf(finding)) },
    locations: [
      { logicalLocations: [{ ...place, index: places.findIndex((known) => known.fullyQualifiedName === place.fullyQualifiedName) }] },
    ],
    fingerprints: { 'netdiag/check/v1': fingerprintOf(check) },
    ...(finding.cause === null ? {} : { rank: Math.round(finding.cause.confidence * 1000) / 10 }),
    properties: propertiesOf(check),
  };
}

/** The first sentence says what was found, for readers that show no more. */
function messageOf({ check, cause }: Finding): string {
  const explained = cause !== null && (cause.form ?? cause.code) !== check.code ? causeDetails(cause) : [];
  const [first = '', ...rest] = checkDetails(check);
  return [/[.!?]$/.test(first) ? first : `${first}.`, ...rest, ...explained].join('\n');
}

function propertiesOf(check: Check): object {
  const { id, layer, title, target, observed, expected, remedy, because, measurements, basis, when, budget } = check;
  return { check: id, layer, title, target, observed, expected, remedy, because, measurements, basis, when, budget };
}

interface Place {
  name: string;
  fullyQualifiedName: string;
  kind: 'resource';
}

function placeOf({ target }: Pick<Check, 'target'>, { host }: Report): Place {
  const name = visibleText(target ?? host.hostname);
  return { name, fullyQualifiedName: target === null ? `machine/${name}` : `target/${name}`, kind: 'resource' };
}

function placesOf(report: Report, findings: readonly Finding[]): Place[] {
  const places = findings.map(({ check }) => placeOf(check, report));
  return [...new Map(places.map((place) => [place.fullyQualifiedName, place])).values()];
}

/** How the run went: whether netdiag could do its work, which is another question than whether the network is well. */
function invocationOf(report: Report): object {
  const faults = internalFaults(report);
  const ended = new Date(Date.parse(report.startedAt) + report.durationMs);
  const notifications = [
    ...[...faults].map(([id, message]) => ({
      level: 'error',
      message: { text: sarifText(`Internal error in ${id}: ${visibleText(message)}`) },
    })),
    ...(report.partial ? [{ level: 'warning', message: { text: 'Interrupted: this is what was measured by then.' } }] : []),
    ...report.conclusion.notLookedAt.map((gap) => ({ level: 'note', message: { text: sarifText(`Not looked at: ${visibleText(gap)}`) } })),
  ];
  return {
    executionSuccessful: !report.partial && faults.size === 0,
    startTimeUtc: report.startedAt,
    ...(Number.isNaN(ended.getTime()) ? {} : { endTimeUtc: ended.toISOString() }),
    machine: visibleText(report.host.hostname),
    toolExecutionNotifications: notifications,
  };
}
