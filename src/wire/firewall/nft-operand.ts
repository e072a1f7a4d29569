import type { Condition, Element, PacketField } from '../../model/packet-filter.js';
import { fieldNumber, ICMP_TYPES, ICMPV6_TYPES, LARGEST, largestAddress, networkSpan } from './packet-values.js';

/** What stands on the left of a comparison of nft, as its JSON writes it (libnftables-json(5)). */
export interface Operand {
  fields: readonly PacketField[];
  /** What a packet must be for the operand to exist at all: only TCP has TCP ports. */
  requires: readonly Condition[];
  mask: bigint | null;
  /** Names of values that depend on the protocol: types of ICMP. */
  names: Readonly<Record<string, bigint>> | null;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Words beyond this length are cut in what is said of a rule. */
const WORD_CHARACTERS = 40;

export function word(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, WORD_CHARACTERS) : '?';
}

/** The condition that one field is one of these numbers. */
export function fieldIs(field: PacketField, ...values: bigint[]): Condition {
  return { kind: 'field', field, mask: null, spans: values.map((value) => [value, value] as const), names: [], negated: false };
}

const TRANSPORTS: Readonly<Record<string, bigint>> = { tcp: 6n, udp: 17n, udplite: 136n, sctp: 132n, dccp: 33n };

const META_FIELDS: Readonly<Record<string, PacketField>> = {
  iif: 'input-interface',
  iifname: 'input-interface',
  oif: 'output-interface',
  oifname: 'output-interface',
  l4proto: 'protocol',
  nfproto: 'family',
  mark: 'mark',
  skuid: 'user',
  skgid: 'group',
  pkttype: 'packet-type',
};

/** Reads a left side; a text says what is not known of it. `depth` bounds what is nested. */
export function readOperand(left: Json | undefined, depth = 0): Operand | string {
  if (!isObject(left) || depth > 4) return 'an expression that is not known here';
  if (isObject(left['payload'])) return payloadOperand(left['payload']);
  if (isObject(left['meta'])) return metaOperand(word(left['meta']['key']));
  if (isObject(left['ct'])) return connectionOperand(left['ct']);
  if (isObject(left['fib'])) return fibOperand(left['fib']);
  if (isList(left['&'])) return maskedOperand(left['&'], depth);
  if (isList(left['concat'])) return joinedOperand(left['concat'], depth);
  return Object.keys(left)[0]?.slice(0, WORD_CHARACTERS) ?? 'nothing';
}

function operand(field: PacketField, requires: readonly Condition[] = [], names: Operand['names'] = null): Operand {
  return { fields: [field], requires, mask: null, names };
}

function payloadOperand(payload: { readonly [key: string]: Json }): Operand | string {
  const protocol = word(payload['protocol']);
  const field = word(payload['field']);
  const transport = TRANSPORTS[protocol];
  const port = field === 'sport' ? 'source-port' : field === 'dport' ? 'destination-port' : null;
  if (port !== null && (protocol === 'th' || transport !== undefined)) {
    return operand(port, transport === undefined ? [] : [fieldIs('protocol', transport)]);
  }
  if (protocol === 'tcp' && field === 'flags') return operand('tcp-flags', [fieldIs('protocol', 6n)]);
  if (protocol === 'ip' || protocol === 'ip6') {
    const family = [fieldIs('family', protocol === 'ip' ? 4n : 6n)];
    if (field === 'saddr') return operand('source-address', family);
    if (field === 'daddr') return operand('destination-address', family);
    if (field === 'protocol' || field === 'nexthdr') return operand('protocol', family);
  }
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const requires = [fieldIs('protocol', protocol === 'icmp' ? 1n : 58n)];
    if (field === 'type') return operand('icmp-type', requires, protocol === 'icmp' ? ICMP_TYPES : ICMPV6_TYPES);
    if (field === 'code') return operand('icmp-code', requires);
  }
  return payload['base'] === undefined ? `${protocol} ${field}` : 'raw bytes of the packet';
}

