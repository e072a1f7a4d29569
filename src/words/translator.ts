import { isCommand } from './commands.js';
import { cutsAtJoints, insidesMasked, type JoinedBy, parenthesised, partsAtSeam, wordStarts } from './joints.js';
import type { Entries, Say } from './language.js';
import { fillingsOf, hasHoles, isQuoted, type Template, templateOf } from './template.js';

/**
 * Says texts of a report in another language. The report itself is in English, whatever the language of its reader, so that programs and stored
 * reports do not depend on it; what a text says is found again by the catalogue: whole, by a template whose holes are said in turn, or in the
 * parts from which the program joined it.
 */
export interface Translator {
  say: Say;
  /** Makes known what is a name, or somebody's own words: it is left as it is from now on. */
  keep(texts: Iterable<string>): void;
  /** English words that would be left in what is said: for tests of the catalogue. */
  leftIn(text: string): string[];
}

/** What became of a text. */
interface Said {
  text: string;
  /** English words that are left. */
  left: readonly string[];
  /** In how many pieces it was said: of two ways to say all of it, the one with fewer is the likelier. */
  pieces: number;
}

/** A template of few letters, and a cut between words, are guesses. */
const GUESSED = 3;

/** Texts within texts. Each level is shorter than the one around it; beyond, the rest is left as it is. */
const DEEPEST = 8;
/** An end at which no text of its own ends. */
const UNFINISHED = /(?:^| )(?:no|the|a|an|of|to|in|on|by|and|or|with|from|for|is|are|at|its|not)$/;
/** Templates tried for one text, those with the most letters first. */
const MOST_TRIED = 6;
/** A template with fewer letters says little about what stands in its holes: it counts where all of that is known. */
const FEW_LETTERS = 10;
/** Programs whose names begin sentences too: a command of theirs is what no template fits. */
const ALSO_ENGLISH = /^(?:route|service|date|ping|traceroute|env|cat|wicked|netdiag) /;
/** Longer texts are not tried as two: what a report joins is short. */
const MOST_WORDS_CUT = 24;
/** Looks at texts within one text: what a peer sends must not take more than moments. */
const MOST_LOOKS = 3000;
/** And within all texts of one report. A long one takes a fifth of it. */
const MOST_LOOKS_IN_ALL = 200_000;
/** Texts kept of those that were said: a report repeats itself. */
const MOST_KEPT = 20_000;

