import type { Measurement } from '../../model/measurement.js';
import type { Track } from './packets.js';

/** Who stands behind whom: the gateways and targets of a run, and what was sent to each. Pure. */
export interface Places {
  /** By echo. */
  gateways: readonly Track[];
  /** Of this machine, by questions; one can be a gateway besides. */
  resolvers: readonly Track[];
  /** At the address that was chosen for each; another family of a target is another way. */
  targets: readonly { target: string; tracks: readonly Track[] }[];
  /** Address of the gateway on the way to a target, with its zone where it has one; `null`: it is on the link, or the way is not known. */
  gatewayOf(target: string): string | null;
  /** Interface on the way to a target, `null` where it is not known. */
  interfaceOf(target: string | null): string | null;
}

export function placesOf(tracks: readonly Track[], measurements: readonly Measurement[]): Places {
  const lookups = measurements.filter((made) => made.probe === 'route-lookup');
  const chosen = new Map(lookups.flatMap(({ target, data }) => (target === null || data.address === null ? [] : [[target, data.address]])));
  const names = [...new Set(tracks.flatMap(({ target }) => target ?? []))];
  return {
    gateways: tracks.filter(({ target, method }) => target === null && method === 'icmp'),
    resolvers: tracks.filter(({ method }) => method === 'dns'),
    targets: names.map((target) => {
      const own = tracks.filter((track) => track.target === target);
      const address = chosen.get(target) ?? own[0]?.address;
      return { target, tracks: own.filter((track) => track.address === address) };
    }),
    gatewayOf(target) {
      const way = lookups.find((made) => made.target === target)?.data;
      if (way === undefined || way.gateway === null) return null;
      return way.interface !== null && /^fe80:/i.test(way.gateway) ? `${way.gateway}%${way.interface}` : way.gateway;
    },
    interfaceOf(target) {
      return (lookups.find((made) => target === null || made.target === target)?.data.interface ?? null) as string | null;
    },
  };
}
