// The services of a platform and of what it uses, one process a host. The configuration is JSON in the first argument: { "role": "kong",
// "cert": "PEM FILE", "key": "PEM FILE", … }, see ROLES. Says "ready" when all of them listen. A line of JSON on its standard input sets
// faults, { "slowEvery": 30 }; "ok" is the answer. It ends with its standard input.

import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const configuration = JSON.parse(process.argv[2] ?? '{}');
/** What is wrong at the moment; nothing at first. */
const faults = {};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const pem = () => ({ cert: readFileSync(configuration.cert), key: readFileSync(configuration.key) });

function listen(server, port, address = '0.0.0.0') {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, backlog: 511 }, () => resolve(server));
  });
}

/** @param {(request: import('node:http').IncomingMessage, path: string) => [number, unknown, object?] | Promise<[number, unknown, object?]>} answer */
function answering(answer) {
  return async (request, response) => {
    request.resume();
    const path = new URL(request.url ?? '/', 'http://host.invalid').pathname;
    const [status, body, headers = {}] = await answer(request, path);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers }).end(text);
  };
}

const health = (name) => (_request, path) => {
  if (path === '/metrics') return [200, `up{service="${name}"} 1\n`];
  if (faults.unhealthy === name) return [503, { status: 'down' }];
  return path === '/health' || path === '/api/health' ? [200, { status: 'ok' }] : [200, { service: name }];
};

/** What is quick as a rule, and shows in the highest percentiles alone. */
function slowAtTimes(answer) {
  let count = 0;
  return async (request, path) => {
    if (faults.slowEvery !== undefined && ++count % faults.slowEvery === 0) await wait(300);
    return answer(request, path);
  };
}

/** A service that waits for its clients to speak. */
function silentServer(greeting) {
  return createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (greeting !== undefined) socket.once('data', () => socket.write(greeting));
  });
}

/** Weight of a window, as exchanges count it: beyond `limit` comes 429, for a second. */
function windowed(limit, headers) {
  let used = 0;
  let until = 0;
  return (windowMs) => {
    if (performance.now() > until) [used, until] = [0, performance.now() + windowMs];
    used++;
    if (used <= limit) return [null, null, headers(faults.shownWeight ?? used)];
    until = Math.min(until, performance.now() + 900);
    return [429, { code: -1003, msg: 'Too much request weight used' }, { ...headers(limit), 'retry-after': '1' }];
  };
}

const weight = (used) => ({ 'x-mbx-used-weight': String(used), 'x-mbx-used-weight-1m': String(used) });

function exchange({ test }) {
  const take = windowed(1200, weight);
  return async (_request, path) => {
    const [status, body, headers] = take(60_000);
    if (status !== null) return [status, body, headers];
    if (path === '/api/v3/ping') return [(test ? undefined : faults.pingStatus) ?? 200, {}, headers];
    return [200, { serverTime: Date.now() }, headers];
  };
}

/** A stream of prices. Whoever sends more than five frames in a second is put out, as on exchanges. */
function stream(server) {
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    let sent = [];
    const heard = () => {
      const now = performance.now();
      sent = [...sent.filter((at) => now - at < 1000), now];
      if (sent.length > 5) client.close(1008, 'Too many requests');
    };
    const timer = setInterval(() => client.send(`{"e":"trade","p":"1.0834","t":${Date.now()}}`), faults.messageMs ?? 10);
    client.on('ping', heard);
    client.on('message', heard);
    client.on('error', () => client.terminate());
    client.on('close', () => clearInterval(timer));
  });
  return server;
}

function models(request) {
  const authorised = request.headers.authorization === `Bearer ${configuration.aiKey}` && faults.aiKeyRevoked !== true;
  if (!authorised) return [401, { error: 'invalid_api_key' }, { 'www-authenticate': 'Bearer' }];
  return [200, { object: 'list', data: [{ id: 'large' }, { id: 'small' }] }];
}

