import { describe, expect, it } from 'vitest';
import { encodeNtpRequest, type NtpAnswer, ntpOffset, readNtpAnswer } from '../../../src/wire/packets/ntp.js';
import { type NtpReplyParts, ntpReply } from '../../fakes/ntp.js';

const NONCE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const REQUEST = encodeNtpRequest(NONCE);
const NOW = Date.UTC(2026, 10, 22, 7, 0, 0);
const read = (parts: NtpReplyParts = {}, nowMs = NOW) => readNtpAnswer(ntpReply(REQUEST, nowMs, parts), NONCE);

describe('a request', () => {
  it('says nothing of this machine but the version, and bears a number of its own', () => {
    expect(Buffer.from(REQUEST).toString('hex')).toBe(`23${'00'.repeat(39)}0102030405060708`);
  });
});

describe('an answer', () => {
  it('of a server is read field by field', () => {
    // Taken apart by hand: leap 1, version 4, mode 4; stratum 1, poll 6, precision -24; 15.26 µs, 61.04 µs; GPS; 2026-11-22T07:00:00.5Z.
    const bytes = Buffer.from(
      '64 01 06 e8 00000001 00000004 47505300 eead116f00000000 0102030405060708 eead117080000000 eead117080000000'.replaceAll(' ', ''),
      'hex',
    );
    expect(readNtpAnswer(bytes, NONCE)).toEqual({
      kind: 'time',
      answer: {
        version: 4,
        stratum: 1,
        leap: 'insert',
        reference: 'GPS',
        rootDelayMs: 1000 / 65_536,
        rootDispersionMs: 4000 / 65_536,
        precisionMs: 1000 * 2 ** -24,
        receivedMs: Date.UTC(2026, 10, 22, 7, 0, 0, 500),
        sentMs: Date.UTC(2026, 10, 22, 7, 0, 0, 500),
      },
    });
  });

  it.each<[string, NtpReplyParts, RegExp]>([
    ['for another request', { origin: Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1) }, /not for this request/],
    ['for none', { origin: new Uint8Array(8) }, /not for this request/],
    ['that is a kiss for another request', { stratum: 0, reference: 'DENY', origin: new Uint8Array(8) }, /not for this request/],
    ['of a client', { mode: 3 }, /mode 3/],
    ['of a broadcast', { mode: 5 }, /mode 5/],
  ])('%s is not taken for one', (_, parts, because) => {
    expect(read(parts)).toEqual({ kind: 'foreign', because: expect.stringMatching(because) });
  });

  it('that is cut off is not taken for one', () => {
    const whole = ntpReply(REQUEST, NOW);
    for (let length = 0; length < 48; length++) expect(readNtpAnswer(whole.subarray(0, length), NONCE).kind).toBe('foreign');
    // A key and a digest behind it (RFC 5905 section 7.3) are no fault.
    expect(readNtpAnswer(Uint8Array.from([...whole, ...new Uint8Array(20)]), NONCE).kind).toBe('time');
  });

  it.each(['DENY', 'RSTR', 'RATE', 'XYZ'])('with stratum 0 is the kiss code %s', (code) => {
    expect(read({ stratum: 0, reference: code, leap: 3, sentMs: null, receivedMs: null })).toEqual({ kind: 'kiss', code });
  });

  it('with stratum 0 and no letters is a kiss all the same', () => {
    expect(read({ stratum: 0, reference: [0, 0, 0, 0] })).toEqual({ kind: 'kiss', code: 'none' });
    expect(read({ stratum: 0, reference: [0x1b, 0x5b, 0x32, 0x4a] })).toEqual({ kind: 'kiss', code: 'none' });
  });

  it.each<[string, NtpReplyParts, RegExp]>([
    ['not synchronised by its stratum', { stratum: 16 }, /stratum 16/],
    ['not synchronised by its leap indicator', { leap: 3 }, /leap indicator 3/],
    ['of an unknown version', { version: 5 }, /version 5/],
    ['of a version that is too old', { version: 1 }, /version 1/],
    ['without a time', { sentMs: null }, /no time/],
    ['without a time of arrival', { receivedMs: null }, /no time/],
    ['sent before it was asked', { receivedMs: NOW + 5, sentMs: NOW }, /before it was asked/],
    ['set after it answered', { referenceMs: NOW + 60_000 }, /last set after/],
    ['with a huge dispersion', { rootDispersionMs: 20_000 }, /not sure of its own time by 20 s/],
    ['with a huge root delay', { rootDelayMs: 60_000 }, /not sure of its own time by 30 s/],
  ])('%s is of no use', (_, parts, because) => {
    expect(read(parts)).toEqual({ kind: 'unusable', because: expect.stringMatching(because) });
  });

  it('in version 3 is read, since some servers speak no other', () => {
    expect(read({ version: 3 })).toMatchObject({ kind: 'time', answer: { version: 3 } });
  });

  it.each([
    ['the last second of era 0', Date.UTC(2036, 1, 7, 6, 28, 15)],
    ['the first second of era 1', Date.UTC(2036, 1, 7, 6, 28, 16, 250)],
    ['deep in era 1', Date.UTC(2099, 5, 1)],
    ['1970', Date.UTC(1970, 0, 1, 0, 0, 1)],
  ])('tells %s as it is', (_, at) => {
    const reading = read({}, at);
    expect(reading.kind === 'time' && Math.round(reading.answer.sentMs)).toBe(at);
  });

  it('across the turn of the era has its times in order', () => {
    const turn = Date.UTC(2036, 1, 7, 6, 28, 16);
    expect(read({ receivedMs: turn - 0.5, sentMs: turn + 0.5, referenceMs: turn - 1000 }, turn)).toMatchObject({ kind: 'time' });
  });
});

describe('the offset', () => {
  const answer = (receivedMs: number, sentMs: number): NtpAnswer => ({
    version: 4,
    stratum: 2,
    leap: 'none',
    reference: null,
    rootDelayMs: 10,
    rootDispersionMs: 5,
    precisionMs: 0.001,
    receivedMs,
    sentMs,
  });

  it('is that of RFC 5905, with all doubt that is left', () => {
    // Asked at 1000, there at 1100 by this clock; by the server's at 1540 and 1560.
    expect(ntpOffset(answer(1540, 1560), 1100, 100, 1)).toEqual({
      ok: true,
      value: { offsetMs: 500, delayMs: 80, rootDistanceMs: 10, uncertaintyMs: 40 + 10 + 0.001 + 1 },
    });
  });

  it('lies within its doubt, however uneven the ways there and back are', () => {
    for (const [there, back] of [
      [0, 100],
      [100, 0],
      [30, 70],
    ] as const) {
      const offset = ntpOffset(answer(1000 + there + 250, 1000 + there + 250), 1000 + there + back, there + back, 1);
      expect(offset.ok && Math.abs(offset.value.offsetMs - 250) <= offset.value.uncertaintyMs).toBe(true);
    }
  });

  it('is refused where the server says that it took longer than all of it lasted', () => {
    expect(ntpOffset(answer(1000, 1200), 1100, 100, 1)).toMatchObject({ ok: false });
    // Half a millisecond is the doubt of the clocks themselves.
    expect(ntpOffset(answer(1000, 1100.5), 1100, 100, 1)).toMatchObject({ ok: true, value: { delayMs: 0 } });
  });
});
