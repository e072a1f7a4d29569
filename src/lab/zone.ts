import type { Answer, StringAnswer } from 'dns-packet';
import { LOOPBACK } from './loopback-listener.js';

/** `test` is reserved and never delegated (RFC 6761 section 6.2), so no name of the lab can exist outside it. */
export const ZONE = 'lab.netdiag.test';

/** Short, so that what a resolver between keeps of one lab does not outlive it for long. */
const TTL_SECONDS = 60;

const ADDRESSES = ['', 'ns', 'mail', 'app', 'www', 'echo', 'open', 'closed', 'silent'];

/** More than the 512 bytes of DNS over UDP without EDNS (RFC 1035 section 4.2.1), less than what EDNS usually asks for. */
const LARGE_TEXT_STRINGS = 10;

export interface ZoneAnswer {
  rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  authoritative: boolean;
  answers: Answer[];
  authorities: Answer[];
}

const SOA: Answer = {
  type: 'SOA',
  name: ZONE,
  ttl: TTL_SECONDS,
  data: { mname: `ns.${ZONE}`, rname: `hostmaster.${ZONE}`, serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: TTL_SECONDS },
};

/** Every record, by its owner name in lower case. */
const RECORDS: ReadonlyMap<string, readonly Answer[]> = (() => {
  const records = new Map<string, Answer[]>();
  const add = (answer: Answer): void => {
    records.set(answer.name, [...(records.get(answer.name) ?? []), answer]);
  };
  for (const label of ADDRESSES) add({ type: 'A', name: label === '' ? ZONE : `${label}.${ZONE}`, ttl: TTL_SECONDS, data: LOOPBACK });
  add(SOA);
  add({ type: 'NS', name: ZONE, ttl: TTL_SECONDS, data: `ns.${ZONE}` });
  add({ type: 'MX', name: ZONE, ttl: TTL_SECONDS, data: { preference: 10, exchange: `mail.${ZONE}` } });
  add({ type: 'TXT', name: ZONE, ttl: TTL_SECONDS, data: ['netdiag lab'] });
  add({ type: 'CNAME', name: `alias.${ZONE}`, ttl: TTL_SECONDS, data: `app.${ZONE}` });
  const strings = Array.from({ length: LARGE_TEXT_STRINGS }, (_, index) => `string ${index} of a large answer `.padEnd(200, '.'));
  add({ type: 'TXT', name: `large.${ZONE}`, ttl: TTL_SECONDS, data: strings });
  return records;
})();

/**
 * Looks a name up as an authoritative server does (RFC 1034 section 4.3.2, RFC 2308 for negative answers): NXDOMAIN or an empty answer
 * with the SOA beside it, and REFUSED outside the zone. `name` has no dot at its end; its case does not matter.
 */
export function lookUp(name: string, type: string, dnsClass: string): ZoneAnswer {
  const owner = name.toLowerCase();
  const inZone = owner === ZONE || owner.endsWith(`.${ZONE}`);
  if (!inZone || dnsClass !== 'IN' || type === 'AXFR' || type === 'IXFR') {
    return { rcode: 'REFUSED', authoritative: false, answers: [], authorities: [] };
  }
  const records = RECORDS.get(owner);
  if (records === undefined) return { rcode: 'NXDOMAIN', authoritative: true, answers: [], authorities: [SOA] };

  const answers = matching(records, type);
  // An alias alone does not answer: that its target has no such record is said as for any name (RFC 2308 section 2.2).
  const answered = type === 'ANY' || answers.some((record) => record.type === type);
  return { rcode: 'NOERROR', authoritative: true, answers, authorities: answered ? [] : [SOA] };
}

function matching(records: readonly Answer[], type: string): Answer[] {
  // One set of records is a whole answer to ANY (RFC 8482 section 4.1).
  if (type === 'ANY') return records.filter((record) => record.type === records[0]?.type);
  const own = records.filter((record) => record.type === type);
  const alias = records.find((record): record is StringAnswer => record.type === 'CNAME');
  if (own.length > 0 || alias === undefined) return own;
  return [alias, ...(RECORDS.get(alias.data) ?? []).filter((record) => record.type === type)];
}
