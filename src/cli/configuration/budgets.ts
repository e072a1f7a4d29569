import { parseDurationMs } from '../../model/duration.js';
import { type Budget, METRICS, type Metric, type Percentile, type Policy } from '../../model/policy.js';

/** What a budget is called in a file, and the limit that it sets, in the order of a report. */
export const BUDGET_KEYS = {
  gateway: 'gatewayRttMs',
  'round-trip': 'rttMs',
  jitter: 'jitterMs',
  queueing: 'queueingMs',
  loss: 'lossRatio',
  mtu: 'expectedMtuBytes',
  download: 'downMbps',
  upload: 'upMbps',
  utilisation: 'utilisationRatio',
  'tcp-connect': 'tcpConnectMs',
  uptime: 'uptimeRatio',
  'database-connect': 'databaseConnectMs',
  'tls-handshake': 'tlsHandshakeMs',
  certificate: 'certificateRemainingDays',
  dns: 'dnsQueryMs',
  'first-byte': 'firstByteMs',
  response: 'responseMs',
  websocket: 'webSocketRttMs',
  messages: 'messagesPerSecond',
  clock: 'clockSkewMs',
} as const satisfies Record<string, Metric>;

export type BudgetKey = keyof typeof BUDGET_KEYS;

/** Those of this machine, that no target has: a profile sets them. */
export const MACHINE_BUDGETS: ReadonlySet<BudgetKey> = new Set(['gateway']);

export type BudgetValue = string | number;
export type WrittenBudget =
  | BudgetValue
  | readonly BudgetValue[]
  | { objective: BudgetValue; acceptable: BudgetValue; critical: BudgetValue; percentile?: Percentile | undefined };

/** The three grades, and what of a distribution is held against them where that was said. */
export type ReadBudget = Budget & { percentile?: Percentile };

interface Kind {
  accepted: string;
  example: string;
  parse(value: BudgetValue): number | null;
}

/** Longer than any wait of this program, and than any clock may be off. */
const LONGEST_MS = 3_600_000;

const number = (most: number, accepted: string, example: string): Kind => ({
  accepted,
  example,
  parse(value) {
    const text = String(value);
    const read = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    return read <= most ? read : null;
  },
});

const KINDS: Readonly<Partial<Record<(typeof METRICS)[Metric]['unit'], Kind>>> = {
  ms: {
    accepted: 'a duration with a unit (ms, s, m), 1h at most',
    example: '1ms, 10ms, 50ms',
    parse(value) {
      const ms = typeof value === 'string' ? parseDurationMs(value) : null;
      return ms === null || ms > LONGEST_MS ? null : ms;
    },
  },
  ratio: {
    accepted: 'a ratio from 0 to 1 or a share with a per cent sign',
    example: '0, 0.1%, 1%',
    parse(value) {
      const [, digits, sign] = /^(\d{1,3}(?:\.\d{1,9})?)\s?(%?)$/.exec(String(value)) ?? [];
      if (digits === undefined) return null;
      const ratio = sign === '%' ? Number((Number(digits) / 100).toPrecision(12)) : Number(digits);
      return ratio <= 1 ? ratio : null;
    },
  },
  bytes: number(65_535, 'a number of bytes', '1500, 1492, 1280'),
  days: number(36_500, 'a number of days', '90, 30, 14'),
  'Mbit/s': number(1_000_000, 'a number of megabits in a second', '500, 100, 50'),
  'messages/s': number(10_000_000, 'a number of messages in a second', '1000, 100, 10'),
};

function kindOf(key: BudgetKey): Kind {
  const kind = KINDS[METRICS[BUDGET_KEYS[key]].unit];
  if (kind === undefined) throw new Error(`no kind of value for the budget ${key}`);
  return kind;
}

/** `a duration with a unit …, or three of them from the best to the worst, as in [1ms, 10ms, 50ms]`. */
export function acceptedBudget(key: BudgetKey): string {
  const { accepted, example } = kindOf(key);
  const { unit, better } = METRICS[BUDGET_KEYS[key]];
  const shown = unit === 'ratio' && better === 'more' ? '99.99%, 99.9%, 99%' : example;
  return `${accepted}, or objective, acceptable and critical from the best to the worst, as in [${shown}]`;
}

/** One value is the limit alone: above it the check fails. `null` for what is none. */
export function readBudget(key: BudgetKey, written: WrittenBudget): ReadBudget | null {
  const { parse } = kindOf(key);
  const [values, percentile] = partsOf(written);
  const [objective, acceptable, critical] = values.map((value) => parse(value));
  if (values.length !== 3 || objective == null || acceptable == null || critical == null) return null;
  const more = METRICS[BUDGET_KEYS[key]].better === 'more';
  const ordered = more ? objective >= acceptable && acceptable >= critical : objective <= acceptable && acceptable <= critical;
  if (!ordered || (more ? critical : acceptable) < 0) return null;
  return { objective, acceptable, critical, ...(percentile === undefined ? {} : { percentile }) };
}

function partsOf(written: WrittenBudget): [BudgetValue[], Percentile | undefined] {
  if (typeof written !== 'object') return [[written, written, written], undefined];
  if ('objective' in written) return [[written.objective, written.acceptable, written.critical], written.percentile];
  return [[...written], undefined];
}

/** The budgets of a target or a profile, as far as it has any. */
export type Budgets = Readonly<Partial<Record<BudgetKey, ReadBudget>>>;

export function readBudgets(written: Readonly<Partial<Record<BudgetKey, WrittenBudget | undefined>>>): Budgets {
  const read: Partial<Record<BudgetKey, ReadBudget>> = {};
  for (const key of Object.keys(BUDGET_KEYS) as BudgetKey[]) {
    const value = written[key];
    const budget = value === undefined ? null : readBudget(key, value);
    if (budget !== null) read[key] = budget;
  }
  return read;
}

/**
 * The policy with these grades in place of its own.
 *
 * @param because where they come from, for the report
 */
export function withBudgets(policy: Policy, budgets: Budgets, because: string): Policy {
  const changed = Object.entries(budgets).map(([key, budget]) => [BUDGET_KEYS[key as BudgetKey], { ...budget, because, given: true }]);
  return { ...policy, ...(Object.fromEntries(changed) as Partial<Pick<Policy, Metric>>) };
}
