import type { Condition, PacketField, Span } from '../../model/packet-filter.js';
import { networkOf, type RuleWords } from './iptables-words.js';
import { addressNumber, fieldNumber, ICMP_TYPES, ICMPV6_TYPES, joinedSpans, LARGEST, TCP_FLAGS } from './packet-values.js';

export interface MatchContext {
  /** Names of the matches (`-m`) so far: an option belongs to the last one that has it. */
  matches: readonly string[];
  family: 4 | 6;
}

/** Options of matches that only describe, or that a first packet of a new connection always fits. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set([
  ...['--comment', '--name', '--rsource', '--rdest', '--mask', '--limit-burst', '--hashlimit-name', '--hashlimit-mode'],
  ...['--hashlimit-burst', '--hashlimit-srcmask', '--hashlimit-dstmask', '--hashlimit-htable-size', '--hashlimit-htable-max'],
  ...['--hashlimit-htable-expire', '--hashlimit-htable-gcinterval', '--connlimit-mask', '--connlimit-saddr', '--connlimit-daddr'],
  ...['--mode', '--packet', '--algo', '--from', '--to', '--rttl', '--reap', '--seconds', '--loose', '--validmark', '--accept-local'],
  ...['--kerneltz', '--contiguous', '--utc', '--return-nomatch', '--transparent', '--nowildcard'],
]);

/** Options whose one value is free text. */
const FREE_TEXT: ReadonlySet<string> = new Set(['--comment', '--name', '--string', '--hex-string', '--hashlimit-name', '--match-set']);

/** Options by what decides them, which is not known here. */
const DEPENDING: Readonly<Record<string, string>> = {
  '--limit': 'a limit of the rate',
  '--hashlimit': 'a limit of the rate',
  '--hashlimit-upto': 'a limit of the rate',
  '--hashlimit-above': 'a limit of the rate',
  '--connlimit-above': 'the number of connections',
  '--connlimit-upto': 'the number of connections',
  '--rcheck': 'who came lately (recent)',
  '--update': 'who came lately (recent)',
  '--remove': 'who came lately (recent)',
  '--hitcount': 'who came lately (recent)',
  '--probability': 'chance (statistic)',
  '--every': 'which packet in turn it is (statistic)',
  '--string': 'the contents of the packet',
  '--hex-string': 'the contents of the packet',
  '--bytecode': 'a program (bpf)',
  '--u32': 'the contents of the packet',
  '--mac-source': 'the link address of the sender',
  '--timestart': 'the time of day',
  '--timestop': 'the time of day',
  '--datestart': 'the date',
  '--datestop': 'the date',
  '--weekdays': 'the day',
  '--monthdays': 'the day',
  '--source-country': 'the country of the source',
  '--src-cc': 'the country of the source',
};

/** Reads one option and its values. */
export function readIptablesMatch(option: string, negatedBefore: boolean, words: RuleWords, context: MatchContext): Condition[] {
  let negated = negatedBefore;
  // Until 1.4.3 the `!` stood behind the option.
  if (words.look() === '!') {
    words.take();
    negated = !negated;
  }
  const made = known(option, negated, words, context);
  if (made !== null) return made;
  const values = words.look();
  // Free text can begin like an option.
  if (FREE_TEXT.has(option)) words.take();
  words.skipValues();
  if (WITHOUT_MEANING.has(option)) return [];
  const because = Object.hasOwn(DEPENDING, option) ? DEPENDING[option] : undefined;
  if (because !== undefined) return [unknown(because)];
  if (option === '--match-set') return [unknown(`the set ${String(values).slice(0, 40)}`)];
  return [unknown(`the match ${context.matches.at(-1)?.slice(0, 40) ?? ''} ${option.slice(0, 40)}`.replace('  ', ' '))];
}

function unknown(because: string): Condition {
  return { kind: 'unknown', because };
}

