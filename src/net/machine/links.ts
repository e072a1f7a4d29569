import { type Attempt, failed, measured, skipped, unavailable } from '../../model/attempt.js';
import type { NativeMessage, NativeOutcome, NativeSockets } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import * as abi from '../../wire/linux/abi.js';
import { parseControlMessages } from '../../wire/linux/control-message.js';
import { encodeArpProbe, parseArp } from '../../wire/packets/arp.js';
import { BROADCAST_LINK_ADDRESS, encodeLinkSocketAddress, linkAddressText } from '../../wire/packets/link-address.js';
import {
  encodeNeighborSolicitation,
  NEIGHBOR_ADVERTISEMENT,
  NEIGHBOR_HOP_LIMIT,
  parseNeighborAdvertisement,
} from '../../wire/packets/neighbor-discovery.js';
import { boundedWait } from '../bounded-wait.js';
import { errnoMessage, errnoName } from '../errno.js';
import type { Claim, ClaimQuestion, LinkClaims, Links } from '../link-port.js';
import { localInterfaces } from './local-interfaces.js';
import { readSystemFile } from './machine.js';

/** Whoever floods the link is read no further. */
const MAXIMUM_MESSAGES = 4096;
const MAXIMUM_CLAIMS = 64;
const WITHOUT_NEIGHBOURS = abi.IFF_LOOPBACK | abi.IFF_POINTOPOINT | abi.IFF_NOARP;

/** Packet sockets, where native sockets are there and the user may have them. Nothing stays open between two questions. */
export function createLinks(native: NativeOutcome, readiness: Readiness | null): Links {
  return {
    claimants(question) {
      if (native.kind === 'absent' || readiness === null) {
        return Promise.resolve(unavailable('native-sockets', native.kind === 'absent' ? native.because : 'no native sockets'));
      }
      return ask(native.sockets, readiness, question);
    },
  };
}

interface OwnLink {
  index: number;
  linkAddress: string;
}

async function ask(sockets: NativeSockets, readiness: Readiness, question: ClaimQuestion): Promise<Attempt<LinkClaims>> {
  const { interface: name, family, addresses, waitMs, signal } = question;
  const own = ownLink(sockets, name);
  if (own.kind !== 'measured') return own;
  const ourselves = await ownLinkAddresses(sockets);
  if (signal.aborted) return skipped('interrupted');
  const opened = family === 4 ? openForArp(sockets, own.value) : openForNeighbors(sockets, name);
  if (opened.kind !== 'measured') return opened;
  const [sender, listener] = opened.value;
  const claims = new Map<string, Claim>();
  const asked = new Set(addresses);
  let messages = 0;
  const listen = () => {
    while (messages < MAXIMUM_MESSAGES) {
      const message = sockets.receive(listener, 'ordinary');
      if (typeof message === 'number') return;
      messages++;
      const claim = family === 4 ? arpClaim(message) : neighborClaim(message);
      if (claim === null || !asked.has(claim.address) || ourselves.has(claim.linkAddress)) continue;
      const key = `${claim.address} ${claim.linkAddress}`;
      const known = claims.get(key);
      if (known !== undefined) {
        known.count++;
        known.asHolder ||= claim.asHolder;
      } else if (claims.size < MAXIMUM_CLAIMS) claims.set(key, { ...claim, count: 1 });
    }
    readiness.unwatch(listener);
  };
  const senders = Object.fromEntries(addresses.map((address) => [address, sourceOf(name, family, address)]));
  try {
    return await boundedWait<Attempt<LinkClaims>>(
      { timeoutMs: waitMs, signal },
      {
        begin(settle) {
          readiness.watch(listener, abi.POLLIN, listen);
          for (const address of addresses) {
            const sent = send(sockets, sender, own.value, family, address, senders[address] ?? '::');
            if (sent < 0) settle(failed('send', errnoName(sent), errnoMessage(errnoName(sent))));
          }
          return () => readiness.unwatch(listener);
        },
        timedOut() {
          listen();
          return measured({ ownLinkAddress: own.value.linkAddress, senders, claims: [...claims.values()] });
        },
        interrupted: () => skipped('interrupted'),
      },
    );
  } finally {
    for (const descriptor of new Set([sender, listener])) sockets.close(descriptor);
  }
}

function send(sockets: NativeSockets, descriptor: number, own: OwnLink, family: 4 | 6, address: string, source: string): number {
  if (family === 4) {
    const to = encodeLinkSocketAddress(abi.ETH_P_ARP, own.index, BROADCAST_LINK_ADDRESS);
    return sockets.sendTo(descriptor, encodeArpProbe(own.linkAddress, address), to);
  }
  const { packet, linkDestination } = encodeNeighborSolicitation(source, own.linkAddress, address);
  return sockets.sendTo(descriptor, packet, encodeLinkSocketAddress(abi.ETH_P_IPV6, own.index, linkDestination));
}

/**
 * From our link-local address an answer comes to us alone, and somebody who only wants to have the address is not kept from it. The
 * link-local address itself is asked for from nobody: whoever had it too would send the answer to themselves.
 */
function sourceOf(name: string, family: 4 | 6, address: string): string {
  if (family === 4) return '0.0.0.0';
  const local = localInterfaces()?.[name]?.find((entry) => entry.family === 'IPv6' && /^fe80:/i.test(entry.address))?.address;
  return local === undefined || local.toLowerCase() === address.toLowerCase() ? '::' : local;
}

