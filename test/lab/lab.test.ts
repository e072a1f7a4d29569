import { get as httpsGet } from 'node:https';
import { connect as netConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { LAB_ADDRESS, type Lab, startLab, ZONE } from '../../src/lab/index.js';
import { parseTarget } from '../../src/model/target.js';

const labs: Lab[] = [];
async function lab(): Promise<Lab> {
  const started = await startLab();
  labs.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(labs.splice(0).map((started) => started.close()));
});

function portOf(started: Lab, scheme: string): number {
  const port = started.targets.find((target) => target.scheme === scheme)?.port;
  if (port === undefined || port === null) throw new Error(`no ${scheme} target`);
  return port;
}

interface Handshake {
  authorized: boolean;
  authorizationError: string | null;
  protocol: string | null;
  chainLength: number;
}

function handshake(port: number, options: { servername: string; ca?: string[]; maxVersion?: 'TLSv1.1' | 'TLSv1.2' }): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = tlsConnect({ host: LAB_ADDRESS, port, rejectUnauthorized: false, minVersion: 'TLSv1', ...options }, () => {
      resolve({
        authorized: socket.authorized,
        authorizationError: socket.authorizationError
          ? String((socket.authorizationError as { code?: string }).code ?? socket.authorizationError)
          : null,
        protocol: socket.getProtocol(),
        chainLength: socket.getPeerCertificate(true).issuerCertificate === undefined ? 1 : 2,
      });
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('startLab', () => {
  test('names its targets as a user would, and everything is on loopback', async () => {
    const started = await lab();
    expect(started.targets.map((target) => target.id)).toEqual([
      `https://app.${ZONE}:${portOf(started, 'https')}`,
      `http://www.${ZONE}:${portOf(started, 'http')}`,
      `ws://echo.${ZONE}:${portOf(started, 'ws')}`,
      `127.0.0.1:${started.ports.open}`,
    ]);
    for (const target of started.targets) expect(parseTarget(target.id)).toMatchObject({ ok: true, target: { host: target.host } });
    expect(started.servers).toEqual([{ address: '127.0.0.1', port: expect.any(Number) }]);
    const services = started.describe();
    expect(services.map(({ service }) => service)).toEqual([
      'DNS',
      'HTTPS',
      'HTTP',
      'WebSocket',
      'open port',
      'closed port',
      'silent port',
    ]);
    for (const { address } of services) expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(new Set(services.map(({ address }) => address)).size).toBe(services.length);
  });

  test('its certificate is trusted with its authority and its name, and only so', async () => {
    const started = await lab();
    const port = portOf(started, 'https');
    const servername = `app.${ZONE}`;
    const ca = [...started.ca];
    expect(await handshake(port, { servername, ca })).toMatchObject({ authorized: true, authorizationError: null, protocol: 'TLSv1.3' });
    expect(await handshake(port, { servername: 'localhost', ca, maxVersion: 'TLSv1.2' })).toMatchObject({
      authorized: true,
      protocol: 'TLSv1.2',
    });
    expect(await handshake(port, { servername: `www.${ZONE}`, ca })).toMatchObject({
      authorized: false,
      authorizationError: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(await handshake(port, { servername })).toMatchObject({
      authorized: false,
      authorizationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    await expect(handshake(port, { servername, maxVersion: 'TLSv1.1' })).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_SSL_/),
    });
  });

  test('the authority comes without its key', async () => {
    const started = await lab();
    expect(started.ca.join('')).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
    expect(JSON.stringify([started, started.describe()])).not.toContain('PRIVATE KEY');
  });

  test('its page comes over HTTPS', async () => {
    const started = await lab();
    const response = await new Promise<{ status: number | undefined; security: string | undefined }>((resolve, reject) => {
      const options = {
        host: LAB_ADDRESS,
        port: portOf(started, 'https'),
        servername: `app.${ZONE}`,
        ca: [...started.ca],
        agent: false,
      };
      httpsGet(options, (message) => {
        message.resume();
        resolve({ status: message.statusCode, security: message.headers['strict-transport-security'] });
      }).once('error', reject);
    });
    expect(response).toEqual({ status: 200, security: 'max-age=86400' });
  });

  test('bytes that are no TLS do not end the HTTPS server', async () => {
    const started = await lab();
    const port = portOf(started, 'https');
    for (const bytes of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\xff\xff', '\0'.repeat(3000)]) {
      await new Promise<void>((resolve) => {
        const socket = netConnect({ host: LAB_ADDRESS, port });
        socket.on('error', () => {});
        socket.once('close', () => resolve());
        socket.resume();
        socket.end(bytes);
      });
    }
    expect(await handshake(port, { servername: `app.${ZONE}`, ca: [...started.ca] })).toMatchObject({ authorized: true });
  });

  test('close() ends open connections of every kind, at once and twice', async () => {
    const started = await lab();
    const tcp = [
      portOf(started, 'http'),
      portOf(started, 'https'),
      started.ports.open,
      started.ports.silent,
      started.servers[0]?.port ?? 0,
    ].map((port) => netConnect({ host: LAB_ADDRESS, port }));
    const tls = tlsConnect({ host: LAB_ADDRESS, port: portOf(started, 'https'), rejectUnauthorized: false });
    const webSocket = new WebSocket(started.targets[2]?.id.replace(`echo.${ZONE}`, LAB_ADDRESS) ?? '');
    await Promise.all([
      ...tcp.map((socket) => new Promise((resolve) => socket.once('connect', resolve))),
      new Promise((resolve) => tls.once('secureConnect', resolve)),
      new Promise((resolve) => webSocket.once('open', resolve)),
    ]);
    const ends = [...tcp, tls, webSocket].map((connection) => {
      connection.on('error', () => {});
      if (connection !== webSocket) (connection as typeof tls).resume();
      return new Promise((resolve) => connection.once('close', resolve));
    });
    await Promise.all([started.close(), started.close()]);
    await Promise.all(ends);
  });

  test('an aborted start leaves nothing behind and says why', async () => {
    await expect(startLab({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    const interrupt = new AbortController();
    const starting = startLab({ signal: interrupt.signal });
    interrupt.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
  });

  test('two labs stand side by side', async () => {
    const [one, other] = await Promise.all([lab(), lab()]);
    const ports = [one, other].flatMap((started) => started.describe().map(({ address }) => address));
    expect(new Set(ports).size).toBe(14);
  });
});

test('nothing of a lab is left after close()', async () => {
  const before = process.getActiveResourcesInfo();
  const started = await startLab();
  await started.close();
  // A closed handle leaves the list one turn of the event loop later.
  await new Promise((resolve) => setImmediate(resolve));
  const count = (names: string[], kind: RegExp) => names.filter((name) => kind.test(name)).length;
  const handles = /TCP|UDP|Timeout|TLS/;
  expect(count(process.getActiveResourcesInfo(), handles)).toBeLessThanOrEqual(count(before, handles));
});
