import { z } from 'zod';

/** What takes care of the links of a machine; `wicked` is that of SUSE. */
export const networkManagerName = z.enum(['NetworkManager', 'systemd-networkd', 'ifupdown', 'dhcpcd', 'connman', 'wicked']);

/** Shape of: whose tools set this machine up, and what its user may do. For commands that people are given. */
export const management = z.strictObject({
  /** By `ID` and `ID_LIKE` of os-release; `other`: none of these. `null`: not told, or no Linux. */
  distribution: z.enum(['debian', 'fedora', 'suse', 'arch', 'alpine', 'other']).nullable(),
  /** Whether systemd runs the services; `null`: no Linux. */
  systemd: z.boolean().nullable(),
  /** Whether this user is root; `null`: the platform has no such thing. */
  root: z.boolean().nullable(),
  /** Whether netplan writes the configuration of what manages the links. */
  netplan: z.boolean(),
  /** Of each link for which it is known. */
  links: z.array(z.strictObject({ interface: z.string(), manager: networkManagerName, source: z.string() })),
});
