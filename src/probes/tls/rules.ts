import type { Certificate, DataOf } from '../../model/measurement.js';
import type { TlsRules } from '../../model/tls-rules.js';

type Data = DataOf<'tls'>;
export type RuleOutcome = NonNullable<Data['policy']>['rules'][number];

const DAY_MS = 86_400_000;
/** More suites or groups than these are counted, not listed. */
const LISTED = 8;

const NOT_ENUMERATED = 'not found out: the server was not enumerated';
const NOT_SETTLED = 'not found out: the server did not settle it';
const NO_CERTIFICATE = 'not found out: the server showed no certificate';

/**
 * Holds what was found of a server against rules, each by itself, in a fixed order. What was not measured is neither passed nor failed.
 *
 * @param seenAt when the server was looked at, for what is left of its certificate
 */
export function evaluateRules(data: Data, rules: TlsRules, seenAt: Date): RuleOutcome[] {
  return [
    ...protocolRules(data, rules),
    ...exchangeRules(data, rules),
    ...certificateRules(data, rules, seenAt),
    ...featureRules(data, rules),
  ];
}

function protocolRules({ enumeration }: Data, { protocols }: TlsRules): RuleOutcome[] {
  if (protocols === undefined) return [];
  const supported = enumeration?.protocols.filter((entry) => entry.supported === true).map(({ name }) => name) ?? [];
  const open = enumeration?.protocols.filter((entry) => entry.supported === null).map(({ name }) => name) ?? [];
  const { allowed, required = [], preferred = [] } = protocols;
  const extra = supported.filter((name) => !(allowed as readonly string[]).includes(name));
  const openExtra = open.filter((name) => !(allowed as readonly string[]).includes(name));
  const observed = enumeration == null ? NOT_ENUMERATED : listed(supported, 'none was accepted');
  const outcomes = [
    rule('protocols', 'TLS versions accepted', 'must', `only ${allowed.join(', ')}`, {
      passed: enumeration == null ? null : extra.length > 0 ? false : openExtra.length > 0 ? null : true,
      observed: extra.length > 0 ? `accepts ${listed(extra)} too` : openExtra.length > 0 ? `not settled: ${listed(openExtra)}` : observed,
    }),
  ];
  const wanted = (id: string, title: string, level: RuleOutcome['level'], names: readonly string[]) => {
    const missing = names.filter((name) => !supported.includes(name));
    const unsettled = missing.some((name) => open.includes(name));
    const passed = enumeration == null ? null : missing.length === 0 ? true : unsettled ? null : false;
    outcomes.push(
      rule(id, title, level, names.join(', '), { passed, observed: passed === false ? `${listed(missing)} is missing` : observed }),
    );
  };
  if (required.length > 0) wanted('protocols-required', 'TLS versions required', 'must', required);
  if (preferred.length > 0) wanted('protocols-preferred', 'TLS versions preferred', 'should', preferred);
  return outcomes;
}

function exchangeRules({ enumeration }: Data, rules: TlsRules): RuleOutcome[] {
  const outcomes: RuleOutcome[] = [];
  if (rules.ciphers !== undefined) {
    const { allowed } = rules.ciphers;
    // The weakest first: a list that is cut off still names what matters most.
    const weakestFirst = [...(enumeration?.ciphers ?? [])].sort((a, b) => weaknessRank(a.strength) - weaknessRank(b.strength));
    const accepted = [...new Set(weakestFirst.map(({ name }) => name))];
    const extra = accepted.filter((name) => !allowed.includes(name));
    const verdict = enumeration == null || (accepted.length === 0 && !enumeration.complete) ? null : extra.length === 0;
    outcomes.push(
      rule('ciphers', 'cipher suites accepted', 'must', `only those of the policy (${allowed.length})`, {
        passed: verdict === true && enumeration?.complete === false ? null : verdict,
        observed:
          enumeration == null
            ? NOT_ENUMERATED
            : extra.length > 0
              ? `accepts ${listed(extra)} too`
              : enumeration.complete
                ? `${accepted.length} accepted, all of the policy`
                : NOT_SETTLED,
      }),
    );
  }
  if (rules.preference !== undefined) outcomes.push(preferenceRule(enumeration, rules.preference));
  outcomes.push(...groupRules(enumeration, rules));
  return outcomes;
}

function preferenceRule(enumeration: Data['enumeration'], wanted: 'server' | 'client'): RuleOutcome {
  const deciding = enumeration?.preference.filter(({ decides }) => decides !== null) ?? [];
  const wrong = deciding.filter(({ decides }) => decides !== wanted).map(({ protocol }) => protocol);
  const others = wanted === 'server' ? 'client' : 'server';
  return rule('preference', 'who decides among suites', 'should', `the ${wanted}`, {
    passed: deciding.length === 0 ? null : wrong.length === 0,
    observed:
      enumeration == null
        ? NOT_ENUMERATED
        : deciding.length === 0
          ? 'not to be told: nowhere are there two suites to choose from'
          : wrong.length === 0
            ? `the ${wanted}`
            : `the ${others}, in ${listed(wrong)}`,
  });
}

