import type { Condition, Effect, FilterRule, Verdict } from '../../model/packet-filter.js';
import { readIptablesMatch } from './iptables-match.js';
import { RuleWords, splitWords } from './iptables-words.js';
import { LazyRule } from './lazy-rule.js';
import { addressNumber, fieldNumber } from './packet-values.js';

const RULE_CHARACTERS = 200;

/** Targets that only look, mark or count. */
const PASSING: ReadonlySet<string> = new Set([
  ...['LOG', 'NFLOG', 'ULOG', 'AUDIT', 'TRACE', 'CONNSECMARK', 'SECMARK', 'TCPMSS', 'TCPOPTSTRIP', 'CLASSIFY', 'TTL', 'HL'],
  ...['DSCP', 'TOS', 'ECN', 'CHECKSUM', 'TEE', 'LED', 'IDLETIMER', 'RATEEST', 'ACCOUNT', 'NFACCT'],
]);

const VERDICTS: Readonly<Record<string, Verdict>> = {
  ACCEPT: { kind: 'accept' },
  DROP: { kind: 'drop' },
  REJECT: { kind: 'reject' },
  RETURN: { kind: 'return' },
  // Of the source, which changes nothing of where a packet goes.
  MASQUERADE: { kind: 'accept' },
  SNAT: { kind: 'accept' },
  QUEUE: { kind: 'unknown', because: 'a program that is asked (QUEUE)' },
  NFQUEUE: { kind: 'unknown', because: 'a program that is asked (NFQUEUE)' },
  TPROXY: { kind: 'unknown', because: 'a proxy on this machine (TPROXY)' },
  NETMAP: { kind: 'translate', here: false, to: [] },
};

/** What stands behind `-A CHAIN` in a line of iptables-save. What is not known here becomes a condition or verdict that says so. */
export function readIptablesRule(text: string, prefix: string, family: 4 | 6): FilterRule {
  const whole = `${prefix} ${text}`;
  return new LazyRule(
    () => readWords(text, family),
    () => (whole.length <= RULE_CHARACTERS ? whole : `${whole.slice(0, RULE_CHARACTERS - 1)}…`),
  );
}

function readWords(text: string, family: 4 | 6): Pick<FilterRule, 'steps' | 'verdict'> {
  const words = new RuleWords(splitWords(text));
  const steps: (Condition | Effect)[] = [];
  let verdict: Verdict | null = null;
  let matches: string[] = [];
  for (let word = words.take(); word !== undefined; word = words.take()) {
    let negated = false;
    if (word === '!') {
      negated = true;
      word = words.take() ?? '';
    }
    if (word === '-m' || word === '--match') {
      const name = words.take() ?? '';
      matches = [...matches, name].slice(-16);
      steps.push(...((Object.hasOwn(ALONE, name) ? ALONE[name] : undefined) ?? []));
    } else if (word === '-j' || word === '--jump') {
      verdict = targetOf(words.take() ?? '', words, steps);
      // What follows belongs to the target, such as `--reject-with`.
      break;
    } else if (word === '-g' || word === '--goto') {
      verdict = { kind: 'goto', chain: words.take() ?? '' };
    } else if (word.startsWith('-')) {
      steps.push(...readIptablesMatch(word, negated, words, { matches, family }));
    }
  }
  return { steps, verdict };
}

/** Packets in thought are whole, and have no extension headers. */
const NEVER: readonly Condition[] = [{ kind: 'known', holds: false }];

/** Matches that say something without an option. */
const ALONE: Readonly<Record<string, readonly Condition[] | undefined>> = {
  ...{ ah: NEVER, dst: NEVER, esp: NEVER, frag: NEVER, hbh: NEVER, mh: NEVER, rt: NEVER, srh: NEVER },
  // They have no option that was set, and what they compare is not known here.
  ipv6header: [{ kind: 'unknown', because: 'headers of IPv6' }],
  eui64: [{ kind: 'unknown', because: 'eui64' }],
  socket: [{ kind: 'unknown', because: 'whether a socket is there' }],
  unclean: [{ kind: 'unknown', because: 'unclean' }],
};

