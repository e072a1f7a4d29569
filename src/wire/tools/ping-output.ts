import type { IpFamily } from '../packets/icmp.js';

/** What one line of ping(8) says. */
export type PingLine =
  /** `rttMs` is `null` for an answer without an exact time, as `time<1ms` of Windows. `seq` counts from 0. */
  | { kind: 'reply'; seq: number; rttMs: number | null; duplicate: boolean }
  /** An ICMP error in the words of the tool, as its type and code; `from` is who sent it. */
  | { kind: 'icmp-error'; from: string; type: number; code: number }
  /**
   * A packet that may not be fragmented was too large: `from` is the router that said so, `local` where this machine did not send it (its
   * interface, or the path MTU that it has cached), `null` where the line names nobody. `mtuBytes` is what would pass, `null` where untold.
   */
  | { kind: 'too-big'; from: string | null; mtuBytes: number | null }
  /** Its count of packets at the end. */
  | { kind: 'summary'; sent: number };

/** Lines of real tools are about 80 characters long. */
const LONGEST_LINE = 512;
const LARGEST_COUNT = 1_000_000;
/** Of IPv6 without jumbograms (RFC 8200): 65,535 bytes behind a header of 40. */
const LARGEST_PACKET_BYTES = 65_575;

/**
 * Reads the output of ping(8) line by line: that of iputils, BusyBox, inetutils, macOS and the BSDs, and of Windows in whatever language.
 * A line that is not understood is `null`: it is absent, and never a 0.
 */
export function createPingReader(dialect: 'unix' | 'windows', family: IpFamily): (line: string) => PingLine | null {
  return dialect === 'windows' ? windowsReader(family) : unixReader(family);
}

/** iputils numbers its packets from 1, the others from 0. Their headers differ: `(192.0.2.1) 56(84) bytes`, `(192.0.2.1): 56 data bytes`. */
const FROM_ZERO = /^PING6\(|^PING .*(?:\)| from [^ ]+): \d+ data bytes/;
const REPLY = /^\d+ bytes from [^ ]+.*[ ,](icmp_)?seq=(\d+) /;
const TIME = / time=(\d+(?:\.\d+)?) ms/;
const ERROR = /^(?:\d+ bytes )?from ([0-9a-f:.%\w]+?):? icmp_seq=\d+ (.+)$/i;
const ERROR_WITHOUT_SEQUENCE = /^\d+ bytes from ([0-9a-f:.%\w]+): (.+)$/i;
const SUMMARY = /^(\d+) packets transmitted, /;
/** `Frag needed and DF set (mtu = 1400)`, `Packet too big: mtu=1400` of iputils; `frag needed and DF set (MTU 1400)` of the BSDs and macOS. */
const TOO_BIG = /^(?:frag needed|packet too big)/i;
/** `ping: local error: message too long, mtu=1400`, over IPv6 `mtu: 1400`; `ping: sendto: Message too long` of the BSDs and macOS. */
const TOO_LONG = /^ping6?: .*message too long/i;
const MTU = /\bmtu\b[ :=]*(\d{1,6})/i;

function unixReader(family: IpFamily): (line: string) => PingLine | null {
  let first = 1;
  return (text) => {
    const line = text.slice(0, LONGEST_LINE).trimEnd();
    if (line.startsWith('PING')) {
      first = FROM_ZERO.test(line) ? 0 : 1;
      return null;
    }
    const reply = REPLY.exec(line);
    if (reply !== null && !/unreachable|exceeded|filtered/i.test(line)) {
      // BusyBox writes `seq=`, and its header with a device looks like that of others.
      const seq = Number(reply[2]) - (reply[1] === undefined ? 0 : first);
      const time = TIME.exec(line)?.[1];
      if (seq < 0 || seq > LARGEST_COUNT || (time === undefined && line.includes('time='))) return null;
      return { kind: 'reply', seq, rttMs: time === undefined ? null : Number(time), duplicate: /\(DUP!?\)/i.test(line) };
    }
    const summary = SUMMARY.exec(line);
    if (summary !== null) return readSummary(summary[1]);
    if (TOO_LONG.test(line)) return { kind: 'too-big', from: 'local', mtuBytes: readMtu(line) };
    const error = ERROR.exec(line) ?? ERROR_WITHOUT_SEQUENCE.exec(line);
    if (error === null) return null;
    const [, from = '', words = ''] = error;
    return TOO_BIG.test(words) ? { kind: 'too-big', from, mtuBytes: readMtu(words) } : readError(family, from, words);
  };
}

