// A server to load a line by: GET gives bytes without end, POST takes whatever comes and answers 204. The port is the first argument. Says
// "ready" when it listens; ends with its standard input.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const chunk = randomBytes(64 * 1024);

const server = createServer((request, response) => {
  if (request.method === 'POST') {
    request.resume().once('end', () => response.writeHead(204).end());
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
});

server.listen(Number(process.argv[2]), '::', () => process.stdout.write('ready\n'));
process.stdin.resume().on('end', () => process.exit(0));
