import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Origin } from '../../model/probe-options.js';
import type { ProxySettings } from '../../model/proxy-environment.js';
import { addressFamily, parseTarget } from '../../model/target.js';
import { redactUrl } from '../../wire/http/redaction.js';
import { measureHttp } from '../http/measure.js';
import { planHttp } from '../http/plan.js';
import type { MeasureContext } from '../probe.js';

type Page = DataOf<'clock'>['pages'][number];

interface Options {
  timeoutMs: number;
  origin: Origin;
  proxies: ProxySettings;
}

/** Asks each page once for the head of its answer, by the proxy that programs would take; redirects are not followed. */
export function askDatePages(urls: readonly string[], options: Options, context: MeasureContext): Promise<Page[]> {
  return Promise.all(urls.map((url) => askPage(url, options, context)));
}

async function askPage(url: string, { timeoutMs, origin, proxies }: Options, context: MeasureContext): Promise<Page> {
  const page: Page = { url: redactUrl(url), address: null, clock: null, because: null };
  const parsed = parseTarget(url);
  if (!parsed.ok) return { ...page, because: 'it is no URL' };
  const { host } = parsed.target;
  let address = addressFamily(host) === null ? null : host;
  if (address === null) {
    const { outcome } = await context.network.names.resolve(host, { family: null, timeoutMs, signal: context.signal });
    if (outcome.kind !== 'measured') return { ...page, because: reasonOf(outcome) };
    address = outcome.value.addresses[0] ?? null;
  }
  const plan = planHttp(
    parsed.target,
    address ?? host,
    null,
    {
      method: 'HEAD',
      headers: [
        // What a cache has kept says when it was made, not what time it is.
        { name: 'cache-control', value: 'no-cache', secret: false },
      ],
      body: null,
      versions: ['1.1', '2'],
      compression: false,
      maximumRedirects: 0,
      expectations: [],
      securityHeaders: false,
      count: 1,
      intervalMs: 0,
      keepAlive: false,
      burst: null,
      servername: null,
      ca: [],
      cert: null,
      key: null,
      proxies,
      timeoutMs,
      bodyTimeoutMs: timeoutMs,
    },
    origin,
  );
  if (plan === null) return { ...page, address, because: 'it is no http: or https: URL' };
  const { attempt, data } = await measureHttp(plan, context);
  if (data.clock !== null) return { ...page, address, clock: data.clock };
  return { ...page, address, because: attempt.kind === 'measured' ? 'the answer has no Date field' : reasonOf(attempt) };
}