function field(name: PacketField, spans: readonly (Span | null)[], negated: boolean, mask: bigint | null = null): Condition {
  return spans.every((span) => span !== null)
    ? { kind: 'field', field: name, mask, spans: joinedSpans(spans), names: [], negated }
    : unknown(`a value of ${name}`);
}

/** `null` for an option that is not read here. */
function known(option: string, negated: boolean, words: RuleWords, context: MatchContext): Condition[] | null {
  const last = context.matches.at(-1);
  const value = () => words.take() ?? '';
  switch (option) {
    case '-p':
    case '--protocol':
      return protocolIs(value(), negated);
    case '-s':
    case '--source':
      return [field('source-address', value().split(',').map(networkOf), negated)];
    case '-d':
    case '--destination':
      return [field('destination-address', value().split(',').map(networkOf), negated)];
    case '-i':
    case '--in-interface':
      return [interfaceIs('input-interface', value(), negated)];
    case '-o':
    case '--out-interface':
      return [interfaceIs('output-interface', value(), negated)];
    case '-f':
    case '--fragment':
      // Packets in thought are whole.
      return [{ kind: 'known', holds: negated }];
    case '--sport':
    case '--source-port':
      return [field('source-port', [portSpan(value())], negated)];
    case '--dport':
    case '--destination-port':
      return [field('destination-port', [portSpan(value())], negated)];
    case '--sports':
    case '--source-ports':
      return [field('source-port', value().split(',').map(portSpan), negated)];
    case '--dports':
    case '--destination-ports':
      return [field('destination-port', value().split(',').map(portSpan), negated)];
    case '--syn':
      return [field('tcp-flags', [[2n, 2n]], negated, 23n)];
    case '--tcp-flags':
      return [tcpFlags(value(), value(), negated)];
    case '--state':
    case '--ctstate':
      return [states(value(), negated)];
    case '--ctdir':
      // The first packet of a connection, or what goes its way.
      return value() === 'ORIGINAL' ? [{ kind: 'known', holds: !negated }] : [unknown('the direction of the connection')];
    case '--icmp-type':
      return icmpType(value(), ICMP_TYPES, negated);
    case '--icmpv6-type':
      return icmpType(value(), ICMPV6_TYPES, negated);
    case '--src-type':
      return [field('source-type', addressTypes(value(), 'source-type'), negated)];
    case '--dst-type':
      return [field('destination-type', addressTypes(value(), 'destination-type'), negated)];
    case '--mark':
      return last === 'mark' ? [marked(value(), negated)] : null;
    case '--uid-owner':
      return [field('user', [ownerSpan(value())], negated)];
    case '--gid-owner':
      return [field('group', [ownerSpan(value())], negated)];
    case '--src-range':
      return [field('source-address', [addressSpan(value())], negated)];
    case '--dst-range':
      return [field('destination-address', [addressSpan(value())], negated)];
    case '--pkt-type':
      return [field('packet-type', [numberSpan('packet-type', value())], negated)];
    case '--rt-type':
    case '--rt-segsleft':
    case '--fragid':
      value();
      // They have no extension headers.
      return [{ kind: 'known', holds: negated }];
    case '--invert':
      // Packets in thought come the way that leads back to their source, which is what rpfilter asks.
      return last === 'rpfilter' ? [{ kind: 'known', holds: false }] : null;
    case '--pol':
      // They are not encrypted by IPsec.
      return [{ kind: 'known', holds: (value() === 'none') !== negated }];
    case '--dir':
      value();
      return [];
    case '--set':
      // Who comes is written down (recent); until iptables 1.4.3 it named an ipset.
      return last === 'set' ? null : [];
    default:
      return null;
  }
}

function protocolIs(name: string, negated: boolean): Condition[] {
  if (name === 'all' || name === '0') return [];
  return [field('protocol', [numberSpan('protocol', name.toLowerCase())], negated)];
}

function numberSpan(name: PacketField, text: string): Span | null {
  const number = fieldNumber(name, text);
  return number === null ? null : [number, number];
}

