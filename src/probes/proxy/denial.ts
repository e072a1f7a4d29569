/** What an answer to a plain request tells of who wrote it. */
interface Answer {
  status: number;
  fields: readonly (readonly [string, string])[];
}

/** Of a rule or of a login: 401 is what some proxies answer to a wrong one, where RFC 9110 has 407. */
const DENIALS: ReadonlySet<number> = new Set([401, 403]);

/** Whether both the proxy and the server behind it may have said it, so that only the direct way can tell. */
export function isAmbiguous({ status, fields }: Answer): boolean {
  return (DENIALS.has(status) || status >= 500) && !isMarked(fields) && !has(fields, 'via', () => true);
}

/**
 * Whether an error that came by a proxy, to a request for the URL itself, is the proxy's word and not that of the server behind it. Proxies
 * mark their own errors (RFC 9209 `Proxy-Status` with `error`, squid's `X-Squid-Error`), and what they pass on (`Via`, RFC 9110 section
 * 7.6.3). A denial without any mark is the server's only where the server says the same directly, an error of 5xx unless it works directly.
 * Pure.
 *
 * @param directly status that the same URL is answered with on the direct way; `null`: none came, or it was not asked
 */
export function isProxysOwn(answer: Answer, directly: number | null): boolean {
  const { status, fields } = answer;
  if (status < 400) return false;
  if (!isAmbiguous(answer)) return isMarked(fields);
  return DENIALS.has(status) ? directly !== status : directly !== null && directly < 500;
}

function isMarked(fields: Answer['fields']): boolean {
  return has(fields, 'x-squid-error', () => true) || has(fields, 'proxy-status', (value) => /;\s*error\s*=/i.test(value));
}

function has(fields: Answer['fields'], wanted: string, test: (value: string) => boolean): boolean {
  return fields.some(([name, value]) => name.toLowerCase() === wanted && test(value));
}
