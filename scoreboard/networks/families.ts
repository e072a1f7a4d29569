import type { Layout } from '../../test/netns/network.js';
import type { ScoreboardNetwork } from '../network.js';

export type Family = 4 | 6;

export const isIPv6 = (address: string): boolean => /^[0-9a-f]*:[0-9a-f:.]+(\/\d+)?$/i.test(address);
const isIPv4 = (address: string): boolean => /^\d+(\.\d+){3}(\/\d+)?$/.test(address);

/** The network with addresses of one family alone: on interfaces, in routes, of resolvers and in what the services know. */
export function ofFamily(family: Family, network: ScoreboardNetwork): ScoreboardNetwork {
  const wanted = (address: string): boolean => (family === 4 ? !isIPv6(address) : !isIPv4(address));
  const lists = (by: Readonly<Record<string, readonly string[]>> = {}, words = false) =>
    Object.fromEntries(
      Object.entries(by).map(([host, list]) => [host, list.filter((one) => (words ? one.split(' ').every(wanted) : wanted(one)))]),
    );
  const { layout } = network;
  const links = (layout.links ?? []).map((link) => {
    const [a, b] = link.ends;
    return {
      ...link,
      ends: [
        { ...a, addresses: (a.addresses ?? []).filter(wanted) },
        { ...b, addresses: (b.addresses ?? []).filter(wanted) },
      ] as const,
    };
  });
  const changed: Layout = {
    ...layout,
    links,
    loopback: lists(layout.loopback),
    routes: lists(layout.routes, true),
    resolvers: lists(layout.resolvers),
  };
  return { ...network, layout: changed, services: without(network.services, wanted) };
}

/** Takes addresses out of all lists of strings in it. */
function without<Value>(value: Value, wanted: (address: string) => boolean): Value {
  if (Array.isArray(value)) return value.filter((one) => typeof one !== 'string' || wanted(one)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one, wanted)])) as Value;
}
