import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type Data = DataOf<'name-service'>;

/** How names become addresses on this machine. */
export function nameServiceLines({ resolvConf, resolvedMode, nameSwitch, chain, caches, cacheTrial, lookups, hostsFile }: Data): string[] {
  return [
    ...(resolvConf === null ? [] : resolvConfLines(resolvConf, resolvedMode)),
    ...(nameSwitch === null ? [] : [`names are looked for in ${nameSwitch.services.join(', ')}`]),
    ...chain.flatMap(hopLine),
    ...cacheLines(caches, cacheTrial),
    ...lookups.flatMap(lookupLine),
    ...(hostsFile === null ? [] : hostsLines(hostsFile)),
  ];
}

function resolvConfLines(file: NonNullable<Data['resolvConf']>, mode: string | null): string[] {
  if (file.state === 'missing' || file.state === 'unreadable')
    return [`${file.path} ${file.state === 'missing' ? 'is not there' : 'is not shown'}`];
  const servers = file.nameservers.map(({ address, valid, used }) => `${address}${valid ? (used ? '' : ' (not asked)') : ' (no address)'}`);
  const parts = [
    `${file.path}${file.link === null ? '' : ` -> ${file.link}`}`,
    file.writer === null ? '' : `by ${file.writer.name}`,
    mode === null ? '' : `mode ${mode}`,
    servers.length === 0 ? 'no name server' : servers.join(', '),
    file.search.length === 0 ? '' : `search ${file.search.join(' ')}`,
    `ndots ${file.ndots}`,
    file.options.filter((option) => !option.startsWith('ndots')).join(' '),
  ];
  return [parts.filter((part) => part !== '').join(' · ')];
}

function hopLine({ server, askedBy, software, kind, upstreams, routedDomains, dnsOverTls }: Data['chain'][number]): string[] {
  // Another machine's address says no more than the list that it stands in.
  if (kind === 'elsewhere' && software === null) return [];
  const name = `${server}${software === null ? '' : ` is ${software}`}${askedBy === null ? '' : `, behind ${askedBy}`}`;
  const domains =
    routedDomains === null || routedDomains === 0 ? '' : `, others for ${routedDomains} domain${routedDomains === 1 ? '' : 's'}`;
  const secret = dnsOverTls === null || dnsOverTls === 'no' ? '' : `, DNS over TLS ${dnsOverTls}`;
  switch (kind) {
    case 'forwards':
      return [`${name}, asks ${upstreams.join(', ')}${domains}${secret}`];
    case 'recursive':
      return [`${name}, asks from the root down${domains}`];
    case 'loop':
      return [`${name}: a loop`];
    case 'no-upstream':
      return [`${name}, and has nobody to ask`];
    case 'elsewhere':
    case 'unknown':
      return [name];
  }
}

function cacheLines(caches: Data['caches'], trial: Data['cacheTrial']): string[] {
  const held = caches.map(
    ({ name, keeps }) => `${name} ${keeps === null ? 'may keep answers' : keeps ? 'keeps answers' : 'keeps nothing'}`,
  );
  const tried =
    trial === null || trial.firstMs === null || trial.secondMs === null
      ? []
      : [`${trial.name} ${trial.type} at ${trial.server}: first ${formatMs(trial.firstMs)}, again ${formatMs(trial.secondMs)}`];
  const parts = [...held, ...tried];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function lookupLine({ name, candidates, found, wasted, wastedMs }: Data['lookups'][number]): string[] {
  if (candidates.length < 2) return [];
  const cost = wasted.length === 0 ? '' : ` · ${wasted.length} in vain${wastedMs === null ? '' : `, ${formatMs(wastedMs)}`}`;
  const answered = found === null || found === name ? '' : ` · found as ${found}`;
  return [`${name} is asked for as ${candidates.join(', ')}${cost}${answered}`];
}

function hostsLines({ path, entries, faults, overrides }: NonNullable<Data['hostsFile']>): string[] {
  const lines = overrides.map(({ name, addresses, resolverAddresses, agreement }) => {
    const other = agreement === 'differs' && resolverAddresses !== null ? `, the resolver ${resolverAddresses.join(', ')}` : '';
    return `${path} has ${name} at ${addresses.join(', ')}${other}`;
  });
  if (entries === null || lines.length > 0) return lines;
  const odd = faults.length === 0 ? '' : `, line${faults.length === 1 ? '' : 's'} ${faults.join(', ')} without sense`;
  return [`${path}: ${entries} ${entries === 1 ? 'entry' : 'entries'}${odd}`];
}
