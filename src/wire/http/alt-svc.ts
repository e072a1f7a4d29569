/** Another way to the same service (RFC 7838). */
export interface AlternativeService {
  /** ALPN name: `h3`, `h2`. */
  protocol: string;
  /** `host:port`, or `:port` for the same host. */
  authority: string;
  /** `null` where it is not said; the rule is then a day. */
  maxAgeSeconds: number | null;
}

const LONGEST_FIELD = 4096;
const MOST_SERVICES = 16;
const ENTRY =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})="([^"\\]{0,255})"((?:\s*;\s*[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}=(?:"[^"\\]{0,64}"|[^\s;,"]{0,64}))*)\s*$/;

/**
 * Reads an Alt-Svc field (RFC 7838 section 3): at most 16 services; entries that break the rules are left out, as a client ignores them. `clear`
 * is none.
 */
export function parseAltSvc(value: string): AlternativeService[] {
  const found: AlternativeService[] = [];
  for (const part of splitOutsideQuotes(value.slice(0, LONGEST_FIELD))) {
    const [, name, authority, parameters = ''] = ENTRY.exec(part.trim()) ?? [];
    if (name === undefined || authority === undefined || !/:\d{1,5}$/.test(authority)) continue;
    const age = /;\s*ma="?(\d{1,10})"?/i.exec(parameters)?.[1];
    found.push({ protocol: unescaped(name), authority, maxAgeSeconds: age === undefined ? null : Number(age) });
    if (found.length === MOST_SERVICES) break;
  }
  return found;
}

/** Whether one of them is HTTP/3, or a draft of it. */
export function offersHttp3(services: readonly AlternativeService[]): boolean {
  return services.some(({ protocol }) => /^h3(?:-\d{1,2})?$/.test(protocol));
}

/** Octets that no token may have are written as in a URL (RFC 7838 section 3). */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** At commas that stand in no quoted string. */
export function splitOutsideQuotes(text: string, separator = ','): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\\' && quoted) index++;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
