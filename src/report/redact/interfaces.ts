import { linkAddressPseudonym } from './link-addresses.js';
import type { Pseudonyms } from './pseudonyms.js';

/**
 * Names that systems give by themselves, by kind, slot and number, so that they say nothing of whose they are: of Linux (systemd.net-naming-scheme(7),
 * drivers, container engines), macOS and Windows.
 */
const GIVEN_BY_SYSTEM = [
  /^(?:lo|eth|en|em|p\d{1,2}p|wlan|wl|wwan|ww|ib|usb|rmnet|docker|virbr|lxcbr|lxdbr|incusbr|podman|cni|cni-podman|vmbr|br|bond|team|dummy|ifb|tun|tap|utun|wg|ppp|sit|gre|gretap|erspan|ipip|tunl|ip6tnl|ip6gre|ip_vti|ip6_vti|vti|vxlan|geneve|macvlan|macvtap|ipvlan|vlan|veth|vmnet|vboxnet|awdl|llw|ap|anpi|bridge|gif|stf|pktap|tailscale|wsl|can|nlmon|flannel\.|cilium_(?:net|host|vxlan))\d{0,5}(?:\.\d{1,4}|:\d{1,3}|@if\d{1,5})?$/,
  /^(?:en|wl|ww|ib|sl)(?:o\d{1,3}|s\d{1,3}(?:f\d{1,2})?|(?:P\d{1,5})?p\d{1,3}s\d{1,3}(?:f\d{1,2})?)(?:d\d{1,2}|np\d{1,2}|n\d{1,2}|v\d{1,3}|u\d{1,2}){0,4}(?:\.\d{1,4})?$/i,
  /^(?:Ethernet|Wi-Fi|WiFi|Bluetooth Network Connection|Local Area Connection\*?|Loopback Pseudo-Interface|vEthernet \((?:WSL|Default Switch|nat|WSL \(Hyper-V firewall\))\))(?: \d{1,3})?$/,
];

/** Made of an address: `enx001122334455`. */
const OF_LINK_ADDRESS = /^(en|wl|ww)x([0-9a-f]{12})$/i;

/** The kind that many names begin with; what follows is a number, a network's identifier or a choice of somebody's. */
const KIND = /^(wg|tun|tap|br|veth|vlan|bond|team|vxlan|ppp|docker|cali|lxc|zt|vmnet|wl|en|eth|macvlan|dummy)(?=[-_.0-9a-f])/i;

/** Whether the system names interfaces so by itself. */
export function isGivenBySystem(name: string): boolean {
  return GIVEN_BY_SYSTEM.some((pattern) => pattern.test(name));
}

/** A name that a person chose, or that is made of an identifier, by a pseudonym that keeps the kind: `wg-3k7q2m`, `if-3k7q2m`. */
export function interfacePseudonym(name: string, pseudonyms: Pseudonyms): string {
  if (name === '' || isGivenBySystem(name)) return name;
  const [, bus, digits] = OF_LINK_ADDRESS.exec(name) ?? [];
  if (bus !== undefined && digits !== undefined) return `${bus}x${linkAddressPseudonym(digits, pseudonyms)}`;
  const kind = KIND.exec(name)?.[1]?.toLowerCase() ?? 'if';
  pseudonyms.count('interface', name);
  return pseudonyms.word(kind, name);
}
