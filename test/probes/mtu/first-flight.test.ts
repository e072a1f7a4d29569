import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstFlight } from '../../../src/probes/mtu/first-flight.js';
import { makeSelfSigned } from '../../fakes/certificates.js';

const random = new Uint8Array(96).fill(42);

/** What a server says first to these bytes. */
function answerOf(port: number, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data);
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.alloc(0)));
    socket.write(bytes);
  });
}

function listening(server: Server | TlsServer): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

describe('the first flight', () => {
  const requests: IncomingMessage[] = [];
  const http = createHttpServer({ maxHeaderSize: 16_384 }, (request, response) => {
    requests.push(request);
    response.end('ok');
  });
  let tls: TlsServer;
  let ports: { http: number; tls: number };

  beforeAll(async () => {
    const { cert, key } = await makeSelfSigned({ names: ['app.example.net'] });
    tls = createTlsServer({ cert, key });
    tls.on('tlsClientError', () => {});
    ports = { http: await listening(http), tls: await listening(tls) };
  });

  afterAll(() => {
    http.closeAllConnections();
    http.close();
    tls.close();
  });

  it.each([524, 1220, 1448, 8948])('fills a segment of %i bytes and a little more', (segmentBytes) => {
    const hello = firstFlight({ protocol: 'tls', servername: 'app.example.net', http: true }, segmentBytes, random);
    expect(hello.length).toBeGreaterThanOrEqual(segmentBytes + 200);
    expect(hello.length).toBeLessThanOrEqual(segmentBytes + 204);
    const request = firstFlight({ protocol: 'http', host: 'app.example.net' }, segmentBytes, random);
    expect(request.length).toBeGreaterThanOrEqual(segmentBytes + 200);
    expect(request.length).toBeLessThan(segmentBytes + 240);
  });

  it.each([524, 1448, 8948])('is answered by a TLS server with a ServerHello, when it is made for %i bytes', async (segmentBytes) => {
    const hello = firstFlight({ protocol: 'tls', servername: 'app.example.net', http: true }, segmentBytes, random);
    const answer = await answerOf(ports.tls, hello);
    // A handshake record (22) that holds a ServerHello (2).
    expect([answer[0], answer[5]]).toEqual([22, 2]);
  });

  it.each([524, 1448, 8948])('is answered by an HTTP server as any request, when it is made for %i bytes', async (segmentBytes) => {
    const answer = await answerOf(ports.http, firstFlight({ protocol: 'http', host: 'app.example.net' }, segmentBytes, random));
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /);
    expect(requests.at(-1)?.headers.host).toBe('app.example.net');
    expect(requests.at(-1)?.url).toBe('/');
  });
});