/** RFC 5905, with the time of this machine. */
function timeServer(address) {
  const socket = createSocket('udp4');
  const stamp = () => {
    const seconds = Date.now() / 1000 + 2_208_988_800;
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(Math.floor(seconds) >>> 0, 0);
    bytes.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 4);
    return bytes;
  };
  socket.on('message', (query, from) => {
    if (query.length < 48 || (query.readUInt8(0) & 7) !== 3) return;
    const received = stamp();
    const head = Buffer.from([(query.readUInt8(0) & 0x38) | 4, 2, 6, 0xe9, 0, 0, 0, 0x10, 0, 0, 0, 0x10, 192, 0, 2, 123]);
    socket.send(Buffer.concat([head, received, query.subarray(40, 48), received, stamp()]), from.port, from.address, () => {});
  });
  return new Promise((resolve) => socket.bind(123, address, resolve));
}

/** Something to load the line with. */
const BLOCK = randomBytes(256 * 1024);
const LARGEST_BYTES = 1_000_000_000;

function volume(request, response) {
  if (request.method === 'POST') {
    request.resume().on('end', () => response.writeHead(204).end());
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': LARGEST_BYTES });
  let left = LARGEST_BYTES;
  const more = async () => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, BLOCK.length);
      left -= size;
      if (faults.slowDownload === true) await wait(100);
      if (!response.write(BLOCK.subarray(0, size))) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}

async function internet({ exchange: exchangeAddress, testnet, ai, time, regions, bandwidth }) {
  const plain = () => createHttpServer(answering(() => [301, '', { location: 'https://host.invalid/' }]));
  await Promise.all([
    listen(createHttpsServer(pem(), answering(exchange({ test: false }))), 443, exchangeAddress),
    listen(stream(createHttpsServer(pem(), answering(exchange({ test: false })))), 9443, exchangeAddress),
    listen(plain(), 80, exchangeAddress),
    listen(createHttpsServer(pem(), answering(exchange({ test: true }))), 443, testnet),
    listen(createHttpsServer(pem(), answering(models)), 443, ai),
    listen(createHttpsServer(pem(), volume), 443, bandwidth),
    timeServer(time),
    ...regions.map((address) => listen(silentServer(), 443, address)),
  ]);
}

/** Ports of the machine that lead to containers, each a connection of its own, as docker-proxy does. */
async function machine({ published }) {
  process.title = 'docker-proxy';
  const servers = new Map();
  const publish = async ({ address, port, to, toPort }) => {
    const server = createTcpServer({ noDelay: true }, (socket) => {
      const onward = connect({ host: to, port: toPort, noDelay: true });
      socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
      onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    });
    servers.set(`${address}:${port}`, await listen(server, port, address));
  };
  await Promise.all(published.map(publish));
  return async ({ publish: more, withdraw }) => {
    if (more !== undefined) await publish(more);
    if (withdraw === undefined) return;
    servers.get(withdraw)?.close();
    servers.delete(withdraw);
  };
}

const dashboard = () => listen(createHttpServer(answering(health('dashboard'))), 3000);
const ai = () => listen(createHttpServer(answering(slowAtTimes(health('ai')))), 8000);

async function engine({ exchange: exchangeAddress, redis }) {
  const agent = { rejectUnauthorized: false, servername: 'api.exchange.example', host: exchangeAddress, path: '/api/v3/time' };
  const askExchange = () =>
    new Promise((resolve) => {
      const asked = httpsRequest(agent, (response) => response.resume().on('end', () => resolve(response.statusCode)));
      asked.on('error', () => resolve(0)).end();
    });
  const askCache = () =>
    new Promise((resolve) => {
      const socket = connect({ host: redis, port: 6379 }, () => socket.write('PING\r\n'));
      socket.on('data', () => resolve(true) ?? socket.destroy()).on('error', () => resolve(false));
    });
  const own = health('engine');
  const roundTrip = slowAtTimes(async () => {
    const [status, cache] = await Promise.all([askExchange(), askCache()]);
    return status === 200 && cache ? [200, { exchange: status, cache }] : [502, { exchange: status, cache }];
  });
  const server = createHttpServer(
    answering(async (request, path) => {
      return path === '/api/orders/round-trip' ? roundTrip(request, path) : own(request, path);
    }),
  );
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    client.on('message', (message, isBinary) => client.send(message, { binary: isBinary })).on('error', () => client.terminate());
  });
  await listen(server, 8080);
}

