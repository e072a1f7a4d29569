import type { Code } from '../../model/code.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';
import { type HostMeasurement, hasDefaultRoute, type Interface, type Lookup, namesInShort, usableAddresses, type Ways } from './facts.js';

/** A checklist with a line for each of more links than these is read by nobody; the measurement has them all. */
const LINK_LINES = 24;

/** Ends of pairs whose other ends are in containers, and which have no address here: of a few each has its line, many are one fact. */
const PAIR_LINES = 4;

/** Links that bundle others, of which each one that is lost is redundancy lost. */
const BUNDLES: ReadonlySet<string> = new Set(['bond', 'team']);

/**
 * The links beside the one that was judged first. In scope `all` each that is up has a line, `l2.interface@NAME`; one that is down or without
 * carrier is a fault only where a default route or a target needs it. Otherwise only what keeps a target from its way, under its own name.
 */
export function judgeOtherLinks(measurement: HostMeasurement, links: readonly Interface[], { lookups, scope }: Ways): Check[] {
  const ofTargets = lookups.flatMap((lookup) => {
    const link = links.find(({ name }) => lookup.data.loopback === false && name === lookup.data.interface);
    const fault = link === undefined ? null : faultOf(link);
    return link === undefined || fault === null ? [] : [check({ ...faultLine(fault, link), measurement: lookup, status: 'fail' })];
  });
  if (scope === 'path') return ofTargets;
  const shown = links.filter((link) => isShown(measurement, link, lookups));
  const pairs = shown.filter((link) => isPairEnd(measurement, link));
  const single = pairs.length > PAIR_LINES ? shown.filter((link) => !pairs.includes(link)) : shown;
  const judged = single.map((link) => judgeOther(measurement, link));
  // What is wrong is shown, however many there are.
  const lines = judged.filter(({ status }, index) => status !== 'pass' || index < LINK_LINES);
  const left = [
    ...single.filter((_, index) => judged[index]?.status === 'pass' && index >= LINK_LINES),
    ...(single === shown ? [] : pairs),
  ];
  if (left.length > 0) {
    const names = namesInShort(left.map(({ name }) => name));
    lines.push(line(measurement, 'l2.interfaces', 'further links', `${left.length} more are up: ${names}`));
  }
  return [...ofTargets, ...lines];
}

function isPairEnd(measurement: HostMeasurement, link: Interface): boolean {
  return link.kind === 'veth' && link.up === true && usableAddresses(link).length === 0 && !hasDefaultRoute(measurement, link.name);
}

/** Parts of a bridge or bond are told with it, those that broke by themselves. */
function isShown(measurement: HostMeasurement, link: Interface, lookups: readonly Lookup[]): boolean {
  if (link.loopback) return link.up === false;
  // With the lines of the targets it is told already.
  if (faultOf(link) !== null && lookups.some(({ data }) => data.loopback === false && data.interface === link.name)) return false;
  if (hasDefaultRoute(measurement, link.name) || isLostPart(measurement, link)) return true;
  return link.up !== false && link.master === null;
}

function judgeOther(measurement: HostMeasurement, link: Interface): Check {
  const fault = faultOf(link);
  if (link.loopback)
    return warning(measurement, link, 'interface-down', 'the loopback is down: programs of this machine cannot reach each other');
  if (fault !== null && hasDefaultRoute(measurement, link.name)) {
    return warning(
      measurement,
      link,
      fault,
      `${fault === 'no-carrier' ? noCarrier(link) : `${link.name} is down`}, and a default route goes by it`,
    );
  }
  if (isLostPart(measurement, link)) {
    return warning(measurement, link, fault ?? 'no-carrier', `no carrier: ${link.master} has lost this part of it`);
  }
  const addresses = usableAddresses(link).map(({ address, prefixLength }) => `${address}/${prefixLength}`);
  const observed = [describeLink(link, measurement), ...(addresses.length === 0 ? [] : [namesInShort(addresses, 2)])].join(', ');
  return named(line(measurement, 'l2.interface', link.name, observed), link);
}

/** Whether a bond stands on fewer legs than it has. */
function isLostPart({ data }: HostMeasurement, link: Interface): boolean {
  const master = data.interfaces.find(({ name }) => name === link.master);
  return link.up === true && link.carrier === false && master?.up === true && BUNDLES.has(master.kind ?? '');
}

function faultOf(link: Interface): 'interface-down' | 'no-carrier' | null {
  return link.up === false ? 'interface-down' : link.carrier === false ? 'no-carrier' : null;
}

/** What a carrier is depends on the kind of link. */
export function noCarrier({ kind }: Interface): string {
  if (kind === 'tun' || kind === 'tap') return 'no carrier: no program serves this tunnel';
  if (kind === 'veth') return 'no carrier: its other end is down';
  if (kind === 'bridge') return 'no carrier: nothing is connected to it';
  return 'no carrier';
}

function faultLine(code: 'interface-down' | 'no-carrier', link: Interface) {
  return code === 'no-carrier'
    ? ({ kind: 'l1.carrier', layer: 1, title: `${link.name} carrier`, code, observed: noCarrier(link), expected: 'carrier' } as const)
    : ({ kind: 'l2.interface', layer: 2, title: link.name, code, observed: `${link.name} is down`, expected: 'up' } as const);
}

function warning(measurement: HostMeasurement, link: Interface, code: Code & ('interface-down' | 'no-carrier'), observed: string): Check {
  return named(check({ ...faultLine(code, link), measurement, status: 'warn', observed }), link);
}

function named(made: Check, link: Interface): Check {
  return { ...made, id: `${made.id}@${link.name}` };
}

function line(measurement: HostMeasurement, kind: string, title: string, observed: string): Check {
  return check({ kind, layer: 2, title, measurement, status: 'pass', observed });
}

/** `up, wireless, 866 Mbit/s, MTU 1500`, `up, bridge, with 3 links: veth1, veth2, veth3, MTU 1500` */
export function describeLink(link: Interface, { data }: HostMeasurement): string {
  const parts = data.interfaces.filter(({ master }) => master === link.name);
  const facts = [
    link.up === null ? null : link.up ? 'up' : 'down',
    link.up === true && link.carrier === false ? 'no carrier' : null,
    link.kind === null || link.kind === 'ethernet' || link.kind === 'loopback' ? null : link.kind,
    link.vlanId === null ? null : `VLAN ${link.vlanId}${link.parent === null ? '' : ` on ${link.parent}`}`,
    parts.length === 0
      ? null
      : `${parts.length === 1 ? 'with' : `with ${parts.length} links:`} ${namesInShort(parts.map(({ name }) => name))}`,
    link.speedMbit === null ? null : `${link.speedMbit} Mbit/s${link.duplex === 'half' ? ', half duplex' : ''}`,
    link.mtuBytes === null ? null : `MTU ${link.mtuBytes}`,
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}
