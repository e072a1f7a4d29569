import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { FirstBytes, ScanSession } from '../../../src/net/port.js';
import { firstWord } from '../../../src/probes/ports/first-word.js';
import { portsProbe } from '../../../src/probes/ports/index.js';

const bytes = (text: string): FirstBytes => ({ bytes: new TextEncoder().encode(text), ended: false });
const SILENT: FirstBytes = { bytes: new Uint8Array(0), ended: false };
const CLOSED: FirstBytes = { bytes: new Uint8Array(0), ended: true };
const RESET: FirstBytes = { ...CLOSED, reset: true };

async function heard(port: number, answers: (FirstBytes | null)[]) {
  const asked: { payload: string; timeoutMs: number }[] = [];
  const firstBytes: ScanSession['firstBytes'] = async (_port, payload, timeoutMs) => {
    asked.push({ payload: new TextDecoder().decode(payload ?? new Uint8Array(0)), timeoutMs });
    return answers[asked.length - 1] ?? null;
  };
  const { signal } = new AbortController();
  const word = await firstWord({ firstBytes } as ScanSession, { port, timeoutMs: 3000 }, 20, signal);
  const [check] = portsProbe
    .judge(
      {
        id: 'm1',
        probe: 'ports',
        target: `app.example.net:${port}`,
        method: 'tcp',
        startedAt: '2026-01-01T00:00:00.000Z',
        durationMs: 1,
        stalledMs: 0,
        attempt: { kind: 'measured' },
        data: { address: '192.0.2.10', ports: [], firstWord: word },
      },
      { policy: DEFAULT_POLICY },
    )
    .filter(({ id }) => id.startsWith('l4.service'));
  return { word, check, asked };
}

describe('the first word of a service', () => {
  it('is its greeting, where its protocol speaks first', async () => {
    const { check, asked } = await heard(22, [bytes('SSH-2.0-x\r\n'), bytes('SSH-2.0-x\r\n')]);
    expect(check).toMatchObject({ status: 'pass', observed: '"SSH-2.0-x"' });
    expect(asked).toEqual([
      { payload: '', timeoutMs: 3000 },
      { payload: '', timeoutMs: 3000 },
    ]);
  });

  it('is asked for where its protocol answers', async () => {
    const { check, asked } = await heard(80, [bytes('HTTP/1.1 200 OK\r\n'), bytes('HTTP/1.1 200 OK\r\n')]);
    expect(check).toMatchObject({ status: 'pass' });
    expect(asked[0]?.payload).toMatch(/^HEAD \/ HTTP\/1\.0/);
  });

  it('of another protocol than the port is for is named', async () => {
    const { check } = await heard(22, [bytes('220 mail.example.net ESMTP\r\n'), bytes('220 mail.example.net ESMTP\r\n')]);
    expect(check).toMatchObject({ status: 'fail', code: 'service-unexpected', observed: expect.stringContaining('220 mail.example.net') });
  });

  it.each([
    ['silent', [SILENT, SILENT], 'fail', 'service-silent'],
    ['closed', [CLOSED, CLOSED], 'fail', 'service-silent'],
    ['reset', [RESET, RESET], 'fail', 'tcp-reset'],
    ['reset every second time', [bytes('SSH-2.0-x\r\n'), RESET], 'fail', 'tcp-reset'],
    ['gone by then', [null, null], 'fail', 'connectivity-intermittent'],
  ])('that is due and %s fails', async (_how, answers, status, code) => {
    expect((await heard(22, answers)).check).toMatchObject({ status, code });
  });

  it('may be a packet of a database', async () => {
    const hello = bytes('J\0\0\0\n8.0.36\0');
    expect((await heard(3306, [hello, hello])).check).toMatchObject({ status: 'pass' });
    expect((await heard(3306, [SILENT, SILENT])).check).toMatchObject({ status: 'warn', code: 'service-silent' });
    const foreign = bytes('HTTP/1.1 400 Bad Request\r\n');
    expect((await heard(3306, [foreign, foreign])).check).toMatchObject({ status: 'fail', code: 'service-unexpected' });
  });

  it('may be late where servers make their clients wait', async () => {
    expect((await heard(25, [SILENT, SILENT])).check).toMatchObject({ status: 'warn', code: 'service-silent' });
  });

  it.each([
    ['waits for its client', [SILENT, SILENT]],
    ['takes what it is sent and closes', [CLOSED, CLOSED]],
  ])('is not missed of a service that nobody knows and that %s', async (_what, answers) => {
    const { check, asked } = await heard(9000, answers);
    expect(check).toMatchObject({ status: 'skip', code: null });
    expect(asked[0]?.timeoutMs).toBeLessThan(500);
  });

  it('is a reset of a service that nobody knows too', async () => {
    expect((await heard(9000, [RESET, RESET])).check).toMatchObject({ status: 'fail', code: 'tcp-reset' });
  });
});
