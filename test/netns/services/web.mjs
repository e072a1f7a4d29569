// Servers for tests and the bench: HTTP, HTTPS and TCP echo, on every address of the host. The configuration is JSON in the first
// argument: { "http": [80], "https": [443], "tcp": [9000], "cert": "PEM FILE", "key": "PEM FILE" }. Says "ready" when all of them
// listen; ends with its standard input.

import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';

const { http = [], https = [], tcp = [], cert, key } = JSON.parse(process.argv[2] ?? '{}');

function answer(_request, response) {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end('ok\n');
}

function echo(socket) {
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
}

const servers = [
  ...http.map((port) => [createHttpServer(answer), port]),
  ...https.map((port) => [createHttpsServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer), port]),
  ...tcp.map((port) => [createTcpServer(echo), port]),
];

await Promise.all(servers.map(([server, port]) => new Promise((resolve) => server.listen(port, '::', resolve))));
process.stdin.resume().on('end', () => process.exit(0));
process.stdout.write('ready\n');
