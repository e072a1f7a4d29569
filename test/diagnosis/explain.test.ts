import { STATUS_CODES } from 'node:http';
import { constants } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { EXPLANATIONS, explain } from '../../src/diagnosis/explain.js';
import { CODE_LAYERS, CODES } from '../../src/model/code.js';
import { errnoMessage } from '../../src/net/errno.js';
import { alertOf } from '../../src/net/tls/failure.js';
import { decodeEdns } from '../../src/wire/dns/edns.js';
import { DnsReader } from '../../src/wire/dns/reader.js';

const TERMS = EXPLANATIONS.map(({ term }) => term);

describe('explain', () => {
  test.each(CODES)('knows %s', (code) => {
    const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
    const outcome = explain(code);
    expect(outcome).toMatchObject({
      found: true,
      explanation: {
        term: code,
        kind: 'code',
        numbers: [],
        alsoCalled: expect.any(Array),
        layer: CODE_LAYERS[code],
        title,
        meaning,
        causes,
        tellApart,
        remedies,
        related: expect.any(Array),
        reasoning: expect.any(Object),
      },
      others: [],
    });
  });

  test('reads on from one code to those that its texts mention, never to itself', () => {
    const related = (code: string) => {
      const outcome = explain(code);
      return outcome.found ? outcome.explanation.related : null;
    };
    expect(related('tcp-retransmissions')).toEqual(['mtu-blackhole']);
    expect(related('packets-duplicated')).toEqual(['duplicate-address']);
    expect(related('cert-pin-mismatch')).toEqual(['tls-intercepted']);
    for (const { term, related: codes } of EXPLANATIONS) {
      expect(codes).not.toContain(term);
      for (const code of codes) expect(CODES).toContain(code);
    }
  });

  test.each([
    ['MTU-BlackHole', 'mtu-blackhole'],
    ['  mtu_blackhole\n', 'mtu-blackhole'],
    ['mtu blackhole', 'mtu-blackhole'],
    ['econnrefused', 'ECONNREFUSED'],
    ['nxdomain', 'NXDOMAIN'],
    ['Refused', 'REFUSED'],
    ['handshake_failure', 'handshake_failure'],
    ['alert unknown_ca', 'unknown_ca'],
    ['alert 48', 'unknown_ca'],
    ['SSL alert number 40', 'handshake_failure'],
    ['Connection refused', 'ECONNREFUSED'],
    ['WSAECONNREFUSED', 'ECONNREFUSED'],
    ['10061', 'ECONNREFUSED'],
    ['errno 111', 'ECONNREFUSED'],
    ['EWOULDBLOCK', 'EAGAIN'],
    ['http 429', 'http 429'],
    ['HTTP_429', 'http 429'],
    ['503', 'http 503'],
    ['too many requests', 'http 429'],
    ['rcode 2', 'SERVFAIL'],
    ['rcode 16', 'BADVERS'],
    ['rcode servfail', 'SERVFAIL'],
    ['ede 6', 'ede 6'],
    ['no reachable authority', 'ede 22'],
    ['extended error 22', 'ede 22'],
    ['icmp 3/4', 'icmp 3/4'],
    ['icmp type 3/4', 'icmp 3/4'],
    ['icmp 3 4', 'icmp 3/4'],
    ['icmp type 3 code 4', 'icmp 3/4'],
    ['icmpv6 1 4', 'icmpv6 1/4'],
    ['ENOTFOUND', 'dns-nxdomain'],
    ['could not resolve host', 'dns-nxdomain'],
    ['frag needed', 'icmp 3/4'],
    ['packet too big', 'icmpv6 2'],
    ['icmp6 1/4', 'icmpv6 1/4'],
    ['11/0', 'icmp 11/0'],
    ['ERR_NO_CONNECTION', 'ERR_NO_CONNECTION'],
    ['err_connection_failed', 'ERR_CONNECTION_FAILED'],
    ['4756', 'ERR_CONNECTION_FAILED'],
    ['trading 6', 'ERR_NO_CONNECTION'],
  ])('finds %j as %s', (asked, term) => {
    expect(explain(asked)).toMatchObject({ found: true, explanation: { term } });
  });

  test('knows each TLS alert that a handshake can end with, by name and by number', () => {
    const named = Array.from({ length: 256 }, (_, number) => [number, alertOf(new Error(`SSL alert number ${number}`))] as const);
    const known = named.filter(([number, name]) => name !== null && !name.includes(String(number)));
    expect(known.length).toBeGreaterThan(30);
    for (const [number, name] of known) {
      const byNumber = explain(`alert ${number}`);
      expect(byNumber, `${number} ${name}`).toMatchObject({ found: true, explanation: { term: name, kind: 'alert' } });
    }
  });

  test('a number of several kinds lists them all, each with what to ask for', () => {
    const outcome = explain('111');
    expect(outcome).toMatchObject({ found: false, meanings: [{ ask: 'ECONNREFUSED' }, { ask: 'alert 111' }] });
    const everySystem = explain('errno 61');
    expect(everySystem.found ? [] : everySystem.meanings.map(({ ask }) => ask)).toEqual(['ENODATA', 'ECONNREFUSED']);
    for (let number = 0; number < 600; number++) {
      const several = explain(String(number));
      if (several.found) continue;
      for (const { ask, explanation } of several.meanings) expect(explain(ask), ask).toMatchObject({ found: true, explanation });
    }
  });

  test('the number of a profile that was named goes first, and says what else it means', () => {
    const outcome = explain('6', 'trading');
    expect(outcome).toMatchObject({ found: true, explanation: { term: 'ERR_NO_CONNECTION', kind: 'profile', profile: 'trading' } });
    const others = outcome.found ? outcome.others.map(({ ask }) => ask) : [];
    expect(others).toEqual(['ENXIO', 'rcode 6', 'ede 6', 'icmp 6']);
    expect(explain('6')).toMatchObject({ found: false });
  });

  test.each([
    ['ERR_NO_CONNECTION', 6],
    ['ERR_TRADE_TIMEOUT', 10],
    ['ERR_INVALID_PRICE', 135],
    ['ERR_OFF_QUOTES', 136],
    ['ERR_REQUOTE', 138],
    ['ERR_CONNECTION_FAILED', 4756],
  ])('the trading profile brings %s by name and as %i', (name, number) => {
    for (const asked of [name, String(number)])
      expect(explain(asked, 'trading')).toMatchObject({ found: true, explanation: { term: name, numbers: [{ number }] } });
  });

  test('names what commands of Linux are called on macOS and Windows', () => {
    const elsewhere = (term: string) => {
      const outcome = explain(term);
      return outcome.found ? outcome.explanation.elsewhere : null;
    };
    expect(elsewhere('EHOSTUNREACH')).toEqual([{ linux: 'ip neigh', darwin: 'arp -an', windows: 'Get-NetNeighbor' }]);
    expect(elsewhere('ECONNREFUSED')).toEqual([
      { linux: 'ss -ltn', darwin: 'lsof -nP -iTCP -sTCP:LISTEN', windows: 'Get-NetTCPConnection -State Listen' },
    ]);
    expect(elsewhere('http 404')).toBeUndefined();
  });

  test('error numbers of this system are those that it has', () => {
    const here = { linux: 'Linux', darwin: 'macOS' }[process.platform as string];
    if (here === undefined) return;
    const errnos = EXPLANATIONS.filter(({ kind }) => kind === 'errno');
    const known = new Map(
      errnos.flatMap(({ term, alsoCalled, numbers }) => {
        const own = numbers.find(({ where }) => where?.includes(here));
        return own === undefined ? [] : [term, ...alsoCalled].map((name) => [name, own.number] as const);
      }),
    );
    for (const [name, number] of Object.entries(constants.errno)) {
      if (name === 'ENOTSUP' && here === 'macOS') continue;
      expect([name, known.get(name)]).toEqual([name, number]);
    }
  });

  test('extended errors have the names under which answers show them', () => {
    for (const { term, title, numbers } of EXPLANATIONS.filter(({ kind }) => kind === 'extended-error')) {
      const number = numbers[0]?.number ?? -1;
      const option = Uint8Array.of(0, 15, 0, 2, number >> 8, number & 0xff);
      const edns = decodeEdns({ udpPayloadSize: 0, version: 0, dnssecOk: false }, DnsReader.over(option));
      expect(edns.extendedErrors[0]?.name, term).toBe(title);
    }
  });

  test('knows each registered status of HTTP', () => {
    const registered = [
      [100, 104],
      [200, 208],
      [226, 226],
      [300, 308],
      [400, 418],
      [421, 426],
      [428, 429],
      [431, 431],
      [451, 451],
      [500, 508],
      [510, 511],
    ] as const;
    for (const [first, last] of registered)
      for (let status = first; status <= last; status++)
        expect(explain(`http ${status}`), `${status}`).toMatchObject({ found: true, explanation: { kind: 'http' } });
    // Node has the phrases of most; newer names of the registry differ from some of them.
    const renamed = new Set(['302', '413', '418', '422', '509']);
    for (const [status, phrase] of Object.entries(STATUS_CODES)) {
      if (renamed.has(status)) continue;
      expect(explain(`http ${status}`)).toMatchObject({ found: true, explanation: { title: phrase } });
    }
  });

  test('knows each errno to which the sockets give a message', () => {
    const errnos = EXPLANATIONS.filter(({ kind }) => kind === 'errno').map(({ term }) => term);
    for (const name of Object.keys(constants.errno)) if (errnoMessage(name) !== name) expect(errnos).toContain(name);
  });

  test('texts of error names are whole', () => {
    for (const { kind, title, meaning, causes, tellApart, remedies } of EXPLANATIONS) {
      if (kind === 'code') continue;
      for (const list of [causes, tellApart, remedies]) expect(list.length).toBeGreaterThanOrEqual(1);
      expect(title).not.toMatch(/\.$/);
      for (const text of [meaning, ...causes, ...tellApart, ...remedies]) {
        expect(text, text).toMatch(/^[A-Z0-9`][\x20-\x7e]*\.$/);
        expect(text).not.toMatch(/ {2}/);
        expect(text.split('`').length % 2).toBe(1);
      }
    }
  });

  test('no term hides another', () => {
    for (const term of TERMS) expect(explain(term)).toMatchObject({ found: true, explanation: { term } });
    expect(new Set(TERMS).size).toBe(TERMS.length);
  });

  test.each([
    ['expired', ['cert-expired', 'cert-intermediate-expired', 'certificate_expired']],
    ['mtu', ['mtu-blackhole', 'mtu-reduced', 'mtu-mismatch']],
    ['tls-slow', ['tls-handshake-slow', 'tls-not-spoken', 'tls-handshake-failed']],
    ['hostname', ['cert-hostname-mismatch']],
    ['of', []],
    ['', []],
    ['__proto__', []],
    ['constructor', []],
  ])('does not know %j, and names what shares its words', (asked, alike) => {
    expect(explain(asked)).toEqual({ found: false, meanings: [], alike });
  });

  test('answers any text, with terms that exist', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 300 }), fc.constantFrom('a'.repeat(100_000), '-'.repeat(100_000))),
        (text) => {
          const outcome = explain(text);
          if (outcome.found) return;
          expect(outcome.alike.length).toBeLessThanOrEqual(3);
          for (const term of outcome.alike) expect(TERMS).toContain(term);
        },
      ),
    );
  });
});
