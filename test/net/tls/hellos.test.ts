import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { HelloOptions } from '../../../src/net/port.js';
import { createHellos } from '../../../src/net/tls/hellos.js';
import { type LoopbackServer, serveTcp } from '../../fakes/loopback-server.js';

const hellos = createHellos(systemClock);
const HELLO = Uint8Array.from([1, 2, 3]);

async function exchange(server: LoopbackServer, more: Partial<HelloOptions> = {}) {
  const outcome = await hellos.exchange({
    address: '127.0.0.1',
    port: server.port,
    timeoutMs: 5000,
    signal: new AbortController().signal,
    hello: HELLO,
    enough: () => false,
    maximumBytes: 1000,
    startTls: null,
    host: 'app.test',
    ...more,
  });
  await expect.poll(() => server.open()).toBe(0);
  await server.close();
  return outcome.kind === 'measured'
    ? { ended: outcome.value.ended, text: Buffer.from(outcome.value.received).toString('latin1') }
    : outcome;
}

describe('an exchange of hellos', () => {
  it('ends when there is enough', async () => {
    const server = await serveTcp((socket) => socket.once('data', (bytes) => socket.write(`${[...bytes].join()} and more`)));
    expect(await exchange(server, { enough: (received) => received.length >= 5 })).toEqual({ ended: 'enough', text: '1,2,3 and more' });
  });

  it('ends with the other side, and keeps what it had said', async () => {
    expect(await exchange(await serveTcp((socket) => socket.once('data', () => socket.end('bye'))))).toEqual({
      ended: 'closed',
      text: 'bye',
    });
    expect(await exchange(await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())))).toEqual({
      ended: 'reset',
      text: '',
    });
  });

  it('ends with its time', async () => {
    const server = await serveTcp((socket) => socket.write('wait'));
    expect(await exchange(server, { timeoutMs: 100 })).toEqual({ ended: 'silent', text: 'wait' });
  });

  it('reads no more than it is to', async () => {
    const server = await serveTcp((socket) => socket.write('x'.repeat(100_000)));
    const outcome = await exchange(server);
    expect(outcome).toEqual({ ended: 'full', text: 'x'.repeat(1000) });
  });

  it('ends when it is interrupted', async () => {
    const stop = new AbortController();
    const server = await serveTcp(() => setTimeout(() => stop.abort(), 20));
    expect(await exchange(server, { signal: stop.signal })).toEqual({ kind: 'skipped', because: 'interrupted' });
  });

  it('starts TLS first where that is asked for', async () => {
    const server = await serveTcp((socket) => {
      socket.write('220 mail.test ESMTP\r\n');
      socket.on('data', (bytes) => {
        const line = bytes.toString('latin1');
        if (line.startsWith('EHLO')) socket.write('250-mail.test\r\n250 STARTTLS\r\n');
        else if (line.startsWith('STARTTLS')) socket.write('220 go ahead\r\n');
        else socket.end(`hello of ${bytes.length}`);
      });
    });
    expect(await exchange(server, { startTls: 'smtp' })).toEqual({ ended: 'closed', text: 'hello of 3' });
  });

  it('says why TLS was not started', async () => {
    const server = await serveTcp((socket) => {
      socket.write('220 mail.test ESMTP\r\n');
      socket.on('data', () => socket.write('250 mail.test\r\n'));
    });
    expect(await exchange(server, { startTls: 'smtp' })).toMatchObject({ kind: 'failed', step: 'handshake' });
  });
});
