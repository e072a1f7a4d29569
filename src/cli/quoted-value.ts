import { AT_SIGNS } from '../model/target.js';
import { escapeText } from '../render/escape.js';
import { hideSecrets } from './configuration/secrets.js';

const MAXIMUM_LENGTH = 60;
/** The last of them in a text; `%40` is what a copied URL may have in its place. */
const LAST_AT = new RegExp(`^.*([${AT_SIGNS}]|%40)`, 's');
/** With the full-width and small forms that a URL parser maps to them. */
const QUERY_OR_FRAGMENT = /[?#\uff1f\uff03\ufe56\ufe5f].*$/s;

/** `22@lo,53/udp@all`: ports and places of `--expect`. Five digits are no password. */
const PORTS_AT_PLACES = /^\d{1,5}(?:\/(?:tcp|udp))?@[\w.:-]{1,45}(?:,\d{1,5}(?:\/(?:tcp|udp))?(?:@[\w.:-]{1,45})?)*$/;

/**
 * A value of the user's as an error line shows it: quoted, visible, at most 60 characters, and without what may be secret. Everything up
 * to the last `@` (or what looks like one) can be a user name and a password, everything behind `?` or `#` a token, and a PEM text a private key.
 * Values of variables are hidden first: a part of one would not be known as one any more.
 */
export function quotedValue(value: string): string {
  return quoted(value, (characters) => `${characters.slice(0, MAXIMUM_LENGTH).join('')}...`);
}

/** The same for the path of a file, of which the end tells most. */
export function quotedPath(path: string): string {
  return quoted(path, (characters) => `...${characters.slice(-MAXIMUM_LENGTH).join('')}`);
}

function quoted(typed: string, cut: (characters: readonly string[]) => string): string {
  const value = hideSecrets(typed);
  if (value.includes('-----BEGIN')) return '"(a PEM text)"';
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const anonymous = PORTS_AT_PLACES.test(value) ? value : value.replace(LAST_AT, (_before, at: string) => `${scheme}***${at}`);
  const bare = anonymous.replace(QUERY_OR_FRAGMENT, '?***');
  const characters = [...bare];
  const short = characters.length <= MAXIMUM_LENGTH ? bare : cut(characters);
  return `"${escapeText(short)}"`;
}
