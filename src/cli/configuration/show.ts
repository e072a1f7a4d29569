import { formatMs, formatRatio } from '../../model/format.js';
import { METRICS } from '../../model/policy.js';
import { escapeText } from '../../render/escape.js';
import { BUDGET_KEYS, type BudgetKey, type Budgets } from './budgets.js';
import type { ConfiguredTarget } from './configuration.js';
import type { Offers } from './offers.js';
import type { Setting } from './precedence.js';
import { hideSecrets } from './secrets.js';
import type { Settings } from './settings.js';

/** What `netdiag config show` says, as its `--json` prints it. It has no secret in it. */
export interface ShownSettings {
  /** The file that is read; `null`: none is. */
  file: string | null;
  settings: { name: string; value: string | number | readonly string[] | null; source: Setting<unknown>['source']; from: string }[];
  profiles: { name: string; budget: ShownBudget[] }[];
  targets: ShownTarget[];
}

interface ShownBudget {
  key: string;
  unit: string;
  objective: number;
  acceptable: number;
  critical: number;
  percentile: string | null;
}

interface ShownTarget {
  name: string | null;
  target: string;
  labels: Readonly<Record<string, string>>;
  profile: string | null;
  budget: ShownBudget[];
  /** What it must offer, in words. */
  offers: string[];
}

const SHOWN = ['profile', 'timeout', 'format', 'fail-on', 'lang', 'references', 'ca'] as const;

export function settingsInForce(settings: Settings): ShownSettings {
  const { configuration } = settings;
  return {
    file: configuration?.path ?? null,
    settings: SHOWN.map((name) => {
      const { value, source, from } = settings[name];
      return { name: name === 'timeout' ? 'timeoutMs' : name, value: hidden(value), source, from };
    }),
    profiles: [...(configuration?.profiles ?? [])].map(([name, { policy }]) => ({
      name,
      budget: (Object.keys(BUDGET_KEYS) as BudgetKey[]).flatMap((key) => {
        const grades = policy[BUDGET_KEYS[key]];
        return grades === null ? [] : [shownBudget(key, grades)];
      }),
    })),
    targets: (configuration?.targets ?? []).map(shownTarget),
  };
}

function hidden(value: string | number | readonly string[] | null): string | number | readonly string[] | null {
  if (typeof value === 'string') return hideSecrets(value);
  return Array.isArray(value) ? value.map((one: string) => hideSecrets(one)) : value;
}

function shownTarget({ name, target, labels, profile, budgets, offers }: ConfiguredTarget): ShownTarget {
  return {
    name,
    // The text can have a password in it; this has not.
    target: hideSecrets(target.id),
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, hideSecrets(value)])),
    profile,
    budget: shownBudgets(budgets),
    offers: wordsOf(offers).map(hideSecrets),
  };
}

function shownBudgets(budgets: Budgets): ShownBudget[] {
  return Object.entries(budgets).map(([key, budget]) => shownBudget(key as BudgetKey, budget));
}

function shownBudget(
  key: BudgetKey,
  { objective, acceptable, critical, percentile }: { objective: number; acceptable: number; critical: number; percentile?: string },
): ShownBudget {
  return { key, unit: METRICS[BUDGET_KEYS[key]].unit, objective, acceptable, critical, percentile: percentile ?? null };
}

/** No value of a field of a request is among them. */
function wordsOf({ ports, tls, http, webSocket }: Offers): string[] {
  const udp = (list: readonly number[]) => list.map((port) => `U:${port}`);
  const open = [...(ports?.required ?? []), ...udp(ports?.udp?.required ?? [])];
  const surveyed = (ports?.surveyed.length ?? 0) + (ports?.udp?.surveyed.length ?? 0);
  return [
    ...(open.length === 0 ? [] : [`ports ${open.join(', ')} open`]),
    ...(surveyed === 0 ? [] : [`${surveyed} more ports looked at`]),
    ...(tls === null || tls.rules === null ? [] : [`TLS by the rules of ${tls.rules.name}`]),
    ...(tls === null || tls.minimum === null ? [] : [`${tls.minimum} or later`]),
    ...(tls === null || tls.pins.length === 0 ? [] : [`one of ${tls.pins.length} public keys`]),
    ...(http?.expectations ?? []).map((one) => {
      if (one.kind === 'status') return `status ${one.accepted.join(', ')}`;
      if (one.kind === 'body') return `a body with ${'text' in one ? JSON.stringify(one.text) : `/${one.pattern}/${one.flags}`}`;
      if (one.kind === 'json') return `JSON with ${one.path}${one.value === null ? '' : ` = ${one.value}`}`;
      if (one.kind === 'header') return `header ${one.name}${one.value === null ? '' : `: ${one.value}`}`;
      return `no header ${one.name}`;
    }),
    ...(http?.securityHeaders === true ? ['the headers that protect readers'] : []),
    ...(http?.fields ?? []).map(({ name }) => `asked with ${name}: (hidden)`),
    ...(webSocket === null || webSocket.subprotocols.length === 0 ? [] : [`subprotocol ${webSocket.subprotocols.join(', ')}`]),
    ...(webSocket?.message == null ? [] : ['a message sent back']),
  ];
}

/** The same for people. Pure; ends in a line end. */
export function renderSettings({ file, settings, profiles, targets }: ShownSettings): string {
  const rows = settings.map(({ name, value, from }) => [nameText(name), valueText(name, value), from] as const);
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = [
    `file: ${file === null ? 'none' : escapeText(file)}`,
    '',
    ...rows.map(([name, value, from]) => `${name.padEnd(first ?? 0)}  ${value.padEnd(second ?? 0)}  ${escapeText(from)}`),
  ];
  if (profiles.length > 0)
    lines.push('', 'profiles of the file', ...profiles.flatMap(({ name, budget }) => [`  ${name}`, ...budget.map(budgetLine)]));
  if (targets.length > 0) lines.push('', 'targets', ...targets.flatMap(targetLines));
  return `${lines.join('\n')}\n`;
}

function targetLines({ name, target, labels, profile, budget, offers }: ShownTarget): string[] {
  const words = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    `  ${escapeText(name === null ? target : `${name}  ${target}`)}`,
    ...(words.length === 0 ? [] : [`    labels: ${escapeText(words.join(', '))}`]),
    ...(profile === null ? [] : [`    profile: ${profile}`]),
    ...budget.map(budgetLine),
    ...offers.map((offer) => `    must have: ${escapeText(offer)}`),
  ];
}

function budgetLine({ key, unit, objective, acceptable, critical, percentile }: ShownBudget): string {
  const values = [objective, acceptable, critical].map((value) =>
    unit === 'ms' ? formatMs(value) : unit === 'ratio' ? formatRatio(value) : `${value} ${unit}`,
  );
  return `    ${key}: ${values.join(', ')}${percentile === null ? '' : ` (${percentile})`}`;
}

function nameText(name: string): string {
  return name === 'timeoutMs' ? 'timeout' : name;
}

function valueText(name: string, value: ShownSettings['settings'][number]['value']): string {
  if (value === null) return name === 'references' ? 'those of full-report' : 'that of each command';
  if (typeof value === 'object') return value.length === 0 ? 'none' : escapeText(value.join(', '));
  return name === 'timeoutMs' && typeof value === 'number' ? formatMs(value) : escapeText(String(value));
}
