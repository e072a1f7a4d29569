import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** What a fake server does with one query. It is called with the decoded query and with what sends bytes back. */
export type DnsBehaviour = (query: Packet, reply: (bytes: Uint8Array) => void, index: number) => void;

export interface FakeDnsServer {
  address: string;
  port: number;
  /** Questions received, as `TYPE name transport`. */
  asked: string[];
}

export interface FakeDnsOptions {
  address?: string;
  port?: number;
  udp?: DnsBehaviour;
  /** Absent: TCP is refused. */
  tcp?: (query: Packet, socket: Socket) => void;
}

/** A DNS server on loopback that behaves as told, closed with the test. */
export async function startDnsServer(options: FakeDnsOptions): Promise<FakeDnsServer> {
  const address = options.address ?? '127.0.0.1';
  const asked: string[] = [];
  const note = (query: Packet, transport: string) => asked.push(`${query.questions?.[0]?.type} ${query.questions?.[0]?.name} ${transport}`);

  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (chunk) => {
      const query = dnsPacket.decode(chunk.subarray(2));
      note(query, 'tcp');
      options.tcp?.(query, socket);
    });
  });
  let port = options.port ?? 0;
  if (options.tcp !== undefined) {
    tcp.listen(port, address);
    await once(tcp, 'listening');
    port = (tcp.address() as AddressInfo).port;
  }

  let closed = false;
  const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  udp.on('message', (message, from: RemoteInfo) => {
    const query = dnsPacket.decode(message);
    const index = asked.length;
    note(query, 'udp');
    const reply = (bytes: Uint8Array) => {
      if (!closed) udp.send(bytes, from.port, from.address);
    };
    options.udp?.(query, reply, index);
  });
  udp.bind(port, address);
  await once(udp, 'listening');
  onTestFinished(() => {
    closed = true;
    udp.close();
    tcp.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address, port: udp.address().port, asked };
}

/** A port of loopback on which nothing listens. */
export async function unusedUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

const RCODES: Record<string, number> = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };
const RECURSION = dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE;

export interface ResponseParts {
  answers?: Answer[];
  rcode?: string;
  flags?: number;
  id?: number;
  questions?: Packet['questions'];
  additionals?: Answer[];
}

/** A well-formed response to a query. */
export function response(query: Packet, parts: ResponseParts = {}): Buffer {
  return dnsPacket.encode({
    type: 'response',
    id: parts.id ?? query.id ?? 0,
    flags: RECURSION | (parts.flags ?? 0) | (RCODES[parts.rcode ?? 'NOERROR'] as number),
    questions: parts.questions ?? query.questions ?? [],
    answers: parts.answers ?? [],
    additionals: parts.additionals ?? [],
  });
}

/** A message behind its length, as it goes over TCP. */
export function framed(message: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** Answers A and AAAA from a table; other names do not exist, other types have no data. */
export function zone(names: Record<string, { a?: string[]; aaaa?: string[]; cname?: string }>): DnsBehaviour {
  return (query, reply) => {
    const question = query.questions?.[0];
    const name = question?.name ?? '';
    const answers: Answer[] = [];
    let entry = names[name.toLowerCase()];
    if (entry === undefined) {
      reply(response(query, { rcode: 'NXDOMAIN' }));
      return;
    }
    let owner = name;
    while (entry?.cname !== undefined) {
      answers.push({ name: owner, type: 'CNAME', ttl: 60, data: entry.cname });
      owner = entry.cname;
      entry = names[owner];
    }
    if (question?.type === 'A') for (const data of entry?.a ?? []) answers.push({ name: owner, type: 'A', ttl: 60, data });
    if (question?.type === 'AAAA') for (const data of entry?.aaaa ?? []) answers.push({ name: owner, type: 'AAAA', ttl: 60, data });
    reply(response(query, { answers }));
  };
}

/** Waits until no socket or timer is open that was not before: closing a handle takes a turn of the event loop. */
export async function openHandles(): Promise<Record<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const counts: Record<string, number> = { UDPWRAP: 0, TCPSocketWrap: 0, TCPWRAP: 0, UDPWrap: 0 };
  for (const kind of process.getActiveResourcesInfo()) if (kind in counts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
