import { kindOf } from '../diagnosis/kinds.js';
import type { Report } from '../model/report.js';
import { escapeJson } from './escape.js';
import { causeDetails, checkDetails } from './finding-text.js';
import { type Finding, findingsOf } from './findings.js';
import { fingerprintOf } from './fingerprint.js';
import { visibleText } from './visible.js';

/** What GitLab reads of a violation (Code Quality, a part of the Code Climate format). */
interface Violation {
  type: 'issue';
  engine_name: 'netdiag';
  check_name: string;
  description: string;
  severity: 'minor' | 'major' | 'critical';
  fingerprint: string;
  location: { path: string; lines: { begin: number } };
}

/**
 * The Code Quality report of GitLab: one entry for each check that warned or failed. The format asks for a path and a line. What was looked at
 * stands there, a target or this machine, and no name of a file: no line of the repository is to blame.
 */
export function renderGitlab(report: Report): string {
  const root = report.diagnosis[0] ?? null;
  const violations = findingsOf(report).map((finding): Violation => {
    const { check } = finding;
    return {
      type: 'issue',
      engine_name: 'netdiag',
      check_name: check.code ?? kindOf(check),
      description: descriptionOf(finding),
      severity: finding.status === 'warn' ? 'minor' : root !== null && finding.cause === root ? 'critical' : 'major',
      fingerprint: fingerprintOf(check),
      location: { path: visibleText(check.target ?? report.host.hostname), lines: { begin: 1 } },
    };
  });
  return `${escapeJson(JSON.stringify(violations, null, 2))}\n`;
}

function descriptionOf({ check, cause }: Finding): string {
  const explained = cause !== null && (cause.form ?? cause.code) !== check.code ? causeDetails(cause) : [];
  return [...checkDetails(check), ...explained].join(' · ');
}
