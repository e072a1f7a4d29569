import { quotable, type StartTlsAnswer } from './start-tls-answer.js';

/** XMPP up to `<proceed/>` (RFC 6120 section 5). Only the beginning of a stream is looked at, so no reader of XML is needed. */

const encoder = new TextEncoder();
const TLS_NAMESPACE = 'urn:ietf:params:xml:ns:xmpp-tls';

export function streamHeader(host: string): Uint8Array {
  const to = host.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return encoder.encode(
    `<?xml version='1.0'?><stream:stream to='${to}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`,
  );
}

export function streamRequest(): Uint8Array {
  return encoder.encode(`<starttls xmlns='${TLS_NAMESPACE}'/>`);
}

const decoder = new TextDecoder('latin1');
const latin = (bytes: Uint8Array): string => decoder.decode(bytes);

/** The features that follow the header of the server's stream, among which `starttls` has to be. */
export function streamFeatures(bytes: Uint8Array): StartTlsAnswer {
  const text = latin(bytes);
  const head = text.trimStart();
  if (head !== '' && !head.startsWith('<')) return { kind: 'foreign', text: quotable(head) };
  if (text.includes('<stream:error')) return { kind: 'refused', text: streamError(text) };
  const end = /<(?:stream:)?features\s*\/>|<\/(?:stream:)?features\s*>/.exec(text);
  if (end === null) {
    const root = /^(?:<\?[^>]*>)?\s*<([^\s?>]+)/.exec(head)?.[1];
    // A root element that is complete and another one: HTML, say.
    return root !== undefined && root !== 'stream:stream' && /^(?:<\?[^>]*>)?\s*<[^\s?>]+[\s>]/.test(head)
      ? { kind: 'foreign', text: quotable(head) }
      : { kind: 'incomplete' };
  }
  const offered = /<starttls[\s/>]/.test(text.slice(0, end.index));
  return offered
    ? { kind: 'agreed', length: end.index + end[0].length }
    : { kind: 'refused', text: 'starttls is not among the features of its stream' };
}

export function streamAnswer(bytes: Uint8Array): StartTlsAnswer {
  const text = latin(bytes);
  const proceed = /^\s*<proceed\s[^<>]*(?:\/>|>\s*<\/proceed\s*>)/.exec(text);
  if (proceed !== null) return { kind: 'agreed', length: proceed[0].length };
  if (/^\s*<failure[\s/>]/.test(text)) return { kind: 'refused', text: 'failure' };
  if (text.includes('<stream:error')) return { kind: 'refused', text: streamError(text) };
  const head = text.trimStart();
  return head !== '' && !'<proceed '.startsWith(head.slice(0, 9)) && !/^<(p|f|s)/.test(head)
    ? { kind: 'foreign', text: quotable(head) }
    : { kind: 'incomplete' };
}

/** `host-unknown` of a stream error. */
function streamError(text: string): string {
  return `stream error ${/<stream:error[^>]*>\s*<([a-z-]{1,40})[\s/>]/.exec(text)?.[1] ?? ''}`.trim();
}