function metaOperand(key: string): Operand | string {
  const field = META_FIELDS[key];
  if (field !== undefined) return operand(field);
  if (key === 'protocol') return operand('family');
  return `meta ${key}`;
}

function connectionOperand(ct: { readonly [key: string]: Json }): Operand | string {
  const key = word(ct['key']);
  if (key === 'state') return operand('connection-state');
  if (key === 'status') return operand('connection-status');
  return `ct ${key}`;
}

function fibOperand(fib: { readonly [key: string]: Json }): Operand | string {
  const flags = isList(fib['flags']) ? fib['flags'] : [fib['flags'] ?? null];
  if (fib['result'] === 'type' && flags.includes('daddr')) return operand('destination-type');
  if (fib['result'] === 'type' && flags.includes('saddr')) return operand('source-type');
  return `fib ${word(fib['result'])}`;
}

/** Whether it asks for the way back to the source. Packets in thought come where they belong, so that there is one. */
export function isWayBack(left: Json | undefined): boolean {
  if (!isObject(left) || !isObject(left['fib'])) return false;
  const { flags, result } = left['fib'];
  return isList(flags) && flags.includes('saddr') && (result === 'oif' || result === 'oifname' || result === 'check');
}

function maskedOperand(parts: readonly Json[], depth: number): Operand | string {
  const under = readOperand(parts[0], depth + 1);
  if (typeof under === 'string') return under;
  const [field] = under.fields;
  const mask = field === undefined || under.fields.length > 1 ? null : bitsOf(field, parts[1]);
  return mask === null || under.mask !== null ? 'a mask that is not known here' : { ...under, mask };
}

function joinedOperand(parts: readonly Json[], depth: number): Operand | string {
  const fields: PacketField[] = [];
  const requires: Condition[] = [];
  for (const part of parts.slice(0, 8)) {
    const one = readOperand(part, depth + 1);
    if (typeof one === 'string') return one;
    if (one.mask !== null || one.names !== null || one.fields.length !== 1) return 'a concatenation that is not known here';
    fields.push(...one.fields);
    requires.push(...one.requires);
  }
  return parts.length > 8 || fields.length === 0 ? 'a concatenation that is not known here' : { fields, requires, mask: null, names: null };
}

/** A number, or flags by name that are taken together. */
export function bitsOf(field: PacketField, value: Json | undefined, depth = 0): bigint | null {
  if (depth > 16) return null;
  const parts = isList(value) ? value : isObject(value) && isList(value['|']) ? value['|'] : null;
  if (parts === null) return fieldNumber(field, value);
  let sum = 0n;
  for (const part of parts.slice(0, 64)) {
    const bits = bitsOf(field, part, depth + 1);
    if (bits === null) return null;
    sum |= bits;
  }
  return sum;
}

/** One value on the right as an element of its field; `null` for what is not known here. */
export function readElement({ names }: Pick<Operand, 'names'>, field: PacketField, given: Json | undefined): Element | null {
  const value = isObject(given) && isObject(given['elem']) ? given['elem']['val'] : given;
  if (field === 'input-interface' || field === 'output-interface') return typeof value === 'string' ? value : null;
  if (value === '*') return [0n, field.endsWith('address') ? largestAddress(6) : (LARGEST[field] ?? 0xffff_ffffn)];
  if (isObject(value)) {
    const { prefix, range } = value;
    if (isObject(prefix)) return typeof prefix['addr'] === 'string' ? networkSpan(prefix['addr'], Number(prefix['len'])) : null;
    if (isList(range)) {
      const [first, last] = [numberOf(names, field, range[0]), numberOf(names, field, range[1])];
      return first === null || last === null || first > last ? null : [first, last];
    }
    return null;
  }
  const number = numberOf(names, field, value);
  return number === null ? null : [number, number];
}

function numberOf(names: Operand['names'], field: PacketField, value: Json | undefined): bigint | null {
  if (names !== null && typeof value === 'string' && Object.hasOwn(names, value)) return names[value] ?? null;
  return fieldNumber(field, value);
}