export function translatorOf(entries: Entries, joinedBy: JoinedBy): Translator {
  const whole = new Map<string, string>();
  const templates: { template: Template; words: string[] }[] = [];
  for (const [english, said] of Object.entries(entries)) {
    // Not said yet, as in a catalogue that is being written.
    if (said === '') continue;
    for (const [text, other] of [
      [english, said] as const,
      ...withAnyCommand(english, said),
      ...withoutLead(english, said),
      ...withoutStop(english, said),
    ]) {
      if (!hasHoles(text)) whole.set(text, other);
      // A word that touches a hole can be part of a longer one.
      else templates.push({ template: templateOf(text, other), words: wordsOf(text.replaceAll(/\{\d\}/g, BESIDE_HOLE)) });
    }
  }
  const byWord = indexed(templates);
  const english = englishWords(entries);
  const known = new Map<string, Said>();
  /** What was said already, in the other language: put into a line, it must not be taken for English. */
  const produced = new Set<string>();
  let looks = 0;
  let allLooks = 0;
  /** Whether something of the text in hand was given up for its depth or its cost. */
  let cutOff = false;

  const leftOf = (text: string): string[] => wordsOf(withoutQuotes(text)).filter((word) => english.has(word));
  const untouched = (text: string): Said => ({ text, left: leftOf(text), pieces: 1 });

  const look = (text: string, depth: number): Said => {
    const trimmed = text.trim();
    if (!/[A-Za-z]{2}/.test(trimmed)) return { text, left: [], pieces: 0 };
    const start = text.indexOf(trimmed);
    const said = inner(trimmed, depth);
    return { ...said, text: `${text.slice(0, start)}${said.text}${text.slice(start + trimmed.length)}` };
  };

  const inner = (text: string, depth: number): Said => {
    if (produced.has(text)) return asItIs(text);
    const exact = whole.get(text);
    if (exact !== undefined) return asItIs(exact);
    const before = known.get(text);
    if (before !== undefined) return before;
    const seamed = partsAtSeam(text);
    if (seamed !== null) {
      const said = seamed[0].map((part) => look(part, depth));
      return { text: said.map((part) => part.text).join(seamed[1]), left: said.flatMap(({ left }) => left), pieces: piecesOf(said) };
    }
    if (COLUMNS.test(insidesMasked(text))) return inColumns(text, (cell) => look(cell, depth + 1));
    // Words of one are no words of ours; many of them are names that a single word of the catalogue has too.
    if (isCommand(text) && !ALSO_ENGLISH.test(text)) return asItIs(text);
    if (depth > DEEPEST || ++looks > MOST_LOOKS || ++allLooks > MOST_LOOKS_IN_ALL) {
      cutOff = true;
      return untouched(text);
    }
    const cutOffBefore = cutOff;
    cutOff = false;
    const said = best(text, depth);
    // What was cut off here can be said whole where there is more room.
    if (!cutOff && known.size < MOST_KEPT) known.set(text, said);
    cutOff ||= cutOffBefore;
    return said;
  };

  const best = (text: string, depth: number): Said => {
    const asItStands = untouched(text);
    if (asItStands.left.length === 0 && !wordsOf(text).some((word) => byWord.has(word))) return asItStands;
    // What is put behind a text after a colon or semicolon begins with it.
    const [lead = ''] = /^[:;] /.exec(text) ?? [];
    if (lead !== '') {
      const said = look(text.slice(lead.length), depth + 1);
      return { ...said, text: `${lead}${said.text}` };
    }
    // The dearest way last: it looks at every part of a text by itself.
    const ways = [byTemplates, inParts, cutBetweenWords];
    let found: Said | null = null;
    for (const way of ways) {
      for (const candidate of way(text, depth)) if (found === null || isBetter(candidate, found)) found = candidate;
      if (found !== null && found.left.length === 0 && (way !== byTemplates || found.pieces < GUESSED)) break;
    }
    return found === null || found.left.length > asItStands.left.length ? asItStands : found;
  };

  function* inParts(text: string, depth: number): Generator<Said> {
    if (isCommand(text)) return yield asItIs(text);
    yield* inParentheses(text, depth);
    for (const [parts, joint] of cutsAtJoints(text)) {
      const said = parts.map((part) => look(part, depth + 1));
      const left = said.flatMap((part) => part.left);
      // Within a sentence: half of it in another language is worse than all of it in its own.
      if (left.length > 0 && (joint === ', ' || isWord(joint))) continue;
      yield { text: said.map((part) => part.text).join(isWord(joint) ? joinedBy[joint] : joint), left, pieces: piecesOf(said) };
    }
    if (text.length > 3 && /[.:;,]$/.test(text)) {
      const said = look(text.slice(0, -1), depth + 1);
      yield { ...said, text: `${said.text}${text.slice(-1)}` };
    }
  }

  function* cutBetweenWords(text: string, depth: number): Generator<Said> {
    const starts = wordStarts(text);
    if (starts.length > MOST_WORDS_CUT) return;
    for (const start of starts.reverse()) {
      const first = look(text.slice(0, start), depth + 1);
      if (first.left.length > 0) continue;
      const second = look(text.slice(start), depth + 1);
      // A sentence that is half in one language and half in the other is worse than one that was left.
      if (second.left.length > 0) continue;
      return yield { text: `${first.text}${second.text}`, left: [], pieces: GUESSED + piecesOf([first, second]) };
    }
  }

  function* byTemplates(text: string, depth: number): Generator<Said> {
    const fitting = [...new Set([...wordsOf(text), ALWAYS].flatMap((word) => byWord.get(word) ?? []))]
      .map((template) => ({ template, fillings: fillingsOf(template, text) }))
      .filter((entry): entry is { template: Template; fillings: string[] } => entry.fillings !== null)
      .sort((one, other) => other.template.letters - one.template.letters)
      .slice(0, MOST_TRIED);
    for (const { template, fillings } of fitting) {
      const said = fillings.map((filling, hole) => (isQuoted(template, hole) ? asItIs(filling) : look(filling, depth + 1)));
      const left = said.flatMap((filling) => filling.left);
      // Two words can stand around anything.
      const isGuess = template.letters < FEW_LETTERS;
      if (isGuess && (left.length > 0 || fillings.some((filling) => UNFINISHED.test(filling)))) continue;
      yield {
        text: template.said.map((part) => (typeof part === 'string' ? part : (said[part]?.text ?? ''))).join(''),
        left,
        pieces: (isGuess ? GUESSED : 1) + piecesOf(said),
      };
    }
  }

  function* inParentheses(text: string, depth: number): Generator<Said> {
    const parts = parenthesised(text);
    if (parts === null) return;
    const [before, within, behind] = [parts.before, parts.within, parts.behind].map((part) => look(part, depth + 1)) as [Said, Said, Said];
    const said = [before, within, behind];
    yield { text: `${before.text}(${within.text})${behind.text}`, left: said.flatMap(({ left }) => left), pieces: piecesOf(said) };
  }

  const begin = (text: string): Said => {
    looks = 0;
    return look(text, 0);
  };
  const say = (english: string): string => {
    const { text } = begin(english);
    if (text !== english && produced.size < MOST_KEPT) produced.add(text.trim());
    return text;
  };
  const keep = (texts: Iterable<string>): void => {
    for (const text of texts) if (produced.size < MOST_KEPT) produced.add(text.trim());
  };
  return { say, keep, leftIn: (text) => [...begin(text).left] };
}

