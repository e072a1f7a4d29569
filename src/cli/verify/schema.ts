// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { z } from 'zod';
import { CODES, type Code } from '../../model/code.js';
import { nearest } from '../nearest.js';

/**
 * What a manifest may hold: one definition gives the validation, the type and the JSON Schema for editors. It changes nothing that it reads. Loaded
 * only where there is a manifest.
 */

const MOST = { includes: 50, requirements: 1000, cases: 1000, checks: 1000, expectations: 100, needs: 100, values: 100 } as const;

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\.[A-Za-z0-9_-]{1,64}){0,8}$/;
const CHECK_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const TEXT = 'must be a text of at most 1000 characters';
const text = (description: string) => z.string({ error: TEXT }).min(1, TEXT).max(1000, TEXT).meta({ description });

const ID_ERROR = 'must be an id of letters, digits, "-", "_" and ".", as in SYS-NETWORK-002';
const id = (description: string) => z.string({ error: ID_ERROR }).regex(ID, ID_ERROR).meta({ description });

/** A list of a kind, with what it is called in complaints. */
const listOf = <T extends z.ZodType>(one: T, what: string, most: number) =>
  z
    .array(one, { error: `must be a list of ${what}` })
    .min(1, `must be a list of ${what}, and one at the least`)
    .max(most, `must be ${most} ${what} at the most`);

// --- conditions --------------------------------------------------------------------------------------------------------------------------

const LIMIT = 'must be a number, or one with a unit, as in 50, 50ms or 0.1%';
const limit = (description: string) => z.union([z.number(), z.string()], { error: LIMIT }).meta({ description });

const SCALAR = 'must be a text, a number, true or false, or a list of them';
const scalar = z.union([z.string().max(1000), z.number(), z.boolean()], { error: SCALAR });
const scalars = (description: string) =>
  z.union([scalar, z.array(scalar).min(1, SCALAR).max(MOST.values, SCALAR)], { error: SCALAR }).meta({ description });

const bounds = {
  under: limit('It must be less than this.'),
  over: limit('It must be more than this.'),
  atLeast: limit('It must be this or more.'),
  atMost: limit('It must be this or less.'),
};

const COUNT = 'must be a whole number, or a map with under, over, atLeast and atMost';
const wholeNumber = z.int({ error: COUNT }).min(0, COUNT);

const conditions = {
  under: bounds.under.optional(),
  over: bounds.over.optional(),
  atLeast: bounds.atLeast.optional(),
  atMost: bounds.atMost.optional(),
  is: scalars(
    'Of a check: pass, warn, fail or skip, or a list of them. Of a code: absent or present. Of a value: this, or one of these.',
  ).optional(),
  isNot: scalars('A value must not be this, or none of these.').optional(),
  matches: z
    .string({ error: 'must be a regular expression, as in ^TLSv1 or /up|ready/i' })
    .min(1, 'must be a regular expression, as in ^TLSv1 or /up|ready/i')
    .max(1000, 'must be a regular expression of at most 1000 characters')
    .meta({ description: 'A text must match this regular expression.' })
    .optional(),
  contains: scalars('A text must have this in it, or a list must have it as an entry.').optional(),
  count: z
    .union(
      [
        wholeNumber,
        z.strictObject({
          under: wholeNumber.optional(),
          over: wholeNumber.optional(),
          atLeast: wholeNumber.optional(),
          atMost: wholeNumber.optional(),
        }),
      ],
      { error: COUNT },
    )
    .meta({ description: 'How many values there must be, or entries of the list that stands there.' })
    .optional(),
  present: z
    .boolean({ error: 'must be true or false' })
    .meta({ description: 'Whether there must be such a value, or must not.' })
    .optional(),
  grades: z
    .strictObject({
      objective: limit('What is aimed at.'),
      acceptable: limit('Up to here it passes.'),
      critical: limit('Up to here it warns; beyond it fails.'),
    })
    .meta({ description: 'Three limits in rising order; in falling order where more is better.' })
    .optional(),
};

export const CONDITION_KEYS = Object.keys(conditions) as (keyof typeof conditions)[];

