import { boolean, custom } from '@oclif/core/flags';
import type { HttpExpectation } from '../model/probe-options.js';
import type { ProxyHop } from '../model/proxy.js';
import { ACCEPTED_PROXIES, parseProxyUrl } from '../model/proxy-environment.js';
import * as http from './http-values.js';
import { UsageError } from './usage-error.js';
import * as kinds from './value-kinds.js';
import { offered, valued } from './valued.js';

/** Flags of `http`. */
export const httpFlags = {
  request: custom<string>(valued(http.method))({ char: 'X', summary: 'method (GET, or POST with --body)', helpValue: '<method>' }),
  header: custom<string>()({
    char: 'H',
    summary: 'field of the request, as in "Accept: text/html"; may be repeated. Others on this machine can see it: see --header-env',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<field>',
  }),
  'header-env': custom<string>()({
    summary: 'field with a secret value out of a variable of the environment, as in X-Api-Key=SERVICE_KEY',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name=variable>',
  }),
  'header-file': custom<string>()({
    summary: 'fields with secret values out of a file, "Name: value" in each line',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  'bearer-env': custom<string>()({ summary: 'bearer token out of this variable of the environment', helpValue: '<variable>' }),
  'bearer-file': custom<string>()({ summary: 'bearer token out of this file', helpValue: '<file>' }),
  body: custom<string>()({ summary: 'send this file as the body, up to 1 MB', helpValue: '<file>' }),
  'http1.1': boolean({ summary: 'HTTP/1.1 alone' }),
  http2: boolean({ summary: 'HTTP/2 alone; without TLS by prior knowledge' }),
  compression: boolean({ summary: 'offer to take compressed answers', default: true, allowNo: true }),
  follow: boolean({ summary: 'follow redirects', default: true, allowNo: true }),
  'max-redirects': custom<number>(valued(http.redirects))({
    summary: 'follow no more than these, 0 to 50 (10 unless said otherwise)',
    helpValue: '<number>',
  }),
  count: custom<number>(valued(kinds.count))({ char: 'c', summary: 'how many exchanges, for percentiles', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between exchanges, 1ms to 1m', helpValue: '<duration>' }),
  'keep-alive': boolean({ summary: 'send them over one connection; otherwise each has its own' }),
  'expect-status': custom<string[]>(valued(http.statuses))({
    summary: 'statuses that are right, as in 200,204 or 2xx; any below 400 unless said otherwise',
    helpValue: '<list>',
  }),
  'expect-body': custom<HttpExpectation>(valued(http.bodyExpectation))({
    summary: 'text that must be in the body, or a regular expression as in /up|ready/i; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<text>',
  }),
  'expect-json': custom<Extract<HttpExpectation, { kind: 'json' }>>(valued(http.jsonExpectation))({
    summary: 'JSONPath query that must find something, or this value, as in $.status=ok; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<query>',
  }),
  'require-header': custom<{ name: string; value: string | null }>(valued(http.requiredHeader))({
    summary: 'field that the answer must have, with text of its value behind a colon; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
  'forbid-header': custom<string>(valued(http.headerName))({
    summary: 'field that the answer must not have; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
  'security-headers': boolean({ summary: 'require the fields that protect readers of a page' }),
  burst: custom<number>(valued(http.burst))({
    summary: 'then send so many requests at once, up to 10000, and see where 429 begins: only to services that you may test so',
    helpValue: '<number>',
  }),
  concurrency: custom<number>(valued(http.concurrency))({
    summary: 'with --burst: under way at once, 1 to 200 (10 unless said otherwise)',
    helpValue: '<number>',
  }),
};

/** Flags of `http` about the way. */
export const proxyFlags = {
  proxy: custom<ProxyHop>({
    parse: async (text: string): Promise<ProxyHop> => {
      const outcome = parseProxyUrl(text, '--proxy');
      // The value can hold a password.
      if (!outcome.ok) throw new UsageError(`--proxy: ${outcome.reason}; must be ${ACCEPTED_PROXIES}`);
      return outcome.hop;
    },
  })({ summary: 'go through this proxy, whatever the environment says: http, https, socks5 or socks5h', helpValue: '<url>' }),
  'no-proxy': boolean({ summary: 'go directly, whatever the environment says' }),
};

/** Flags of `http` for `ws:` and `wss:` targets. */
export const webSocketFlags = {
  message: custom<string>()({
    summary: 'ws:, wss: send this with each ping, and time how soon it comes back; with --listen once, ahead',
    helpValue: '<text>',
  }),
  'message-file': custom<string>()({ summary: 'the same out of a file', helpValue: '<file>' }),
  messages: custom<number>(valued(http.burst))({
    summary: 'ws:, wss: then send the message so many times, up to 10000, as fast as it comes back, and say how many a second',
    helpValue: '<number>',
  }),
  listen: custom<number>(valued(kinds.listen))({
    summary: 'ws:, wss: listen for so long to what comes by itself, 100ms to 10m',
    helpValue: '<duration>',
  }),
  subprotocol: custom<string>(valued(kinds.subprotocol))({
    summary: 'ws:, wss: offer this subprotocol; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
};

const PORTALS = ['firefox', 'google', 'apple', 'microsoft', 'networkmanager'];

/** Flags of `http` about the login page of a network. */
export const captivePortalFlags = {
  'captive-portal': boolean({ summary: 'look for a login page of this network, as browsers do; needs no TARGET' }),
  'portal-url': custom<string>(offered({ words: PORTALS }))({
    summary: 'with --captive-portal: ask firefox, google, apple, microsoft, networkmanager, or this http: address',
    helpValue: '<url>',
  }),
  'portal-expect': custom<string>()({ summary: 'what that address answers: a status, as in 204, or a text', helpValue: '<answer>' }),
};
