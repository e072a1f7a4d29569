import type { Check, Report } from '../model/report.js';
import { countByStatus } from './check-counts.js';
import { escapeJson } from './escape.js';
import { faultOf, internalFaults, observationOf } from './findings.js';
import { visibleText } from './visible.js';

/**
 * TAP version 14: a test point for each check, with what it found as YAML. `fail` is `not ok`, and `skip` an `ok` with the directive SKIP.
 * `warn` is `not ok` with the directive TODO: readers show it and count it as no failure, as the exit status does. An interrupted run bails out.
 */
export function renderTap(report: Report): string {
  const faults = internalFaults(report);
  const { checks, diagnosis, partial, verdict, tool, command, targets, startedAt } = report;
  const counts = countByStatus(checks);
  return [
    'TAP version 14',
    checks.length === 0 ? '1..0 # SKIP nothing was judged' : `1..${checks.length}`,
    comment(`netdiag ${tool.version}, ${[command, ...targets.map(({ id }) => id)].join(' ')}, ${startedAt}`),
    ...diagnosis.map(({ code, summary, confidence }) => comment(`cause: ${code}, ${Math.round(confidence * 100)} % sure: ${summary}`)),
    ...checks.flatMap((check, index) => [
      testPoint(check, index + 1, faultOf(check, faults)),
      ...diagnostics(check, faultOf(check, faults)),
    ]),
    comment(`verdict: ${verdict}, ${counts.fail} failed, ${counts.warn} warned, ${counts.pass} passed, ${counts.skip} skipped`),
    ...(partial ? ['Bail out! interrupted: this is what was measured by then'] : []),
    '',
  ].join('\n');
}

function testPoint(check: Check, number: number, fault: string | null): string {
  const point = `${number} - ${inLine(`${check.title} (${check.id})`)}`;
  if (fault !== null) return `not ok ${point}`;
  switch (check.status) {
    case 'pass':
      return `ok ${point}`;
    case 'warn':
      return `not ok ${point} # TODO warning: ${inLine(observationOf(check))}`;
    case 'fail':
      return `not ok ${point}`;
    case 'skip':
      return `ok ${point} # SKIP ${inLine(observationOf(check))}`;
  }
}

/** Between `---` and `...`, each value as JSON, which is YAML too and can break out of no line. */
function diagnostics(check: Check, fault: string | null): string[] {
  const { id, layer, target, status, code, observed, expected, because, remedy, measurements, basis, when, budget } = check;
  const facts: Record<string, unknown> = {
    ...(status === 'fail' || status === 'warn' ? { message: observationOf(check), severity: status } : {}),
    ...(fault === null ? {} : { message: fault, severity: 'error' }),
    ...{ id, layer, target, status, code, observed, expected, because, remedy, measurements, basis, when, budget },
  };
  const lines = Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`  ${name}: ${yamlValue(value)}`],
  );
  return ['  ---', ...lines, '  ...'];
}

/** JSON with what YAML forbids escaped too: two code points that are no characters (YAML 1.2.2 section 5.1). */
function yamlValue(value: unknown): string {
  return escapeJson(JSON.stringify(value)).replaceAll('\ufffe', '\\ufffe').replaceAll('\uffff', '\\uffff');
}

/** What stands in a line of TAP: `#` would begin a directive. */
function inLine(text: string): string {
  return visibleText(text).replace(/[\\#]/g, '\\$&');
}

function comment(text: string): string {
  return `# ${visibleText(text)}`;
}
