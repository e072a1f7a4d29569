import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../src/net/port.js';
import { answerFacts } from '../../../src/probes/http/answer-facts.js';
import { decodeBody, textOf } from '../../../src/probes/http/decode-body.js';
import { meetExpectations } from '../../../src/probes/http/expectations.js';
import { matchJson, matchPattern } from '../../../src/probes/http/match-body.js';
import { withoutSecrets } from '../../../src/wire/http/redaction.js';

const TEXT = 'hello '.repeat(500);
const KEEP = 1024 * 1024;
/** Nothing is secret. */
const AS_IT_IS = (text: string) => text;

describe('unpacking a body', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', Buffer.from(TEXT)],
  ])('%s', async (encoding, packed) => {
    const { bytes, fault } = await decodeBody(packed, encoding, true, KEEP);
    expect(fault).toBeNull();
    expect(Buffer.from(bytes).toString()).toBe(TEXT);
  });

  it.each(['gzip', 'br', 'zstd'])('%s of a body that does not come, as to HEAD, is no fault', async (encoding) => {
    expect(await decodeBody(new Uint8Array(0), encoding, true, KEEP)).toEqual({ bytes: new Uint8Array(0), fault: null });
  });

  it.each([
    ['gzip', Buffer.from('no gzip'), 'corrupt'],
    ['gzip', gzipSync(TEXT).subarray(0, 20), 'corrupt'],
    ['gzip', gzipSync(Buffer.alloc(30_000_000)), 'too-large'],
    ['br', brotliCompressSync(Buffer.alloc(30_000_000)), 'too-large'],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(100_000_000))), 'too-large'],
    ['zstd', Buffer.from('x'), 'unknown-encoding'],
    ['gzip, gzip, gzip, gzip', Buffer.from('x'), 'unknown-encoding'],
  ])('%s that cannot be: %#', async (encoding, packed, expected) => {
    const { bytes, fault } = await decodeBody(packed, encoding, true, 1000);
    expect(fault).toBe(expected);
    expect(bytes.length).toBeLessThanOrEqual(1000);
  });

  it('a part of a body is no corrupt one', async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, index) => String(index)).join(' ')));
    const { bytes, fault } = await decodeBody(packed.subarray(0, packed.length / 2), 'gzip', false, KEEP);
    expect(fault).toBeNull();
    expect(Buffer.from(bytes).toString()).toMatch(/^0 1 2 3/);
  });

  it.each([
    ['text/html; charset=iso-8859-1', Buffer.from([0xe4]), 'ä'],
    ['text/html; charset="utf-8"', Buffer.from('ä'), 'ä'],
    ['text/html; charset=no-such', Buffer.from('ä'), 'ä'],
    [null, Buffer.from('ä'), 'ä'],
  ])('is text by %s', (type, bytes, text) => {
    expect(textOf(bytes, type)).toBe(text);
  });
});