/** Databases, cache and queue, each at an address of its own. */
async function data({ mongodb, redis, rabbitmq, kongDatabase }) {
  await Promise.all([
    listen(silentServer(), 27017, mongodb),
    listen(silentServer('+PONG\r\n'), 6379, redis),
    listen(silentServer(), 5672, rabbitmq),
    listen(createHttpServer(answering(health('rabbitmq'))), 15672, rabbitmq),
    listen(silentServer(), 5432, kongDatabase),
  ]);
}

const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
};

/** So many requests at once, and so many more each second. */
const BURST_REQUESTS = 250;
const REQUESTS_PER_SECOND = 120;
const SUITES = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305';

/** The gateway: TLS, tokens, headers, a limit of requests, and the engine behind it. */
async function kong({ engine: engineAddress, token }) {
  let tokens = BURST_REQUESTS;
  let filledAt = performance.now();
  const allowed = () => {
    const now = performance.now();
    tokens = Math.min(BURST_REQUESTS, tokens + ((now - filledAt) / 1000) * REQUESTS_PER_SECOND);
    filledAt = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
  const onwards = (path) =>
    new Promise((resolve) => {
      const asked = httpRequest({ host: engineAddress, port: 8080, path, agent: false }, (response) => {
        const chunks = [];
        response
          .on('data', (chunk) => chunks.push(chunk))
          .on('end', () => resolve([response.statusCode, Buffer.concat(chunks).toString()]));
      });
      asked.on('error', () => resolve([502, ''])).end();
    });
  const answer = answering(async (request, path) => {
    const headers = Object.fromEntries(Object.entries(SECURITY_HEADERS).filter(([name]) => name !== faults.withoutHeader));
    if (faults.unlimited !== true && !allowed()) return [429, { message: 'API rate limit exceeded' }, { ...headers, 'retry-after': '1' }];
    const authorised = request.headers.authorization === `Bearer ${token}` || faults.anyToken === true;
    if (path.startsWith('/api/account') && !authorised)
      return [401, { message: 'Unauthorized' }, { ...headers, 'www-authenticate': 'Bearer' }];
    const [status, body] = await onwards(path);
    return [status, body, headers];
  });
  const secure = (old) => ({
    ...pem(),
    minVersion: old ? 'TLSv1.1' : 'TLSv1.2',
    ciphers: old ? 'DEFAULT:@SECLEVEL=0' : `TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:${SUITES}`,
  });
  const server = createHttpsServer(secure(false), answer);
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await Promise.all([
    listen(server, 8443),
    listen(createHttpsServer(pem(), answer), 8444),
    listen(createHttpServer(answer), 8100),
    listen(createHttpServer(answering(health('kong'))), 8001),
  ]);
  return ({ oldTls }) => {
    if (oldTls !== undefined) server.setSecureContext(secure(oldTls));
  };
}

/** An HTTP proxy that knows CONNECT. */
function proxyServer() {
  const server = createHttpServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket, head) => {
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect({ host, port: Number(port) }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
    socket.on('error', () => onward.destroy());
  });
  return server;
}

async function monitoring({ grafana, prometheus, proxy }) {
  await Promise.all([
    listen(createHttpServer(answering(health('grafana'))), 3001, grafana),
    listen(createHttpServer(answering(health('prometheus'))), 9090, prometheus),
    listen(proxyServer(), 3128, proxy),
  ]);
}

const ROLES = { internet, machine, dashboard, engine, ai, data, kong, monitoring };

const apply = await ROLES[configuration.role](configuration);
createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const wanted = JSON.parse(line);
    for (const [name, value] of Object.entries(wanted)) {
      if (value === null) delete faults[name];
      else faults[name] = value;
    }
    if (typeof apply === 'function') await apply(wanted);
    process.stdout.write('ok\n');
  })
  .on('close', () => process.exit(0));
process.stdout.write('ready\n');
