import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Attempt, failed, measured } from '../../src/model/attempt.js';
import type { LocalSystem } from '../../src/net/local-port.js';

/**
 * One namespace with many kinds of links, addresses, routes and rules, recorded twice at the same moment: as the kernel's own messages, and
 * as iproute2 6.1 prints them. See test/machines/links-linux-6.18.
 */
const FOLDER = fileURLToPath(new URL('../machines/links-linux-6.18/', import.meta.url));

export type Listing = 'links' | 'addresses' | 'routes' | 'rules' | 'neighbors';

const MESSAGES: Readonly<Record<Listing, string[]>> = JSON.parse(readFileSync(`${FOLDER}netlink.json`, 'utf8'));

/** By command line. */
export const TOOLS: Readonly<Record<string, string>> = JSON.parse(readFileSync(`${FOLDER}tools.json`, 'utf8'));

/** Messages of the kernel, each with its header. */
export function listed(what: Listing): Uint8Array[] {
  return MESSAGES[what].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));
}

const REQUESTS: ReadonlyMap<number, Listing> = new Map([
  [18, 'links'],
  [22, 'addresses'],
  [26, 'routes'],
  [30, 'neighbors'],
  [34, 'rules'],
]);

/** Answers each list as it was recorded; `refused` ones with the errno of a kernel or sandbox that has none. */
export function recordedNetlink(refused: Partial<Record<Listing, string>> = {}): LocalSystem['netlink'] {
  return async (_, request): Promise<Attempt<Uint8Array[]>> => {
    const what = REQUESTS.get(new DataView(request.buffer, request.byteOffset).getUint16(4, true));
    const errno = what === undefined ? 'EOPNOTSUPP' : refused[what];
    return what === undefined || errno !== undefined
      ? failed('request', errno ?? 'EOPNOTSUPP', `netlink: ${errno}`)
      : measured(listed(what));
  };
}

/** Leases as their clients write them: dhclient.leases(5), and systemd-networkd's (lines of version 252, with its units of time). */
export const LEASES = {
  dhclient: `# The format of this file is documented in the dhclient.leases(5) manual page.
authoring-byte-order little-endian;

lease {
  interface "eth0";
  fixed-address 192.0.2.41;
  option subnet-mask 255.255.255.0;
  option routers 192.0.2.1;
  option dhcp-lease-time 3600;
  option dhcp-message-type 5;
  option domain-name-servers 192.0.2.53,198.51.100.53;
  option dhcp-server-identifier 192.0.2.1;
  option domain-name "example.net";
  renew 3 2026/11/18 09:20:11;
  rebind 3 2026/11/18 09:47:12;
  expire 3 2026/11/18 09:54:42;
}
lease {
  interface "eth0";
  fixed-address 192.0.2.42;
  option dhcp-lease-time 7200;
  option dhcp-rebinding-time 6300;
  option dhcp-server-identifier 192.0.2.1;
  renew 0 2026/11/22 06:20:11;
  rebind 0 2026/11/22 06:50:12;
  expire 0 2026/11/22 07:00:00;
}
lease {
  interface "eth1";
  fixed-address 198.51.100.7;
  option dhcp-lease-time 4294967295;
  expire never;
}
lease {
  interface "eth2";
  fixed-address 203.0.113.7;
  expire epoch 1795330800; # Sun Nov 22 07:00:00 2026
}
`,
  networkd: `# This is private data. Do not parse.
ADDRESS=192.0.2.43
NETMASK=255.255.255.0
ROUTER=192.0.2.1
SERVER_ADDRESS=192.0.2.1
NEXT_SERVER=192.0.2.1
T1=30min
T2=52min 30s
LIFETIME=1h
DNS=192.0.2.53
CLIENTID=ff0000000000000000000000000000000000
`,
} as const;
