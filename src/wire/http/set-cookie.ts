/** A cookie that a service sets: its name and flags. The value can be a login, and is not read at all. */
export interface CookieFlags {
  name: string;
  secure: boolean;
  httpOnly: boolean;
  /** `Strict`, `Lax`, `None`, or what else stands there; `null` where it is not said. */
  sameSite: string | null;
  /** Kept beyond the session: it has Expires or Max-Age. */
  persistent: boolean;
}

const LONGEST_NAME = 64;
const LONGEST_FIELD = 8192;
const KNOWN_SAME_SITE = ['Strict', 'Lax', 'None'];

/** Reads a Set-Cookie field (RFC 6265 section 5.2); `null` where it names no cookie. */
export function parseSetCookie(value: string): CookieFlags | null {
  const [pair = '', ...attributes] = value.slice(0, LONGEST_FIELD).split(';');
  const equals = pair.indexOf('=');
  // Without "=" everything would be the value.
  const name = equals < 0 ? '' : pair.slice(0, equals).trim();
  if (name === '') return null;
  const flags: CookieFlags = { name: name.slice(0, LONGEST_NAME), secure: false, httpOnly: false, sameSite: null, persistent: false };
  for (const attribute of attributes) {
    const [key = '', text = ''] = attribute.split('=', 2).map((part) => part.trim());
    switch (key.toLowerCase()) {
      case 'secure':
        flags.secure = true;
        break;
      case 'httponly':
        flags.httpOnly = true;
        break;
      case 'samesite':
        flags.sameSite = KNOWN_SAME_SITE.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text.slice(0, LONGEST_NAME);
        break;
      case 'expires':
      case 'max-age':
        flags.persistent = true;
        break;
    }
  }
  return flags;
}
