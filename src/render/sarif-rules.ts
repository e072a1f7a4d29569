import { EXPLANATIONS } from '../diagnosis/explain.js';
import type { Explanation } from '../diagnosis/explanation.js';
import { kindOf } from '../diagnosis/kinds.js';
import type { Check } from '../model/report.js';
import { visibleText } from './visible.js';

interface Text {
  text: string;
}

/** A reportingDescriptor (SARIF 2.1.0 section 3.49): a code, and what `netdiag explain` says of it. */
export interface Rule {
  id: string;
  shortDescription: Text;
  fullDescription?: Text;
  help?: Text & { markdown: string };
  properties: { layer: number; tags: string[] };
}

/** The code of a check; where it names none, its kind. */
export function ruleIdOf(check: Pick<Check, 'id' | 'code'>): string {
  return check.code ?? kindOf(check);
}

/** The rules that these checks break, each once, in their order. */
export function rulesOf(checks: readonly Check[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const check of checks) {
    const id = ruleIdOf(check);
    if (!rules.has(id)) rules.set(id, ruleOf(id, check));
  }
  return [...rules.values()];
}

function ruleOf(id: string, check: Check): Rule {
  const known = EXPLANATIONS.find(({ kind, term }) => kind === 'code' && term === id);
  if (known === undefined) {
    const properties = { layer: check.layer, tags: ['network', `layer-${check.layer}`] };
    return { id, shortDescription: { text: sarifText(visibleText(check.title)) }, properties };
  }
  const layer = known.layer ?? check.layer;
  return {
    id,
    shortDescription: { text: sarifText(`${known.title}.`) },
    fullDescription: { text: sarifText(withoutMarks(known.meaning)) },
    help: { text: sarifText(withoutMarks(helpOf(known, (heading) => `${heading}:`))), markdown: sarifText(markdownOf(known)) },
    properties: { layer, tags: ['network', `layer-${layer}`] },
  };
}

function helpOf({ meaning, causes, tellApart, remedies }: Explanation, heading: (text: string) => string): string {
  const section = (title: string, items: readonly string[], numbered: boolean): string =>
    [heading(title), ...items.map((item, index) => (numbered ? `${index + 1}. ${item}` : `- ${item}`))].join('\n');
  return [
    meaning,
    section('Likely causes, the likeliest first', causes, true),
    section('How to tell them apart', tellApart, false),
    section('What to do', remedies, true),
  ].join('\n\n');
}

/** SARIF forbids HTML in Markdown: outside commands, what could begin it, a link or emphasis is escaped. */
function markdownOf(explanation: Explanation): string {
  return helpOf(explanation, (heading) => `### ${heading}\n`)
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replace(/[*<>_[\]]/g, '\\$&') : part))
    .join('`');
}

/** Plain text has no marks for commands. */
function withoutMarks(text: string): string {
  return text.replaceAll('`', '');
}

/**
 * Text for a message of SARIF, where `{0}` is a placeholder and `[text](target)` a link (sections 3.11.5 and 3.11.6): braces are doubled, as
 * the standard has it, and what would be a link is pulled apart.
 */
export function sarifText(text: string): string {
  return text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (');
}
