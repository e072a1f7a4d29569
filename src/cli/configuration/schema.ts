// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { z } from 'zod';
import { parseTarget } from '../../model/target.js';
import { FORMATS } from '../../render/index.js';
import { LANGUAGES } from '../../words/index.js';
import { bodyExpectation, headerName, jsonExpectation } from '../http-values.js';
import { keysOf } from '../schema-keys.js';
import { pin, subprotocol, type ValueKind } from '../value-kinds.js';
import { acceptedBudget, BUDGET_KEYS, type BudgetKey, MACHINE_BUDGETS, readBudget } from './budgets.js';
import { fieldName, fieldValue, ports, readRequiredHeaders, readStatuses } from './offers.js';
import { FAIL_ON, SETTING_KINDS } from './setting-kinds.js';

/**
 * What a configuration file may hold: one definition gives the validation, the type and the JSON Schema for editors. It changes nothing that
 * it reads. Loaded only where there is a file.
 */

const MOST_TARGETS = 1024;
const MOST_PROFILES = 200;
const MOST_LABELS = 50;

/** Of targets and profiles. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const nameText = (description: string) =>
  z.string({ error: 'must be a text' }).regex(NAME, 'must be a name of letters, digits, "-" and "_"').meta({ description });

const mustBe = ({ accepted }: Pick<ValueKind<unknown>, 'accepted'>) => `must be ${accepted}`;

/** A text that a kind of value accepts. */
const textOf = (kind: ValueKind<unknown>, description: string, examples: string[] = []) =>
  z
    .string({ error: mustBe(kind) })
    .refine((text) => kind.parse(text) !== null, mustBe(kind))
    .meta({ description, ...(examples.length === 0 ? {} : { examples }) });

/** One such text or several. */
const textsOf = (kind: ValueKind<unknown>, description: string, most = 100) => {
  const one = textOf(kind, description);
  return z.union([one, z.array(one).min(1, mustBe(kind)).max(most, `must be ${most} at the most`)]).meta({ description });
};

const fileName = (description: string) =>
  z.string({ error: 'must be the name of a file' }).min(1, 'must be the name of a file').meta({ description });

// --- settings --------------------------------------------------------------------------------------------------------------------------

const REFERENCES = mustBe(SETTING_KINDS.references);

/** Of the file and of a profile alike. */
const settings = {
  timeout: textOf(SETTING_KINDS.timeout, 'Longest wait for one answer.', ['500ms', '2s']).optional(),
  format: z
    .enum(FORMATS, { error: mustBe(SETTING_KINDS.format) })
    .meta({ description: 'What stdout gets.' })
    .optional(),
  'fail-on': z
    .enum(FAIL_ON, { error: mustBe(SETTING_KINDS['fail-on']) })
    .meta({ description: 'What makes the exit status 1.' })
    .optional(),
  lang: z
    .enum(LANGUAGES, { error: mustBe(SETTING_KINDS.lang) })
    .meta({ description: 'Language of what people read; formats for programs are in English.' })
    .optional(),
  references: z
    .union([z.string({ error: REFERENCES }), z.array(z.string({ error: REFERENCES })).max(4, REFERENCES)], { error: REFERENCES })
    .refine((list) => SETTING_KINDS.references.parse(typeof list === 'string' ? list : list.join(',')) !== null, REFERENCES)
    .meta({ description: 'Resolvers that full-report asks beside those of this machine, by IP address; none: nobody else is asked.' })
    .optional(),
};

// --- budgets ---------------------------------------------------------------------------------------------------------------------------

const budgetOf = (key: BudgetKey) => {
  const error = `must be ${acceptedBudget(key)}`;
  const value = z.union([z.string({ error }), z.number({ error })], { error });
  return z
    .union(
      [
        value,
        z.tuple([value, value, value], { error }),
        z.strictObject({
          objective: value,
          acceptable: value,
          critical: value,
          percentile: z
            .enum(['p95', 'p99'], { error: 'must be p95 or p99' })
            .meta({ description: 'What of many samples is held against the grades, in place of the median.' })
            .optional(),
        }),
      ],
      { error },
    )
    .refine((written) => readBudget(key, written) !== null, error)
    .meta({ description: `Limits: ${acceptedBudget(key)}.` })
    .optional();
};

