import type { LocalSystem } from '../../net/port.js';
import type { Interface } from './reading.js';

/** Links whose driver knows a speed; of a virtual one it would be made up. */
const WITH_SPEED: ReadonlySet<string> = new Set(['ethernet', 'wireless', 'infiniband', 'bond', 'team', 'cellular']);
/** Machines with more are switches: their ports are listed without speed. */
const LINK_LIMIT = 32;

/**
 * Speed, duplex and radios from /sys/class/net. It shows the namespace that it was mounted in: a link counts as ours only where its index is
 * the same.
 */
export async function withLinkFiles(interfaces: readonly Interface[], local: LocalSystem): Promise<Interface[]> {
  const chosen = new Set(interfaces.filter((link) => link.kind !== null && WITH_SPEED.has(link.kind)).slice(0, LINK_LIMIT));
  return Promise.all(interfaces.map((link) => (chosen.has(link) ? withFiles(link, local) : link)));
}

async function withFiles(link: Interface, local: LocalSystem): Promise<Interface> {
  const read = async (file: string) => {
    const text = await local.file(`/sys/class/net/${link.name}/${file}`, 4096);
    return text.kind === 'measured' ? text.value.trim() : null;
  };
  const [index, uevent, speed, duplex] = await Promise.all([
    read('ifindex'),
    read('uevent'),
    link.up === true ? read('speed') : null,
    link.up === true ? read('duplex') : null,
  ]);
  if (link.index === null || index !== String(link.index)) return link;
  const speedMbit = /^\d{1,9}$/.test(speed ?? '') ? Number(speed) : null;
  const device = /^DEVTYPE=(\w+)$/m.exec(uevent ?? '')?.[1];
  const known = speedMbit !== null && speedMbit > 0 && speedMbit < UNKNOWN_SPEED;
  return {
    ...link,
    kind: device === 'wlan' ? 'wireless' : device === 'wwan' ? 'cellular' : link.kind,
    speedMbit: known ? speedMbit : null,
    duplex: known && (duplex === 'full' || duplex === 'half') ? duplex : null,
    source: `${link.source}, /sys/class/net/${link.name}`,
  };
}

/** `SPEED_UNKNOWN` is -1, which some drivers hand on as 65535 or as an unsigned number. */
const UNKNOWN_SPEED = 4_294_967_295;
