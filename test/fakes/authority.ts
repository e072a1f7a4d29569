import { createSocket, type Socket as Datagrams, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** Authoritative servers in memory, right or broken as told: the same answers for tables without a socket and for loopback. */

export interface Reply {
  rcode?: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED';
  authoritative?: boolean;
  answers?: Answer[];
  authorities?: Answer[];
  additionals?: Answer[];
}

export interface Question {
  name: string;
  type: string;
  transport: 'udp' | 'tcp';
  edns: boolean;
}

export interface ServerSetup {
  /** Contents of the zones that it serves, by their apex. */
  zones: Record<string, string>;
  /** What it makes of its answer; `null`: it is silent. */
  behaviour?: (reply: Reply, question: Question) => Reply | null;
  /** `refused`: nothing listens on TCP. `silent`: connections are taken and not answered. */
  tcp?: 'refused' | 'silent';
  /** Largest answer over UDP; absent: none is too large. */
  udpBytes?: number;
  /** Whether it speaks EDNS. Absent: it does. */
  edns?: boolean;
  delayMs?: number;
}

/** RFC 6891, with nothing but a size. */
export const EDNS: Answer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const TTL = 300;

/** Records a line each, as `OWNER TYPE DATA` without final dots; `@` is the apex. */
export function records(apex: string, text: string): Answer[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line): Answer => {
      const [owner = '', type = '', ...rest] = line.split(/\s+/);
      const name = owner === '@' ? apex : owner;
      const data = rest.join(' ');
      if (type === 'SOA') {
        const soa = { mname: `ns.${apex}`, rname: `h.${apex}`, serial: Number(data), refresh: 1, retry: 2, expire: 3, minimum: 4 };
        return { name, type: 'SOA', ttl: TTL, data: soa };
      }
      if (type === 'DS') {
        const [keyTag = '0', algorithm = '0', digestType = '0'] = rest;
        const ds = { keyTag: Number(keyTag), algorithm: Number(algorithm), digestType: Number(digestType), digest: Buffer.alloc(32, 7) };
        return { name, type: 'DS', ttl: TTL, data: ds };
      }
      return { name, type: type as 'A', ttl: TTL, data };
    });
}

const key = (name: string): string => name.toLowerCase().replace(/\.$/, '');
const within = (name: string, zone: string): boolean => zone === '' || key(name) === key(zone) || key(name).endsWith(`.${key(zone)}`);

/** As a name server answers (RFC 1034 section 4.3.2), with delegations, aliases, DNAME and wildcards. */
export function authoritativeReply(zones: Record<string, string>, question: Pick<Question, 'name' | 'type'>): Reply {
  const { type } = question;
  const name = key(question.name);
  const apexes = Object.keys(zones).map((zone) => (zone === '.' ? '' : zone));
  const apex = apexes.filter((zone) => within(name, zone)).sort((a, b) => b.length - a.length)[0];
  // The parent's side of a cut answers for DS.
  const above = type === 'DS' && apex === name ? apexes.find((zone) => zone !== name && within(name, zone)) : undefined;
  const zone = above ?? apex;
  if (zone === undefined) return { rcode: 'REFUSED', authoritative: false };
  const all = records(zone, zones[zone === '' ? '.' : zone] ?? '').map(
    (record): Answer => ({ ...record, name: key(record.name === '.' ? '' : record.name) }),
  );
  const of = (owner: string, wanted?: string) =>
    all.filter((record) => record.name === owner && (wanted === undefined || wanted === 'ANY' || record.type === wanted));
  const soa = of(zone, 'SOA');

  const cuts = [...new Set(all.filter((record) => record.type === 'NS' && record.name !== zone).map((record) => record.name))];
  const cut = cuts.filter((owner) => within(name, owner) && !(type === 'DS' && owner === name)).sort((a, b) => a.length - b.length)[0];
  if (cut !== undefined) {
    const servers = of(cut, 'NS');
    const additionals = servers.flatMap((server) =>
      'data' in server ? [...of(key(String(server.data)), 'A'), ...of(key(String(server.data)), 'AAAA')] : [],
    );
    return { authoritative: false, authorities: servers, additionals };
  }
  const found = answersFor(all, zone, name, type);
  const exists = found.length > 0 || all.some((record) => within(record.name, name)) || starOf(all, zone, name) !== null;
  if (found.some((record) => record.type === type || type === 'ANY')) return { authoritative: true, answers: found };
  return { rcode: exists ? 'NOERROR' : 'NXDOMAIN', authoritative: true, answers: found, authorities: soa };
}

