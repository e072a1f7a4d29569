/** A field of a head, its name in lower case. Bytes above 127 are read as ISO 8859-1 (RFC 9110 section 5.5). */
export interface HeadField {
  name: string;
  value: string;
}

export interface ResponseHead {
  /** Of HTTP/1: 0 or 1. */
  minorVersion: number;
  status: number;
  reason: string;
  fields: readonly HeadField[];
}

export type HeadStep =
  | { kind: 'more' }
  /** `rest` came behind the head. */
  | { kind: 'head'; head: ResponseHead; rest: Uint8Array }
  | { kind: 'broken'; fault: 'not-http' | 'too-large' | 'bad-head'; refusal: string };

export interface ResponseHeadReader {
  /** Takes what came, in pieces of any size. Not to be called again behind a `head` or `broken`. */
  push(chunk: Uint8Array): HeadStep;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BEGINNING = Uint8Array.from('HTTP/1.', (character) => character.charCodeAt(0));
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const SWITCHING_PROTOCOLS = 101;

/**
 * Reads the head of an HTTP/1 response (RFC 9112 sections 2 to 5), whatever the pieces in which it comes. Interim responses (1xx, without
 * 101) are skipped, and count towards the limit.
 *
 * @param limitBytes of all heads together
 */
export function createResponseHeadReader(limitBytes: number): ResponseHeadReader {
  const room = new Uint8Array(limitBytes);
  let filled = 0;
  /** Where the current head and the current line begin, and up to where line ends were looked for. */
  let headStart = 0;
  let lineStart = 0;
  let scanned = 0;

  return {
    push(chunk) {
      const taken = Math.min(chunk.length, limitBytes - filled);
      room.set(chunk.subarray(0, taken), filled);
      filled += taken;
      if (!beginsAsHttp(room.subarray(headStart, filled))) return broken('not-http', 'the answer is no HTTP');
      for (; scanned < filled; scanned++) {
        if (room[scanned] !== LINE_FEED) continue;
        const empty = scanned === lineStart || (scanned === lineStart + 1 && room[lineStart] === CARRIAGE_RETURN);
        lineStart = scanned + 1;
        if (!empty) continue;
        const head = parseHead(latin1(room.subarray(headStart, scanned)));
        if (head === null) return broken('bad-head', 'the head of the answer breaks the rules of HTTP');
        if (head.status >= 200 || head.status === SWITCHING_PROTOCOLS) {
          const rest = new Uint8Array(filled - lineStart + chunk.length - taken);
          rest.set(room.subarray(lineStart, filled));
          rest.set(chunk.subarray(taken), filled - lineStart);
          return { kind: 'head', head, rest };
        }
        headStart = lineStart;
        if (!beginsAsHttp(room.subarray(headStart, filled))) return broken('not-http', 'what follows an interim answer is no HTTP');
      }
      return taken < chunk.length || filled === limitBytes
        ? broken('too-large', `the head of the answer is larger than ${Math.floor(limitBytes / 1024)} KiB`)
        : { kind: 'more' };
    },
  };
}

function broken(fault: 'not-http' | 'too-large' | 'bad-head', refusal: string): HeadStep {
  return { kind: 'broken', fault, refusal };
}

/** As far as it has come. */
function beginsAsHttp(bytes: Uint8Array): boolean {
  return BEGINNING.every((byte, index) => index >= bytes.length || bytes[index] === byte);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function parseHead(text: string): ResponseHead | null {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const status = /^HTTP\/1\.(\d) (\d{3})(?: (.*))?$/.exec(lines[0] ?? '');
  if (status === null || Number(status[2]) < 100) return null;
  const fields: HeadField[] = [];
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const last = fields.at(-1);
    // Obsolete line folding, RFC 9112 section 5.2.
    if (/^[ \t]/.test(line) && last !== undefined) {
      last.value = `${last.value} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (!TOKEN.test(name)) return null;
    fields.push({ name: name.toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return { minorVersion: Number(status[1]), status: Number(status[2]), reason: (status[3] ?? '').trim(), fields };
}

/** All values of a field, in their order. */
export function fieldValues(head: Pick<ResponseHead, 'fields'>, name: string): string[] {
  return head.fields.filter((field) => field.name === name).map(({ value }) => value);
}
