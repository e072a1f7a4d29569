import { NO_PROXIES, type ProxySettings, proxyCredentials } from '../../model/proxy-environment.js';
import { basicAuthorization } from '../../wire/http/proxy-connect.js';
import { isSecretField, withoutSecrets } from '../../wire/http/redaction.js';
import type { HttpRequest } from './redirect.js';

/** Takes the secrets of a request out of a text. It must come ahead of any cut, which would leave the first half of one standing. */
export type Hide = (text: string) => string;

/** Values of a query that are shorter are words and numbers, which stand everywhere, unless their name says what they are. */
const LONG_VALUE = 12;

/** Hides what a request holds of secrets wherever the service repeats it, or a proxy on the way its login. */
export function hiderOf({ headers, place }: Pick<HttpRequest, 'headers' | 'place'>, proxies: ProxySettings = NO_PROXIES): Hide {
  const logins = proxyCredentials(proxies).map((one) => ({ name: 'proxy-authorization', value: basicAuthorization(one), secret: true }));
  const secrets = secretsOf({ headers: [...headers, ...logins], place });
  return (text) => withoutSecrets(text, secrets);
}

/** Every secret of the request in all the forms in which it could come back, the longest first: one can be a part of another. */
export function secretsOf({ headers, place }: Pick<HttpRequest, 'headers' | 'place'>): string[] {
  const fields = headers.flatMap(({ value, secret }) => {
    if (!secret) return [];
    const [, scheme, login] = /^(\S+)\s+(\S+)$/.exec(value) ?? [];
    const plain = scheme?.toLowerCase() === 'basic' && login !== undefined ? [Buffer.from(login, 'base64').toString('utf8')] : [];
    const password = plain.map((text) => text.slice(text.indexOf(':') + 1));
    return [value, ...(login === undefined ? [] : [login]), ...plain, ...password];
  });
  const all = [...fields, ...queryValues(place.path)].flatMap(writtenForms);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** As they stand in the path, and decoded. */
function queryValues(path: string): string[] {
  const query = path.split('?').slice(1).join('?');
  return query.split('&').flatMap((pair) => {
    const equals = pair.indexOf('=');
    const raw = pair.slice(equals + 1);
    const isSecret = raw.length >= LONG_VALUE || (equals > 0 && isSecretField(pair.slice(0, equals)));
    return isSecret ? [raw, new URLSearchParams(`v=${raw}`).get('v') ?? ''] : [];
  });
}

/** As it is, in a URL, in JSON, in Base64, and in small letters, as names of fields are read. */
function writtenForms(secret: string): string[] {
  const base64 = Buffer.from(secret, 'utf8');
  const forms = [secret, inUrl(encodeURIComponent, secret), inUrl(encodeURI, secret), JSON.stringify(secret).slice(1, -1)];
  return [...forms, base64.toString('base64'), base64.toString('base64url'), ...forms.map((form) => form.toLowerCase())];
}

/** A lone half of a surrogate pair cannot be written in a URL. */
function inUrl(encode: (text: string) => string, secret: string): string {
  try {
    return encode(secret);
  } catch {
    return secret;
  }
}