/** Index and link address of an interface that has neighbours. `struct ifreq`: 16 bytes of name, then the answer. */
function ownLink(sockets: NativeSockets, name: string): Attempt<OwnLink> {
  const flags = interfaceRequest(sockets, name, abi.SIOCGIFFLAGS);
  const index = interfaceRequest(sockets, name, abi.SIOCGIFINDEX);
  const hardware = interfaceRequest(sockets, name, abi.SIOCGIFHWADDR);
  if (flags === null || index === null || hardware === null) return unavailable('link', `there is no interface ${name}`);
  const bits = flags.getUint16(16, true);
  const linkAddress = linkAddressOf(hardware);
  if (linkAddress === null || (bits & WITHOUT_NEIGHBOURS) !== 0) return unavailable('link', `${name} is no link with neighbours`);
  if ((bits & abi.IFF_UP) === 0 || (bits & abi.IFF_RUNNING) === 0) return unavailable('link', `${name} is not up`);
  return measured({ index: index.getInt32(16, true), linkAddress });
}

function linkAddressOf(answer: DataView): string | null {
  if (answer.getUint16(16, true) !== abi.ARPHRD_ETHER) return null;
  return linkAddressText(new Uint8Array(answer.buffer, answer.byteOffset + 18, 6));
}

/** Those of every interface here: a machine with two of them on one link answers through both. */
async function ownLinkAddresses(sockets: NativeSockets): Promise<ReadonlySet<string>> {
  const text = (await readSystemFile('/proc/net/dev')) ?? '';
  const names = text.split('\n').flatMap((line) => /^\s*([^\s:|]+):/.exec(line)?.[1] ?? []);
  return new Set(
    names.flatMap((name) => {
      const answer = interfaceRequest(sockets, name, abi.SIOCGIFHWADDR);
      return answer === null ? [] : (linkAddressOf(answer) ?? []);
    }),
  );
}

function interfaceRequest(sockets: NativeSockets, name: string, request: number): DataView | null {
  const descriptor = sockets.socket(abi.AF_INET, abi.SOCK_DGRAM, 0);
  if (descriptor < 0) return null;
  try {
    const argument = new Uint8Array(40);
    argument.set(new TextEncoder().encode(name).subarray(0, 15));
    return sockets.control(descriptor, request, argument) < 0 ? null : new DataView(argument.buffer);
  } finally {
    sockets.close(descriptor);
  }
}

/** Sender and listener: one packet socket for ARP, which hears nothing before it is bound to its link. */
function openForArp(sockets: NativeSockets, { index }: OwnLink): Attempt<[number, number]> {
  const descriptor = sockets.socket(abi.AF_PACKET, abi.SOCK_DGRAM, 0);
  if (descriptor < 0) return refusal(descriptor);
  const bound = sockets.bind(descriptor, encodeLinkSocketAddress(abi.ETH_P_ARP, index, null));
  if (bound >= 0) return measured([descriptor, descriptor]);
  sockets.close(descriptor);
  return refusal(bound);
}

/**
 * A packet socket that only sends, since it would be handed every IPv6 packet of the link; and a raw one that is handed neighbour
 * advertisements alone, with their checksums verified.
 */
function openForNeighbors(sockets: NativeSockets, name: string): Attempt<[number, number]> {
  const sender = sockets.socket(abi.AF_PACKET, abi.SOCK_DGRAM, 0);
  if (sender < 0) return refusal(sender);
  const listener = sockets.socket(abi.AF_INET6, abi.SOCK_RAW, abi.IPPROTO_ICMPV6);
  if (listener < 0) {
    sockets.close(sender);
    return refusal(listener);
  }
  const blocked = new Uint32Array(8).fill(0xffffffff);
  blocked[NEIGHBOR_ADVERTISEMENT >> 5] = ~(1 << (NEIGHBOR_ADVERTISEMENT & 31));
  const results = [
    sockets.setOption(listener, abi.IPPROTO_ICMPV6, abi.ICMPV6_FILTER, new Uint8Array(blocked.buffer)),
    sockets.setOption(listener, abi.IPPROTO_IPV6, abi.IPV6_RECVHOPLIMIT, 1),
    sockets.setOption(listener, abi.SOL_SOCKET, abi.SO_BINDTODEVICE, new TextEncoder().encode(`${name}\0`)),
  ];
  const refused = results.find((result) => result < 0);
  if (refused === undefined) return measured([sender, listener]);
  sockets.close(sender);
  sockets.close(listener);
  return refusal(refused);
}

const RIGHTS: ReadonlySet<string> = new Set(['EPERM', 'EACCES']);

function refusal(result: number): Attempt<never> {
  const code = errnoName(result);
  if (RIGHTS.has(code)) return unavailable('root', 'only root (CAP_NET_RAW) may ask the neighbours on a link');
  return failed('configure', code, errnoMessage(code));
}

function arpClaim({ bytes }: NativeMessage): Omit<Claim, 'count'> | null {
  const packet = parseArp(bytes);
  return packet.ok ? { address: packet.value.senderAddress, linkAddress: packet.value.senderLinkAddress, asHolder: true } : null;
}

function neighborClaim({ bytes, control }: NativeMessage): Omit<Claim, 'count'> | null {
  if (parseControlMessages(control).ttl !== NEIGHBOR_HOP_LIMIT) return null;
  const told = parseNeighborAdvertisement(bytes);
  if (!told.ok || told.value.linkAddress === null) return null;
  return { address: told.value.address, linkAddress: told.value.linkAddress, asHolder: told.value.overrides };
}