function targetOf(name: string, words: RuleWords, steps: (Condition | Effect)[]): Verdict | null {
  const known = Object.hasOwn(VERDICTS, name) ? VERDICTS[name] : undefined;
  if (known !== undefined) return known;
  if (PASSING.has(name)) return null;
  switch (name) {
    case 'DNAT':
      return translated(words);
    case 'REDIRECT':
      return { kind: 'translate', here: true, to: [{ address: null, port: optionOf(words, '--to-ports', portOf) }] };
    case 'MARK':
      steps.push(...markOf(words));
      return null;
    case 'CONNMARK':
    case 'SET':
      // The one copies the mark of the connection to the packet, the other that of an ipset's entry: which it is, is not known here.
      steps.push(...markCopied(words));
      return null;
    case 'HMARK':
      steps.push({ kind: 'mark', change: null });
      return null;
    case 'NOTRACK':
      steps.push({ kind: 'untrack' });
      return null;
    case 'CT':
      for (let word = words.look(); word !== undefined; word = words.look()) {
        words.take();
        if (word === '--notrack') steps.push({ kind: 'untrack' });
      }
      return null;
    default:
      // A chain of the same table, or a target of the kernel that is not known here: who follows the jump finds out.
      return { kind: 'jump', chain: name };
  }
}

function portOf(text: string): number | null {
  const port = /^(\d{1,5})(?:-\d{1,5})?$/.exec(text)?.[1];
  return port === undefined ? null : Number(port);
}

function optionOf<T>(words: RuleWords, name: string, read: (text: string) => T | null): T | null {
  for (let word = words.take(); word !== undefined; word = words.take()) {
    if (word === name) return read(words.take() ?? '');
  }
  return null;
}

/** `--to-destination 10.0.0.1:80`, `[fd00::1]:80`, `10.0.0.1-10.0.0.3`, `:8080`. */
function translated(words: RuleWords): Verdict {
  const to = optionOf(words, '--to-destination', (text) => {
    const [, six, four, port] =
      /^(?:\[([^\]]*)\]|([^:]*|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*))(?::(\d{1,5})(?:-\d{1,5})?(?:\/\d+)?)?$/i.exec(text) ?? [];
    const address = six ?? four ?? '';
    if (address !== '' && addressNumber(address) === null) return null;
    return address === '' && port === undefined
      ? null
      : { address: address === '' ? null : address, port: port === undefined ? null : Number(port) };
  });
  return { kind: 'translate', here: false, to: to === null ? [] : [to] };
}

function markCopied(words: RuleWords): Effect[] {
  let copied = false;
  let bits: bigint | null = 0xffff_ffffn;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    if (word === '--restore-mark' || word === '--map-mark') copied = true;
    if (word === '--nfmask' || word === '--mask') bits = fieldNumber('mark', words.take() ?? '');
  }
  if (!copied) return [];
  return [{ kind: 'mark', change: bits === null ? null : { keep: 0xffff_ffffn ^ bits, change: 0n, unknown: bits } }];
}

function markOf(words: RuleWords): Effect[] {
  const option = words.take() ?? '';
  const [value, mask = null] = (words.take() ?? '').split('/').map((part) => fieldNumber('mark', part));
  if (value === null || value === undefined) return [{ kind: 'mark', change: null }];
  const all = 0xffff_ffffn;
  const bits = mask ?? all;
  switch (option) {
    case '--set-xmark':
      return [{ kind: 'mark', change: { keep: all ^ bits, change: value } }];
    case '--set-mark':
      return [{ kind: 'mark', change: { keep: all ^ (bits | value), change: value } }];
    case '--and-mark':
      return [{ kind: 'mark', change: { keep: value, change: 0n } }];
    case '--or-mark':
      return [{ kind: 'mark', change: { keep: all ^ value, change: value } }];
    case '--xor-mark':
      return [{ kind: 'mark', change: { keep: all, change: value } }];
    default:
      return [{ kind: 'mark', change: null }];
  }
}
