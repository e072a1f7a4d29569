import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import type { Rules } from './exposure.js';
import type { PacketFacts } from './packet.js';
import { foremostWay, sourcesNamed } from './places.js';
import { quoted } from './quote.js';
import { type Fate, inward, outward } from './way.js';

type Outgoing = DataOf<'firewall'>['outgoing'][number];

/** Somewhere that our own packets go to. */
export interface Destination {
  /** `null`: a resolver. */
  target: string | null;
  address: string;
  port: number | null;
  way: { source: string | null; interface: string | null; loopback: boolean | null };
}

/** Who sends them: rules can ask for the user. */
export interface Sender {
  user: number | null;
  group: number | null;
}

/** A port as the kernel gives it to clients: no rule is about this one alone. */
const CLIENT_PORT = 50_123;

/** What the packets to a destination meet here, and what their answers meet: of the two, what is stopped. */
export function outgoing(rules: Rules, { target, address, port, way }: Destination, sender: Sender): Outgoing[] {
  const [bare = address] = address.split('%', 1);
  const family = addressFamily(bare);
  if (family === null) return [];
  const kinds: { protocol: 'tcp' | 'udp' | 'icmp'; port: number | null }[] = [];
  if (target === null) kinds.push({ protocol: 'udp', port: port ?? 53 });
  else kinds.push({ protocol: 'icmp', port: null }, ...(port === null ? [] : [{ protocol: 'tcp', port } as const]));
  return kinds.map((kind) => {
    const protocol = kind.protocol === 'icmp' && family === 6 ? 'icmpv6' : kind.protocol;
    const facts: PacketFacts = {
      family,
      protocol,
      source: way.source ?? (family === 4 ? '192.0.2.1' : '2001:db8::1'),
      sourcePort: kind.port === null ? null : CLIENT_PORT,
      destination: bare,
      destinationPort: kind.port,
      output: way.interface,
      state: 'new',
      user: sender.user,
      group: sender.group,
      destinationType: way.loopback === true ? 'local' : 'unicast',
      ...(kind.protocol === 'icmp' ? { icmp: { type: family === 4 ? 8 : 128, code: 0 } } : {}),
    };
    const there = outward(rules.tables, facts, rules.budget);
    const back = there.verdict === 'accept' && there.redirections.length === 0 ? answer(rules, facts, way) : there;
    const direction = there.verdict === 'accept' && back.verdict !== 'accept' ? 'back' : 'out';
    return {
      target,
      address,
      protocol: kind.protocol,
      port: kind.port,
      interface: way.interface,
      direction,
      ...quoted(back, rules.complete),
    };
  });
}

/** The packet that comes back; on the loopback the one that went out comes in again first. */
function answer(rules: Rules, facts: PacketFacts, way: Destination['way']): Fate {
  const { user: _user, group: _group, output: _output, ...rest } = facts;
  if (way.loopback === true) {
    const own = inward(rules.tables, { ...rest, input: way.interface ?? 'lo', destinationType: 'local' }, rules.budget);
    if (own.verdict !== 'accept') return own;
  }
  return inward(
    rules.tables,
    {
      ...rest,
      source: facts.destination,
      destination: facts.source,
      sourcePort: facts.destinationPort ?? null,
      destinationPort: facts.sourcePort ?? null,
      ...(facts.icmp === undefined ? {} : { icmp: { type: facts.family === 4 ? 0 : 129, code: 0 } }),
      input: way.interface,
      state: 'established',
      destinationType: 'local',
    },
    rules.budget,
  );
}

/** What becomes of "fragmentation needed" (RFC 1191) and "packet too big" (RFC 8201) that a router sends to this machine. */
export function tooLarge(rules: Rules, host: DataOf<'host'>): DataOf<'firewall'>['tooLarge'] {
  return ([4, 6] as const).flatMap((family) => {
    const way = foremostWay(host, family);
    if (way === undefined) return [];
    const fate = inward(
      rules.tables,
      {
        family,
        protocol: family === 4 ? 'icmp' : 'icmpv6',
        icmp: family === 4 ? { type: 3, code: 4 } : { type: 2, code: 0 },
        source: sourcesNamed(rules.tables, family).stranger,
        destination: way.address,
        input: way.name,
        state: 'related',
        destinationType: 'local',
      },
      rules.budget,
    );
    return [{ family, ...quoted(fate, rules.complete) }];
  });
}
