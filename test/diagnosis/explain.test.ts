import { constants } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { EXPLANATIONS, explain } from '../../src/diagnosis/explain.js';
import { CODE_LAYERS, CODES } from '../../src/model/code.js';
import { errnoMessage } from '../../src/net/errno.js';
import { alertOf } from '../../src/net/tls/failure.js';

const TERMS = EXPLANATIONS.map(({ term }) => term);

describe('explain', () => {
  test.each(CODES)('knows %s', (code) => {
    const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
    const outcome = explain(code);
    expect(outcome).toEqual({
      found: true,
      explanation: {
        term: code,
        kind: 'code',
        layer: CODE_LAYERS[code],
        title,
        meaning,
        causes,
        tellApart,
        remedies,
        related: expect.any(Array),
      },
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

  test('knows each errno to which the sockets give a message, and each is one of this system or of another', () => {
    const errnos = EXPLANATIONS.filter(({ kind }) => kind === 'errno').map(({ term }) => term);
    for (const name of Object.keys(constants.errno)) if (errnoMessage(name) !== name) expect(errnos).toContain(name);
    const elsewhere = errnos.filter((name) => !(name in constants.errno));
    expect(elsewhere.filter((name) => name !== 'EHOSTDOWN')).toEqual([]);
  });

  test('texts of error names are whole', () => {
    for (const { kind, title, meaning, causes, tellApart, remedies } of EXPLANATIONS) {
      if (kind === 'code') continue;
      for (const list of [causes, tellApart, remedies]) expect(list.length).toBeGreaterThanOrEqual(1);
      expect(title).not.toMatch(/\.$/);
      for (const text of [meaning, ...causes, ...tellApart, ...remedies]) {
        expect(text).toMatch(/^[A-Z0-9`][\x20-\x7e]*\.$/);
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
    expect(explain(asked)).toEqual({ found: false, alike });
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
