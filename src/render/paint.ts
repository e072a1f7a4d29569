import { Chalk } from 'chalk';
import type { CheckStatus } from '../model/report.js';
import type { RenderOptions } from './options.js';

type Paint = (text: string) => string;

/** Colours and signs. The signs alone say everything: colour only makes them quicker to find. */
export interface Palette {
  status: Readonly<Record<CheckStatus, Paint>>;
  heading: Paint;
  faint: Paint;
}

export const SIGNS: Readonly<Record<CheckStatus, string>> = { pass: '✓', warn: '!', fail: '✗', skip: '–' };

export function paletteFor(color: RenderOptions['color']): Palette {
  const chalk = new Chalk({ level: color });
  return {
    status: { pass: chalk.green, warn: chalk.yellow, fail: chalk.red, skip: chalk.gray },
    heading: chalk.bold,
    faint: chalk.gray,
  };
}