function unknownCode(input: unknown): string {
  const near = typeof input === 'string' ? nearest(input, CODES) : null;
  return `must be a code of netdiag; ${near === null ? 'netdiag explain lists them' : `did you mean ${near}?`}`;
}

const SUBJECTS = ['check', 'code', 'value'] as const;

const expectation = z
  .strictObject({
    check: text('Checks of the step by their ids without the target; * stands for any characters.')
      .meta({ examples: ['l6.*', 'l4.port'] })
      .optional(),
    code: z
      .enum(CODES as [Code, ...Code[]], { error: ({ input }) => unknownCode(input) })
      .meta({ description: 'A code that checks can have.' })
      .optional(),
    value: text('A measured value: the probe, then the way into its data.')
      .meta({ examples: ['http.totalMs', 'latency.rttMs.p99', 'tls.chain[0].keyBits', 'ports.ports[port=443].state'] })
      .optional(),
    of: text('Which target it is of, where the step has several.').optional(),
    ...conditions,
  })
  .meta({ oneOf: SUBJECTS.map((subject) => ({ required: [subject] })) });

// --- requirements ------------------------------------------------------------------------------------------------------------------------

const CHECK_ID_ERROR = 'must be an id of letters, digits, "-" and "_", as in rest-ping';

const PLACE_ERROR = 'must be a name of a place, of letters, digits, "-" and "_", as in outside';
const place = (description: string) => z.string({ error: PLACE_ERROR }).regex(CHECK_ID, PLACE_ERROR).meta({ description });

const check = z.strictObject({
  text: text('Words about it.').optional(),
  id: z
    .string({ error: CHECK_ID_ERROR })
    .regex(CHECK_ID, CHECK_ID_ERROR)
    .meta({ description: 'What tells it from the other checks of its case; its number there unless said otherwise.' })
    .optional(),
  from: place('Where it has to be made: netdiag verify --from runs those of one place; otherwise that of its case.').optional(),
  run: z
    .string({ error: 'must be a command line of netdiag' })
    .min(1, 'must be a command line of netdiag')
    .max(8192, 'must be a command line of at most 8192 characters')
    .meta({
      description:
        'A command of netdiag that measures, with its arguments and flags but those of output. ${NAME} takes a variable of the environment.',
      examples: ['http https://${API_HOST}/health --bearer-env API_TOKEN', 'tls app.example.net:443 --enumerate'],
    }),
  expect: listOf(expectation, 'expectations', MOST.expectations)
    .meta({ description: 'What must be so; without it none of the checks of the step may fail.' })
    .optional(),
});

const testCase = z.strictObject({
  id: id('Id of the test case.'),
  text: text('What it tests.').optional(),
  needs: z
    .union([id('Id of another case.'), listOf(id('Id of another case.'), 'ids of cases', MOST.needs)], {
      error: 'must be an id of a case, or a list of them',
    })
    .meta({ description: 'Cases that must not fail before; where one does, this is skipped.' })
    .optional(),
  from: place('Where its checks have to be made, unless one says otherwise.').optional(),
  checks: listOf(check, 'checks', MOST.checks),
});

const requirement = z.strictObject({
  id: id('Id of the requirement.'),
  text: text('What it says.').optional(),
  cases: listOf(testCase, 'cases', MOST.cases),
});

const FILES = 'must be the name of a file, or a list of them';
const file = z.string({ error: FILES }).min(1, FILES);

export const manifestSchema = z.strictObject({
  $schema: z.string({ error: 'must be an address' }).meta({ description: 'For editors: where this schema is.' }).optional(),
  title: text('What the manifest is about.').optional(),
  include: z
    .union([file, listOf(file, 'names of files', MOST.includes)], { error: FILES })
    .meta({ description: 'Further manifests, whose requirements come first; from the folder of this one.' })
    .optional(),
  requirements: listOf(requirement, 'requirements', MOST.requirements).optional(),
});

export type ManifestContent = z.infer<typeof manifestSchema>;
export type ExpectationContent = z.infer<typeof expectation>;

/** The JSON Schema (draft 2020-12) of a manifest, for editors. */
export function manifestJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://netdiag.dev/schema/requirements-1.json',
    title: 'netdiag requirements',
    ...z.toJSONSchema(manifestSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}
