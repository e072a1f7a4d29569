import type { Change, ReportDiff } from '../model/report-diff.js';
import { diffSections, outcomeText, sideText, subjectText } from './diff-sections.js';
import { bold, code, inline } from './markdown/escape.js';
import { documentInWords } from './markdown/in-words.js';
import { Room } from './markdown/room.js';
import type { RenderOptions } from './options.js';

const CHANGE_WORDS: Readonly<Record<Change, string>> = { worse: '✗ worse', better: '✓ better', changed: '~ changed' };

/** The comparison for a ticket or a comment: the outcome first, then a table for each part. */
export function renderDiffMarkdown(diff: ReportDiff, { words }: Pick<RenderOptions, 'words'> = {}): string {
  const room = new Room();
  room.add(bold(outcomeText(diff)));
  room.add(
    [
      `Two reports of ${code(`netdiag ${subjectText(diff)}`)}:`,
      '',
      `- before: ${inline(sideText(diff.before))}`,
      `- now: ${inline(sideText(diff.after))}`,
    ].join('\n'),
  );
  for (const { title, entries } of diffSections(diff)) {
    room.add(`## ${title}`);
    room.addTable(
      [
        '|  | What | How |',
        '| --- | --- | --- |',
        ...entries.map(({ change, name, lines }) => {
          const cells = lines.map((line) => inline(line, { inTable: true }));
          return `| ${change === null ? '' : CHANGE_WORDS[change]} | ${inline(name, { inTable: true })} | ${cells.join('<br>')} |`;
        }),
      ],
      [],
    );
  }
  if (diff.notes.length > 0) room.add(diff.notes.map((note) => `- ${inline(note)}`).join('\n'));
  return words === undefined ? room.text() : documentInWords(room.text(), words.say);
}
