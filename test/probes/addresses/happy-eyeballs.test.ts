import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTEMPT_DELAY_MS, type ConnectionAttempt, orderOfAttempts, raceOf } from '../../../src/probes/addresses/happy-eyeballs.js';

const GLOBAL = '2001:db8::2';
const IPV4 = '192.0.2.2';

describe('the order of attempts', () => {
  it.each<[string, [string, string | null][], string[]]>([
    [
      'IPv6 first, then in turn',
      [
        ['198.51.100.1', IPV4],
        ['198.51.100.2', IPV4],
        ['2001:db8:1::1', GLOBAL],
        ['2001:db8:1::2', GLOBAL],
      ],
      ['2001:db8:1::1', '198.51.100.1', '2001:db8:1::2', '198.51.100.2'],
    ],
    [
      'the rest of the longer family at the end',
      [
        ['198.51.100.1', IPV4],
        ['2001:db8:1::1', GLOBAL],
        ['2001:db8:1::2', GLOBAL],
      ],
      ['2001:db8:1::1', '198.51.100.1', '2001:db8:1::2'],
    ],
    [
      'what has no way last',
      [
        ['198.51.100.1', IPV4],
        ['2001:db8:1::1', null],
      ],
      ['198.51.100.1', '2001:db8:1::1'],
    ],
    [
      'IPv4 before a private IPv6 address (RFC 6724, fc00::/7)',
      [
        ['198.51.100.1', IPV4],
        ['fd00::1', 'fd00::2'],
      ],
      ['198.51.100.1', 'fd00::1'],
    ],
    [
      'IPv4 before IPv6 from a source of another kind',
      [
        ['198.51.100.1', IPV4],
        ['2001:db8:1::1', 'fd00::2'],
      ],
      ['198.51.100.1', '2001:db8:1::1'],
    ],
    [
      'IPv4 before 6to4 and Teredo',
      [
        ['198.51.100.1', IPV4],
        ['2002:c000:201::1', '2002:c000:202::1'],
        ['2001::1', '2001:0:1::1'],
      ],
      ['198.51.100.1', '2002:c000:201::1', '2001::1'],
    ],
    [
      'loopback: ::1 first',
      [
        ['127.0.0.1', '127.0.0.1'],
        ['::1', '::1'],
      ],
      ['::1', '127.0.0.1'],
    ],
    [
      'within a family that of the answer',
      [
        ['198.51.100.9', IPV4],
        ['198.51.100.1', IPV4],
      ],
      ['198.51.100.9', '198.51.100.1'],
    ],
    ['nothing of nothing', [], []],
  ])('is %s', (_, given, expected) => {
    expect(orderOfAttempts(given.map(([address, source]) => ({ address, source }))).map(({ address }) => address)).toEqual(expected);
  });
});

describe('the race', () => {
  const up = (address: string, afterMs: number): ConnectionAttempt => ({ address, outcome: 'connected', afterMs });
  const refused = (address: string, afterMs: number): ConnectionAttempt => ({ address, outcome: 'failed', afterMs });
  const unknown = (address: string): ConnectionAttempt => ({ address, outcome: 'unknown', afterMs: 0 });
  const silent = (address: string): ConnectionAttempt => ({ address, outcome: 'silent', afterMs: 3000 });

  it.each<[string, ConnectionAttempt[], [string, number] | null]>([
    ['the first, though the second is quicker', [up('a', 200), up('b', 10)], ['a', 200]],
    ['the second, where the first takes longer than its start', [up('a', 400), up('b', 10)], ['b', 260]],
    ['the first, where the second comes too late', [up('a', 255), up('b', 10)], ['a', 255]],
    ['the second behind silence, 250 ms later', [silent('a'), up('b', 10)], ['b', 260]],
    ['the second behind a refusal, at once', [refused('a', 5), up('b', 10)], ['b', 15]],
    ['the second behind a refusal that comes late, after the delay', [refused('a', 900), up('b', 10)], ['b', 260]],
    ['the third behind two silent ones', [silent('a'), silent('b'), up('c', 1)], ['c', 501]],
    ['nobody where none connects', [silent('a'), refused('b', 3)], null],
    ['nobody that is known, where one before was not tried to its end', [unknown('a'), up('b', 10)], null],
    ['nobody that is known, where one behind could have been sooner', [up('a', 400), unknown('b')], null],
    ['the first, where one that is not known would come too late', [up('a', 200), unknown('b')], ['a', 200]],
    ['nobody of nobody', [], null],
  ])('is won by %s', (_, attempts, expected) => {
    const winner = raceOf(attempts);
    expect(winner === null ? null : [winner.address, winner.afterMs]).toEqual(expected);
  });

  it('is never won later than each connected attempt alone, started at its turn, nor earlier than the quickest', () => {
    const attempt = fc.record({
      address: fc.string(),
      outcome: fc.constantFrom('connected' as const, 'failed' as const, 'silent' as const),
      afterMs: fc.double({ min: 0, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 8 }), (attempts) => {
        const winner = raceOf(attempts);
        const connected = attempts.flatMap((made, index) => (made.outcome === 'connected' ? [{ index, afterMs: made.afterMs }] : []));
        expect(winner === null).toBe(connected.length === 0);
        if (winner === null) return;
        expect(winner.afterMs).toBeGreaterThanOrEqual(Math.min(...connected.map(({ afterMs }) => afterMs)));
        for (const { index, afterMs } of connected) expect(winner.afterMs).toBeLessThanOrEqual(index * ATTEMPT_DELAY_MS + afterMs);
      }),
    );
  });
});