function interfaceIs(name: PacketField, text: string, negated: boolean): Condition {
  // `+` at the end stands for anything, as `*` does with nft.
  return { kind: 'field', field: name, mask: null, spans: [], names: [text.replace(/\+$/, '*')], negated };
}

function portSpan(text: string): Span | null {
  const [, first = '', colon, last = ''] = /^(\d{0,5})(:)?(\d{0,5})$/.exec(text) ?? [];
  if (first === '' && colon === undefined) return null;
  const from = BigInt(first === '' ? 0 : first);
  const to = colon === undefined ? from : last === '' ? (LARGEST['source-port'] ?? from) : BigInt(last);
  return from <= to ? [from, to] : null;
}

function addressSpan(text: string): Span | null {
  const [first = '', last = first] = text.split('-');
  const [from, to] = [addressNumber(first), addressNumber(last)];
  return from === null || to === null || from > to ? null : [from, to];
}

function ownerSpan(text: string): Span | null {
  const [first = '', last = first] = text.split('-');
  if (!/^\d{1,10}$/.test(first) || !/^\d{1,10}$/.test(last)) return null;
  return BigInt(first) <= BigInt(last) ? [BigInt(first), BigInt(last)] : null;
}

function tcpFlags(maskText: string, valueText: string, negated: boolean): Condition {
  const [mask, value] = [maskText, valueText].map((text) => {
    const flags = text
      .toLowerCase()
      .split(',')
      .map((name) => (Object.hasOwn(TCP_FLAGS, name) ? TCP_FLAGS[name] : undefined));
    return flags.reduce<bigint | null>((sum, flag) => (sum === null || flag === undefined ? null : sum | flag), 0n);
  });
  return field('tcp-flags', [value === null || value === undefined ? null : [value, value]], negated, mask ?? null);
}

/** One of the states; SNAT and DNAT stand among them here, although they are none. */
function states(text: string, negated: boolean): Condition {
  const names = text.toLowerCase().split(',');
  const bits = names.map((name) => fieldNumber('connection', name));
  if (!bits.every((bit) => bit !== null)) return unknown(`the state ${text.slice(0, 40)}`);
  return {
    kind: 'field',
    field: 'connection',
    mask: bits.reduce((sum, bit) => sum | bit, 0n),
    spans: [[0n, 0n]],
    names: [],
    negated: !negated,
  };
}

function icmpType(text: string, names: Readonly<Record<string, bigint>>, negated: boolean): Condition[] {
  if (text === 'any') return [];
  const [type = '', code] = text.split('/');
  const named = CODES_BY_NAME[type];
  const number = named?.type ?? (Object.hasOwn(names, type) ? names[type] : undefined) ?? fieldNumber('icmp-type', type);
  const ofCode = named?.code ?? (code === undefined ? null : fieldNumber('icmp-code', code));
  if (negated && ofCode !== null) return [unknown('a type of ICMP')];
  const wanted = field('icmp-type', [number === null ? null : [number, number]], negated);
  return ofCode === null ? [wanted] : [wanted, field('icmp-code', [[ofCode, ofCode]], false)];
}

/** Names that iptables has for a type with its code. */
const CODES_BY_NAME: Readonly<Record<string, { type: bigint; code: bigint } | undefined>> = Object.assign(Object.create(null), {
  'fragmentation-needed': { type: 3n, code: 4n },
  'network-unreachable': { type: 3n, code: 0n },
  'host-unreachable': { type: 3n, code: 1n },
  'port-unreachable': { type: 3n, code: 3n },
  'communication-prohibited': { type: 3n, code: 13n },
});

function addressTypes(text: string, name: 'source-type' | 'destination-type'): (Span | null)[] {
  return text
    .toLowerCase()
    .split(',')
    .map((type) => numberSpan(name, type));
}

function marked(text: string, negated: boolean): Condition {
  const [value = '', mask] = text.split('/');
  return field('mark', [numberSpan('mark', value)], negated, mask === undefined ? null : fieldNumber('mark', mask));
}
