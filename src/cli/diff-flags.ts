import { boolean, custom } from '@oclif/core/flags';
import { DIFF_FORMATS, type DiffFormat } from '../render/diff.js';
import { languageFlag } from './flags.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

/** What makes the exit status of `diff` 1. */
export const DIFF_FAIL_ON = ['regression', 'change', 'never'] as const;
export type DiffFailOn = (typeof DIFF_FAIL_ON)[number];

export const diffFlags = {
  format: custom<DiffFormat>(valued(kinds.choice(DIFF_FORMATS)))({
    summary: `what stdout gets: ${DIFF_FORMATS.join(', ')} (table unless said otherwise)`,
    helpValue: '<format>',
  }),
  json: boolean({ summary: 'short for --format json' }),
  'fail-on': custom<DiffFailOn>(valued(kinds.choice(DIFF_FAIL_ON)))({
    summary: 'what makes the exit status 1: regression, change (whatever is different) or never (regression unless said otherwise)',
    helpValue: '<what>',
  }),
  ...languageFlag,
  'no-color': boolean({ summary: 'no colour; NO_COLOR and FORCE_COLOR are honoured too' }),
};
