import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { covers } from './network-of.js';
import { prefixName, REFUSING_TYPES, ruleInWords, TABLE_DEFAULT, TABLE_LOCAL, TABLE_MAIN, tableName } from './routing.js';

/** The family has no address here, or does not even exist. */
const NO_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** What routes and rules of type unreachable, prohibit and blackhole say no with. */
const REFUSALS: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'EACCES', 'EINVAL']);

/** `l3.path`: the way that the kernel chose for packets to a target, or the route that refuses them. */
export function judgePath(measurement: MeasurementOf<'route-lookup'>, host: MeasurementOf<'host'> | null): Check {
  const line = { kind: 'l3.path', layer: 3, title: 'route', measurement } as const;
  const { attempt, data } = measurement;
  const expected = 'a route';
  if (attempt.kind === 'measured') {
    const via = data.gateway === null ? '' : ` via ${data.gateway}`;
    const way = `${data.interface ?? 'an interface'}${via}, from ${data.source}${tableInWords(data.table, host)}`;
    const observed = data.loopback === true ? 'on this machine' : way;
    return check({ ...line, status: 'pass', observed, expected });
  }
  const refusal = attempt.kind === 'failed' && REFUSALS.has(attempt.code) && data.address !== null ? refusalOf(data.address, host) : null;
  if (refusal !== null) return check({ ...line, status: 'fail', code: 'route-prohibited', observed: refusal, expected });
  if (attempt.kind === 'failed' && data.address !== null && host !== null && host.attempt.kind === 'measured') {
    const family = data.address.includes(':') ? 6 : 4;
    const other = family === 4 ? 6 : 4;
    if (!hasWayOut(host.data, family) && hasWayOut(host.data, other)) {
      const observed = `this machine has no IPv${family} way out, and the target no IPv${other} address`;
      return check({ ...line, status: 'fail', code: family === 4 ? 'ipv4-broken' : 'ipv6-broken', observed, expected });
    }
  }
  if (attempt.kind === 'failed') {
    const code = attempt.code === 'ENETUNREACH' ? 'no-default-route' : NO_ADDRESS.has(attempt.code) ? 'no-address' : 'route-prohibited';
    return check({ ...line, status: 'fail', code, observed: attempt.message, expected });
  }
  return skippedCheck(line, reasonOf(attempt));
}

/** `, by table 100 (rule 1000)` where it is not the main table that decided. */
function tableInWords(table: number | null, host: MeasurementOf<'host'> | null): string {
  if (table === null || STANDARD_TABLES.has(table)) return '';
  const asking = host?.data.rules?.filter((rule) => rule.table === table) ?? [];
  const [rule] = asking;
  return `, by ${tableName(table)}${rule === undefined || asking.length > 1 ? '' : ` (rule ${rule.priority})`}`;
}

const STANDARD_TABLES: ReadonlySet<number> = new Set([TABLE_LOCAL, TABLE_MAIN, TABLE_DEFAULT]);

/** The most precise route of this machine that refuses an address, or the rule that does; `null` where neither is known. */
function refusalOf(address: string, host: MeasurementOf<'host'> | null): string | null {
  const family = address.includes(':') ? 6 : 4;
  const rule = host?.data.rules?.find(
    (entry) => entry.family === family && REFUSING_TYPES.has(entry.action) && entry.to !== null && covers(prefixOf(entry.to), address),
  );
  if (rule !== undefined) return `${rule.action} by rule ${ruleInWords(rule)}`;
  const [route] = (host?.data.routes ?? [])
    .filter((entry) => REFUSING_TYPES.has(entry.type) && covers(entry, address))
    .sort((a, b) => b.prefixLength - a.prefixLength);
  if (route === undefined) return null;
  const table = tableName(route.table);
  return `a route of this machine refuses it: ${route.type} ${prefixName(route)}${table === '' ? '' : `, ${table}`}`;
}

function prefixOf(text: string) {
  const [destination = '', length] = text.split('/');
  return { destination, prefixLength: Number(length) };
}

function hasWayOut({ defaultRoutes }: MeasurementOf<'host'>['data'], family: 4 | 6): boolean {
  return defaultRoutes.some((route) => route.family === family);
}