/** A text that ends in a command, with a hole in its place: the command is written otherwise for root, and on another machine. */
function withAnyCommand(english: string, said: string): (readonly [string, string])[] {
  for (let at = english.indexOf(': '); at !== -1; at = english.indexOf(': ', at + 1)) {
    const command = english.slice(at + 2);
    if (!isCommand(command) || !said.endsWith(`: ${command}`)) continue;
    const prose = english.slice(0, at + 2);
    const hole = `{${prose.split(/\{\d\}/).length - 1}}`;
    return [[`${prose}${hole}`, `${said.slice(0, said.length - command.length)}${hole}`]];
  }
  return [];
}

const LEAD = /^[,;:] /;

/** What is put behind another text, without what parts the two: a text is cut there. */
function withoutLead(english: string, said: string): (readonly [string, string])[] {
  return LEAD.test(english) && LEAD.test(said) ? [[english.slice(2), said.slice(2)]] : [];
}

/** A sentence without its full stop: several of them are cut there. */
function withoutStop(english: string, said: string): (readonly [string, string])[] {
  return /[^.]\.$/.test(english) && /[^.]\.$/.test(said) ? [[english.slice(0, -1), said.slice(0, -1)]] : [];
}

/** A letter to whatever is beside it, and no part of a word. */
const BESIDE_HOLE = '\ue000';

/** For templates without a word of their own. */
const ALWAYS = '';

/** A row of a table that was set with spaces. */
const COLUMNS = / {2,}/;

/** Cell by cell, each as wide as it was where it has room. */
function inColumns(row: string, look: (cell: string) => Said): Said {
  const left: string[] = [];
  const masked = insidesMasked(row);
  const starts = [0, ...[...masked.matchAll(/(?<= {2})[^ ]/g)].map(({ index }) => index)];
  const cells = starts.map((start, index) => {
    const cell = row.slice(start, starts[index + 1]);
    const said = look(cell.trimEnd());
    left.push(...said.left);
    return index === starts.length - 1 ? said.text : `${said.text.padEnd(cell.length - 2)}  `;
  });
  return { text: cells.join(''), left, pieces: cells.length };
}

function isBetter(one: Said, other: Said): boolean {
  return one.left.length === other.left.length ? one.pieces < other.pieces : one.left.length < other.left.length;
}

function asItIs(text: string): Said {
  return { text, left: [], pieces: 1 };
}

function piecesOf(parts: readonly Said[]): number {
  return parts.reduce((count, { pieces }) => count + pieces, 0);
}

function isWord(joint: string): joint is keyof JoinedBy {
  return joint === ' and ' || joint === ' or ';
}

/** Each template under the word of its own that the fewest others have: a text that is one of it has that word. */
function indexed(templates: readonly { template: Template; words: readonly string[] }[]): Map<string, Template[]> {
  const frequency = new Map<string, number>();
  for (const { words } of templates) for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const byWord = new Map<string, Template[]>();
  for (const { template, words } of templates) {
    const [rarest] = [...words].sort((one, other) => (frequency.get(one) ?? 0) - (frequency.get(other) ?? 0));
    const others = byWord.get(rarest ?? ALWAYS);
    if (others === undefined) byWord.set(rarest ?? ALWAYS, [template]);
    else others.push(template);
  }
  return byWord;
}

/** Words that hold English sentences together, and are none in Portuguese; a name in a translation can have one. */
const FUNCTION_WORDS =
  'The the An an is are was were be on in or and of to by from with this that these those its it at under within without than not cannot does';

/** Words of the English texts that no text of the other language has: where one of them is left, something was not said. */
function englishWords(entries: Entries): Set<string> {
  const said = new Set(Object.entries(entries).flatMap(([text, other]) => (text === other ? [] : wordsOf(withoutQuotes(other)))));
  // Names are the same in both: what a text that stays as it is writes with a capital is one.
  const names = new Set(Object.entries(entries).flatMap(([text, other]) => (text === other ? wordsOf(text).filter(isCapital) : [])));
  const english = Object.keys(entries).flatMap((text) =>
    wordsOf(withoutQuotes(text)).filter((word) => !said.has(word) && !names.has(word)),
  );
  return new Set([...english, ...FUNCTION_WORDS.split(' ')]);
}

function isCapital(word: string): boolean {
  return /^[A-Z]/.test(word);
}

/** Words, but for those that are a part of a name: of `open.example.net` there are none. */
function wordsOf(text: string): string[] {
  return text.match(/(?<![\w{.\u0080-\uffff])[A-Za-z]+(?:'[a-z]+)?(?![\w}\u0080-\uffff]|\.\w)/g) ?? [];
}

/** Without what is quoted or typed, which is the same in every language. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/"[^"]*"|`[^`]*`/g, ' ');
}
