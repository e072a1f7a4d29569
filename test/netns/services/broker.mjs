// A broker for tests, on every address of the host. The configuration is JSON in the first argument:
// { "certificates": { "NAME": { "cert": "PEM FILE", "key": "PEM FILE", "chain": "PEM FILE of what is behind the leaf" } }, "ca": "PEM FILE", "token": "…" }.
//
//   443          HTTPS: GET /api/v1/account, POST /api/v1/orders/test, both with the bearer token; WebSocket: /stream tells prices, /echo sends back
//   8443         mutual TLS, by certificates of `ca`: OpenSSL's own server, which refuses within the handshake. Node's does so behind it
//   17000-17100  plain TCP, as terminals use it: takes connections, and sends back what comes
//
// Says "ready" when all of them listen. A line on standard input is a JSON object that changes how it behaves (see `how`), and is answered by
// "done"; it ends with its standard input.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const { certificates, ca, token } = JSON.parse(process.argv[2] ?? '{}');

const well = {
  certificate: 'good',
  /** Before a handshake, before the answer to an order, before a message comes back. */
  handshakeDelayMs: 0,
  orderDelayMs: 0,
  echoDelayMs: 0,
  /** Every so many-th connection to 443 is reset at once; 0: none. */
  resetEvery: 0,
  /** Whatever token comes is refused. */
  refuseToken: false,
  rateLimit: { limit: 1200, remaining: 1150 },
  pricesPerSecond: 2000,
  /** Whether 8443 wants a client certificate. */
  mutual: true,
  /** Ports that nobody listens on. */
  closed: [],
};
let how = { ...well };

const material = (name) => ({ cert: readFileSync(certificates[name].cert), key: readFileSync(certificates[name].key) });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const quiet = (socket) => socket.on('error', () => socket.destroy());

async function answer(request, response) {
  const { rateLimit } = how;
  if (rateLimit !== null) {
    response.setHeader('x-ratelimit-limit', rateLimit.limit);
    response.setHeader('x-ratelimit-remaining', rateLimit.remaining);
    response.setHeader('x-ratelimit-reset', 30);
  }
  response.setHeader('content-type', 'application/json');
  if (how.refuseToken || request.headers.authorization !== `Bearer ${token}`) {
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('{"error":"unauthorized"}');
    return;
  }
  if (request.url === '/api/v1/account') return void response.end('{"status":"ok"}');
  if (request.url === '/api/v1/orders/test' && request.method === 'POST') {
    if (how.orderDelayMs > 0) await wait(how.orderDelayMs);
    return void response.end('{"filled":true}');
  }
  response.writeHead(404).end('{"error":"not found"}');
}

const acceptor = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65_536 });

function tellPrices(client) {
  let told = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * how.pricesPerSecond);
    while (told < due) client.send(`{"bid":1.${told++}}`);
  }, 5);
  client.on('close', () => clearInterval(timer));
}

function sendBack(client) {
  client.on('message', (message, isBinary) => {
    const send = () => client.send(message, { binary: isBinary });
    if (how.echoDelayMs > 0) setTimeout(send, how.echoDelayMs);
    else send();
  });
}

function upgrade(request, socket, head) {
  const talk = { '/stream': tellPrices, '/echo': sendBack }[request.url];
  if (talk === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  acceptor.handleUpgrade(request, socket, head, (client) => {
    quiet(client._socket);
    client.on('error', () => client.terminate());
    talk(client);
  });
}

const web = createHttpsServer(material('good'), answer).on('upgrade', upgrade);
web.on('tlsClientError', () => {}).on('clientError', (_error, socket) => socket.destroy());

let taken = 0;
async function takeWeb(socket) {
  quiet(socket);
  if (how.resetEvery > 0 && ++taken % how.resetEvery === 0) return void socket.resetAndDestroy();
  if (how.handshakeDelayMs > 0) await wait(how.handshakeDelayMs);
  web.emit('connection', socket);
}

const takeTerminal = (socket) => quiet(socket).pipe(socket);

const ports = new Map();
const wanted = [[443, takeWeb], ...Array.from({ length: 101 }, (_, index) => [17_000 + index, takeTerminal])];

async function listenAsWanted() {
  const changes = wanted.map(([port, take]) => {
    const server = ports.get(port);
    if (how.closed.includes(port)) {
      ports.delete(port);
      return server && new Promise((resolve) => server.close(resolve));
    }
    if (server !== undefined) return undefined;
    const started = createServer(take);
    ports.set(port, started);
    return new Promise((resolve, reject) => started.once('error', reject).listen(port, '0.0.0.0', 511, resolve));
  });
  await Promise.all(changes);
}

let mutual = null;
async function startMutual() {
  if (mutual !== null) {
    mutual.kill('SIGKILL');
    await new Promise((resolve) => mutual.once('exit', resolve));
    mutual = null;
  }
  if (how.closed.includes(8443)) return;
  const { cert, key, chain } = certificates.good;
  const server = ['openssl', 's_server', '-4', '-accept', '8443', '-cert', cert, '-key', key, '-cert_chain', chain, '-www', '-quiet'];
  const clients = how.mutual ? ['-CAfile', ca, '-Verify', '2', '-verify_return_error'] : [];
  mutual = spawn('setpriv', ['--pdeathsig', 'KILL', ...server, ...clients], { stdio: ['ignore', 'ignore', 'ignore'] });
  for (let tries = 0; tries < 100 && !(await isOpen(8443)); tries++) await wait(20);
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      });
  });
}

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const before = how;
    how = { ...well, ...JSON.parse(line) };
    web.setSecureContext(material(how.certificate));
    taken = 0;
    await listenAsWanted();
    if (before.mutual !== how.mutual || before.closed.includes(8443) !== how.closed.includes(8443)) await startMutual();
    process.stdout.write('done\n');
  })
  .on('close', () => process.exit(0));

await listenAsWanted();
await startMutual();
process.stdout.write('ready\n');
