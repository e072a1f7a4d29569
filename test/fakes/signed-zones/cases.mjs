// Zones below `test.`, right and broken in known ways, and what each question must come to.

import { decodeName, encodeName, TYPES } from './records.mjs';

const DAY = 86_400;
const WWW = ['www', 'A', '192.0.2.1'];
const PLAIN = { salt: 'AABBCCDD', iterations: 0 };

/** @typedef {{ name: string, type: string, verdict: 'secure' | 'insecure' | 'bogus', reason: string | null, zone?: string }} Question */
/**
 * @typedef {object} Case
 * @property {string} label first label of the zone below `test.`
 * @property {string} fault in words
 * @property {Record<string, unknown>} [algorithm]
 * @property {Question[]} questions names relative to the zone, unless they end in a dot
 */

const secure = (name, type = 'A') => ({ name, type, verdict: 'secure', reason: null });
const insecure = (name, reason, type = 'A') => ({ name, type, verdict: 'insecure', reason });
const bogus = (name, reason, type = 'A') => ({ name, type, verdict: 'bogus', reason });

/** Everything that a zone without a fault must answer. */
const ALL_SECURE = [secure('www'), secure('www', 'AAAA'), secure('missing'), secure('', 'SOA')];

const good = (label, fault, options = {}, questions = ALL_SECURE) => ({ label, fault, questions, ...options });

const dropSignatures =
  (type, name = null) =>
  (records, zone) =>
    records.filter(
      (record) => !(record.type === TYPES.RRSIG && record.covered === type && (name === null || record.name === `${name}.${zone}`)),
    );

/** Flips bits of one octet, counted from the end where negative. */
const flip =
  (at, bits = 1) =>
  (rdata) =>
    rdata.map((octet, index) => (index === (at < 0 ? rdata.length + at : at) ? octet ^ bits : octet));

/** Changes the data of the records that fit. */
const alter = (name, type, change) => (records, zone) =>
  records.map((record) => {
    if (record.name !== (name === '' ? zone : `${name}.${zone}`) || record.type !== type) return record;
    return { ...record, rdata: change(record.rdata, record) };
  });

/** The signature over the records of a type. */
const alterSignature = (name, covered, change) =>
  alter(name, TYPES.RRSIG, (rdata, record) => (record.covered === covered ? change(rdata) : rdata));

const dropDenials = (part) => ({
  ...part,
  authorities: part.authorities.filter(({ type, covered }) => ![type, covered].some((one) => one === TYPES.NSEC || one === TYPES.NSEC3)),
});

/** An answer is taken away, and the denial of its own name, which does not deny it, put in its place. */
const takeAway = (part) =>
  part.answers.length === 0 || part.alias !== null || part.type !== TYPES.A
    ? part
    : { ...part, answers: [], authorities: [...part.zone.soa(), ...part.zone.denyName(part.name)] };

