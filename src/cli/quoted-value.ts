import { escapeText } from '../render/escape.js';

const MAXIMUM_LENGTH = 60;

/**
 * A value of the user's as an error line shows it: quoted, visible, at most 60 characters, and without what may be secret. Everything up
 * to the last `@` can be a user name and a password, everything behind `?` or `#` a token, and a PEM text a private key.
 */
export function quotedValue(value: string): string {
  if (value.includes('-----BEGIN')) return '"(a PEM text)"';
  const at = value.lastIndexOf('@');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const anonymous = at < 0 ? value : `${scheme}***${value.slice(at)}`;
  const bare = anonymous.replace(/[?#].*$/s, '?***');
  const characters = [...bare];
  const short = characters.length <= MAXIMUM_LENGTH ? bare : `${characters.slice(0, MAXIMUM_LENGTH).join('')}...`;
  return `"${escapeText(short)}"`;
}
