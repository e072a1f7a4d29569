/**
 * Reader of `ifconfig -aLv` of macOS, which shows every link with its addresses. Formats: ifconfig.c, af_inet.c, af_inet6.c, ifmedia.c,
 * ifvlan.c, ifbond.c and ifbridge.c of Apple's network_cmds; what `-L` (lifetimes) and `-v` (index, type, rate) add may be missing. A line
 * that does not parse is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';

export interface DarwinAddress {
  family: 4 | 6;
  /** Without its zone. */
  address: string;
  prefixLength: number;
  /** The other end of a point-to-point link. */
  peer: string | null;
  /** Words behind the address: `tentative`, `duplicated`, `deprecated`, `detached`, `autoconf`, `temporary`, `dynamic`, `secured`, `clat46`, … */
  marks: string[];
  /** Seconds; `null`: without end, or not told. */
  preferredSeconds: number | null;
  validSeconds: number | null;
}

export interface DarwinLink {
  name: string;
  /** `null` without `-v`. */
  index: number | null;
  /** `UP`, `RUNNING`, `LOOPBACK`, `POINTOPOINT`, … (`IFFBITS`). */
  flags: string[];
  mtuBytes: number | null;
  linkAddress: string | null;
  addresses: DarwinAddress[];
  /** There is a line of an address that does not parse: the list has a gap. */
  unreadAddress: boolean;
  /** Of the medium (`IFM_ACTIVE`); `null`: the link has no medium that tells. */
  active: boolean | null;
  /** As it is written: `autoselect (1000baseT <full-duplex>)`. */
  media: string | null;
  /** Of the medium in use; `null` where it names no rate, as Wi-Fi does not. */
  speedMbit: number | null;
  fullDuplex: boolean | null;
  /** `Wi-Fi`, `Ethernet`, `USB Ethernet`, `IP over Thunderbolt`, `Cellular`, …; `null` without `-v`, and where ifconfig has no word for it. */
  type: string | null;
  /** What the driver believes that the link carries, outwards; `null` where it says nothing. */
  rateMbit: number | null;
  vlan: { tag: number; parent: string } | null;
  /** Members of a bridge, or of a bond. */
  members: string[];
}

/** Radios beside the one that joins networks (AirDrop, the own access point), which share its hardware, and links inside the machine. */
export function isBesideRadio(name: string): boolean {
  return /^(awdl|llw|ap|nan|p2p|anpi)\d/.test(name);
}

/** More than any machine has; what comes behind is left out. */
const LONGEST_LIST = 4096;

/** The links in the order of the output. */
export function parseIfconfig(text: string): DarwinLink[] {
  const links: DarwinLink[] = [];
  let link: DarwinLink | null = null;
  for (const line of text.split('\n')) {
    const head = /^([A-Za-z][\w.-]{0,31}): flags=[0-9a-f]{1,16}<([\w,]*)>(.*)$/.exec(line);
    if (head !== null) {
      if (links.length >= LONGEST_LIST) break;
      link = newLink(head[1] ?? '', head[2] ?? '', head[3] ?? '');
      links.push(link);
    } else if (link !== null && /^\s/.test(line)) readDetail(link, line.trim());
    else link = null;
  }
  return links;
}

function newLink(name: string, flags: string, rest: string): DarwinLink {
  return {
    name,
    index: wholeNumber(/ index (\d+)/.exec(rest)?.[1]),
    flags: flags === '' ? [] : flags.split(','),
    mtuBytes: wholeNumber(/ mtu (\d+)/.exec(rest)?.[1]),
    linkAddress: null,
    addresses: [],
    unreadAddress: false,
    active: null,
    media: null,
    speedMbit: null,
    fullDuplex: null,
    type: null,
    rateMbit: null,
    vlan: null,
    members: [],
  };
}

