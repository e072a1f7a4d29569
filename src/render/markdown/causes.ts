import { LAYER_SECTIONS } from '../../model/layer.js';
import type { Check, Diagnosis, Report } from '../../model/report.js';
import { codeText, isNamedBy } from '../findings.js';
import { remedyParts } from '../remedy-parts.js';
import { fenced } from './escape.js';
import { code, inline } from './opaque.js';

const CAUSES_SHOWN = 8;
const LISTED = 6;

/** Each cause as a block of its own: how sure, because of what, against what, what looks the same, and what to do. */
export function causeBlocks(report: Report): string[] {
  const { diagnosis, checks } = report;
  if (diagnosis.length === 0) return [];
  const byId = new Map(checks.map((check) => [check.id, check]));
  const more = diagnosis.length - CAUSES_SHOWN;
  return [
    diagnosis.length === 1 ? '## Cause' : '## Causes, the likeliest root first',
    ...diagnosis.slice(0, CAUSES_SHOWN).map((cause, index) => causeBlock(cause, index, byId, report)),
    ...(more > 0 ? [`${more} more causes are in the JSON report.`] : []),
  ];
}

function causeBlock(cause: Diagnosis, index: number, checks: ReadonlyMap<string, Check>, report: Report): string {
  const { layer, target, confidence, summary, alternatives, notLookedAt, when } = cause;
  const name = LAYER_SECTIONS.find(({ layers }) => layers.includes(layer))?.name ?? '';
  const found = (ids: readonly string[]) => ids.flatMap((id) => checks.get(id) ?? []);
  const told = (check: Check) => inline(`${check.title}: ${check.observed ?? check.because ?? check.status}`);
  const ruledOut = [...new Set(found(cause.ruledOut).map(({ title }) => title))];
  const lines = [
    ...listed('Because', found(cause.evidence).map(told)),
    ...listed('Against it', found(cause.against).map(told)),
    ...(ruledOut.length === 0 ? [] : [`- Ruled out: ${inline(ruledOut.slice(0, 12).join(', '))}`]),
    ...listed(
      'Looks the same',
      alternatives.map((other) => `${code(other.code)}; what would tell: ${inline(other.toldBy)}`),
    ),
    ...listed(
      'Not looked at',
      notLookedAt.map((gap) => inline(gap)),
    ),
    ...listed(
      'When',
      (when ?? []).map(({ from, to }) =>
        to === null ? `from ${inline(from)} on, and still at the end` : `from ${inline(from)} to ${inline(to)}`,
      ),
    ),
  ];
  return [
    `### ${index + 1}. ${code(codeText(cause))}: ${Math.round(confidence * 100)} % sure`,
    // The first one stands above already.
    ...(index === 0 ? [] : [inline(summary)]),
    `Layer ${layer}, ${name}; ${target === null ? 'this machine' : code(target)}.`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...whatToDo(cause.remedy, report),
  ].join('\n\n');
}

function listed(name: string, items: readonly string[]): string[] {
  const more = items.length - LISTED;
  return [...items.slice(0, LISTED).map((item) => `- ${name}: ${item}`), ...(more > 0 ? [`- ${name}: and ${more} more`] : [])];
}

function whatToDo(remedy: string, report: Report): string[] {
  const { prose, command } = remedyParts(remedy);
  return [`**What to do:** ${prose === null ? '' : inline(prose)}`.trimEnd(), ...(command === null ? [] : [commandBlock(command, report)])];
}

function commandBlock(command: string, { host }: Report): string {
  return fenced([command], host.platform === 'win32' ? 'powershell' : 'sh');
}

/** What to do about checks that no cause speaks of. */
export function remedyBlocks(report: Report, checks: readonly Check[]): string[] {
  return checks.flatMap((check) => {
    const { title, remedy } = check;
    if (remedy === null || report.diagnosis.some((cause) => isNamedBy(check, cause))) return [];
    const { prose, command } = remedyParts(remedy);
    const text = `**What to do about** ${inline(title)}: ${prose === null ? '' : inline(prose)}`.trimEnd();
    return [[text, ...(command === null ? [] : [commandBlock(command, report)])].join('\n\n')];
  });
}
