import type { HttpProbeOptions, TargetProbeOptions, TlsProbeOptions } from '../model/probe-options.js';
import type { ProxySettings } from '../model/proxy-environment.js';
import { BODY_STALL_MS, BODY_TIMEOUT_MS, FRONT_PAGE_MS, MAXIMUM_REDIRECTS, REPORT_WEBSOCKET } from './defaults.js';

export interface ReportWeb {
  tls: Pick<TlsProbeOptions, 'servername' | 'ca' | 'cert' | 'key'>;
  proxies: ProxySettings;
  timeoutMs: number;
  /** Longest wait for an answer over HTTP or to an upgrade. */
  answerMs: number;
}

/** What the full report asks of those that speak HTTP or WebSocket: one page, the redirects that lead to it, and whether a WebSocket lives. */
export function reportWebOf({
  tls,
  proxies,
  timeoutMs,
  answerMs,
}: ReportWeb): Pick<TargetProbeOptions, 'phases' | 'redirects' | 'webSocket'> {
  const redirects: HttpProbeOptions = {
    method: 'GET',
    headers: [],
    body: null,
    versions: ['2', '1.1'],
    compression: true,
    maximumRedirects: MAXIMUM_REDIRECTS,
    expectations: [],
    securityHeaders: false,
    count: 1,
    intervalMs: 0,
    keepAlive: true,
    burst: null,
    ...tls,
    proxies,
    timeoutMs,
    bodyTimeoutMs: Math.min(BODY_TIMEOUT_MS, timeoutMs),
  };
  return {
    phases: { timeoutMs: answerMs, frontPageMs: Math.min(FRONT_PAGE_MS, timeoutMs), bodyStallMs: Math.min(BODY_STALL_MS, answerMs) },
    redirects,
    webSocket: {
      ...REPORT_WEBSOCKET,
      timeoutMs: Math.min(REPORT_WEBSOCKET.timeoutMs, answerMs),
      message: null,
      listenMs: null,
      subprotocols: [],
      headers: [],
      proxies,
    },
  };
}
