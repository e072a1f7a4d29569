/** What stands between texts and never within one. */
const SEAMS = ['\n', ' · '] as const;

/** Where the program puts one text behind another, and what texts have within them too: between sentences, in lists, before an explanation. */
const JOINTS = ['. ', '; ', ': ', ', ', ' and ', ' or ', ' - '] as const;

/** The parts of a text that has a seam, and the seam; `null`: it has none. */
export function partsAtSeam(text: string): [parts: string[], seam: string] | null {
  const outside = insidesMasked(text);
  for (const seam of SEAMS) {
    if (!outside.includes(seam)) continue;
    const ends = [...outside.matchAll(new RegExp(seam, 'g'))].map(({ index }) => index);
    const starts = [0, ...ends.map((end) => end + seam.length)];
    return [starts.map((start, index) => text.slice(start, ends[index])), seam];
  }
  return null;
}

/** The words among them, in the other language. */
export type JoinedBy = Readonly<Record<' and ' | ' or ', string>>;

/**
 * A text cut at all places of one joint, each joint that there is in turn: `[parts, joint]`. Not between quotation marks, backticks or
 * parentheses, where the words belong together.
 */
export function* cutsAtJoints(text: string): Generator<[parts: string[], joint: (typeof JOINTS)[number]]> {
  const outside = insidesMasked(text);
  for (const joint of JOINTS) {
    const parts: string[] = [];
    let from = 0;
    for (let at = outside.indexOf(joint); at !== -1; at = outside.indexOf(joint, from)) {
      parts.push(text.slice(from, at));
      from = at + joint.length;
    }
    if (parts.length > 0) yield [[...parts, text.slice(from)], joint];
  }
}

/** The text with what is between quotation marks, backticks or parentheses blotted out; as long as it was. */
export function insidesMasked(text: string): string {
  return text.replaceAll(/"[^"]*"|`[^`]*`|\([^()]*\)/g, (inside) => '\u0000'.repeat(inside.length));
}

/** A text that ends in parentheses or is between them: what is before, within and behind. `null`: it does not. */
export function parenthesised(text: string): { before: string; within: string; behind: string } | null {
  const match = /^([^()]*)\(([^()]*(?:\([^()]*\)[^()]*)*)\)([^()]*)$/.exec(text);
  if (match === null) return null;
  const [, before = '', within = '', behind = ''] = match;
  return { before, within, behind };
}

/** Places at which a text can be two: before each of its words but the first, not between quotation marks and the like. */
export function wordStarts(text: string): number[] {
  return [...insidesMasked(text).matchAll(/ (?=[^ ])/g)].map(({ index }) => index + 1).filter((start) => start > 1);
}