function groupRules(enumeration: Data['enumeration'], { groups, minimumDhBits, postQuantum }: TlsRules): RuleOutcome[] {
  const outcomes: RuleOutcome[] = [];
  const accepted = enumeration?.groups?.map(({ name }) => name) ?? null;
  const absent = enumeration == null ? NOT_ENUMERATED : NOT_SETTLED;
  if (groups?.allowed !== undefined) {
    const { allowed } = groups;
    const extra = accepted?.filter((name) => !allowed.some((other) => sameGroup(name, other))) ?? [];
    outcomes.push(
      rule('groups', 'groups accepted for the key exchange', 'must', `only ${listed(allowed)}`, {
        passed: accepted === null ? null : extra.length === 0,
        observed: accepted === null ? absent : extra.length > 0 ? `accepts ${listed(extra)} too` : listed(accepted, 'none'),
      }),
    );
  }
  if (groups?.anyOf !== undefined) {
    const { anyOf } = groups;
    outcomes.push(
      rule('groups-required', 'groups required for the key exchange', 'must', `one of ${listed(anyOf)}`, {
        passed: accepted === null ? null : accepted.some((name) => anyOf.some((other) => sameGroup(name, other))),
        observed: accepted === null ? absent : listed(accepted, 'none'),
      }),
    );
  }
  if (minimumDhBits !== undefined) {
    const bits = enumeration?.dhBits ?? null;
    const shown = bits === null ? 'no finite-field Diffie-Hellman below TLS 1.3' : `${bits} bits`;
    outcomes.push(
      rule('dh-size', 'Diffie-Hellman prime', 'must', `${minimumDhBits} bits or more`, {
        passed: bits !== null ? bits >= minimumDhBits : enumeration?.complete === true ? true : null,
        observed: bits === null && enumeration?.complete !== true ? absent : shown,
      }),
    );
  }
  if (postQuantum !== undefined) {
    const found = postQuantumGroups(enumeration);
    outcomes.push(
      rule('post-quantum', 'key exchange against quantum computers', postQuantum === 'required' ? 'must' : 'should', 'a hybrid group', {
        passed: found === null ? null : found.length > 0,
        observed: found === null ? absent : listed(found, 'none accepted'),
      }),
    );
  }
  return outcomes;
}

/** Groups that hold against a quantum computer, of those that the server accepts; `null` where that was not found out. */
export function postQuantumGroups(enumeration: Data['enumeration']): string[] | null {
  const groups = enumeration?.groups ?? null;
  return groups === null ? null : groups.filter(({ kind }) => kind === 'hybrid' || kind === 'post-quantum').map(({ name }) => name);
}

/** Names differ in case, and P-256 has one of SEC 2 and one of ANSI X9.62, which OpenSSL uses. */
function sameGroup(one: string, other: string): boolean {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/^prime256v1$|^p-?256$/, 'secp256r1')
      .replace(/^p-?(384|521)$/, 'secp$1r1');
  return plain(one) === plain(other);
}

function certificateRules(data: Data, { certificate }: TlsRules, seenAt: Date): RuleOutcome[] {
  const leaf = data.chain[0];
  if (certificate === undefined) return [];
  const outcomes: RuleOutcome[] = [];
  const about = (id: string, title: string, level: RuleOutcome['level'], expected: string, of: (leaf: Certificate) => Verdict) =>
    outcomes.push(rule(id, title, level, expected, leaf === undefined ? { passed: null, observed: NO_CERTIFICATE } : of(leaf)));
  const { keyTypes, minimumRsaBits, minimumEcBits, signatureAlgorithms } = certificate;
  if (keyTypes !== undefined) {
    about('key-type', 'kind of the key', 'must', keyTypes.join(' or '), ({ keyType }) => ({
      passed: keyType === null ? null : keyTypes.includes(keyType),
      observed: keyType ?? 'of a kind that is not known here',
    }));
  }
  const size = (minimum: number, kind: 'RSA' | 'EC') =>
    about(`${kind.toLowerCase()}-size`, `size of an ${kind} key`, 'must', `${minimum} bits or more`, ({ keyType, keyBits }) => {
      if (keyType === null) return { passed: null, observed: 'the key is of a kind that is not known here' };
      const concerned = kind === 'RSA' ? keyType.startsWith('RSA') : keyType === 'EC';
      if (!concerned) return { passed: true, observed: `the key is ${keyType}` };
      return { passed: keyBits === null ? null : keyBits >= minimum, observed: keyBits === null ? 'not known' : `${keyBits} bits` };
    });
  if (minimumRsaBits !== undefined) size(minimumRsaBits, 'RSA');
  if (minimumEcBits !== undefined) size(minimumEcBits, 'EC');
  if (signatureAlgorithms !== undefined) {
    about('signature', 'signature on the certificate', 'must', signatureAlgorithms.join(' or '), ({ signatureAlgorithm }) => ({
      passed: signatureAlgorithm == null ? null : signatureAlgorithms.includes(signatureAlgorithm),
      observed: signatureAlgorithm ?? 'not known',
    }));
  }
  const lifetime = (id: string, level: RuleOutcome['level'], limit: number) =>
    about(id, 'lifetime of the certificate', level, `${limit} days at most`, (one) => {
      const span = lifetimeDays(one);
      return { passed: span <= limit, observed: `${Number(span.toFixed(1))} days` };
    });
  if (certificate.maximumLifetimeDays !== undefined) lifetime('lifetime', 'must', certificate.maximumLifetimeDays);
  if (certificate.recommendedLifetimeDays !== undefined) lifetime('lifetime-recommended', 'should', certificate.recommendedLifetimeDays);
  const { minimumRemainingDays } = certificate;
  if (minimumRemainingDays !== undefined) {
    about('remaining', 'time left to the certificate', 'must', `${minimumRemainingDays} days or more`, ({ notAfter }) => {
      const left = Math.floor((Date.parse(notAfter) - seenAt.getTime()) / DAY_MS);
      return { passed: left >= minimumRemainingDays, observed: left < 0 ? `expired ${-left} days ago` : `${left} days` };
    });
  }
  if (certificate.nameMatches === true) {
    about('name', 'name in the certificate', 'must', `subjectAltName good for ${data.servername ?? 'the server'}`, ({ san }) => ({
      passed: data.hostnameMatches,
      observed: san.length === 0 ? 'no subjectAltName' : listed(san),
    }));
  }
  if (certificate.trusted === true) {
    about('trust', 'trust in the certificate', 'must', 'a chain to a known authority', () => ({
      passed: data.trusted,
      observed: data.trusted === true ? 'trusted' : (data.trustError ?? 'not known'),
    }));
  }
  return outcomes;
}

