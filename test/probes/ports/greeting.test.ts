import { describe, expect, it } from 'vitest';
import type { FirstBytes, ScanSession } from '../../../src/net/port.js';
import { greeting, greetingWaitMs, printable } from '../../../src/probes/ports/greeting.js';

const text = (words: string): FirstBytes => ({ bytes: new TextEncoder().encode(words), ended: false });
const bytes = (...values: number[]): FirstBytes => ({ bytes: Uint8Array.from(values), ended: false });
const SILENT: FirstBytes = { bytes: new Uint8Array(), ended: false };
const ENDED: FirstBytes = { bytes: new Uint8Array(), ended: true };

/** Greets a port whose connections go as told, one after the other; `null`: the connection fails. */
async function greet(answers: readonly (FirstBytes | null | ((payload: Uint8Array) => FirstBytes))[], abortAfter = 9) {
  const asked: (Uint8Array | null)[] = [];
  const aborting = new AbortController();
  const firstBytes: ScanSession['firstBytes'] = async (_port, payload) => {
    const answer = answers[asked.length];
    asked.push(payload);
    if (asked.length === abortAfter) aborting.abort();
    return typeof answer === 'function' ? answer(payload ?? new Uint8Array()) : (answer ?? null);
  };
  const said = await greeting({ firstBytes } as ScanSession, 443, 'app.example.net', 500, aborting.signal);
  return { said, asked };
}

describe('the greeting of an open port', () => {
  it('is what it says by itself, and nothing more is asked', async () => {
    const { asked, said } = await greet([text('SSH-2.0-OpenSSH_9.2\r\nmore')]);
    expect(said).toEqual({ banner: 'SSH-2.0-OpenSSH_9.2', tls: null });
    expect(asked).toEqual([null]);
  });

  it.each([
    ['a ServerHello', bytes(0x16, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3)],
    ['an alert', bytes(0x15, 3, 3, 0, 2, 2, 40)],
  ])('is TLS where a ClientHello is answered by %s', async (_what, answer) => {
    const { asked, said } = await greet([SILENT, answer]);
    expect(said).toEqual({ banner: null, tls: true });
    expect([asked[1]?.[0], asked[1]?.[5]]).toEqual([0x16, 1]);
    expect(new TextDecoder('latin1').decode(asked[1] ?? undefined)).toContain('app.example.net');
  });

  it('is nothing where our own words come back', async () => {
    const echo = (payload: Uint8Array): FirstBytes => ({ bytes: payload, ended: false });
    expect((await greet([SILENT, echo, echo])).said).toEqual({ banner: null, tls: false });
    const part = (payload: Uint8Array): FirstBytes => ({ bytes: payload.subarray(0, 3), ended: true });
    expect((await greet([SILENT, part, part])).said).toEqual({ banner: null, tls: false });
  });

  it('is the first line of HTTP where TLS is not spoken', async () => {
    const { asked, said } = await greet([SILENT, ENDED, text('HTTP/1.0 200 OK\r\nServer: x\r\n')]);
    expect(said).toEqual({ banner: 'HTTP/1.0 200 OK', tls: false });
    expect(new TextDecoder().decode(asked[2] ?? undefined)).toBe('HEAD / HTTP/1.0\r\n\r\n');
  });

  it('is the complaint about the ClientHello where HEAD is not answered', async () => {
    expect((await greet([SILENT, text('500 what?\r\n'), SILENT])).said).toEqual({ banner: '500 what?', tls: false });
  });

  it.each([
    ['is silent', [SILENT, SILENT, SILENT]],
    ['cannot be reached again', [null, null, null]],
  ])('leaves open whether a service that %s speaks TLS', async (_what, answers) => {
    expect((await greet(answers)).said).toEqual({ banner: null, tls: null });
  });

  it('ends with the run', async () => {
    const { asked, said } = await greet([SILENT, ENDED, text('late')], 1);
    expect(said).toEqual({ banner: null, tls: null });
    expect(asked).toHaveLength(1);
  });
});

it('waits longer where the way is long, within bounds', () => {
  expect([null, 1, 900, 60_000].map(greetingWaitMs)).toEqual([500, 500, 2050, 3000]);
});

it.each([
  ['\u001b[31mred\u001b]0;title\u0007\r\n', '[31mred]0;title'],
  ['\r\n\r\n  220 ready \r\n', '220 ready'],
  ['\u009b31m', '31m'],
  ['\n\n', null],
  ['x'.repeat(1000), 'x'.repeat(128)],
])('shows of %j what a terminal may print', (sent, shown) => {
  expect(printable(Buffer.from(sent, 'latin1'))).toBe(shown);
});
