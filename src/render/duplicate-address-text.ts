import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type Asked = DataOf<'duplicate-address'>['addresses'][number];

/** Addresses of this machine that another one claims. */
export function duplicateAddressLines({ addresses, waitedMs, absent }: DataOf<'duplicate-address'>): string[] {
  const lines = addresses.map(lineOf);
  const wait = waitedMs === null ? [] : [`asked by ${protocols(addresses)}, waited ${formatMs(waitedMs)}`];
  return [...wait, ...lines, ...absent.slice(0, 4).map(({ fact, because }) => `not known: ${fact} (${because})`)];
}

function lineOf({ address, interface: name, owner, claimants }: Asked): string {
  const who = claimants.map(({ linkAddress, redundancy, claimsAnything }) => {
    const kind = claimsAnything === true ? 'answers for everything' : redundancy;
    return kind === null ? linkAddress : `${linkAddress} (${kind})`;
  });
  const whose = owner === 'self' ? 'own' : 'gateway';
  const nobody = owner === 'self' ? 'nobody else answers' : 'nobody answers';
  return `${address} on ${name} (${whose}): ${who.length === 0 ? nobody : who.join(', ')}`;
}

function protocols(addresses: readonly Asked[]): string {
  const names = { arp: 'ARP probes', ndp: 'neighbour solicitations' } as const;
  return [...new Set(addresses.map(({ protocol }) => names[protocol]))].join(' and ');
}