/** From `notBefore` to `notAfter`, as people count: the last second, which is part of it too (RFC 5280 section 4.1.2.5), makes no further day. */
function lifetimeDays({ notBefore, notAfter }: Certificate): number {
  return (Date.parse(notAfter) - Date.parse(notBefore)) / DAY_MS;
}

function featureRules(data: Data, rules: TlsRules): RuleOutcome[] {
  const { enumeration } = data;
  const outcomes: RuleOutcome[] = [];
  if (rules.ocspStaple === true) {
    const leaf = data.chain[0];
    const responders = leaf?.ocspUrls;
    const nothing = responders !== undefined && responders.length === 0;
    const stapled = data.ocspStaple != null;
    outcomes.push(
      rule('ocsp-staple', 'OCSP answer stapled', 'must', 'stapled, where there is a responder', {
        passed: leaf === undefined || responders === undefined ? null : nothing || stapled,
        observed:
          leaf === undefined ? NO_CERTIFICATE : nothing ? 'the certificate names no responder' : stapled ? 'stapled' : 'not stapled',
      }),
    );
  }
  const versions = enumeration?.protocols.filter(({ supported }) => supported !== false) ?? [];
  const onlyTls13 = versions.length === 1 && versions[0]?.name === 'TLSv1.3';
  const feature = (id: string, title: string, wanted: boolean, words: Words, found: boolean | null | undefined, moot: string | null) =>
    outcomes.push(
      rule(id, title, 'must', wanted ? words.yes : words.no, {
        passed: found == null ? (moot === null ? null : true) : found === wanted,
        observed: found == null ? (moot ?? (enumeration == null ? NOT_ENUMERATED : NOT_SETTLED)) : found ? words.yes : words.no,
      }),
    );
  if (rules.compression === false) {
    const moot = onlyTls13 ? 'TLS 1.3 has none' : null;
    feature('compression', 'TLS compression', false, { yes: 'accepted', no: 'not accepted' }, enumeration?.compression, moot);
  }
  if (rules.secureRenegotiation === true) {
    const moot = onlyTls13 ? 'TLS 1.3 has no renegotiation' : null;
    const words = { yes: 'announced', no: 'not announced' };
    feature('renegotiation', 'secure renegotiation', true, words, enumeration?.secureRenegotiation, moot);
  }
  if (rules.fallbackSignal === true) {
    const moot = versions.length === 1 ? 'there is but one version' : null;
    const words = { yes: 'heeded', no: 'not heeded' };
    feature('fallback-signal', 'protection against downgrades', true, words, enumeration?.fallbackSignal, moot);
  }
  if (rules.heartbeat === false) {
    feature('heartbeat', 'heartbeat extension', false, { yes: 'offered', no: 'not offered' }, enumeration?.heartbeat, null);
  }
  return outcomes;
}

interface Words {
  yes: string;
  no: string;
}

type Verdict = Pick<RuleOutcome, 'passed' | 'observed'>;

function rule(id: string, title: string, level: RuleOutcome['level'], expected: string, verdict: Verdict): RuleOutcome {
  return { id, title, level, expected, ...verdict };
}

function listed(names: readonly string[], none = 'none'): string {
  if (names.length === 0) return none;
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `${names.slice(0, LISTED).join(', ')}${more}`;
}

const WEAKEST_FIRST: readonly (string | null)[] = ['insecure', 'weak'];

function weaknessRank(strength: string | null): number {
  const rank = WEAKEST_FIRST.indexOf(strength);
  return rank === -1 ? WEAKEST_FIRST.length : rank;
}
