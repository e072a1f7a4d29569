// A small authoritative-looking resolver for tests and the bench, over UDP and TCP on port 53 of one address. The configuration is JSON in
// the first argument: { "address": "192.0.2.1", "names": { "app.example.net": ["198.51.100.10", "2001:db8::10"] } }. Names that are not
// listed do not exist (NXDOMAIN), and "pointers" are PTR records in the same way; the root has name servers, as anywhere. Says "ready" when
// it listens; ends with its standard input.

import { createSocket } from 'node:dgram';
import { createServer, isIPv6 } from 'node:net';
import packet from 'dns-packet';

const { address, names = {}, pointers = {} } = JSON.parse(process.argv[2] ?? '{}');
const PORT = 53;
const TTL_SECONDS = 300;
const SOA = {
  name: '.',
  type: 'SOA',
  ttl: TTL_SECONDS,
  data: { mname: 'ns.invalid', rname: 'hostmaster.invalid', serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: TTL_SECONDS },
};

/** @returns {object | null} `null` where the question cannot be read: then nothing is answered. */
function respond(bytes) {
  let query;
  try {
    query = packet.decode(bytes);
  } catch {
    return null;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || question === undefined) return null;
  const name = question.name.toLowerCase();
  const { type } = question;
  const addresses = names[name];
  const pointer = pointers[name];
  const answers = [];
  if (name === '.' || name === '') {
    if (type === 'NS') answers.push({ name: '.', type: 'NS', ttl: TTL_SECONDS, data: 'ns.invalid' });
  } else if (addresses !== undefined && (type === 'A' || type === 'AAAA')) {
    for (const data of addresses)
      if (isIPv6(data) === (type === 'AAAA')) answers.push({ name: question.name, type, ttl: TTL_SECONDS, data });
  } else if (pointer !== undefined && type === 'PTR') {
    answers.push({ name: question.name, type, ttl: TTL_SECONDS, data: pointer });
  }
  const exists = name === '.' || name === '' || addresses !== undefined || pointer !== undefined;
  return {
    type: 'response',
    id: query.id,
    flags: (query.flags & packet.RECURSION_DESIRED) | packet.RECURSION_AVAILABLE | (exists ? 0 : 3),
    questions: query.questions,
    answers,
    authorities: answers.length === 0 ? [SOA] : [],
  };
}

const udp = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
udp.on('message', (bytes, from) => {
  const response = respond(bytes);
  if (response !== null) udp.send(packet.encode(response), from.port, from.address);
});

const tcp = createServer((socket) => {
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const length = pending.readUInt16BE(0);
      const response = respond(pending.subarray(2, 2 + length));
      pending = pending.subarray(2 + length);
      if (response === null) socket.destroy();
      else socket.write(packet.streamEncode(response));
    }
  });
});

await Promise.all([
  new Promise((resolve) => udp.bind(PORT, address, resolve)),
  new Promise((resolve) => tcp.listen(PORT, address, resolve)),
]);
process.stdin.resume().on('end', () => process.exit(0));
process.stdout.write('ready\n');
