import { describe, expect, it } from 'vitest';
import { intermittenceOf } from '../../../src/probes/resolver-watch/intermittence.js';
import type { Trial } from '../../../src/probes/resolver-watch/trials.js';

const START = Date.parse('2026-11-22T10:00:00.000Z');

/** One letter a datagram, 100 ms apart: answered (a), silent (s), SERVFAIL (f). */
function series(text: string, queryMs = 5, waitedMs = 900): Trial[] {
  return [...text].map((letter, index) => ({
    atMs: START + index * 100,
    name: 'app.example.net',
    type: 'A',
    rcode: letter === 's' ? null : letter === 'f' ? 'SERVFAIL' : 'NOERROR',
    queryMs: letter === 's' ? null : queryMs,
    waitedMs: letter === 's' ? waitedMs : null,
  }));
}

describe('a resolver that answers some of its questions', () => {
  it.each(['aaaaaaaaaa', 'aaaasaaaaaaaaaa', 'ssssssssss', 'ffffffffff', ''])('is none with %s', (text) => {
    expect(intermittenceOf(series(text))).toBeNull();
  });

  it('is told from every second that is lost, all along', () => {
    expect(intermittenceOf(series('asasasasas'))).toEqual({
      failed: 5,
      asked: 10,
      text: '5 of 10 questions were not answered; the others were',
      grave: true,
    });
  });

  it('says when an outage was, and that one goes on', () => {
    expect(intermittenceOf(series('aaasssaaaa'))?.when).toEqual([{ from: '2026-11-22T10:00:00.300Z', to: '2026-11-22T10:00:00.600Z' }]);
    expect(intermittenceOf(series('aaaaaaasss'))?.when).toEqual([{ from: '2026-11-22T10:00:00.700Z', to: null }]);
  });

  it('is told from an error that comes and goes', () => {
    expect(intermittenceOf(series('affaffaffa'))?.text).toBe('6 of 10 with SERVFAIL; the others were');
  });

  it('is none where it is only slow: what takes nearly as long as was waited is late, not lost', () => {
    expect(intermittenceOf(series('asasasasas', 700, 900))).toBeNull();
  });

  it('is none where the first answer was looked for, and came to all at once who had asked meanwhile', () => {
    const search = series('ssaaaaaaaa').map((trial, index) => {
      const leftMs = 1150 - index * 100;
      return trial.rcode === null ? trial : { ...trial, queryMs: Math.max(1, leftMs) };
    });
    expect(intermittenceOf(search)).toBeNull();
    // After an outage each answer comes by itself, and none to what was asked before.
    expect(intermittenceOf(series('ssssaaaaaaaa', 1, 350))).toBeNull();
    expect(intermittenceOf(series('sssssaaaaaaa', 1, 450))?.failed).toBe(5);
  });

  it('is none where one name alone is never answered', () => {
    const other = series('ssss').map((trial) => ({ ...trial, name: 'broken.example.net' }));
    expect(intermittenceOf([...series('aaaaaaaaaa'), ...other])).toBeNull();
  });
});
