import { quotable, type StartTlsAnswer } from './start-tls-answer.js';

/** The answers of the protocols that speak in lines: SMTP, FTP, IMAP and POP3. */

/** RFC 5321 has 512, RFC 9051 8192 octets for a line. */
const LONGEST_LINE = 8192;
const MOST_LINES = 200;
const LINE_FEED = 0x0a;

interface Line {
  text: string;
  /** Behind its line feed. */
  end: number;
}

/** The complete lines, each as Latin-1, so that no byte is refused; `overlong` where there are too many, or one is too long. */
function linesIn(bytes: Uint8Array): { lines: Line[]; overlong: boolean } {
  const lines: Line[] = [];
  let start = 0;
  while (lines.length < MOST_LINES) {
    const feed = bytes.indexOf(LINE_FEED, start);
    if (feed < 0) return { lines, overlong: bytes.length - start > LONGEST_LINE };
    if (feed - start > LONGEST_LINE) return { lines, overlong: true };
    const text = String.fromCharCode(...bytes.subarray(start, feed)).replace(/\r$/, '');
    start = feed + 1;
    lines.push({ text, end: start });
  }
  return { lines, overlong: true };
}

/** Bytes with which no line begins: they are not this protocol, and a line feed need not be waited for. */
function isNoText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && ((bytes[0] ?? 0) < 0x20 || (bytes[0] ?? 0) > 0x7e);
}

function foreign(bytes: Uint8Array, lines: readonly Line[], overlong: boolean): StartTlsAnswer | null {
  if (isNoText(bytes)) return { kind: 'foreign', text: 'bytes that are no text' };
  if (!overlong) return null;
  if (lines.length >= MOST_LINES) return { kind: 'foreign', text: `lines without an end: ${quotable(lines[0]?.text ?? '')}` };
  const start = lines[lines.length - 1]?.end ?? 0;
  return { kind: 'foreign', text: `a line that does not end: ${quotable(String.fromCharCode(...bytes.subarray(start, start + 200)))}` };
}

/** A reply of three digits on one or several lines (RFC 5321 section 4.2, RFC 959 section 4.2); `null`: not complete. */
function numberedReply(bytes: Uint8Array, strict: boolean): { code: number; lines: string[]; end: number } | StartTlsAnswer {
  const { lines, overlong } = linesIn(bytes);
  const [first] = lines;
  if (first !== undefined) {
    const code = /^(\d{3})(?:[ -]|$)/.exec(first.text)?.[1];
    if (code === undefined) return { kind: 'foreign', text: quotable(first.text) };
    for (const [index, { text, end }] of lines.entries()) {
      const [, own, more] = /^(\d{3})(-?)/.exec(text) ?? [];
      if (own === code && more === '') return { code: Number(code), lines: lines.slice(0, index + 1).map((line) => line.text), end };
      // In FTP the lines between the first and the last need no code.
      if (strict && own !== code) return { kind: 'foreign', text: quotable(text) };
    }
  }
  return foreign(bytes, lines, overlong) ?? { kind: 'incomplete' };
}

/** SMTP. @param keyword that has to be among the extensions (RFC 5321 section 4.1.1.1); `null`: none is looked for */
export function mailReply(bytes: Uint8Array, wanted: number, keyword: string | null): StartTlsAnswer {
  const reply = numberedReply(bytes, true);
  if ('kind' in reply) return reply;
  if (reply.code !== wanted) return { kind: 'refused', text: quotable(reply.lines[0] ?? '') };
  const offered = keyword === null || reply.lines.slice(1).some((line) => line.slice(4).trim().toUpperCase() === keyword);
  return offered ? { kind: 'agreed', length: reply.end } : { kind: 'refused', text: `${keyword} is not among what it offers` };
}

/** FTP. */
export function fileTransferReply(bytes: Uint8Array, wanted: number): StartTlsAnswer {
  const reply = numberedReply(bytes, false);
  if ('kind' in reply) return reply;
  // 120: it will be ready later, and says so in another reply.
  return reply.code === wanted ? { kind: 'agreed', length: reply.end } : { kind: 'refused', text: quotable(reply.lines[0] ?? '') };
}

/** The first line of an IMAP server: `* OK`. Who is authenticated by the connection alone (`PREAUTH`) cannot start TLS any more. */
export function mailboxGreeting(bytes: Uint8Array): StartTlsAnswer {
  const { lines, overlong } = linesIn(bytes);
  const [first] = lines;
  if (first === undefined) return foreign(bytes, lines, overlong) ?? { kind: 'incomplete' };
  if (/^\* OK\b/i.test(first.text)) return { kind: 'agreed', length: first.end };
  return { kind: /^\* (BYE|PREAUTH)\b/i.test(first.text) ? 'refused' : 'foreign', text: quotable(first.text) };
}

/** The line of IMAP that begins with our tag; those that begin with `*` may stand in front of it. */
export function taggedReply(bytes: Uint8Array, tag: string): StartTlsAnswer {
  const { lines, overlong } = linesIn(bytes);
  for (const { text, end } of lines) {
    if (text.startsWith('* ')) continue;
    if (!text.toLowerCase().startsWith(`${tag.toLowerCase()} `)) return { kind: 'foreign', text: quotable(text) };
    const agreed = /^\S+ OK\b/i.test(text);
    return agreed ? { kind: 'agreed', length: end } : { kind: 'refused', text: quotable(text) };
  }
  return foreign(bytes, lines, overlong) ?? { kind: 'incomplete' };
}

/** POP3: `+OK` or `-ERR`. */
export function postOfficeReply(bytes: Uint8Array): StartTlsAnswer {
  const { lines, overlong } = linesIn(bytes);
  const [first] = lines;
  if (first === undefined) return foreign(bytes, lines, overlong) ?? { kind: 'incomplete' };
  if (/^\+OK\b/i.test(first.text)) return { kind: 'agreed', length: first.end };
  return { kind: /^-ERR\b/i.test(first.text) ? 'refused' : 'foreign', text: quotable(first.text) };
}
