import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type Enumeration = NonNullable<DataOf<'tls'>['enumeration']>;
type Cipher = Enumeration['ciphers'][number];

const GAP = '  ';
/** Signs in front of suites: what stands without one is nothing to look at twice. */
const SIGNS: Readonly<Record<Cipher['strength'], string>> = { recommended: '+', secure: ' ', weak: '~', insecure: '!' };
/** Names are put in a column up to this width: what is wrong with a suite then still fits beside them on 80 columns. */
const NAME_COLUMN = 42;

/**
 * What a server accepts, for people: versions in one line, then the suites of each version with what speaks for and against them, then groups,
 * signature schemes and the rest. Versions with the same suites share a table.
 */
export function enumerationLines(enumeration: Enumeration): string[] {
  const { connections, durationMs, complete, unsettled, notes, violations } = enumeration;
  return [
    `versions: ${versions(enumeration)}`,
    ...suiteLines(enumeration),
    ...(enumeration.ciphers.length === 0 ? [] : ['(+ recommended, ~ weak, ! insecure, without a sign: secure)']),
    ...exchangeLines(enumeration),
    features(enumeration),
    ...(notes ?? []).map((note) => `note: ${note}`),
    ...(violations ?? []).map((violation) => `invalid: ${violation}`),
    ...unsettled.map((what) => `not settled: ${what}`),
    `enumerated by ${connections} connections in ${formatMs(durationMs)}${complete ? '' : ', not complete'}`,
  ];
}

function versions({ protocols }: Enumeration): string {
  const named = (wanted: boolean | null) => protocols.filter(({ supported }) => supported === wanted).map(({ name }) => name);
  const [yes, no, open] = [named(true), named(false), named(null)];
  return [
    yes.length === 0 ? (open.length === 0 ? 'none accepted' : 'none found') : [...yes].reverse().join(', '),
    ...(no.length === 0 ? [] : [`refused: ${no.join(', ')}`]),
    ...(open.length === 0 ? [] : [`not settled: ${open.join(', ')}`]),
  ].join(' · ');
}

function suiteLines({ ciphers, preference }: Enumeration): string[] {
  const tables: { protocols: string[]; suites: Cipher[]; decides: string }[] = [];
  for (const protocol of [...new Set(ciphers.map((cipher) => cipher.protocol))]) {
    const suites = ciphers.filter((cipher) => cipher.protocol === protocol);
    const { decides = null, order = null } = preference.find((entry) => entry.protocol === protocol) ?? {};
    const how =
      decides === 'client'
        ? 'the client decides'
        : decides === 'server'
          ? `the server decides${order === null ? '' : ', in this order'}`
          : '';
    const same = tables.find(
      (table) => table.decides === how && table.suites.map(({ id }) => id).join() === suites.map(({ id }) => id).join(),
    );
    if (same === undefined) tables.push({ protocols: [protocol], suites, decides: how });
    else same.protocols.push(protocol);
  }
  return tables.flatMap(({ protocols, suites, decides }) => {
    const counted = `${suites.length} ${suites.length === 1 ? 'suite' : 'suites'}`;
    return [`${protocols.join(' and ')}: ${[counted, decides].filter((part) => part !== '').join(', ')}`, ...table(suites)];
  });
}

function table(suites: readonly Cipher[]): string[] {
  const rows = suites.map((suite) => ({ name: `${SIGNS[suite.strength]} ${suite.name}`, why: reasons(suite) }));
  const width = Math.min(NAME_COLUMN, Math.max(...rows.map(({ name }) => name.length)));
  return rows.map(({ name, why }) => `${name.padEnd(width)}${GAP}${why}`.trimEnd());
}

/** What is wrong with a suite, in a few words. */
function reasons({ strength, encryption, bits, authentication, forwardSecrecy, name }: Cipher): string {
  if (strength === 'recommended' || strength === 'secure') return '';
  const faults = [
    ...(encryption === 'NULL'
      ? ['no encryption']
      : encryption === 'RC4'
        ? ['RC4']
        : /^(3DES|DES|RC2|IDEA)/.test(encryption)
          ? ['blocks of 64 bits']
          : []),
    ...(bits > 0 && bits < 112 ? [`${bits} bits`] : []),
    ...(authentication === 'anon' ? ['no authentication'] : authentication === 'DSS' ? ['DSS'] : []),
    ...(name.endsWith('_MD5') ? ['MD5'] : []),
    ...(forwardSecrecy ? [] : ['no forward secrecy']),
    ...(encryption.endsWith('CBC') ? ['CBC'] : encryption === 'AES-CCM-8' ? ['tag of 64 bits'] : []),
  ];
  return faults.join(', ');
}

function exchangeLines({ groups, dhBits, signatureSchemes }: Enumeration): string[] {
  const lines: string[] = [];
  if (groups !== null) {
    for (const [protocols, names] of byProtocols(groups)) lines.push(`groups in ${protocols}: ${names.join(', ')}`);
    if (groups.length === 0) lines.push('groups: none');
    const quantum = groups.filter(({ kind }) => kind === 'hybrid' || kind === 'post-quantum').map(({ name }) => name);
    lines.push(`post-quantum key exchange: ${quantum.length === 0 ? 'none' : quantum.join(', ')}`);
  }
  if (dhBits !== null) lines.push(`Diffie-Hellman prime: ${dhBits} bits`);
  const signing = new Map<string, string[]>();
  for (const { protocol, name } of signatureSchemes ?? []) signing.set(protocol, [...(signing.get(protocol) ?? []), name]);
  for (const [protocol, names] of signing) lines.push(`signs in ${protocol} with: ${names.join(', ')}`);
  return lines;
}

function byProtocols(groups: NonNullable<Enumeration['groups']>): Map<string, string[]> {
  const by = new Map<string, string[]>();
  for (const { name, protocols } of groups) {
    const key = protocols.join(' and ');
    by.set(key, [...(by.get(key) ?? []), name]);
  }
  return by;
}

function features(enumeration: Enumeration): string {
  const said = (name: string, value: boolean | null) => (value === null ? [] : [`${name} ${value ? 'yes' : 'no'}`]);
  const all = [
    ...said('compression', enumeration.compression),
    ...said('secure renegotiation', enumeration.secureRenegotiation),
    ...said('downgrade signal heeded', enumeration.fallbackSignal),
    ...said('downgrade marked', enumeration.downgradeMark),
    ...said('extended master secret', enumeration.extendedMasterSecret),
    ...said('encrypt-then-MAC', enumeration.encryptThenMac),
    ...said('session tickets', enumeration.sessionTickets),
    ...said('heartbeat', enumeration.heartbeat),
  ];
  return all.length === 0 ? 'features: not known' : all.join(' · ');
}
