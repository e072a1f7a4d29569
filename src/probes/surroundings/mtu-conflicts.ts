import type { DataOf } from '../../model/measurement.js';
import { isContainerBridge, isEmptyBridge } from './local-networks.js';

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Conflict = DataOf<'surroundings'>['mtuConflicts'][number];

/** What a tunnel puts in front of each packet at least: over IPv4, where WireGuard needs 60 bytes, and VXLAN 50. */
const OVERHEAD_BYTES: Readonly<Record<string, number>> = { wireguard: 60, vxlan: 50, geneve: 50, gre: 24, ipip: 20 };

/** Without an interface below, Cilium and Open vSwitch make them, with a size of their own choice: routes and ports bound the packets there. */
const SET_BY_ROUTES: ReadonlySet<string> = new Set(['vxlan', 'geneve']);

/**
 * Interfaces whose packets are too large for what carries them. OpenVPN and other programs behind a `tun` cut packets up themselves: theirs
 * says nothing.
 */
export function mtuConflictsOf(host: Host): Conflict[] {
  const uplink = uplinkOf(host);
  const byName = new Map(host.interfaces.map((link) => [link.name, link]));
  return host.interfaces.flatMap((link): Conflict[] => {
    if (link.mtuBytes === null || link.up === false) return [];
    const found: Conflict[] = [];
    const conflict = (against: Interface, kind: Conflict['kind'], fitsBytes: number) =>
      found.push({
        interface: link.name,
        mtuBytes: link.mtuBytes ?? 0,
        against: against.name,
        againstMtuBytes: against.mtuBytes ?? 0,
        kind,
        fitsBytes,
      });

    const isOther = uplink !== null && uplink.name !== link.name && uplink.master !== link.name;
    if (isOther && uplink.mtuBytes !== null && isJudgedBridge(link, host.interfaces) && link.mtuBytes > uplink.mtuBytes)
      conflict(uplink, 'bridge-over-uplink', uplink.mtuBytes);

    const overhead = OVERHEAD_BYTES[link.kind ?? ''];
    const parent = link.parent === null ? undefined : byName.get(link.parent);
    const below = parent ?? (isOther && !SET_BY_ROUTES.has(link.kind ?? '') ? uplink : null);
    if (overhead !== undefined && below?.mtuBytes != null && below.name !== link.name && link.mtuBytes + overhead > below.mtuBytes)
      conflict(below, 'tunnel-over-uplink', below.mtuBytes - overhead);

    if (link.kind === 'bridge') {
      const ports = host.interfaces.filter((port) => port.master === link.name && port.mtuBytes !== null && port.up !== false);
      const sizes = ports.map((port) => port.mtuBytes ?? 0);
      const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
      const narrow = ports.find((port) => port.mtuBytes === smallest);
      if (ports.length > 1 && largest > smallest && narrow !== undefined)
        found.push({
          interface: link.name,
          mtuBytes: largest,
          against: narrow.name,
          againstMtuBytes: smallest,
          kind: 'ports-of-bridge',
          fitsBytes: smallest,
        });
    }
    return found;
  });
}

/**
 * Whether the MTU of a bridge is held against the uplink: not that of networks that lead nowhere but to this machine, and not that of a
 * bridge with nothing on it, which has 1500 until the first container brings the size that its engine was given.
 */
export function isJudgedBridge(link: Interface, interfaces: Host['interfaces']): boolean {
  return isContainerBridge(link) && !isEmptyBridge(link, interfaces) && !/^(vboxnet|vmnet)/.test(link.name);
}

/** The interface of the default route, that of IPv4 first and of the lowest metric: what containers go out by. */
export function uplinkOf(host: Host): Interface | null {
  const routes = [...host.defaultRoutes].sort((a, b) => a.family - b.family || (a.metric ?? 0) - (b.metric ?? 0));
  return host.interfaces.find(({ name }) => name === routes[0]?.interface) ?? null;
}
