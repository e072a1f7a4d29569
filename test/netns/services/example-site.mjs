// Everything that the examples of the help look at, on one host: DNS (UDP, TCP and HTTPS), HTTP and HTTPS with a health page, a feed over
// WebSocket, mail with STARTTLS, and some ports. The configuration is JSON in the first argument: { "names": { "app.example.net": ["192.0.2.7"] },
// "resolvers": ["192.0.2.53"], "cert": "PEM FILE", "key": "PEM FILE" }. Says "ready" when all of them listen; ends with its standard input.

import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import packet from 'dns-packet';
import { WebSocketServer } from 'ws';

const { names, resolvers, cert, key } = JSON.parse(process.argv[2] ?? '{}');
const [certificate, privateKey] = [readFileSync(cert), readFileSync(key)];
const FEED_MS = 250;

function answerQuestion(bytes) {
  const query = packet.decode(bytes);
  const [question] = query.questions ?? [];
  const addresses = names[question?.name.toLowerCase()];
  const answers = question?.type === 'A' ? (addresses ?? []).map((data) => ({ name: question.name, type: 'A', ttl: 300, data })) : [];
  return {
    type: 'response',
    id: query.id,
    flags: (query.flags & packet.RECURSION_DESIRED) | packet.RECURSION_AVAILABLE | (addresses === undefined ? 3 : 0),
    questions: query.questions,
    answers,
  };
}

function serveDatagrams(address) {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => socket.send(packet.encode(answerQuestion(bytes)), from.port, from.address));
  return new Promise((resolve) => socket.bind(53, address, resolve));
}

function answerOverTcp(socket) {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const length = pending.readUInt16BE(0);
      socket.write(packet.streamEncode(answerQuestion(pending.subarray(2, 2 + length))));
      pending = pending.subarray(2 + length);
    }
  });
}

function answerRequest(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'https://site.example.net');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (pathname === '/dns-query') {
      const asked = request.method === 'POST' ? Buffer.concat(chunks) : Buffer.from(searchParams.get('dns') ?? '', 'base64url');
      response.writeHead(200, { 'content-type': 'application/dns-message' });
      response.end(packet.encode(answerQuestion(asked)));
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'permissions-policy': 'geolocation=()',
    });
    response.end('{"status":"ok"}');
  });
}

/** RFC 3207, as far as it takes to begin TLS. */
function speakMail(socket) {
  socket.write('220 mail.example.net ESMTP\r\n');
  let line = '';
  const hear = (chunk) => {
    line += chunk.toString('latin1');
    for (let end = line.indexOf('\r\n'); end >= 0; end = line.indexOf('\r\n')) {
      const word = line.slice(0, end).toUpperCase();
      line = line.slice(end + 2);
      if (word.startsWith('EHLO')) socket.write('250-mail.example.net\r\n250 STARTTLS\r\n');
      else if (word === 'STARTTLS') {
        socket.off('data', hear);
        socket.write('220 go ahead\r\n');
        new TLSSocket(socket, { isServer: true, cert: certificate, key: privateKey }).on('error', () => socket.destroy());
        return;
      } else socket.write(word === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
    }
  };
  socket.on('data', hear);
}

function feed(server) {
  new WebSocketServer({ server }).on('connection', (client) => {
    const timer = setInterval(() => client.send('{"price":1.0834}'), FEED_MS);
    client.on('message', (message, isBinary) => client.send(message, { binary: isBinary }));
    client.on('error', () => client.terminate());
    client.on('close', () => clearInterval(timer));
  });
  return server;
}

const quietly = (speak) => createTcpServer((socket) => speak(socket.on('error', () => socket.destroy())));
const https = () => feed(createHttpsServer({ cert: certificate, key: privateKey }, answerRequest));
const greet = (text) => quietly((socket) => socket.write(text));
const servers = [
  [createHttpServer(answerRequest), 80],
  [https(), 443],
  [https(), 8443],
  [quietly(speakMail), 25],
  [greet('SSH-2.0-Example\r\n'), 22],
  [quietly(() => {}), 5432],
  [greet('hello\r\n'), 8000],
  [createHttpServer(answerRequest), 8080],
];

await Promise.all([
  ...servers.map(([server, port]) => new Promise((resolve) => server.listen(port, '0.0.0.0', resolve))),
  ...resolvers.flatMap((address) => [
    serveDatagrams(address),
    new Promise((resolve) => quietly(answerOverTcp).listen(53, address, resolve)),
  ]),
]);
process.stdin.resume().on('end', () => process.exit(0));
process.stdout.write('ready\n');
