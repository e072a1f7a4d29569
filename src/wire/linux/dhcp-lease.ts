/**
 * Leases that DHCP clients write down: ISC dhclient (dhclient.leases(5)) and systemd-networkd (files in /run/systemd/netif/leases).
 * A file that is none gives no lease. Nothing here throws.
 */

export interface DhcpLease {
  interface: string | null;
  address: string;
  server: string | null;
  lifetimeSeconds: number | null;
  /** When the client asks any server for another one (T2, RFC 2131). */
  rebindSeconds: number | null;
  /** ISO 8601 in UTC; `null`: never, or not told. */
  expiresAt: string | null;
}

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
/** Clients add a lease to the file at each renewal: the last one of each interface counts. */
const MAXIMUM_LEASES = 10_000;

/** `dhclient.leases`: the last lease of each interface. */
export function parseDhclientLeases(text: string): DhcpLease[] {
  const leases = new Map<string | null, DhcpLease>();
  let read = 0;
  for (const [, block = ''] of text.matchAll(/^[ \t]*lease[ \t]*\{([^{}]*)\}/gm)) {
    if (++read > MAXIMUM_LEASES) break;
    const statement = (name: string) => new RegExp(`^[ \\t]*${name}[ \\t]+([^;\\n]+);`, 'm').exec(block)?.[1]?.trim() ?? null;
    const address = statement('fixed-address');
    if (address === null || !ADDRESS.test(address)) continue;
    const link = statement('interface')?.replace(/^"(.*)"$/, '$1') ?? null;
    const seconds = (name: string) => secondsOf(statement(`option ${name}`));
    leases.delete(link);
    leases.set(link, {
      interface: link,
      address,
      server: addressOrNull(statement('option dhcp-server-identifier')),
      lifetimeSeconds: seconds('dhcp-lease-time'),
      rebindSeconds: seconds('dhcp-rebinding-time'),
      expiresAt: timeOf(statement('expire')),
    });
  }
  return [...leases.values()];
}

/** `expire 2 2026/11/24 10:11:12;` in UTC, `expire epoch 1795428672; # …`, `expire never;` */
function timeOf(text: string | null): string | null {
  const [, epoch] = /^epoch (\d{1,12})$/.exec(text ?? '') ?? [];
  const [, date, time] = /^\d (\d{4}\/\d{2}\/\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text ?? '') ?? [];
  const at =
    epoch !== undefined ? Number(epoch) * 1000 : date !== undefined ? Date.parse(`${date.replaceAll('/', '-')}T${time}Z`) : Number.NaN;
  return Number.isNaN(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}

/** A lease of systemd-networkd: `NAME=VALUE` lines; the file is named by the index of its link. */
export function parseNetworkdLease(text: string): DhcpLease | null {
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const address = value('ADDRESS');
  if (address === null || !ADDRESS.test(address)) return null;
  return {
    interface: null,
    address,
    server: addressOrNull(value('SERVER_ADDRESS')),
    lifetimeSeconds: secondsOf(value('LIFETIME')),
    rebindSeconds: secondsOf(value('T2')),
    expiresAt: null,
  };
}

function addressOrNull(text: string | null): string | null {
  return text !== null && ADDRESS.test(text) ? text : null;
}

/** Seconds, newer networkd with a unit: `3600`, `1h`, `52min 30s`; `null` for "infinity", and for anything else. */
function secondsOf(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d{1,10}$/.test(text)) return Number(text) === 0xffffffff ? null : Number(text);
  const units: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, min: 60, s: 1 };
  let seconds = 0;
  for (const part of text.split(' ')) {
    const [, number, unit] = /^(\d{1,10})(w|d|h|min|s)$/.exec(part) ?? [];
    if (number === undefined || unit === undefined) return null;
    seconds += Number(number) * (units[unit] ?? 0);
  }
  return seconds;
}
