import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import type { Rules } from './exposure.js';
import type { PacketFacts } from './packet.js';
import { foremostWay, sourcesNamed } from './places.js';
import { quoted } from './quote.js';
import { isStopped } from './rule-text.js';
import { type Fate, inward, outward } from './way.js';

type Outgoing = DataOf<'firewall'>['outgoing'][number];

/** Somewhere that our own packets go to. */
export interface Destination {
  /** `null`: a resolver. */
  target: string | null;
  address: string;
  port: number | null;
  way: { source: string | null; interface: string | null; loopback: boolean | null };
  gateway: string | null;
  /** Whether neighbours are asked for on its link, by ARP or by neighbour discovery. */
  asksNeighbors: boolean;
}

/** Who sends them: rules can ask for the user. */
export interface Sender {
  user: number | null;
  group: number | null;
}

/** A port as the kernel gives it to clients: no rule is about this one alone. */
const CLIENT_PORT = 50_123;

/** What the packets to a destination meet here, and what their answers meet: of the two, what is stopped. */
export function outgoing(rules: Rules, destination: Destination, sender: Sender): Outgoing[] {
  const { target, address, port, way } = destination;
  const [bare = address] = address.split('%', 1);
  const family = addressFamily(bare);
  if (family === null) return [];
  const kinds: { protocol: 'tcp' | 'udp' | 'icmp'; port: number | null }[] = [];
  if (target === null) kinds.push({ protocol: 'udp', port: port ?? 53 });
  else kinds.push({ protocol: 'icmp', port: null }, ...(port === null ? [] : [{ protocol: 'tcp', port } as const]));
  const unfound = family === 6 && destination.asksNeighbors && way.loopback !== true ? neighborsShutOut(rules, destination, bare) : null;
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
    const back = there.verdict === 'accept' ? answerTo(rules, facts, there, way) : there;
    const direction = there.verdict === 'accept' && back.verdict !== 'accept' ? 'back' : 'out';
    const made = { target, address, protocol: kind.protocol, port: kind.port, interface: way.interface };
    if (unfound !== null && there.verdict === 'accept') return { ...made, direction: 'neighbors', ...quoted(unfound, rules.complete) };
    return { ...made, direction, ...quoted(back, rules.complete) };
  });
}

/** The answer comes from where the packet really went. */
function answerTo(
  rules: Rules,
  facts: PacketFacts,
  { redirections, sent, ...fate }: ReturnType<typeof outward>,
  way: Destination['way'],
): Fate {
  if (redirections.length === 0) return answer(rules, facts, way);
  const here = sent.destinationType === 'local';
  if (sent.destination === '' || (!here && sent.destinationType !== facts.destinationType))
    return { ...fate, verdict: 'depends', because: ['a translation of the destination'] };
  return answer(rules, { ...facts, ...sent }, here ? { ...way, interface: 'lo', loopback: true } : way);
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

/**
 * Advertisements of routers and neighbours (RFC 4861): with either of them a router is found. A solicitation tells where its sender is as
 * well, and whether there ever is one is up to the sender.
 */
const NEIGHBOR_MESSAGES = [134, 136] as const;

/** What stops all messages that tell of the next neighbour on the way; `null`: one of them may come in. Connections are not tracked for them. */
function neighborsShutOut(rules: Rules, { gateway, way }: Destination, bare: string): Fate | null {
  const { source, interface: input } = way;
  if (source === null || input === null) return null;
  const fates = NEIGHBOR_MESSAGES.map((type) =>
    inward(
      rules.tables,
      {
        family: 6,
        protocol: 'icmpv6',
        icmp: { type, code: 0 },
        source: (gateway ?? bare).split('%', 1)[0] ?? bare,
        destination: source,
        input,
        state: 'untracked',
        destinationType: 'local',
      },
      rules.budget,
    ),
  );
  return fates.every(({ verdict }) => verdict === 'drop' || verdict === 'reject') ? (fates.at(-1) ?? null) : null;
}

interface WayIn {
  family: 4 | 6;
  name: string | null;
  address: string;
}

/** The way by which most others come, for each family. */
export function foremostWays(host: DataOf<'host'>): WayIn[] {
  return ([4, 6] as const).flatMap((family) => {
    const way = foremostWay(host, family);
    return way === undefined ? [] : [{ family, ...way }];
  });
}

/** The ways by which answers of the targets come, the loopback not among them. */
export function waysTo(destinations: readonly Destination[]): WayIn[] {
  const ways = destinations.flatMap(({ target, address, way }): WayIn[] => {
    const family = addressFamily(address.split('%', 1)[0] ?? address);
    if (target === null || family === null || way.source === null || way.loopback === true) return [];
    return [{ family, name: way.interface, address: way.source }];
  });
  return [...new Map(ways.map((way) => [`${way.family} ${way.name}`, way])).values()];
}

/** What becomes of "fragmentation needed" (RFC 1191) and "packet too big" (RFC 8201) that a router sends to this machine. */
export function tooLarge(rules: Rules, ways: readonly WayIn[]): DataOf<'firewall'>['tooLarge'] {
  return ([4, 6] as const).flatMap((family) => {
    const fates = ways.flatMap((way) => (way.family === family ? sizeMessage(rules, way) : []));
    const fate = fates.find(({ verdict }) => isStopped(verdict)) ?? fates[0];
    return fate === undefined ? [] : [{ family, ...quoted(fate, rules.complete) }];
  });
}

/** Nothing where no connection of the family works at all: it is shut off on purpose, and needs no such messages. */
function sizeMessage(rules: Rules, { family, name, address }: WayIn): Fate[] {
  const message = {
    family,
    source: sourcesNamed(rules.tables, family).stranger,
    destination: address,
    input: name,
    destinationType: 'local',
  } as const;
  const answers = inward(
    rules.tables,
    { ...message, protocol: 'tcp', sourcePort: 443, destinationPort: CLIENT_PORT, state: 'established' },
    rules.budget,
  );
  if (isStopped(answers.verdict)) return [];
  const icmp =
    family === 4
      ? ({ protocol: 'icmp', icmp: { type: 3, code: 4 } } as const)
      : ({ protocol: 'icmpv6', icmp: { type: 2, code: 0 } } as const);
  return [inward(rules.tables, { ...message, ...icmp, state: 'related' }, rules.budget)];
}
