import { absoluteName } from '../../wire/dns/name.js';
import type { TrustAnchor } from '../../wire/dnssec/anchor.js';
import { algorithmName, isAlgorithmSupported, isDigestSupported, matchesDs } from '../../wire/dnssec/crypto.js';
import { type Dnskey, type Ds, parseDnskey, TYPE, withoutRevocation } from '../../wire/dnssec/records.js';
import { bogus, type Finding, insecure, undecided } from './finding.js';
import type { ChainLink, Evaluation, Inquiry } from './inquiry.js';
import { findSet, type RecordSet, recordSets } from './record-sets.js';
import { type SecureZone, verifySet } from './signatures.js';

/** What vouches for the keys of a zone: DS records, which its parent has signed or a user has given, and keys that a user has given. */
export type Vouchers = Pick<TrustAnchor, 'ds' | 'keys'>;

const SHA1_DIGEST = 1;
/** Of a set: more are passed over. Honest zones have two to six. */
const MAXIMUM_KEYS = 32;

/** Takes over the keys of a zone if one that is vouched for signs them all (RFC 4035 section 5.2), and notes the zone in the chain. */
export function enterZone(
  name: string,
  vouchers: Vouchers,
  evaluation: Evaluation,
  ahead: readonly Inquiry[],
): { kind: 'zone'; zone: SecureZone } | { kind: 'ended'; finding: Finding } {
  const usable = usableVouchers(vouchers);
  const link: ChainLink = { zone: name, ds: vouchers.ds.map(describeDs), keys: [], verdict: null };
  evaluation.chain.push(link);
  const end = (finding: Finding) => {
    link.verdict = finding.verdict;
    return { kind: 'ended' as const, finding };
  };
  if (usable.ds.length === 0 && usable.keys.length === 0)
    return end(insecure(name, 'algorithm-unsupported', describeUnsupported(name, vouchers)));

  const reply = evaluation.reply({ name, type: 'DNSKEY' }, ahead);
  if (reply.kind === 'none') return end(undecided(name, 'unanswered', `DNSKEY ${absoluteName(name)}: ${reply.because}`));
  const { rcode, answers } = reply.message;
  const set = findSet(recordSets(answers), name, TYPE.DNSKEY);
  if (set === null) {
    const detail = `DNSKEY ${absoluteName(name)}: ${rcode}`;
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return end(undecided(name, 'server-failure', detail));
    return end(
      bogus(
        name,
        'dnskey-missing',
        `zone ${absoluteName(name)} has no DNSKEY record (${rcode}), though ${vouchedBy(vouchers)} says that it is signed`,
      ),
    );
  }
  const keys = readKeys(set);
  link.keys = keys.map(({ keyTag, algorithm, secureEntryPoint }) => ({ keyTag, algorithm: algorithmName(algorithm), secureEntryPoint }));
  if (set.signatures.length === 0 && !evaluation.sawSignatures) return end(stripped(name));

  const trusted = keys.filter((key) => isVouchedFor(name, key, usable));
  if (trusted.length === 0) return end(noMatch(name, keys, vouchers, usable));
  const tags = trusted.map(({ keyTag }) => keyTag);
  const signatures = set.signatures.filter(({ rrsig }) => tags.includes(rrsig.keyTag));
  if (signatures.length === 0) {
    const others =
      set.signatures.length === 0 ? 'nobody' : `only by ${set.signatures.map(({ rrsig }) => `key ${rrsig.keyTag}`).join(', ')}`;
    const detail = `the keys of zone ${absoluteName(name)} are signed by ${others}, not by key ${tags.join(', ')} of ${vouchedBy(vouchers)}`;
    return end(bogus(name, 'signature-missing', detail));
  }
  const verified = verifySet({ ...set, signatures }, { name, keys: trusted }, evaluation);
  if (verified.kind === 'failed') return end(verified.finding);
  link.verdict = 'secure';
  return { kind: 'zone', zone: { name, keys } };
}

