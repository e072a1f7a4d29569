import { custom } from '@oclif/core/flags';
import type { DnsServerOption } from '../model/probe-options.js';
import { WELL_KNOWN_SERVERS } from '../probes/dns-comparison/well-known.js';
import { isIpAddress } from '../wire/dns/server.js';
import { REFERENCE_ADDRESSES } from './references.js';
import type { ValueKind } from './value-kinds.js';
import { valued } from './valued.js';

/** More are no surer, and each of them hears the names. */
const MOST_REFERENCES = 4;

/** `none`: nobody but this machine's own resolvers is asked; otherwise IP addresses, with commas between. */
export const referenceList: ValueKind<string[]> = {
  accepted: `none, or up to ${MOST_REFERENCES} IP addresses of resolvers with commas between, as in 9.9.9.9,2620:fe::fe`,
  parse(text) {
    if (text === 'none') return [];
    const addresses = text.split(',').map((part) => part.trim());
    const valid = addresses.every((address) => isIpAddress(address) && !address.includes('%'));
    return valid && addresses.length <= MOST_REFERENCES ? [...new Set(addresses)] : null;
  },
};

/** Whom `full-report` asks beside the resolvers of this machine. */
export const referencesFlag = {
  references: custom<string[]>(valued(referenceList))({
    env: 'NETDIAG_REFERENCES',
    summary:
      'resolvers to ask besides, for public names and whether anything answers: addresses, or none; with it no page is asked for a portal (1.1.1.1 and 8.8.8.8 unless said otherwise)',
    helpValue: '<list>',
  }),
};

/** Those that were chosen, by the flag before the file; `null`: nobody said anything. */
export function referenceServers(chosen: readonly string[] | null): DnsServerOption[] {
  return (chosen ?? REFERENCE_ADDRESSES).map((address) => {
    const label = WELL_KNOWN_SERVERS.find((server) => server.address === address)?.label;
    return { address, port: 53, from: 'well-known', ...(label === undefined ? {} : { label }) };
  });
}
