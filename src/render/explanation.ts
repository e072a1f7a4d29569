import { Chalk } from 'chalk';
import type { Meaning } from '../diagnosis/explain.js';
import type { Explanation, ExplanationKind } from '../diagnosis/explanation.js';
import { LAYER_SECTIONS, type Layer } from '../model/layer.js';
import type { Say } from '../words/index.js';
import { toAscii } from './escape.js';
import type { RenderOptions } from './options.js';
import { type Palette, paletteFor } from './paint.js';

/** Prose in longer lines is hard to read. */
const WIDEST = 100;

interface Style {
  width: number;
  say: Say;
  palette: Palette;
  /** `null` without colour: then commands keep their backticks. */
  command: ((text: string) => string) | null;
}

function styleOf({ width, color, words }: RenderOptions): Style {
  return {
    say: words?.say ?? ((text) => text),
    width: Math.min(width, WIDEST),
    palette: paletteFor(color),
    command: color === 0 ? null : new Chalk({ level: color }).cyan,
  };
}

/**
 * One explanation as a page for people. Commands, which stand between backticks, are coloured in their place where there is colour.
 *
 * @param others what else was asked for in the same words
 */
export function renderExplanation(explanation: Explanation, options: RenderOptions, others: readonly Meaning[] = []): string {
  const style = styleOf(options);
  const { heading, faint } = style.palette;
  const { say } = style;
  const { term, title, meaning, causes, tellApart, remedies, related, reasoning } = explanation;
  const listed = (items: readonly string[]): string[] => items.flatMap((item) => paragraph(item, ' - ', style));
  const section = (name: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', heading(say(name)), ...listed(items)];
  const numbered = (items: readonly string[]): string[] => items.flatMap((item, index) => paragraph(item, ` ${index + 1}. `, style));

  const lines = [
    ...wrapped(say(title), `${term}  `, style.width).map((line) => heading(line)),
    ...wrapped(say(placeOf(explanation)), '', style.width).map((line) => faint(line)),
    '',
    ...paragraph(meaning, '', style),
    '',
    heading(say('Likely causes, the likeliest first')),
    ...numbered(causes),
    '',
    heading(say('How to tell them apart')),
    ...listed(tellApart),
    '',
    heading(say('What to do')),
    ...numbered(remedies),
    ...section(
      'On macOS, and in PowerShell',
      (explanation.elsewhere ?? []).map(({ linux, darwin, windows }) => `\`${linux}\`: \`${darwin}\`; \`${windows}\``),
    ),
    ...section(
      'What looks the same from here',
      (reasoning?.alike ?? []).map(({ code, toldBy }) => `${code}: ${toldBy}`),
    ),
    ...section('What speaks against it', reasoning?.against ?? []),
    ...section('What full-report looks at closer', reasoning?.toldBy ?? []),
  ];
  const symptoms = reasoning?.explains ?? [];
  if (symptoms.length > 0)
    lines.push('', ...wrapped(symptoms.map((symptom) => say(inWords(symptom))).join(', '), `${say('Explains')}: `, style.width));
  const { formOf = [], forms = [] } = explanation;
  if (formOf.length > 0) lines.push('', ...wrapped(formOf.join(', '), `${say('A form of')}: `, style.width));
  if (forms.length > 0) lines.push('', ...wrapped(forms.join(', '), `${say('Particular forms')}: `, style.width));
  const besides = others.map(({ ask, explanation: other }) => `${ask} (${say(other.title)})`).join(', ');
  if (besides !== '') lines.push('', ...wrapped(besides, `${say('Also')}: `, style.width));
  if (related.length > 0) lines.push('', ...wrapped(related.join(', '), `${say('See also')}: `, style.width));
  return finish(lines, options);
}

/** A pattern of all is no word for people. */
function inWords(symptom: string): string {
  return symptom === '*' ? 'whatever fails that needs it' : symptom;
}

/** What a number means to each of those who use it, and how to ask for one of them. */
export function renderMeanings(asked: string, meanings: readonly Meaning[], options: RenderOptions): string {
  const { width, palette, say } = styleOf(options);
  const longest = Math.max(0, ...meanings.map(({ ask }) => ask.length));
  const lines = [
    ...wrapped(say(`${asked} means several things. Ask for the one that is meant:`), '', width).map((line) => palette.heading(line)),
    '',
    ...meanings.flatMap(({ ask, explanation }) =>
      wrapped(`${say(explanation.title)} (${say(placeOf(explanation))})`, `  ${ask.padEnd(longest)}  `, width),
    ),
  ];
  return finish(lines, options);
}

/** All that can be explained: codes by layer with their titles, then the names of errors. */
export function renderExplanationList(explanations: readonly Explanation[], options: RenderOptions): string {
  const { width, palette, say } = styleOf(options);
  const section = (title: string, entries: readonly Explanation[]): string[] => {
    const longest = Math.max(0, ...entries.map(({ term }) => term.length));
    const beside = longest + MINIMUM_TITLE_WIDTH <= width;
    const rows = entries.flatMap(({ term, title }) => {
      const meaning = say(title);
      return beside
        ? wrapped(meaning, `  ${term.padEnd(longest)}  `, width)
        : [...wrapped(term, '  ', width), ...wrapped(meaning, '    ', width)];
    });
    return [palette.heading(say(title)), ...rows, ''];
  };
  const ofLayers = (layers: readonly Layer[]) =>
    explanations.filter(({ kind, layer }) => kind === 'code' && layer !== null && layers.includes(layer));
  const ofKind = (kind: ExplanationKind) => explanations.filter((explanation) => explanation.kind === kind);
  const lines = [
    ...LAYER_SECTIONS.flatMap(({ label, name, layers }) => section(`Layer ${label}, ${name}`, ofLayers(layers))),
    ...section('Errors of the operating system', ofKind('errno')),
    ...section('Response codes of the DNS', ofKind('rcode')),
    ...section('Extended errors of the DNS', ofKind('extended-error')),
    ...section('TLS alerts', ofKind('alert')),
    ...section('Statuses of HTTP', ofKind('http')),
    ...section('Messages of ICMP', ofKind('icmp')),
    ...section('Messages of ICMPv6', ofKind('icmpv6')),
    ...section('Error codes that profiles bring', ofKind('profile')),
    ...wrapped(
      say('netdiag explain CODE says what it means, what causes it and what to do; netdiag explain profiles lists the profiles.'),
      '',
      width,
    ),
  ];
  return finish(lines, options);
}

/** Below this many columns for titles beside the terms, they go on lines of their own. */
const MINIMUM_TITLE_WIDTH = 30;

const KINDS: Readonly<Record<Explanation['kind'], string | null>> = {
  code: null,
  errno: 'error of the operating system',
  rcode: 'response code of the DNS',
  'extended-error': 'extended error of the DNS',
  alert: 'alert of TLS',
  http: 'status of HTTP',
  icmp: 'message of ICMP',
  icmpv6: 'message of ICMPv6',
  profile: 'error code of the profile',
};

/** `layer 3, Network`; for names of errors what kind of name it is, too, and its numbers by system. */
function placeOf({ kind, layer, numbers, profile }: Explanation): string {
  const kindName = KINDS[kind];
  const name = kindName === null ? [] : [profile === undefined ? kindName : `${kindName} ${profile}`];
  const number = numbers.length === 0 ? [] : [numbers.map(numberText).join(', ')];
  return [...name, ...number, ...(layer === null ? [] : [`layer ${layer}, ${layerName(layer)}`])].join('; ');
}

function numberText({ number, where }: Explanation['numbers'][number]): string {
  return where === null ? `${number}` : `${number} on ${where}`;
}

function layerName(layer: Layer): string {
  return LAYER_SECTIONS.find(({ layers }) => layers.includes(layer))?.name ?? '';
}

function finish(lines: readonly string[], { unicode }: RenderOptions): string {
  const text = `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
  // Escape sequences of colours are kept: only what is beyond ASCII is replaced.
  return unicode ? text : text.replace(/[^\0-\x7f]+/gu, toAscii);
}

/** Words, but a command between backticks is one word as long as a line can hold it: broken, it could not be pasted. */
function words(text: string, room: number): string[] {
  const whole = text.match(/(?:`[^`]*`|[^\s`])+/g) ?? [];
  return whole.flatMap((word) => (word.length <= room ? [word] : word.split(' ').flatMap((part) => pieces(part, room))));
}

function pieces(word: string, room: number): string[] {
  const length = Math.max(1, room);
  return Array.from({ length: Math.ceil(word.length / length) }, (_, index) => word.slice(index * length, (index + 1) * length));
}

/** Breaks a text at spaces into lines of at most `width`; all but the first are indented by the length of `lead`. */
function wrapped(text: string, lead: string, width: number): string[] {
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of words(text, width - lead.length)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** The same, with commands coloured. One that had to be broken goes on in its colour on the next line. */
function paragraph(text: string, lead: string, style: Style): string[] {
  const lines = wrapped(style.say(text), lead, style.width);
  if (style.command === null) return lines;
  let inside = false;
  const paint = style.command;
  return lines.map((line) =>
    line
      .split('`')
      .map((part, index) => {
        if (index > 0) inside = !inside;
        return inside && part !== '' ? paint(part) : part;
      })
      .join(''),
  );
}