function readDetail(link: DarwinLink, line: string): void {
  const [word = '', second = ''] = line.split(/\s+/, 2);
  switch (word) {
    case 'inet':
    case 'inet6': {
      const address = readAddress(line.split(/\s+/));
      if (address === null) link.unreadAddress = true;
      else if (link.addresses.length < LONGEST_LIST) link.addresses.push(address);
      return;
    }
    case 'ether':
    case 'lladdr':
      if (/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){1,19}$/i.test(second)) link.linkAddress = second.toLowerCase();
      return;
    case 'status:':
      if (second === 'active' || second === 'inactive') link.active = second === 'active';
      return;
    case 'media:':
      readMedia(link, line.slice('media:'.length).trim());
      return;
    case 'type:':
      link.type = line.slice('type:'.length).trim().slice(0, 64) || null;
      return;
    case 'link':
    case 'uplink':
      if (second === 'rate:') link.rateMbit = readRate(line);
      return;
    case 'vlan:': {
      const match = /^vlan: (\d{1,4}) parent interface: ([\w.-]{1,32})$/.exec(line);
      if (match?.[2] !== undefined) link.vlan = { tag: Number(match[1]), parent: match[2] };
      return;
    }
    case 'member:':
      if (/^[\w.-]{1,32}$/.test(second) && link.members.length < LONGEST_LIST) link.members.push(second);
      return;
    case 'bond':
      if (second === 'interfaces:')
        link.members = line
          .split(/\s+/)
          .slice(2)
          .filter((name) => /^[\w.-]{1,32}$/.test(name));
  }
}

/** `inet 192.0.2.9 --> 192.0.2.1 netmask 0xffffffff`, `inet6 fe80::1%en0 prefixlen 64 secured scopeid 0x4 pltime 604800 vltime 2592000`. */
function readAddress(words: readonly string[]): DarwinAddress | null {
  const [kind, written = ''] = words;
  const family = kind === 'inet' ? 4 : 6;
  const address = written.replace(/%.*$/, '');
  if (family === 4 ? !ipaddr.IPv4.isValidFourPartDecimal(address) : !ipaddr.IPv6.isValid(address)) return null;
  const behind = (word: string) => {
    const at = words.indexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  const prefixLength = family === 4 ? lengthOfMask(behind('netmask')) : wholeNumber(behind('prefixlen'));
  if (prefixLength === null || prefixLength > (family === 4 ? 32 : 128)) return null;
  return {
    family,
    address,
    prefixLength,
    peer: behind('-->')?.replace(/%.*$/, '') ?? null,
    marks: words.slice(2).filter((word) => MARKS.has(word)),
    preferredSeconds: wholeNumber(behind('pltime')),
    validSeconds: wholeNumber(behind('vltime')),
  };
}

const MARKS: ReadonlySet<string> = new Set([
  'anycast',
  'tentative',
  'optimistic',
  'duplicated',
  'detached',
  'deprecated',
  'autoconf',
  'temporary',
  'dynamic',
  'secured',
  'clat46',
]);

/** `0xffffff00`; `null` for a mask with holes. */
function lengthOfMask(mask: string | undefined): number | null {
  if (mask === undefined || !/^0x[0-9a-f]{1,8}$/i.test(mask)) return null;
  const bits = Number(mask).toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : null;
}

/** What stands in brackets is in use, the word before it is what was asked for. */
function readMedia(link: DarwinLink, media: string): void {
  link.media = media.slice(0, 160);
  const inUse = /\((.*)\)\s*$/.exec(media)?.[1] ?? media;
  const rate = /(?:^|\s)(\d{1,6}(?:\.\d)?)(G?)base/i.exec(inUse);
  link.speedMbit = rate === null ? null : Math.round(Number(rate[1]) * (rate[2] === '' ? 1 : 1000));
  link.fullDuplex = /<[^>]*\bfull-duplex\b/.test(inUse) ? true : /<[^>]*\bhalf-duplex\b/.test(inUse) ? false : null;
}

/** `link rate: 1.00 Gbps`, `uplink rate: 433.33 Mbps [eff] / 866.67 Mbps`: the first is the one that is reached. */
function readRate(line: string): number | null {
  const match = /rate: (\d{1,12}\.\d{1,3})\s+([GMK]?)bps/.exec(line);
  if (match === null) return null;
  const factor = { G: 1000, M: 1, K: 0.001, '': 0.000_001 }[match[2] ?? ''] ?? 0;
  const rate = Math.round(Number(match[1]) * factor);
  return rate === 0 ? null : rate;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
