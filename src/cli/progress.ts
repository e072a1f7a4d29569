import { firstAnswerLine } from '../render/dns-comparison-table.js';
import { escapeText } from '../render/escape.js';
import type { Progress } from '../run/request.js';
import { showsProgress } from './terminal.js';

type Answer = Parameters<typeof firstAnswerLine>[0];

export interface ProgressDisplay {
  show(state: Progress): void;
  /** Writes what one server said, and leaves it there. */
  answer(answer: Answer): void;
  /** Clears the line, so that the result starts on an empty one. */
  stop(): void;
}

const SILENT: ProgressDisplay = { show: () => {}, answer: () => {}, stop: () => {} };

const asItIs = (text: string) => text;

/**
 * A spinner on stderr where that is a terminal; otherwise nothing, and nothing is loaded for it.
 *
 * @param options.answers write answers as they come, also where it is no terminal
 * @param options.hide replaces what is not to be seen in a label or an answer
 */
export async function startProgress(options: {
  quiet: boolean;
  color: boolean;
  unicode: boolean;
  answers?: boolean;
  hide?: (text: string) => string;
}): Promise<ProgressDisplay> {
  const { stderr, env } = process;
  const hide = options.hide ?? asItIs;
  const writeAnswer = (answer: Answer) => stderr.write(`${escapeText(hide(firstAnswerLine(answer)))}\n`);
  if (!showsProgress({ env, isTTY: stderr.isTTY === true, columns: stderr.columns }, options.quiet))
    return options.answers === true ? { ...SILENT, answer: writeAnswer } : SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({
    stream: stderr,
    text: 'starting',
    spinner: options.unicode ? 'dots' : 'line',
    // Neither the keyboard nor the cursor is touched: the first would swallow Ctrl-C, the second listens for signals of its own.
    discardStdin: false,
    hideCursor: false,
    ...(options.color ? {} : { color: false as const }),
  }).start();
  return {
    show(state) {
      spinner.text = progressText({ ...state, label: hide(state.label) }, stderr.columns);
    },
    answer(answer) {
      spinner.clear();
      writeAnswer(answer);
      spinner.render();
    },
    stop() {
      spinner.stop();
    },
  };
}

/** `3/8 loss app.example.net:443`, on one line of the terminal. */
export function progressText({ label, done, total }: Progress, columns: number): string {
  const text = `${done}/${total} ${escapeText(label)}`;
  const room = Math.max(10, columns - 4);
  return text.length <= room ? text : `${text.slice(0, room - 3)}...`;
}
