import type { HttpExpectation, HttpRequestField } from '../../model/probe-options.js';
import type { TlsRules } from '../../model/tls-rules.js';
import { isSecretField } from '../../wire/http/redaction.js';
import * as http from '../http-values.js';
import { joinPortLists, type PortList, portList } from '../port-list.js';
import type { ValueKind } from '../value-kinds.js';

/** What a target must offer, as a run needs it. */
export interface Offers {
  ports: PortList | null;
  tls: { rules: TlsRules | null; pins: readonly string[]; minimum: 'TLSv1.2' | 'TLSv1.3' | null } | null;
  http: {
    expectations: readonly HttpExpectation[];
    securityHeaders: boolean;
    /** Fields of the request; those with secrets are marked. */
    fields: readonly HttpRequestField[];
  } | null;
  webSocket: { subprotocols: readonly string[]; message: string | null } | null;
}

export const NO_OFFERS: Offers = { ports: null, tls: null, http: null, webSocket: null };

/** One value or several of them. */
export type OneOrMore<T> = T | readonly T[];

export function listed<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** A list in the form of `--ports`, a number, or several of either. */
export const ports: ValueKind<PortList> & { read(value: OneOrMore<string | number>): PortList | null } = {
  accepted: portList.accepted,
  parse: (text) => portList.parse(text),
  read(value) {
    const lists = listed(value).map((part) => portList.parse(String(part)));
    return lists.length > 0 && lists.every((list) => list !== null) ? joinPortLists(lists as PortList[]) : null;
  },
};

/** `200`, `2xx`, `200,204`, or several of them. */
export function readStatuses(value: OneOrMore<string | number>): string[] | null {
  return http.statuses.parse(listed(value).join(','));
}

/** `name`, `name: text` or `{name: text}`, which YAML makes of the second in a list. */
export type WrittenHeader = string | Readonly<Record<string, string | number | boolean | null>>;

type RequiredHeader = { name: string; value: string | null };

/** Fields that an answer must have; `null` where one is no header. */
export function readRequiredHeaders(value: OneOrMore<WrittenHeader>): RequiredHeader[] | null {
  const read = listed(value).flatMap((entry): (RequiredHeader | null)[] =>
    typeof entry === 'string'
      ? [http.requiredHeader.parse(entry)]
      : Object.entries(entry).map(([name, text]) => http.requiredHeader.parse(text === null ? name : `${name}: ${String(text)}`)),
  );
  return read.length > 0 && read.every((header) => header !== null) ? (read as RequiredHeader[]) : null;
}

const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const REFUSED_IN_VALUES = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;
const LONGEST_VALUE = 16_384;

export const fieldName: ValueKind<string> = {
  accepted: 'the name of a header, as in x-api-key',
  parse: (text) => (FIELD_NAME.test(text) ? text.toLowerCase() : null),
};

/** The value of a field of a request (RFC 9110 section 5.5). */
export const fieldValue: ValueKind<string> = {
  accepted: `a value that a header can have, ${LONGEST_VALUE} characters at most`,
  parse(text) {
    const value = text.trim();
    return value !== '' && value.length <= LONGEST_VALUE && !REFUSED_IN_VALUES.test(value) ? value : null;
  },
};

/**
 * A field of a request.
 *
 * @param fromVariable whether any of its value came out of the environment: it is a secret then, whatever it is called
 */
export function requestField(name: string, value: string, fromVariable: boolean): HttpRequestField {
  return { name: name.toLowerCase(), value: value.trim(), secret: fromVariable || isSecretField(name) };
}
