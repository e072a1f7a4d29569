import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type Data = DataOf<'proxy-settings'>;

/** What this machine says about proxies, and whether they answer. Values of variables are not in it. */
export function proxySettingsLines({ given, variables, exceptions, elsewhere, automatic, proxies, absent }: Data): string[] {
  const lines = [
    ...(given === null ? [] : [given === 'direct' ? 'the direct way was asked for' : `${given} was named for this run`]),
    ...variables.map(({ name, proxy, schemes, authenticated, problem }) => {
      const parts = [
        `${name}: ${proxy ?? 'cannot be read'}${authenticated === true ? ', with a login' : ''}`,
        schemes.length === 0 ? '' : `for ${schemes.join(', ')}`,
        problem ?? '',
      ];
      return parts.filter((part) => part !== '').join(' · ');
    }),
    ...exceptions.map(({ name, entries, faults }) => {
      const odd = faults.length === 0 ? '' : ` · ${faults.map(({ entry, problem }) => `entry ${entry}: ${problem}`).join('; ')}`;
      return `${name}: ${entries} ${entries === 1 ? 'exception' : 'exceptions'}${odd}`;
    }),
    ...elsewhere.map(
      ({ by, proxy, source }) => `${by}: ${proxy ?? 'cannot be read'}${source === null || source === by ? '' : ` (${source})`}`,
    ),
    ...automatic.map(({ by, host }) => `${by}: automatic configuration${host === null ? '' : ` from ${host}`}, not followed`),
    ...proxies.flatMap(proxyLine),
    ...absent.slice(0, 4).map(({ fact, because }) => `not known: ${fact} (${because})`),
  ];
  return lines;
}

function proxyLine({ proxy, reachable, address, tcpMs }: Data['proxies'][number]): string[] {
  if (reachable === null) return [];
  const where = address === null || proxy.includes(address) ? '' : ` at ${address}`;
  return [`${proxy}${where}: ${reachable ? `connected${tcpMs === null ? '' : ` in ${formatMs(tcpMs)}`}` : 'no connection'}`];
}
