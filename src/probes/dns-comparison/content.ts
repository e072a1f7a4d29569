import type { DataOf } from '../../model/measurement.js';
import { addressScope } from '../../wire/address-scope.js';

export type ComparedServer = DataOf<'dns-comparison'>['servers'][number];
export type Finding = DataOf<'dns-comparison'>['findings'][number];
export type Reference = NonNullable<DataOf<'dns-comparison'>['reference']>;

/**
 * What an answer amounts to. `public`, `inner`: addresses, of which one is inner or none. `sink`: the unspecified address. `records`: data
 * of another type. `empty`: the name is there without such a record. `nonexistent`: NXDOMAIN. `error`: any other rcode.
 */
export type ContentKind = 'public' | 'inner' | 'sink' | 'records' | 'empty' | 'nonexistent' | 'error';

export interface Content {
  kind: ContentKind;
  /** Equal for answers that say the same, whatever their order, case and times to live. */
  key: string;
}

/** Types whose right answer depends on where the question comes from. */
const LOCATED_TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME', 'HTTPS', 'SVCB']);

/** The data of these is a name, or ends in one: case means nothing (RFC 4343). */
const NAMED_TYPES: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SRV']);

export function isLocated(type: string): boolean {
  return LOCATED_TYPES.has(type);
}

/** What an rcode with these records says; `null` where no answer came. */
export function contentOf(type: string, rcode: string | null, answers: readonly string[]): Content | null {
  if (rcode === null) return null;
  if (rcode === 'NXDOMAIN') return { kind: 'nonexistent', key: 'NXDOMAIN' };
  if (rcode !== 'NOERROR') return { kind: 'error', key: rcode };
  if (answers.length === 0) return { kind: 'empty', key: 'NODATA' };
  const kind = type === 'A' || type === 'AAAA' ? kindOfAddresses(answers) : 'records';
  return { kind, key: [...new Set(answers.map((data) => comparable(type, data)))].sort().join('\n') };
}

function kindOfAddresses(answers: readonly string[]): ContentKind {
  const scopes = answers.map(addressScope);
  if (scopes.every((scope) => scope === 'unspecified')) return 'sink';
  return scopes.includes('inner') ? 'inner' : 'public';
}

/** What must be equal for two records to say the same. */
function comparable(type: string, data: string): string {
  // The serial number runs ahead at some servers of a zone, and the times behind it are no answer to anybody.
  if (type === 'SOA') return data.split(' ').slice(0, 2).join(' ').toLowerCase();
  // Made anew with each signing, and at each server that signs on the fly.
  if (type === 'RRSIG') return 'RRSIG';
  // RFC 8482: a server may pick what it likes.
  if (type === 'ANY') return 'ANY';
  return NAMED_TYPES.has(type) ? data.toLowerCase() : data;
}

/** The first answer of a server. */
export function contentOfServer(type: string, { rcode, answers }: ComparedServer): Content | null {
  return contentOf(type, rcode, answers);
}

/** Records of any sort, as far as they lead somewhere. */
export function hasRecords({ kind }: Content): boolean {
  return kind === 'public' || kind === 'inner' || kind === 'records';
}

/** What a translator of this network makes of an IPv4 address (RFC 6052): it depends on the place as that does. */
const TRANSLATED = /^64:ff9b:/;

/** Whether both lead into a network and have no address in common. No content network is there to choose between them by place. */
export function contradictInside(one: Content, other: Content): boolean {
  if (one.kind !== 'inner' || other.kind !== 'inner') return false;
  const [mine, others] = [one.key.split('\n'), other.key.split('\n')];
  return !mine.some((address) => others.includes(address) || TRANSLATED.test(address));
}

/** Says that there is no such record. */
export function deniesRecords({ kind }: Content): boolean {
  return kind === 'empty' || kind === 'nonexistent';
}

/** RFC 8914: Forged Answer, Blocked, Censored, Filtered. Prohibited (18) is about the client, not about the name. */
const FILTER_ERRORS: ReadonlySet<number> = new Set([4, 15, 16, 17]);

/** Whether the server itself says that it refuses this name on purpose. */
export function saysFiltered(server: Pick<ComparedServer, 'extendedErrors'>): boolean {
  return server.extendedErrors.some(({ code }) => FILTER_ERRORS.has(code));
}

export function isEncrypted({ transport }: Pick<ComparedServer, 'transport'>): boolean {
  return transport === 'tls' || transport === 'https';
}

/** `Cloudflare (1.1.1.1)`. */
export function nameOfServer({ label, server }: Pick<ComparedServer, 'label' | 'server'>): string {
  return label === null ? server : `${label} (${server})`;
}
