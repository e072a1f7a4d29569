import type { SettingRule } from '../../model/kernel-settings.js';
import type { DataOf } from '../../model/measurement.js';
import { isContainerBridge, isEmptyBridge, isTunnel } from '../surroundings/local-networks.js';
import { describeSetting, type Setting } from './plan.js';

/** What is wanted of a setting because of the links and routes of this machine, whatever the profile. */

type Host = Pick<DataOf<'host'>, 'interfaces' | 'defaultRoutes'>;

/** Interfaces with their own values that are read at most: a host of containers has hundreds, and none of those has a default route. */
const MAXIMUM_INTERFACES = 8;

/** Those of the default routes. A name that could lead elsewhere in a path is none. */
export function interfacesToAsk({ defaultRoutes }: Host): string[] {
  const names = new Set(defaultRoutes.map((route) => route.interface));
  return [...names].filter((name) => !name.includes('/') && !name.startsWith('.')).slice(0, MAXIMUM_INTERFACES);
}

/**
 * With default routes over two links an answer can come in by the other one; the strict filter of the kernel (RFC 3704) drops it. A tunnel
 * is none of the two: what carries it has a route of its own to the other end.
 */
export function sourceValidationRule({ interfaces, defaultRoutes }: Host, all: string | null): SettingRule | undefined {
  const tunnels = new Set(interfaces.filter(isTunnel).map(({ name }) => name));
  const names = defaultRoutes.filter(({ family }) => family === 4).map((route) => route.interface);
  const links = new Set(names.filter((name) => !tunnels.has(name)));
  // The larger one of an interface's own and that for all counts (ip-sysctl).
  if (links.size < 2 || all === '2') return undefined;
  return {
    wanted: { kind: 'one-of', values: all === '1' ? ['2'] : ['0', '2'], set: '2' },
    because: `default routes over ${links.size} links: the strict filter drops what comes in by the other one (RFC 3704, ip-sysctl)`,
  };
}

/** Of libvirt only the default network is known to lead out: others are isolated as often. */
const ISOLATED = /^(virbr[1-9]\d*|vboxnet\d+|vmnet\d+)$/;

/** `net.ipv4.ip_forward` anew, where something is on a bridge of containers that leads out; `null` where none does. */
export function bridgeSetting(
  { interfaces }: Host,
  settings: readonly Setting[],
  kernel: Parameters<typeof describeSetting>[1],
): Setting | null {
  const bridge = interfaces.find(
    (link) =>
      isContainerBridge(link) &&
      !ISOLATED.test(link.name) &&
      link.up === true &&
      !isEmptyBridge(link, interfaces) &&
      link.addresses.some(({ family }) => family === 4),
  );
  const setting = settings.find(({ name }) => name === 'net.ipv4.ip_forward');
  if (bridge === undefined || setting === undefined) return null;
  const { name, topic, machineWide, value, source } = setting;
  const because = `what is behind the bridge ${bridge.name} gets nowhere else without it`;
  return describeSetting(
    { setting: { name, topic, machineWide }, value, source, rule: { wanted: { kind: 'one-of', values: ['1'], set: '1' }, because } },
    kernel,
  );
}

/**
 * A link that forwards takes no router's word any more unless `accept_ra` is 2 (ip-sysctl). Only where that shows: it has a global address
 * of IPv6, takes announcements, and there is no default route. Services that listen to routers themselves set it to 0.
 */
export function routerAdvertisementRule(
  { interfaces, defaultRoutes }: Host,
  link: string,
  forwarding: string | null,
): SettingRule | undefined {
  const entry = interfaces.find(({ name }) => name === link);
  const global = entry?.addresses.some(({ family, address }) => family === 6 && /^[23]/.test(address)) ?? false;
  if (forwarding !== '1' || !global || defaultRoutes.some(({ family }) => family === 6)) return undefined;
  return {
    wanted: { kind: 'one-of', values: ['0', '2'], set: '2' },
    because: `${link} forwards, so it no longer learns its IPv6 default route from the router (ip-sysctl, accept_ra)`,
  };
}