describe('matching a body', () => {
  it('gives up on a pattern that would take years, in bounded time', () => {
    const startMs = performance.now();
    expect(matchPattern('^(a+)+$', '', `${'a'.repeat(5000)}b`)).toBe('too-slow');
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(matchPattern('A+B', 'i', 'aaab')).toBe('matched');
    expect(matchPattern('^x$', '', 'y')).toBe('not-matched');
  });

  it.each([
    ['$.status', null, '{"status":"ok"}', true, '"ok"'],
    ['$.status', 'ok', '{"status":"ok"}', true, '"ok"'],
    ['$.status', 'down', '{"status":"ok"}', false, '"ok"'],
    ['$.n', '3', '{"n":3}', true, '3'],
    ['$.n', '3.0', '{"n":3}', true, '3'],
    ['$.n', 'null', '{"n":null}', true, 'null'],
    ['$.x', null, '{"n":3}', false, 'nothing there'],
    ['$', null, '<html>', false, 'the body is no JSON'],
    ['$..x', null, '['.repeat(5000) + ']'.repeat(5000), false, 'the body is nested too deeply'],
  ])('%s = %s', async (path, value, text, met, observed) => {
    expect(await matchJson(path, value, text)).toEqual({ met, observed });
  });

  it('stops a query that finds the same again and again', async () => {
    const nested = `${'{"a":'.repeat(45)}1${'}'.repeat(45)}`;
    const startMs = performance.now();
    const { observed } = await matchJson('$..a..a..a..a', null, `[${Array(2000).fill(nested).join(',')}]`);
    expect(observed).toBe('the query takes too long on this body');
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it('says where it could not look further', async () => {
    const answer = { status: 200, fields: [], text: 'abc', cut: true };
    const results = await meetExpectations(
      [
        { kind: 'body', text: 'xyz' },
        { kind: 'json', path: '$', value: null },
      ],
      answer,
      AS_IT_IS,
    );
    expect(results.map(({ met, observed }) => [met, observed])).toEqual([
      [false, 'not in the first MiB, the rest was not looked at'],
      [false, 'only the first MiB of the body was looked at'],
    ]);
  });
});

function answer(fields: [string, string][], parts: Partial<HttpAnswer> = {}): HttpAnswer & { endedAtMs: number; secure: boolean } {
  const body = { bytes: 0, kept: new Uint8Array(0), ended: 'complete', bodyMs: 100 } as const;
  return {
    httpVersion: '1.1',
    status: 200,
    fields,
    ttfbMs: 200,
    body,
    endedAtMs: Date.UTC(2026, 10, 22, 0, 0, 10),
    secure: true,
    ...parts,
  };
}

describe('what the fields of an answer say', () => {
  it('clock: the whole second and the wait are the doubt', () => {
    const { clock } = answerFacts(answer([['date', 'Sun, 22 Nov 2026 00:00:09 GMT']]), AS_IT_IS);
    // Sent at 9.7 s, first byte at 9.9 s; made at some moment of second 9.
    expect(clock).toEqual({ serverTime: '2026-11-22T00:00:09.000Z', offsetMs: -300, uncertaintyMs: 600, ageSeconds: null });
    const old = answerFacts(
      answer([
        ['date', 'Sun, 22 Nov 2026 00:00:00 GMT'],
        ['age', '9'],
      ]),
      AS_IT_IS,
    ).clock;
    expect(Math.abs(old?.offsetMs ?? Infinity)).toBeLessThanOrEqual(old?.uncertaintyMs ?? 0);
    expect(answerFacts(answer([['date', 'yesterday']]), AS_IT_IS).clock).toBeNull();
  });

  it('clock: behind an interim answer the service writes its Date much later than the first byte', () => {
    // Sent at 2.8 s, an interim answer at 3.0 s, and the head of the last one at 9.9 s, made in second 9.
    const parts = { headMs: 7100, body: { bytes: 0, kept: new Uint8Array(0), ended: 'complete', bodyMs: 7000 } } as const;
    const { clock } = answerFacts(answer([['date', 'Sun, 22 Nov 2026 00:00:09 GMT']], parts), AS_IT_IS);
    expect(Math.abs(clock?.offsetMs ?? Infinity)).toBeLessThanOrEqual(clock?.uncertaintyMs ?? 0);
  });

  it('headers: bounded, joined, and without secrets', () => {
    const many = Array.from({ length: 150 }, (_, index): [string, string] => [`x-${index}`, 'v']);
    expect(Object.keys(answerFacts(answer(many), AS_IT_IS).headers)).toHaveLength(100);
    expect(answerFacts(answer(many), AS_IT_IS).headersOmitted).toBe(50);
    const { headers } = answerFacts(
      answer([
        ['via', 'a'],
        ['via', 'b'],
        ['set-cookie', 'id=secret'],
        ['location', 'https://u:p@x.example/?token=abc'],
        ['x-echo', 'you said Bearer tok-123456'],
        ['x-long', 'a'.repeat(5000)],
        ['__proto__', 'x'],
      ]),
      (text) => withoutSecrets(text, ['Bearer tok-123456', 'tok-123456']),
    );
    expect(headers).toMatchObject({
      via: 'a, b',
      'set-cookie': '***',
      location: 'https://***@x.example/?token=***',
      'x-echo': 'you said ***',
    });
    expect(headers['x-long']?.length).toBe(1001);
    expect(Object.keys(headers)).toContain('__proto__');
  });

  it.each<[string, [string, string][], Record<string, string | null>]>([
    ['nothing', [], { 'strict-transport-security': 'missing', 'x-frame-options': 'missing, and no frame-ancestors either' }],
    ['a short time', [['strict-transport-security', 'max-age=300']], { 'strict-transport-security': 'lasts less than half a year' }],
    ['switched off', [['strict-transport-security', 'max-age=0']], { 'strict-transport-security': 'max-age=0 switches it off' }],
    ['no time', [['strict-transport-security', 'includeSubDomains']], { 'strict-transport-security': 'has no max-age' }],
    [
      'frame-ancestors',
      [['content-security-policy', "default-src 'self'; frame-ancestors 'none'"]],
      { 'x-frame-options': null, 'content-security-policy': null },
    ],
    ['sniffing', [['x-content-type-options', 'sniff']], { 'x-content-type-options': 'is not nosniff' }],
  ])('security: %s', (_name, fields, expected) => {
    const problems = Object.fromEntries(answerFacts(answer(fields), AS_IT_IS).security.map(({ header, problem }) => [header, problem]));
    expect(problems).toMatchObject(expected);
    expect(answerFacts({ ...answer(fields), secure: false }, AS_IT_IS).security.map(({ header }) => header)).not.toContain(
      'strict-transport-security',
    );
  });
});