type BudgetSchema = ReturnType<typeof budgetOf>;

const budgetsOf = (keys: readonly BudgetKey[]) =>
  z
    .strictObject(Object.fromEntries(keys.map((key) => [key, budgetOf(key)])) as Record<BudgetKey, BudgetSchema>)
    .meta({ description: 'What measurements are held against: above acceptable a check warns, above critical it fails.' })
    .optional();

const ALL_BUDGETS = Object.keys(BUDGET_KEYS) as BudgetKey[];

// --- what a target must offer ----------------------------------------------------------------------------------------------------------

const tlsVersion = z.enum(['TLSv1.2', 'TLSv1.3'], { error: 'must be TLSv1.2 or TLSv1.3' });

const PORTS = mustBe(ports);
const portValue = z.union([z.string({ error: PORTS }), z.int({ error: PORTS })], { error: PORTS });

const STATUSES = 'must be statuses from 200 to 599 or classes of them, as in 200 or 2xx';
const statusValue = z.union([z.string({ error: STATUSES }), z.int({ error: STATUSES })], { error: STATUSES });

const HEADERS = 'must be names of headers, each with text that its value must hold behind a colon, as in "x-frame-options: deny"';
const headerText = z.union([z.string(), z.number(), z.boolean(), z.null()], { error: HEADERS });
const requiredHeader = z.union([z.string({ error: HEADERS }), z.record(z.string(), headerText, { error: HEADERS })], { error: HEADERS });

const flag = (description: string) => z.boolean({ error: 'must be true or false' }).meta({ description }).optional();

const MESSAGE = 'must be a text of at most 1000 characters';

const offers = z
  .strictObject({
    ports: z
      .union([portValue, z.array(portValue).max(1000, PORTS)], { error: PORTS })
      .refine((list) => ports.read(list) !== null, PORTS)
      .meta({ description: 'Each port that is named by its number must be open; a range is surveyed; UDP ports behind U:, as in U:53.' })
      .optional(),
    tls: z
      .strictObject({
        policy: fileName('Rules to hold the server against: modern, intermediate, old, platform, or a file of rules.').optional(),
        pins: textsOf(pin, 'sha256//BASE64 of the public key; one of them must match.').optional(),
        minimum: tlsVersion.meta({ description: 'Oldest version that passes.' }).optional(),
      })
      .optional(),
    http: z
      .strictObject({
        status: z
          .union([statusValue, z.array(statusValue).min(1, STATUSES).max(100, STATUSES)], { error: STATUSES })
          .refine((list) => readStatuses(list) !== null, STATUSES)
          .meta({ description: 'Statuses that are right.' })
          .optional(),
        headers: z
          .union([requiredHeader, z.array(requiredHeader).min(1, HEADERS).max(100, HEADERS)], { error: HEADERS })
          .refine((list) => readRequiredHeaders(list) !== null, HEADERS)
          .meta({ description: 'Fields that the answer must have, with text of their values.' })
          .optional(),
        'forbidden-headers': textsOf(headerName, 'Fields that the answer must not have.').optional(),
        'security-headers': flag('Require the fields that protect readers of a page.'),
        body: textsOf(bodyExpectation, 'Text that must be in the body, or a regular expression as in /up|ready/i.').optional(),
        json: textsOf(jsonExpectation, 'JSONPath queries that must find something, or a value, as in $.status=ok.').optional(),
        authorization: textOf(fieldValue, 'Value of the Authorization field of the request, as in "Bearer ${API_TOKEN}".').optional(),
        'request-headers': z
          .record(
            z.string().refine((name) => fieldName.parse(name) !== null, mustBe(fieldName)),
            textOf(fieldValue, 'Its value.'),
          )
          .meta({ description: 'Further fields of the request.' })
          .optional(),
      })
      .optional(),
    websocket: z
      .strictObject({
        subprotocols: textsOf(subprotocol, 'Subprotocols to offer, the best first.').optional(),
        message: z
          .string({ error: MESSAGE })
          .min(1, MESSAGE)
          .max(1000, MESSAGE)
          .meta({ description: 'Sent with each ping, to be sent back.' })
          .optional(),
      })
      .optional(),
  })
  .meta({ description: 'What the target must offer; each part is checked by the commands that look at it, and by full-report.' });

