import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { BEHIND_UNEVEN_ANSWERS } from './effects-of-time.js';
import { defineCauses, found, target, toTarget } from './phrases.js';
import { isOfSomeRequests, testEachServer } from './some-requests.js';

/** `curl` alone is another program in Windows PowerShell. */
function curl(facts: CauseFacts): string {
  return onPlatform(facts, { linux: 'curl', darwin: 'curl', win32: 'curl.exe' });
}

/** The status at the beginning of what was observed; `null` where none stands there. */
function statusIn({ observed }: CauseFacts): number | null {
  const status = /^(?:status )?([1-5]\d\d)\b/.exec(observed ?? '')?.[1];
  return status === undefined ? null : Number(status);
}

function statusWords(facts: CauseFacts): string {
  const status = statusIn(facts);
  if (status === null) return 'an unexpected HTTP status';
  // No error by itself: another one was asked for.
  if (status < 400) return `HTTP ${status}, which is not what was asked for`;
  return status >= 500 ? `an error of the server, HTTP ${status}` : `an error, HTTP ${status}`;
}

function statusAdvice(facts: CauseFacts): string {
  const status = statusIn(facts);
  if (status === null) return 'Look at the status and headers; 4xx is the request, 5xx the server';
  const meaning = `what it means: netdiag explain http ${status}`;
  if (status === 502 || status === 504)
    return `A proxy answers for a program that is not there or late: see whether that runs (${meaning}); who answers shows in`;
  if (status < 400) return `See who let the request through, or answered it otherwise than it should be (${meaning}); the answer shows in`;
  if (status >= 500) return `Read the log of the server at that moment (${meaning}); who answers shows in`;
  return `Correct path, host, method or login of the request (${meaning}); why it is refused shows in`;
}

