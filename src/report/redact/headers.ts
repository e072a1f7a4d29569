import { isOrdinary } from './ordinary-words.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Fields of HTTP whose values are numbers, dates or words of a standard. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(
  `accept-ranges age allow alt-svc cache-control connection content-encoding content-language content-length content-type cross-origin-embedder-policy
  cross-origin-opener-policy cross-origin-resource-policy date expires keep-alive last-modified pragma ratelimit-limit ratelimit-remaining ratelimit-reset
  referrer-policy retry-after server strict-transport-security transfer-encoding upgrade vary x-content-type-options x-dns-prefetch-control
  x-frame-options x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-xss-protection`.split(/\s+/),
);

/** The fields of an answer: known names stay; values too, word for word, where they are of a standard. */
export function headersPseudonym(
  headers: Readonly<Record<string, unknown>>,
  pseudonyms: Pseudonyms,
  text: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] => {
      if (typeof value !== 'string') return [];
      const shown = isOrdinary(name) ? name : pseudonyms.word('field', name.toLowerCase());
      if (value === '' || value === '***') return [[shown, value]];
      return [[shown, PLAIN_FIELDS.has(name.toLowerCase()) ? text(value) : pseudonyms.word('value', value)]];
    }),
  );
}
