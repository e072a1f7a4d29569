import type { DataOf } from '../../model/measurement.js';
import { type ProxyHop, proxyName } from '../../model/proxy.js';
import { type ProxySettings, parseProxyUrl, proxyFor } from '../../model/proxy-environment.js';
import { noProxyFaults } from '../../wire/http/no-proxy-list.js';

type Data = DataOf<'proxy-settings'>;

/** The variables by which programs go, in the order in which curl looks at them. */
const PAIRS = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'] as const;
const SCHEMES = ['http', 'https', 'ws', 'wss'] as const;
/** Stands for any destination: no list of exceptions names it. */
const ANYWHERE = 'netdiag.invalid';

export interface VariableFacts {
  variables: Data['variables'];
  exceptions: Data['exceptions'];
  contradictions: Data['contradictions'];
  /** The proxies that are named, with their credentials: they stay in this process. */
  hops: ProxyHop[];
}

/**
 * What the environment says of proxies, without a value of it. Pure.
 *
 * @param environment all of it: which variables are set is seen here, and `settings` has those that are in use
 */
export function readVariables(environment: Readonly<Record<string, string | undefined>>, settings: ProxySettings): VariableFacts {
  const facts: VariableFacts = { variables: [], exceptions: [], contradictions: [], hops: [] };
  const byScheme = new Map(
    SCHEMES.map((scheme) => [scheme, proxyFor({ scheme, host: ANYWHERE, port: null }, { ...settings, given: null })]),
  );
  for (const lower of PAIRS) {
    const set = [lower, lower.toUpperCase()].flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [{ name, value }];
    });
    for (const { name, value } of set) {
      if (lower === 'no_proxy') {
        const { entries, faults } = noProxyFaults(value);
        facts.exceptions.push({ name, entries, faults });
        continue;
      }
      const outcome = parseProxyUrl(value, name);
      const socks4 = socks4Name(value);
      const left = settings.variables[name] === undefined;
      const used = SCHEMES.filter((scheme) => {
        const choice = byScheme.get(scheme);
        return choice?.hop?.from === name || choice?.fault?.variable === name;
      });
      const behindServer = 'it is left out: behind a web server anybody can set it by a header (httpoxy)';
      facts.variables.push({
        name,
        proxy: outcome.ok ? proxyName(outcome.hop) : socks4,
        authenticated: outcome.ok ? outcome.hop.credentials !== null : null,
        schemes: used,
        problem: left ? behindServer : outcome.ok ? null : socks4 === null ? outcome.reason : SOCKS4_UNSPOKEN,
      });
      if (outcome.ok && !left) facts.hops.push(outcome.hop);
    }
    const [small, capital] = set;
    if (small !== undefined && capital !== undefined && !sayTheSame(lower, small.value, capital.value)) {
      const problem =
        lower === 'no_proxy'
          ? 'they list different exceptions: some programs read the one, some the other'
          : 'they name different proxies: some programs read the one, some the other';
      facts.contradictions.push({ names: [small.name, capital.name], problem });
    }
  }
  return facts;
}

export const SOCKS4_UNSPOKEN = 'netdiag does not speak SOCKS 4, so that it is not tried';

/** The name of a proxy of SOCKS 4, without its user: other programs speak it, so that the setting has no fault. `null`: it is none. */
export function socks4Name(value: string): string | null {
  const [, scheme = '', rest] = /^(socks4a?):\/\/(.*)$/is.exec(value) ?? [];
  const outcome = rest === undefined ? null : parseProxyUrl(`http://${rest}`, '');
  return outcome?.ok === true ? proxyName(outcome.hop).replace(/^http/, scheme.toLowerCase()) : null;
}

function sayTheSame(lower: (typeof PAIRS)[number], one: string, other: string): boolean {
  if (lower === 'no_proxy') return listOf(one) === listOf(other);
  const [first, second] = [parseProxyUrl(one, ''), parseProxyUrl(other, '')];
  if (!first.ok || !second.ok) return one === other;
  return proxyName(first.hop) === proxyName(second.hop) && first.hop.credentials === second.hop.credentials;
}

function listOf(list: string): string {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return [...new Set(entries)].sort().join(',');
}
