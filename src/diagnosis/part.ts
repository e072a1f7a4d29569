import type { Check } from '../model/report.js';

/** Which of several parts of this machine or its network a line is about, by its id. */
export interface Part {
  interface?: string;
  gateway?: string;
  /** An address of this machine. */
  address?: string;
}

/** `null` for lines about the machine as a whole, and for those about a target. */
export function partOf({ id, target, title, observed }: Pick<Check, 'id' | 'target' | 'title' | 'observed'>): Part | null {
  if (target !== null) return null;
  // The link that the machine depends on has no name in its id.
  const own =
    id === 'l2.interface'
      ? /^(\S+) is down$/.exec(observed ?? '')
      : /^l(1\.carrier|2\.(address|lease))$/.test(id)
        ? /^(\S+) (?:carrier|address|lease)$/.exec(title)
        : null;
  if (own?.[1] !== undefined) return { interface: own[1] };
  const [, kind, name] = /^(l\d\.[\w-]+)@([^/]+)/s.exec(id) ?? [];
  if (kind === undefined || name === undefined) return null;
  if (/^(l1\.(carrier|wireless)|l2\.(interface|address|lease|counters)|l3\.bridge-mtu)$/.test(kind)) return { interface: name };
  if (kind === 'l2.duplicate') return { address: name };
  if (kind !== 'l3.gateway' && kind !== 'l2.gateway-claims') return null;
  const zone = name.split('%')[1];
  return { gateway: withoutZone(name), ...(zone === undefined ? {} : { interface: zone }) };
}

/** `fe80::1` for `fe80::1%eth0` (RFC 4007). */
export function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? address;
}