export function stripped(zone: string): Finding {
  return undecided(
    zone,
    'resolver-strips-dnssec',
    'no answer had a signature, not even that for the keys of the trust anchor: the resolver, or something before it, does not hand them on',
  );
}

function readKeys(set: RecordSet): Dnskey[] {
  return set.records.slice(0, MAXIMUM_KEYS).flatMap(({ rdata }) => {
    const key = parseDnskey(rdata);
    return key.ok ? [key.value] : [];
  });
}

/** Those with an algorithm and digest that are supported; SHA-1 digests only where there is no better one (RFC 4509 section 3). */
function usableVouchers({ ds, keys }: Vouchers): Vouchers {
  const supported = ds.filter(({ algorithm, digestType }) => isAlgorithmSupported(algorithm) && isDigestSupported(digestType));
  const better = supported.filter(({ digestType }) => digestType !== SHA1_DIGEST);
  return { ds: better.length > 0 ? better : supported, keys: keys.filter(({ algorithm }) => isAlgorithmSupported(algorithm)) };
}

function isVouchedFor(zone: string, key: Dnskey, { ds, keys }: Vouchers): boolean {
  if (!key.zoneKey || key.protocol !== 3 || key.revoked) return false;
  if (keys.some((anchor) => anchor.algorithm === key.algorithm && Buffer.compare(anchor.publicKey, key.publicKey) === 0)) return true;
  return ds.some((entry) => entry.keyTag === key.keyTag && matchesDs(zone, entry, key));
}

function noMatch(zone: string, keys: readonly Dnskey[], vouchers: Vouchers, usable: Vouchers): Finding {
  const where = `zone ${absoluteName(zone)}`;
  const revoked = keys.find(
    (key) =>
      key.revoked &&
      (usable.ds.some((entry) => matchesDs(zone, entry, key, withoutRevocation(key))) ||
        usable.keys.some((anchor) => Buffer.compare(anchor.publicKey, key.publicKey) === 0)),
  );
  if (revoked !== undefined) {
    return bogus(zone, 'key-revoked', `the key of ${where} of ${vouchedBy(vouchers)} is revoked; its tag is ${revoked.keyTag} now`);
  }
  const has = keys.map((key) => `${key.keyTag} (${algorithmName(key.algorithm)})`).join(', ');
  const same = usable.ds.find((entry) => keys.some((key) => key.keyTag === entry.keyTag && key.algorithm === entry.algorithm));
  const reason = same === undefined ? '' : `; the digest for key ${same.keyTag} is another`;
  return bogus(
    zone,
    'no-ds-match',
    `no key of ${where} is the one of ${vouchedBy(vouchers)}: it has ${has === '' ? 'none that can be read' : has}${reason}`,
  );
}

/** `DS 12345/13/2`, or `trust anchor 12345`. */
function vouchedBy({ ds, keys }: Vouchers): string {
  const parts = [
    ...(ds.length === 0 ? [] : [`DS ${ds.map(describeDs).join(', ')}`]),
    ...(keys.length === 0 ? [] : [`trust anchor ${keys.map(({ keyTag }) => keyTag).join(', ')}`]),
  ];
  return parts.join(' and ');
}

function describeDs({ keyTag, algorithm, digestType }: Ds): string {
  return `${keyTag}/${algorithm}/${digestType}`;
}

function describeUnsupported(zone: string, { ds, keys }: Vouchers): string {
  const algorithms = [...ds, ...keys].map(({ algorithm }) => algorithmName(algorithm));
  const digests = ds.map(({ digestType }) => digestType);
  const list = (values: readonly (string | number)[]) => [...new Set(values)].join(', ');
  return `zone ${absoluteName(zone)} is signed with algorithm ${list(algorithms)}${digests.length === 0 ? '' : `, digest type ${list(digests)}`}, of which none is supported here`;
}
