import type { Explanation } from '../diagnosis/explanation.js';
import type { Code } from '../model/code.js';
import { LAYER_SECTIONS } from '../model/layer.js';

/** `docs/codes.md`: every code with its explanation, by layer, as Markdown. */
export function renderCodesDocument(explanations: readonly Explanation[]): string {
  const lines = [
    '# Codes',
    '',
    'What each code of a check or diagnosis means, what causes it and what to do. `netdiag explain CODE` prints the same. This file is made by `node scripts/codes-doc.mjs` from `src/diagnosis/causes/`.',
  ];
  for (const { label, name, layers } of LAYER_SECTIONS) {
    const ofLayer = explanations.filter(({ kind, layer }) => kind === 'code' && layer !== null && layers.includes(layer));
    lines.push('', `## Layer ${label}: ${name}`);
    for (const explanation of ofLayer) lines.push('', ...section(explanation));
  }
  return `${lines.join('\n')}\n`;
}

function section({
  term,
  title,
  meaning,
  causes,
  tellApart,
  remedies,
  elsewhere,
  reasoning,
  formOf = [],
  forms = [],
}: Explanation): string[] {
  const list = (name: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', `${name}:`, '', ...items.map((item) => `- ${prose(item)}`)];
  return [
    `### ${term}`,
    '',
    `**${prose(title)}.** ${prose(meaning)}`,
    '',
    'Likely causes:',
    '',
    ...causes.map((cause, index) => `${index + 1}. ${prose(cause)}`),
    '',
    'How to tell them apart:',
    '',
    ...tellApart.map((hint) => `- ${prose(hint)}`),
    '',
    'What to do:',
    '',
    ...remedies.map((remedy, index) => `${index + 1}. ${prose(remedy)}`),
    ...list(
      'On macOS, and in PowerShell',
      (elsewhere ?? []).map(({ linux, darwin, windows }) => `\`${linux}\`: \`${darwin}\`; \`${windows}\``),
    ),
    ...list(
      'What looks the same from here',
      (reasoning?.alike ?? []).map(({ code, toldBy }) => `\`${code}\`: ${toldBy}`),
    ),
    ...list('What speaks against it', reasoning?.against ?? []),
    ...list('What `full-report` looks at closer', reasoning?.toldBy ?? []),
    ...codes('A form of', formOf),
    ...codes('Particular forms', forms),
  ];
}

function codes(name: string, items: readonly Code[]): string[] {
  return items.length === 0 ? [] : ['', `${name}: ${items.map((code) => `\`${code}\``).join(', ')}.`];
}

/** Outside commands, what Markdown would take for emphasis or HTML is escaped. */
function prose(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replace(/[*<>_[\]]/g, '\\$&') : part))
    .join('`');
}
