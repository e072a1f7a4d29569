import ipaddr from 'ipaddr.js';
import type { DataOf } from '../../model/measurement.js';
import type { HostOptions } from '../../model/probe-options.js';
import { addressFamily } from '../../model/target.js';
import type { KnownTarget } from '../machine-probe.js';

/** Questions to one address are three, as in RFC 5227; it waits seconds between them, for which there is no time here. */
export const ROUNDS = 3;
/** A neighbour answers within a millisecond, one whose radio sleeps within a tenth of a second or two. Four rounds stay below 700 ms. */
export const ROUND_MS = 170;
/** More are not asked for: each is a broadcast. */
export const ADDRESS_LIMIT = 8;
/** Temporary addresses (RFC 8981) pile up on an interface. */
const IPV6_LIMIT = 3;

export interface Question {
  interface: string;
  family: 4 | 6;
  address: string;
  owner: 'self' | 'gateway';
}

type Host = DataOf<'host'>;

/** Which addresses are asked for, those on the ways out first. Pure. */
export function questionsOf(
  host: Host,
  targets: readonly KnownTarget[],
  scope: HostOptions['scope'],
): { questions: Question[]; leftOut: number } {
  const ways = targets.flatMap(({ way }) => (way === null || way.loopback !== false ? [] : [way]));
  const used = new Set(ways.length > 0 ? ways.map((way) => way.interface) : host.defaultRoutes.map((route) => route.interface));
  const onWays = ways.flatMap(({ interface: name, source, gateway }) =>
    name === null ? [] : [...question(name, source, 'self'), ...question(name, gateway, 'gateway')],
  );
  const links = host.interfaces.filter(({ up, carrier, loopback }) => up === true && carrier !== false && !loopback);
  const inOrder = [...links.filter(({ name }) => used.has(name)), ...links.filter(({ name }) => !used.has(name))];
  const gateways = host.defaultRoutes.flatMap((route) => question(route.interface, route.gateway, 'gateway'));
  // A name that was not resolved has no way yet: what it was asked by leaves, as a rule, by the default route.
  const unresolved = ways.length === 0 && targets.some(({ addresses }) => addresses.length === 0);
  const onDefaults = unresolved
    ? [
        ...inOrder
          .filter(({ name }) => used.has(name))
          .flatMap(ownQuestions)
          .filter(({ family }) => family === 4),
        ...gateways,
      ]
    : [];
  const all =
    scope === 'path'
      ? [...onWays, ...onDefaults]
      : [
          ...onWays,
          ...inOrder.filter(({ name }) => used.has(name)).flatMap(ownQuestions),
          ...gateways,
          ...inOrder.filter(({ name }) => !used.has(name)).flatMap(ownQuestions),
        ];
  const distinct = [...new Map(all.map((one) => [`${one.interface} ${one.address}`, one])).values()];
  return { questions: distinct.slice(0, ADDRESS_LIMIT), leftOut: Math.max(0, distinct.length - ADDRESS_LIMIT) };
}

function ownQuestions({ name, addresses }: Host['interfaces'][number]): Question[] {
  // The kernel itself asks for a tentative one, and does not use one that it found to be another's.
  const settled = addresses.filter(({ tentative, duplicate }) => tentative !== true && duplicate !== true);
  const ipv6 = settled.filter(({ family }) => family === 6);
  const wide = ipv6.filter(({ address }) => !isLinkLocal(address));
  const chosen = [
    ...settled.filter(({ family }) => family === 4),
    ...[...wide, ...ipv6.filter(({ address }) => isLinkLocal(address))].slice(0, IPV6_LIMIT),
  ];
  return chosen.flatMap(({ address }) => question(name, address, 'self'));
}

function question(name: string, text: string | null, owner: Question['owner']): Question[] {
  const address = text?.replace(/%.*$/, '') ?? '';
  const family = addressFamily(address);
  return family === null ? [] : [{ interface: name, family, address, owner }];
}

function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address);
}

/** For documentation (RFC 5737, RFC 3849): nobody has them. */
const NOBODYS = { 4: ['192.0.2.1', '198.51.100.1', '203.0.113.1'], 6: ['2001:db8:ffff:ffff::1', '3fff:fff:ffff:ffff::1'] } as const;

/** An address that nobody on this machine's links has; `null` where each of those that could be is in use there. */
export function nobodysAddress(host: Host, family: 4 | 6): string | null {
  const prefixes = host.interfaces.flatMap(({ addresses }) => addresses.filter((entry) => entry.family === family));
  const isOnLink = (candidate: string) =>
    prefixes.some(({ address, prefixLength }) => ipaddr.parse(candidate).match(ipaddr.parse(address.replace(/%.*$/, '')), prefixLength));
  return NOBODYS[family].find((candidate) => !isOnLink(candidate)) ?? null;
}
