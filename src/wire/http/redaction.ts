/** What stands in the place of a secret. */
export const HIDDEN = '***';

/** Fields whose whole value lets whoever reads it act in somebody's name, or can be a token of a kind that nobody listed. */
const SECRET_FIELD =
  /^(?:(?:proxy-)?authorization|(?:proxy-)?authentication-info|cookie2?|set-cookie2?|www-authenticate-token|x-amz-security-token)$|(?:^|[-_])(?:token|secret|password|passwd|session|session-?id|csrf|xsrf|jwt|api-?key|apikey|auth-?key|access-?key|credential|credentials|signature)(?:[-_]|$)/i;

/** `?name=value` and `&name=value`, wherever an address stands in a text. */
const QUERY_VALUE = /([?&;][^=&?#\s"'<>,;]{1,200}=)[^&#\s"'<>,;]+/g;
/** `//user:password@`. */
const URL_CREDENTIALS = /(\/\/)[^/?#\s"'<>,;@]*(?:@[^/?#\s"'<>,;@]*)*@/g;
/** A fragment can hold the token of an OAuth answer (RFC 6749 section 4.2.2). */
const FRAGMENT = /#[^\s"'<>,;]+/g;
const SHORTEST_SECRET = 4;

/** Whether the value of a field (its name in any case) is a secret. */
export function isSecretField(name: string): boolean {
  return SECRET_FIELD.test(name);
}

/** An address without credentials, with the values of its query hidden. Text that is no address comes back with the same hidden in it. */
export function redactUrl(url: string): string {
  const bare = url.replace(URL_CREDENTIALS, `$1${HIDDEN}@`).replace(FRAGMENT, `#${HIDDEN}`);
  const at = bare.indexOf('?');
  if (at < 0) return bare;
  const query = bare.slice(at).replace(QUERY_VALUE, `$1${HIDDEN}`);
  // A query without "=" is a value by itself.
  return `${bare.slice(0, at)}${/^\?[^=]+$/.test(query) ? `?${HIDDEN}` : query}`;
}

/** Fields that are addresses as a whole (RFC 9110), or begin with one. */
const ADDRESS_FIELDS: ReadonlySet<string> = new Set([
  'location',
  'content-location',
  'referer',
  'refresh',
  'link',
  'sourcemap',
  'x-sourcemap',
]);

/** The value of a field as it may be shown: see {@link isSecretField}; addresses as of {@link redactUrl}. */
export function redactField(name: string, value: string): string {
  if (isSecretField(name)) return HIDDEN;
  if (ADDRESS_FIELDS.has(name.toLowerCase())) return redactUrl(value);
  return value.includes('//')
    ? value.replace(URL_CREDENTIALS, `$1${HIDDEN}@`).replace(/([?&][^=&?#\s"'<>,;]{1,200}=)[^&#\s"'<>,;]+/g, `$1${HIDDEN}`)
    : value;
}

/** Hides secrets of ours wherever they come back: a service may repeat a token in a field of its own. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) shown = shown.split(secret).join(HIDDEN);
  return shown;
}