function answersFor(all: readonly Answer[], zone: string, name: string, type: string, depth = 0): Answer[] {
  const own = all.filter((record) => record.name === name);
  const exact = own.filter((record) => type === 'ANY' || record.type === type);
  if (exact.length > 0) return exact;
  const redirect = all.find((record) => record.type === 'DNAME' && name !== record.name && within(name, record.name));
  if (redirect !== undefined && redirect.type === 'DNAME') {
    const target = `${name.slice(0, -redirect.name.length)}${key(redirect.data)}`;
    return [
      redirect,
      { name, type: 'CNAME', ttl: TTL, data: target },
      ...(depth < 8 && within(target, zone) ? answersFor(all, zone, target, type, depth + 1) : []),
    ];
  }
  const alias = own.find((record) => record.type === 'CNAME');
  if (alias !== undefined && alias.type === 'CNAME') {
    const target = key(alias.data);
    return [alias, ...(depth < 8 && within(target, zone) ? answersFor(all, zone, target, type, depth + 1) : [])];
  }
  if (own.length > 0 || all.some((record) => record.name.endsWith(`.${name}`))) return [];
  const star = starOf(all, zone, name);
  if (star === null) return [];
  return all.filter((record) => record.name === star && record.type === type).map((record) => ({ ...record, name }) as Answer);
}

function starOf(all: readonly Answer[], zone: string, name: string): string | null {
  for (let above = name.replace(/^[^.]+\.?/, ''); within(above, zone); above = above.replace(/^[^.]+\.?/, '')) {
    if (all.some((record) => record.name === `*.${above}`)) return `*.${above}`;
    if (above === '' || all.some((record) => record.name === above)) return null;
  }
  return null;
}

/** The bytes that a server sends; `null`: nothing. */
export function respond(setup: ServerSetup, query: Packet, transport: 'udp' | 'tcp'): Buffer | null {
  const [asked] = query.questions ?? [];
  const edns = (query.additionals ?? []).some(({ type }) => type === 'OPT');
  const question: Question = { name: asked?.name ?? '', type: asked?.type ?? 'A', transport, edns };
  const made = authoritativeReply(setup.zones, question);
  const reply = setup.behaviour === undefined ? made : setup.behaviour(made, question);
  if (reply === null) return null;
  const flags = RCODES[reply.rcode ?? 'NOERROR'] | (reply.authoritative === true ? dnsPacket.AUTHORITATIVE_ANSWER : 0);
  const packet = (cut: boolean): Buffer =>
    dnsPacket.encode({
      type: 'response',
      id: query.id ?? 0,
      flags: flags | (cut ? dnsPacket.TRUNCATED_RESPONSE : 0),
      questions: query.questions ?? [],
      answers: cut ? [] : (reply.answers ?? []),
      authorities: cut ? [] : (reply.authorities ?? []),
      additionals: [...(cut ? [] : (reply.additionals ?? [])), ...(edns && setup.edns !== false ? [EDNS] : [])],
    });
  const whole = packet(false);
  return transport === 'udp' && whole.length > (setup.udpBytes ?? 65_535) ? packet(true) : whole;
}

export interface Asked extends Question {
  address: string;
  recursionDesired: boolean;
}

/** Serves on loopback addresses, all at one port, closed with the test. Gives the port, and what was asked. */
export async function serveAuthorities(servers: Record<string, ServerSetup>): Promise<{ port: number; asked: Asked[] }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToServe(servers);
    } catch (error) {
      // The port that the first address got is taken on another one.
      if (attempt === 10 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function tryToServe(servers: Record<string, ServerSetup>): Promise<{ port: number; asked: Asked[] }> {
  const asked: Asked[] = [];
  const open: { close: () => void }[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;
  const closeAll = () => {
    closed = true;
    for (const socket of sockets) socket.destroy();
    for (const timer of timers) clearTimeout(timer);
    for (const one of open) one.close();
  };
  const note = (address: string, query: Packet, transport: 'udp' | 'tcp') => {
    const [question] = query.questions ?? [];
    const edns = (query.additionals ?? []).some(({ type }) => type === 'OPT');
    const recursionDesired = ((query.flags ?? 0) & dnsPacket.RECURSION_DESIRED) !== 0;
    asked.push({ address, name: question?.name ?? '', type: question?.type ?? '', transport, edns, recursionDesired });
  };
  const later = (setup: ServerSetup, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) work();
    }, setup.delayMs ?? 0);
    timers.add(timer);
  };
  let port = 0;
  try {
    for (const [address, setup] of Object.entries(servers)) {
      const udp: Datagrams = createSocket('udp4');
      open.push(udp);
      udp.on('message', (message, from: RemoteInfo) => {
        const query = dnsPacket.decode(message);
        note(address, query, 'udp');
        const bytes = respond(setup, query, 'udp');
        if (bytes !== null) later(setup, () => udp.send(bytes, from.port, from.address));
      });
      udp.bind(port, address);
      await once(udp, 'listening');
      port = udp.address().port;
      if (setup.tcp === 'refused') continue;
      const tcp: Server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => sockets.delete(socket));
        socket.on('data', (chunk) => {
          const query = dnsPacket.decode(chunk.subarray(2));
          note(address, query, 'tcp');
          const bytes = setup.tcp === 'silent' ? null : respond(setup, query, 'tcp');
          if (bytes === null) return;
          const length = Buffer.alloc(2);
          length.writeUInt16BE(bytes.length);
          later(setup, () => socket.write(Buffer.concat([length, bytes])));
        });
      });
      open.push(tcp);
      tcp.listen(port, address);
      await once(tcp, 'listening');
    }
  } catch (error) {
    closeAll();
    throw error;
  }
  onTestFinished(closeAll);
  return { port, asked };
}