/** Routers from before RFC 1191 say 0. */
function readMtu(words: string): number | null {
  const mtuBytes = Number(MTU.exec(words)?.[1] ?? 0);
  return mtuBytes > 0 && mtuBytes <= LARGEST_PACKET_BYTES ? mtuBytes : null;
}

function readSummary(digits: string | undefined): PingLine | null {
  const sent = Number(digits);
  return Number.isInteger(sent) && sent <= LARGEST_COUNT ? { kind: 'summary', sent } : null;
}

/** Words of iputils and the BSDs for type and code: of ICMP (RFC 792, RFC 1812) and ICMPv6 (RFC 4443). */
const ERRORS: readonly [RegExp, { 4: readonly [number, number]; 6: readonly [number, number] }][] = [
  [/host prohibited|host .*prohib/i, { 4: [3, 10], 6: [1, 1] }],
  [/net prohibited|net .*prohib/i, { 4: [3, 9], 6: [1, 1] }],
  [/filtered|prohibited/i, { 4: [3, 13], 6: [1, 1] }],
  [/host unreachable|address unreachable/i, { 4: [3, 1], 6: [1, 3] }],
  [/net(work)? unreachable|no route/i, { 4: [3, 0], 6: [1, 0] }],
  [/port unreachable/i, { 4: [3, 3], 6: [1, 4] }],
  [/protocol unreachable/i, { 4: [3, 2], 6: [1, 7] }],
  [/time to live exceeded|time exceeded|hop limit|TTL expired/i, { 4: [11, 0], 6: [3, 0] }],
];

function readError(family: IpFamily, from: string, words: string): PingLine | null {
  const meaning = ERRORS.find(([pattern]) => pattern.test(words))?.[1][family];
  return meaning === undefined ? null : { kind: 'icmp-error', from, type: meaning[0], code: meaning[1] };
}

/** `Reply from 192.0.2.1: bytes=32 time=12ms TTL=57`, whatever the words are: of IPv6 there is neither size nor TTL. */
const WINDOWS_REPLY = /[ ]([0-9a-fA-F:.%]+): .*?[=<](\d{1,6}) ?ms(?: |$)/;
/** `Reply from 192.0.2.1: Destination host unreachable.` */
const WINDOWS_ERROR = / ([0-9a-fA-F:.%]+): (.+)$/;
/** `Packet needs to be fragmented but DF set.`, from a router or without a sender: two words that translations keep. */
const WINDOWS_TOO_BIG = /fragment|frammenta|\bDF\b/i;
/** `Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),` */
const WINDOWS_SUMMARY = /= *(\d+), [^=]+= *\d+, [^=]+= *\d+ \(\d+ ?%/;

/**
 * Windows numbers nothing, and prints one line for each packet in the order sent, between a header and an empty line: a line that is no
 * reply is a packet without an answer. Times are whole milliseconds, and below 1 ms not told.
 */
function windowsReader(family: IpFamily): (line: string) => PingLine | null {
  let seq = -1;
  let state: 'before' | 'packets' | 'after' = 'before';
  return (text) => {
    const line = text.slice(0, LONGEST_LINE).trimEnd();
    if (state === 'before') {
      if (line.trim() !== '') state = 'packets';
      return null;
    }
    if (state === 'after') {
      const summary = WINDOWS_SUMMARY.exec(line);
      return summary === null ? null : readSummary(summary[1]);
    }
    if (line.trim() === '') {
      if (seq >= 0) state = 'after';
      return null;
    }
    // The header is of two lines where the address is long or the language wordy.
    if (seq < 0 && line.endsWith(':') && !WINDOWS_REPLY.test(line)) return null;
    seq++;
    const reply = WINDOWS_REPLY.exec(line);
    if (seq > LARGEST_COUNT) return null;
    if (reply === null) {
      const error = WINDOWS_ERROR.exec(line);
      if (WINDOWS_TOO_BIG.test(line)) return { kind: 'too-big', from: error?.[1] ?? null, mtuBytes: null };
      return error === null ? null : readError(family, error[1] ?? '', error[2] ?? '');
    }
    const exact = line.includes(`=${reply[2]}`);
    return { kind: 'reply', seq, rttMs: exact ? Number(reply[2]) : null, duplicate: false };
  };
}