export const CASES = [
  good('rsasha1', 'none: RSASHA1', { algorithm: 'RSASHA1' }),
  good('nsec3rsasha1', 'none: RSASHA1 with NSEC3', { algorithm: 'NSEC3RSASHA1', nsec3: PLAIN }),
  good('rsasha256', 'none: RSASHA256', { algorithm: 'RSASHA256' }),
  good('rsasha512', 'none: RSASHA512', { algorithm: 'RSASHA512' }),
  good('p256', 'none: ECDSAP256SHA256', {}),
  good('p384', 'none: ECDSAP384SHA384', { algorithm: 'ECDSAP384SHA384' }),
  good('ed25519', 'none: ED25519', { algorithm: 'ED25519', nsec3: PLAIN }),
  good('ed448', 'none: ED448', { algorithm: 'ED448' }),
  good('ldns', 'none: signed by ldns-signzone', { by: 'ldns' }),
  good('iterated', 'none: NSEC3 with 100 iterations', { nsec3: { salt: 'AABB', iterations: 100 } }),
  good('sha384ds', 'none: DS with SHA-384', { digests: ['SHA-384'] }),
  good('sha1ds', 'none: DS with SHA-1 only', { digests: ['SHA-1'] }),
  good('twods', 'none: a stale DS beside the right one', { staleDs: true }),
  good('split', 'none: a key signing key and a zone signing key', { zoneKey: true }),
  good(
    'shapes',
    'none: wildcard, empty non-terminals, names in capitals, an unknown type, aliases',
    {
      records: [
        ['*.wild', 'TXT', '"made"'],
        ['deep.empty', 'A', '192.0.2.2'],
        ['@', 'MX', '10 Mail.CAPITALS.example.'],
        ['srv', 'SRV', '1 2 3 Host.CAPITALS.example.'],
        ['unknown', 'TYPE65280', '\\# 4 c0000201'],
        ['alias', 'CNAME', 'WWW'],
        ['toother', 'CNAME', 'www.p256.test.'],
        ['nowhere', 'CNAME', 'missing.p384.test.'],
        ['tounsigned', 'CNAME', 'www.unsigned.test.'],
        ['tobroken', 'CNAME', 'www.expired.test.'],
        ['tree', 'DNAME', 'empty'],
      ],
    },
    [
      secure('x.wild', 'TXT'),
      secure('a.b.wild', 'TXT'),
      secure('x.wild', 'A'),
      secure('empty'),
      secure('', 'MX'),
      secure('srv', 'SRV'),
      secure('unknown', 'TYPE65280'),
      secure('alias'),
      secure('toother'),
      secure('nowhere'),
      secure('deep.tree'),
      secure('none.tree'),
      insecure('tounsigned', 'no-ds'),
      bogus('tobroken', 'signature-expired'),
    ],
  ),
  good(
    'shapes3',
    'none: the same with NSEC3',
    {
      nsec3: { salt: '0102', iterations: 3 },
      records: [
        ['*.wild', 'TXT', '"made"'],
        ['deep.empty', 'A', '192.0.2.2'],
        ['alias', 'CNAME', 'www.shapes.test.'],
        ['tree', 'DNAME', 'empty'],
      ],
    },
    [
      secure('x.wild', 'TXT'),
      secure('a.b.wild', 'TXT'),
      secure('x.wild', 'A'),
      secure('empty'),
      secure('alias'),
      secure('deep.tree'),
      secure('none.tree'),
      secure('x.www'),
    ],
  ),
  {
    label: 'expired',
    fault: 'signatures expired',
    start: -30 * DAY,
    end: -3 * DAY,
    questions: [bogus('www', 'signature-expired'), bogus('missing', 'signature-expired')],
  },
  { label: 'early', fault: 'signatures not yet valid', start: 2 * DAY, end: 9 * DAY, questions: [bogus('www', 'signature-not-yet-valid')] },
  {
    label: 'wrongkey',
    fault: 'DS of another key',
    wrongDs: 'key',
    questions: [bogus('www', 'no-ds-match'), bogus('missing', 'no-ds-match')],
  },
  { label: 'wrongdigest', fault: 'DS with the right tag and a wrong digest', wrongDs: 'digest', questions: [bogus('www', 'no-ds-match')] },
  {
    label: 'unsignedset',
    fault: 'RRSIG of one set taken away',
    alter: dropSignatures(TYPES.A, 'www'),
    questions: [bogus('www', 'signature-missing'), secure('', 'SOA')],
  },
  {
    label: 'unsignedkeys',
    fault: 'RRSIG of the keys taken away',
    alter: dropSignatures(TYPES.DNSKEY),
    questions: [bogus('www', 'signature-missing')],
  },
  {
    label: 'nokeys',
    fault: 'DNSKEY taken away',
    alter: (records) => records.filter(({ type, covered }) => type !== TYPES.DNSKEY && covered !== TYPES.DNSKEY),
    questions: [bogus('www', 'dnskey-missing')],
  },
  {
    label: 'otherkey',
    fault: 'records signed by a key that is not published',
    otherKey: true,
    questions: [bogus('www', 'signing-key-missing')],
  },
  {
    label: 'altered',
    fault: 'address altered',
    alter: alter('www', TYPES.A, flip(3)),
    questions: [bogus('www', 'signature-invalid'), secure('', 'SOA')],
  },
  {
    label: 'badsignature',
    fault: 'a bit of the signature altered',
    alter: alterSignature('www', TYPES.A, flip(-5)),
    questions: [bogus('www', 'signature-invalid')],
  },
  {
    label: 'labels',
    fault: 'RRSIG with too many labels',
    alter: alterSignature('www', TYPES.A, flip(3, 8)),
    questions: [bogus('www', 'labels-wrong')],
  },
  {
    label: 'signer',
    fault: 'RRSIG that names another zone',
    questions: [bogus('www', 'signer-wrong')],
    alter: alterSignature('www', TYPES.A, (rdata) =>
      Buffer.concat([rdata.subarray(0, 18), encodeName('p256.test.'), rdata.subarray(decodeName(rdata, 18).end)]),
    ),
  },
  { label: 'revoked', fault: 'the only key is revoked', revoke: true, questions: [bogus('www', 'key-revoked')] },
  {
    label: 'nodenial',
    fault: 'NSEC taken away',
    twist: dropDenials,
    questions: [secure('www'), bogus('missing', 'denial-missing'), bogus('www', 'denial-missing', 'AAAA')],
  },
  {
    label: 'nodenial3',
    fault: 'NSEC3 taken away',
    nsec3: PLAIN,
    twist: dropDenials,
    questions: [bogus('missing', 'denial-missing'), bogus('www', 'denial-missing', 'AAAA')],
  },
  {
    label: 'takenaway',
    fault: 'an answer taken away, with the NSEC of its name',
    twist: takeAway,
    questions: [bogus('www', 'denial-invalid'), secure('', 'SOA')],
  },
  {
    label: 'takenaway3',
    fault: 'an answer taken away, with the NSEC3 of its name',
    nsec3: PLAIN,
    twist: takeAway,
    questions: [bogus('www', 'denial-invalid')],
  },
  {
    label: 'otherdenial',
    fault: 'NXDOMAIN for a name that exists, with NSEC records of others',
    questions: [bogus('www', 'denial-invalid')],
    twist: (part) =>
      part.type === TYPES.A && part.name.startsWith('www.')
        ? { ...part, rcode: 3, answers: [], authorities: [...part.zone.soa(), ...part.zone.denyName(part.zone.name)] }
        : part,
  },
  {
    label: 'alterednsec',
    fault: 'NSEC altered',
    questions: [bogus('www', 'signature-invalid', 'AAAA')],
    alter: alter('www', TYPES.NSEC, flip(-1)),
  },
  {
    label: 'wildcard',
    fault: 'a wildcard without proof that nothing is closer',
    records: [['*', 'TXT', '"made"']],
    twist: dropDenials,
    questions: [bogus('x', 'wildcard-not-proved', 'TXT')],
  },
  {
    label: 'wildcard3',
    fault: 'the same with NSEC3',
    nsec3: PLAIN,
    records: [['*', 'TXT', '"made"']],
    twist: dropDenials,
    questions: [bogus('x', 'wildcard-not-proved', 'TXT')],
  },
  {
    label: 'unsigned',
    fault: 'none: not signed, and the parent proves it',
    unsigned: true,
    questions: [insecure('www', 'no-ds'), insecure('missing', 'no-ds'), { ...secure('', 'DS') }],
  },
  {
    label: 'unproved',
    fault: 'not signed, and the proof at the parent taken away',
    unsigned: true,
    hideDenial: true,
    questions: [bogus('www', 'denial-missing')],
  },
  { label: 'claimed', fault: 'not signed, but has a DS', unsigned: true, wrongDs: 'key', questions: [bogus('www', 'dnskey-missing')] },
  {
    label: 'oldalgorithm',
    fault: 'none: only of an algorithm that is not supported',
    ds: `12345 12 2 ${'00'.repeat(32)}`,
    questions: [insecure('www', 'algorithm-unsupported')],
  },
  {
    label: 'olddigest',
    fault: 'none: only of a digest that is not supported',
    ds: `12345 13 200 ${'00'.repeat(32)}`,
    questions: [insecure('www', 'algorithm-unsupported')],
  },
  {
    label: 'manyiterations',
    fault: 'none: NSEC3 with 200 iterations',
    by: 'ldns',
    nsec3: { salt: 'AABB', iterations: 200 },
    questions: [secure('www'), insecure('missing', 'nsec3-iterations'), insecure('www', 'nsec3-iterations', 'AAAA')],
  },
  { label: 'baddelegation', fault: 'signature of the DS altered', alterDs: true, questions: [bogus('www', 'signature-invalid')] },
  {
    label: 'optout',
    fault: 'none: opt-out, with an unsigned zone below',
    nsec3: { salt: 'AB', iterations: 0, optOut: true },
    records: [
      ['sub', 'NS', 'ns.sub'],
      ['ns.sub', 'A', '127.0.0.1'],
    ],
    children: [{ label: 'sub', unsigned: true }],
    questions: [secure('www'), insecure('www.sub', 'opt-out'), insecure('missing', 'opt-out')],
  },
  {
    label: 'island',
    fault: 'none: signed below an unsigned zone, with a trust anchor of its own',
    unsigned: true,
    records: [
      ['sub', 'NS', 'ns.sub'],
      ['ns.sub', 'A', '127.0.0.1'],
    ],
    children: [{ label: 'sub', anchor: true }],
    questions: [insecure('www', 'no-ds'), secure('www.sub'), secure('missing.sub')],
  },
  {
    label: 'badisland',
    fault: 'a trust anchor of another key',
    unsigned: true,
    records: [
      ['sub', 'NS', 'ns.sub'],
      ['ns.sub', 'A', '127.0.0.1'],
    ],
    children: [{ label: 'sub', anchor: 'wrong' }],
    questions: [bogus('www.sub', 'no-ds-match')],
  },
  {
    label: 'replay',
    fault: 'names below a zone cut denied by the NSEC of the parent',
    questions: [bogus('www.sub', 'denial-invalid')],
    records: [
      ['sub', 'NS', 'ns.sub'],
      ['ns.sub', 'A', '127.0.0.1'],
    ],
    children: [{ label: 'sub', replay: true }],
  },
  good('sepless', 'none: the DS is of a key without the SEP flag', { secureEntryPoint: false }),
  good('twoalgorithms', 'none: a DS of an unsupported algorithm beside the right one', { extraDs: `12345 12 2 ${'00'.repeat(32)}` }),
  good('wildalias', 'none: an alias made from a wildcard', { records: [['*', 'CNAME', 'www.p256.test.']] }, [secure('x'), secure('a.b')]),
  {
    label: 'soa',
    fault: 'signature of the SOA altered',
    alter: alterSignature('', TYPES.SOA, flip(-5)),
    questions: [bogus('missing', 'signature-invalid'), bogus('www', 'signature-invalid', 'AAAA'), secure('www')],
  },
  {
    label: 'unsigneddenial',
    fault: 'RRSIG of the NSEC records taken away',
    alter: dropSignatures(TYPES.NSEC),
    questions: [bogus('missing', 'signature-missing'), bogus('www', 'signature-missing', 'AAAA'), secure('www')],
  },
  {
    label: 'unsigneddenial3',
    fault: 'RRSIG of the NSEC3 records taken away',
    nsec3: PLAIN,
    alter: dropSignatures(TYPES.NSEC3),
    questions: [bogus('missing', 'signature-missing'), bogus('www', 'signature-missing', 'AAAA')],
  },
  {
    label: 'stripped',
    fault: 'every RRSIG of the zone but those of its keys taken away',
    alter: (records) => records.filter(({ type, covered }) => type !== TYPES.RRSIG || covered === TYPES.DNSKEY),
    questions: [bogus('www', 'signature-missing'), bogus('missing', 'signature-missing')],
  },
  {
    label: 'emptylie',
    fault: 'NXDOMAIN for an empty non-terminal, which its proof corrects',
    records: [['deep.empty', 'A', '192.0.2.2']],
    twist: (part) => (part.name.startsWith('empty.') && part.type === TYPES.A ? { ...part, rcode: 3 } : part),
    questions: [secure('empty')],
  },
];

export { DAY, WWW };
