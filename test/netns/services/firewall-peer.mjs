// One end of a link on which packet filters are tried: listens on TCP and UDP ports of all addresses, and tries those of the other end.
// A line of JSON on the standard input is a list of tries, `[{ "family", "protocol", "source", "to", "port", "user" }]`; the answer is a line
// with what became of each: `open`, `refused` (or another errno), `silent`. Says "ready" first; ends with its standard input.

import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

const { ports, silentMs } = JSON.parse(process.argv[2] ?? '{"ports":[],"silentMs":300}');

const servers = await Promise.all(
  ports.flatMap((port) => [
    new Promise((resolve) => {
      const server = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.end();
      });
      server.listen(port, '::', () => resolve(server));
    }),
    new Promise((resolve) => {
      const socket = createSocket({ type: 'udp6' });
      socket.on('message', (message, { address, port: from }) => socket.send(message, from, address, () => {}));
      socket.on('error', () => {});
      socket.bind(port, '::', () => resolve(socket));
    }),
  ]),
);

/** TCP: the handshake decides. */
function tryTcp({ source, to, port, waitMs }) {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port, ...(source === null ? {} : { localAddress: source }) });
    const done = (state) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    const timer = setTimeout(() => done('silent'), waitMs);
    socket.on('connect', () => done('open'));
    socket.on('error', (error) => done(error.code));
  });
}

/** UDP: an echo, an ICMP error, or nothing. */
function tryUdp({ family, source, to, port, waitMs }) {
  return new Promise((resolve) => {
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
    const done = (state) => {
      clearTimeout(timer);
      socket.close();
      resolve(state);
    };
    const timer = setTimeout(() => done('silent'), waitMs);
    socket.on('message', () => done('open'));
    socket.on('error', (error) => done(error.code));
    const send = () => socket.connect(port, to, (error) => (error ? done(error.code) : socket.send('x')));
    if (source === null) send();
    else socket.bind({ address: source }, send);
  });
}

/** A socket is that of the user who makes it. */
async function attempt(given) {
  const one = { waitMs: silentMs, ...given };
  if (one.user !== undefined) process.seteuid(one.user);
  const result = one.protocol === 'tcp' ? tryTcp(one) : tryUdp(one);
  await new Promise((resolve) => setImmediate(resolve));
  if (one.user !== undefined) process.seteuid(0);
  return result;
}

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const tries = JSON.parse(line);
  // Those of another user one by one, since the user is the process's.
  const results = [];
  const plain = await Promise.all(tries.map((one) => (one.user === undefined ? attempt(one) : null)));
  for (const [index, one] of tries.entries()) results.push(plain[index] ?? (await attempt(one)));
  process.stdout.write(`${JSON.stringify(results)}\n`);
});
lines.on('close', () => {
  for (const server of servers) server.close();
  process.exit(0);
});
process.stdout.write('ready\n');