/** Layer 7: what web services answer. */
export const HTTP_CAUSES = defineCauses({
  'http-status': {
    title: 'The service answers with an error status',
    meaning:
      'The way to the service works from the link up to TLS; the service itself answers with a status that is not the expected one (RFC 9110). 4xx says that the request is at fault, 5xx that the server is; 502, 503 and 504 usually come from a proxy in front of it.',
    causes: [
      '404: a wrong path or a wrong virtual host. 403: not allowed, or a web firewall.',
      '500: a fault in the program. 502 or 504: the proxy got no, or no timely, answer from the program behind it.',
      '503: overloaded or under maintenance.',
      'Only some requests: one of several servers behind one address is bad, or the service started anew just then. Some limits of requests answer 503 as well.',
      'Another server answers than was meant (DNS, proxy, captive portal).',
    ],
    explains: [BEHIND_UNEVEN_ANSWERS],
    answered: true,
    cannotBeToldFrom: [
      {
        code: 'proxy-refused',
        toldBy: 'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)',
        ofBasis: ['silence'],
      },
      { code: 'captive-portal', toldBy: 'whether plain http: pages lead to a login page', ofBasis: ['silence'] },
    ],
    tellApart: [
      'The body and the `server` and `via` headers say whether a proxy or the program answered.',
      'Only one path fails: the program. Every path fails: the proxy or the whole service.',
      'From the server itself, past the proxy, it works: the proxy.',
    ],
    remedies: [
      'For 4xx: correct path, host, method or login of the request.',
      'For 5xx: read the log of the server at that moment, and check what stands behind its proxy.',
    ],
    summary: (facts) =>
      isOfSomeRequests(facts)
        ? `The network works, but ${target(facts)} answers some requests with ${statusWords(facts)}${found(facts)}.`
        : `The network works, but ${target(facts)} answers with ${statusWords(facts)}${found(facts)}.`,
    remedy: (facts) =>
      isOfSomeRequests(facts)
        ? testEachServer(facts)
        : `${statusAdvice(facts)}: ${curl(facts)} -sS -D - -o ${nullDevice(facts)} ${commandWords(facts).url}`,
  },

  'http-not-spoken': {
    title: 'What answers speaks no HTTP',
    meaning:
      'The connection opens and bytes come back, but they are no HTTP answer, or one that breaks the rules of HTTP: no status line, a head that is cut off, malformed or without end (RFC 9112). So something listens, and the way to it works; it is not what the URL says.',
    causes: [
      'Another service listens on this port: a mail, SSH or database server, or one that speaks first.',
      'The port expects TLS and is asked in plain text (http: in place of https:).',
      'The port speaks HTTP/2 without TLS only, as gRPC services often do.',
      'The program, or a proxy in front of it, crashes while it writes the head of its answer.',
      'The answer carries so many or so large header fields that no client would take them.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'service-unexpected', toldBy: 'whether the first bytes are those of another service', ofBasis: ['silence'] },
      { code: 'captive-portal', toldBy: 'whether plain http: pages lead to a login page', ofBasis: ['silence'] },
    ],
    tellApart: [
      'The first bytes say what it is: `SSH-2.0`, `220` of a mail server; a byte 0x15 is an alert of TLS.',
      '`netdiag tls TARGET` completes a handshake on the same port: TLS is spoken, so use https:.',
      'Only one path breaks and others answer: the program behind it, or the size of its header fields.',
    ],
    remedies: [
      'Correct the port or the scheme of the URL.',
      'See on the target which program listens on the port.',
      'Where it is the right service, read its log, and that of its proxy, at that moment.',
    ],
    summary: (facts) => `What answers at ${target(facts)} speaks no HTTP, or breaks its rules${found(facts)}.`,
    remedy: (facts) =>
      `Check port and scheme of the URL, and look at the bytes that come: ${curl(facts)} -sS --http0.9 -m 5 -o - ${commandWords(facts).url}`,
  },

  'http-slow': {
    title: 'The first byte takes long',
    meaning:
      'Connection and handshake are done, but the server takes long to begin its answer. That time is spent in the service, less one round trip; the network is rarely the cause.',
    causes: [
      'The program works long on the request: database, calls to other services, an empty cache.',
      'All workers are busy, and the request waits.',
      'The first request after a start or an idle time.',
      'A proxy or web firewall that inspects the request.',
      "The server looks up the client's name in the DNS.",
    ],
    slows: true,
    against: [
      { kinds: ['l3.latency'], statuses: ['fail'], of: 'same', says: 'the round trip of the network itself is long' },
      { kinds: ['l4.retransmissions'], statuses: ['fail'], of: 'same', says: 'segments are lost and sent again' },
    ],
    cannotBeToldFrom: [
      { code: 'tcp-retransmissions', toldBy: 'whether TCP had to send anything again', ofBasis: ['silence'] },
      { code: 'bufferbloat', toldBy: 'whether it is quick once the line is idle', ofBasis: ['silence'] },
    ],
    tellApart: [
      'The phases in `netdiag latency TARGET`: TCP and TLS quick, first byte slow: the service.',
      'A static file from the same server is quick: the program, not the machine.',
      'The second request is quick: a cold cache.',
    ],
    remedies: [
      'Look at the slow requests in the log of the service.',
      'Put a cache in front of what seldom changes.',
      'Give the service more workers, once the slow part is known.',
    ],
    summary: (facts) => `The service at ${target(facts)} takes too long to begin its answer${found(facts)}.`,
    remedy: (facts) =>
      `See whether the network phases are quick, which leaves the service: netdiag latency ${commandWords(facts).endpoint}`,
  },

  'http-rate-limited': {
    title: 'The service limits the number of requests',
    meaning:
      'The service answers 429 (RFC 6585), or says in its headers that the allowance is used up or nearly so. It works; this client, key or address asks too often. Going on regardless may lengthen the block.',
    causes: [
      'The client asks more often than its allowance permits, or repeats failed requests without a pause.',
      'Several programs share one key or one public address.',
      'The limit counts weight, not requests, and some requests weigh much.',
      'A web firewall takes the pattern for an attack.',
    ],
    answered: true,
    cannotBeToldFrom: [{ code: 'http-unauthorized', toldBy: 'whether the limit is of the key or of the address', ofBasis: ['silence'] }],
    tellApart: [
      'The `retry-after` and `x-ratelimit-*` or `ratelimit` headers give limit, rest and time of reset.',
      'From another address with the same key it is limited too: the key. It is not: the address.',
    ],
    remedies: [
      'Wait as long as `retry-after` says (RFC 9110 section 10.2.3), then go on at a lower rate with growing pauses after failures.',
      'Ask once and share the answer; use a stream in place of polling.',
      'Ask the operator for a higher allowance.',
    ],
    summary: (facts) => `${facts.target ?? 'The service'} limits the number of requests from here${found(facts)}.`,
    remedy: () => 'Stop asking for as long as the Retry-After header says, then go on at a lower rate.',
  },

  'http-unauthorized': {
    title: 'The service does not accept the login',
    meaning:
      'The service answers 401 (RFC 9110 section 15.5.2) or 403: the network is well, but the request carries no login that is accepted, or one that may not do this.',
    causes: [
      'No token or password was sent, or it has run out or was withdrawn.',
      'The token belongs to another environment, or lacks a right.',
      'The clock of this machine is wrong, so that signed requests are refused (see clock-skew).',
      'The service allows only certain source addresses.',
      'A proxy drops the Authorization header.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'clock-skew', toldBy: 'whether the clock of this machine is right: signed requests die by it', ofBasis: ['silence'] },
      {
        code: 'proxy-refused',
        toldBy: 'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)',
        ofBasis: ['silence'],
      },
    ],
    tellApart: [
      'The `www-authenticate` header names what is wanted, and often what is wrong.',
      '401 is "who are you", 403 is "not you".',
      'The same token works from another machine: address or clock.',
    ],
    remedies: ['Renew the token, and check to which environment it belongs.', 'Set the clock by NTP.', 'Have this source address allowed.'],
    summary: (facts) => `${facts.target ?? 'The service'} does not accept the login that was sent, or wants one${found(facts)}.`,
    remedy: (facts) =>
      `See which login is wanted (header WWW-Authenticate), then renew the token: ${curl(facts)} -sS -D - -o ${nullDevice(facts)} ${commandWords(facts).url}`,
  },

  'http-header-missing': {
    title: 'A required header is missing',
    meaning:
      'The answer lacks a header that the policy, or the command line, requires, for example `Strict-Transport-Security` (RFC 6797). The service works; it protects its users less than was asked for.',
    causes: [
      'The server or proxy does not set it.',
      'It is set for pages, but not for redirects or errors.',
      'Another proxy or content network in front removes it.',
      'The answer came from another server than was meant.',
    ],
    answered: true,
    tellApart: [
      'Asked past the proxy, the header is there: the proxy removes it.',
      'A 200 has it, an error has not: in nginx, `always` is missing from `add_header`.',
    ],
    remedies: [
      'Set it at the outermost server: nginx `add_header Strict-Transport-Security "max-age=31536000" always;`.',
      'For HSTS start with a short max-age: browsers remember it.',
    ],
    summary: (facts) => `The answer of ${target(facts)} lacks a header that is required${found(facts)}.`,
    remedy: (facts) =>
      `Set it at the outermost server; what is sent shows in: ${curl(facts)} -sS -D - -o ${nullDevice(facts)} ${commandWords(facts).url}`,
  },

  'captive-portal': {
    title: 'A login page stands in front of the internet',
    meaning:
      'The network answers in place of the internet with its own login or consent page, until somebody has logged in (RFC 8952). Names resolve and connections open, but to the portal: certificates do not fit, and pages are not what was asked for.',
    causes: [
      'A guest network (hotel, train, coffee shop, company) before the login.',
      'The login has run out.',
      'A used-up allowance, or an unpaid bill at the provider.',
    ],
    explains: [
      // RFC 8952: it drops, rejects, or answers itself, with other certificates, other pages, other addresses.
      {
        kinds: ['*'],
        codes: [
          'upstream-unreachable',
          'host-unreachable',
          'route-prohibited',
          'ipv6-broken',
          'ipv4-broken',
          'port-closed',
          'port-filtered',
          'port-rejected',
          'tcp-reset',
          'service-silent',
          'dns-hijacked',
          'dns-inconsistent',
          'dns-plain-blocked',
          'dns-encrypted-blocked',
          'cert-*',
          'tls-*',
          'http-*',
          'websocket-*',
          'proxy-*',
        ],
        shownBy: 'either',
        answersToo: true,
      },
      // Seen at a target itself: whoever answered its request made its handshake too.
      { kinds: ['l6.*'], codes: ['cert-*', 'tls-*'], shownByKinds: ['l7.redirects', 'l7.http'], answersToo: true, belowToo: true },
    ],
    answered: true,
    against: [{ kinds: ['l7.captive-portal'], says: 'no login page answers' }],
    cannotBeToldFrom: [
      { code: 'dns-hijacked', toldBy: 'whether only names are answered wrongly, or pages too', ofBasis: ['silence'] },
      { code: 'tls-intercepted', toldBy: 'whether plain http: pages are changed as well', ofBasis: ['silence'] },
    ],
    tellApart: [
      'A plain http: page redirects to the portal.',
      'DHCP or router advertisements name the portal (RFC 8910).',
      'Other devices that are logged in work.',
    ],
    remedies: [
      'Open any http: page in a browser and log in there.',
      'Switch VPN and encrypted DNS off for the login, and on again after it.',
      'A machine without browser: have its MAC address allowed.',
    ],
    summary: (facts) => `A login page of this network answers in place of ${facts.target ?? 'the internet'}${found(facts)}.`,
    remedy: () =>
      'Open a plain http: page (not https:) in a browser on this machine, and log in to the network on the page that comes instead.',
  },

  'websocket-refused': {
    title: 'The WebSocket is refused',
    meaning: 'The server answers, but does not switch to WebSocket (101, RFC 6455); plain HTTP to it may work well.',
    causes: [
      'A proxy in front does not pass the Upgrade and Connection headers on.',
      'A wrong path: the server knows no WebSocket there (404), or answers with a page (200).',
      'The Origin or the login is not accepted (401, 403).',
      'The server offers WebSocket over another HTTP version or port only.',
      'A company proxy or web firewall cuts it.',
    ],
    answered: true,
    against: [{ kinds: ['l7.websocket'], of: 'same', says: 'the WebSocket opened' }],
    cannotBeToldFrom: [
      { code: 'http-status', toldBy: 'whether plain requests to the same path are answered', ofBasis: ['silence'] },
      {
        code: 'proxy-refused',
        toldBy: 'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)',
        ofBasis: ['silence'],
      },
    ],
    tellApart: [
      'The status in place of 101 says most of it: 400 and 426 the headers, 401 and 403 the login, 404 the path, 502 the proxy.',
      'Past the proxy it works: the proxy.',
      'wss: works where ws: does not: a device on the way that meddles with plain HTTP.',
    ],
    remedies: [
      'In nginx: `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`.',
      'Correct path, Origin or login.',
      'Use wss: in place of ws:.',
    ],
    summary: (facts) => `${facts.target ?? 'The server'} refuses to switch to WebSocket${found(facts)}.`,
    remedy: () => 'Check the path of the URL, and that the proxy in front passes the Upgrade and Connection headers on.',
  },

  'websocket-slow': {
    title: 'The WebSocket answers slowly',
    meaning:
      'The WebSocket opens, but the upgrade or the echo on it takes longer than the policy allows, or a stream brings fewer messages than a profile asks for. Compare with the round trip of the network: what is above it is spent in the server and its proxies.',
    causes: [
      'The network round trip itself is long.',
      'The server handles messages one after the other, and is busy.',
      'Small messages wait to be put together (Nagle and delayed acknowledgement).',
      'A proxy in front buffers.',
      'A stream has little to say: a quiet channel, or a market at rest.',
    ],
    slows: true,
    against: [{ kinds: ['l3.latency'], statuses: ['fail'], of: 'same', says: 'the round trip of the network itself is long' }],
    cannotBeToldFrom: [{ code: 'latency-high', toldBy: 'whether the round trip of the network is as long', ofBasis: ['silence'] }],
    tellApart: [
      'Echo time about the round trip: network. Much more: server.',
      'Delays of about 40 or 200 ms: Nagle with delayed acknowledgement; set TCP_NODELAY.',
      'Past the proxy it is quick: the proxy buffers.',
    ],
    remedies: ['Set TCP_NODELAY on both sides, and `proxy_buffering off;` in nginx.', 'Use a server or region nearer by.'],
    summary: (facts) => `The WebSocket${toTarget(facts)} answers too slowly${found(facts)}.`,
    remedy: (facts) =>
      `Compare with the round trip of the network; what is above it is the server: netdiag latency ${commandWords(facts).endpoint}`,
  },
});

function nullDevice(facts: CauseFacts): string {
  return facts.platform === 'win32' ? 'NUL' : '/dev/null';
}