// --- targets and profiles --------------------------------------------------------------------------------------------------------------

const TARGET = 'must be a target';

const targetText = z
  .string({ error: TARGET })
  .superRefine((text, context) => {
    const outcome = parseTarget(text);
    if (!outcome.ok) context.addIssue({ code: 'custom', message: outcome.reason });
  })
  .meta({
    description: 'Host name, address, host:port, [v6]:port or URL.',
    examples: ['app.example.net:443', 'https://app.example.net/health'],
  });

const labelKey = /^[A-Za-z][A-Za-z0-9_.-]{0,62}$/;
const LABEL = 'must be a text of at most 200 characters, a number, true or false';
const label = z.union([z.string().max(200), z.number(), z.boolean()], { error: LABEL });

const target = z.strictObject({
  name: nameText('What it is called on the command line and in the report.').optional(),
  target: targetText,
  labels: z
    .record(z.string().regex(labelKey, 'must be a label of letters, digits, "_", "." and "-"'), label)
    .refine((labels) => Object.keys(labels).length <= MOST_LABELS, `must be ${MOST_LABELS} labels at the most`)
    .meta({ description: 'Words about it that go into the report.' })
    .optional(),
  profile: nameText('The limits that it is held against, in place of those of all.').optional(),
  budget: budgetsOf(ALL_BUDGETS.filter((key) => !MACHINE_BUDGETS.has(key))),
  offers: offers.optional(),
});

const profile = z.strictObject({
  extends: nameText('The profile that it takes over what it does not say itself: default unless said otherwise.').optional(),
  budget: budgetsOf(ALL_BUDGETS),
  'minimum-tls': tlsVersion.meta({ description: 'Oldest TLS version that passes.' }).optional(),
  ...settings,
});

export const configurationSchema = z.strictObject({
  $schema: z.string({ error: 'must be an address' }).meta({ description: 'For editors: where this schema is.' }).optional(),
  targets: z
    .array(z.union([targetText, target], { error: 'must be a target, or a map with target, name, labels, profile, budget and offers' }), {
      error: 'must be a list of targets',
    })
    .max(MOST_TARGETS, `must be ${MOST_TARGETS} targets at the most`)
    .meta({ description: 'What full-report looks at where no target is named; other commands take them by name.' })
    .optional(),
  profile: nameText('The limits that measurements are held against.').optional(),
  profiles: z
    .record(z.string().regex(NAME, 'must be a name of letters, digits, "-" and "_"'), profile, {
      error: 'must be a map of profiles by name',
    })
    .refine((profiles) => Object.keys(profiles).length <= MOST_PROFILES, `must be ${MOST_PROFILES} profiles at the most`)
    .meta({ description: 'Limits by name, each of which can extend another.' })
    .optional(),
  ...settings,
  ca: z
    .union([fileName('Certificates in PEM.'), z.array(fileName('Certificates in PEM.')).max(100, 'must be 100 files at the most')], {
      error: 'must be names of files',
    })
    .meta({ description: 'Further trusted certificates, PEM; beside the file unless the path says otherwise.' })
    .optional(),
});

/** A file that was validated, as it is written: variables are in their places, and nothing else is changed. */
export type ConfigurationContent = z.infer<typeof configurationSchema>;
export type TargetContent = z.infer<typeof target>;

/** The JSON Schema (draft 2020-12) of a file, as `netdiag config schema` prints it. Variables are texts, so that some need a look aside. */
export function configurationJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://netdiag.dev/schema/config-1.json',
    title: 'netdiag configuration',
    ...z.toJSONSchema(configurationSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}

/** The keys that a map has at a place of the file, in whichever form it can have there. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  return keysOf(configurationSchema, path);
}
