import { isIP, isIPv6 } from 'node:net';
import dnsPacket, { type Answer, type Packet, type Question } from 'dns-packet';
import { z } from 'zod';
import { certificateSchema } from '../certificates.js';

const spans = z.array(z.tuple([z.number(), z.number()]));

/** A resolver that knows some names, and how it misbehaves. Whatever is absent is well. */
export const dnsSchema = z.strictObject({
  /** Absent: all of the host's. */
  addresses: z.array(z.string()).optional(),
  /** Addresses, or a name that it is an alias of. Others do not exist. */
  names: z.record(z.string(), z.array(z.string())),
  ttlSeconds: z.int().optional(),
  /** Transports: `silent` takes queries or connections and does not answer. */
  udp: z.union([z.boolean(), z.literal('silent')]).optional(),
  tcp: z.union([z.boolean(), z.literal('silent')]).optional(),
  /** On port 853, and 443: with `certificate`. */
  tls: z.union([z.boolean(), z.literal('silent')]).optional(),
  https: z.union([z.boolean(), z.literal('silent')]).optional(),
  certificate: certificateSchema.optional(),

  /** Misbehaviour of these names, types or transports alone; absent: of all. */
  onlyNames: z.array(z.string()).optional(),
  onlyTypes: z.array(z.string()).optional(),
  onlyTransports: z.array(z.enum(['udp', 'tcp', 'tls', 'https'])).optional(),
  delayMs: z.number().optional(),
  /** Added to it: evenly between 0 and this. */
  jitterMs: z.number().optional(),
  rcode: z.enum(['FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']).optional(),
  /** Only every so many-th answer has the rcode, or is dropped. */
  rcodeEvery: z.int().min(1).optional(),
  dropEvery: z.int().min(1).optional(),
  /** Only so many answers from netdiag's start have the rcode; before it, all. */
  rcodeFirst: z.int().min(1).optional(),
  /** While netdiag runs, in milliseconds from its start. */
  rcodeBetween: spans.optional(),
  dropBetween: spans.optional(),
  delayBetween: spans.optional(),
  /** Over UDP: cut off (TC), without records. */
  truncate: z.boolean().optional(),
  /** These addresses for every name that exists (a lie), or for those that do not. */
  answer: z.array(z.string()).optional(),
  rewriteNxdomain: z.array(z.string()).optional(),
  /** No records for names that exist. */
  empty: z.boolean().optional(),
  /** As a server that has never heard of EDNS: FORMERR. */
  withoutEdns: z.boolean().optional(),
  /** Bytes that are no answer. */
  garbage: z.boolean().optional(),
  /** RA is off: it answers only from what it has. */
  withoutRecursion: z.boolean().optional(),
});
export type DnsConfiguration = z.infer<typeof dnsSchema>;
export type Transport = 'udp' | 'tcp' | 'tls' | 'https';

const RCODES = { FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
const MOST_ALIASES = 8;

export function readQuery(bytes: Uint8Array): Packet | null {
  try {
    const query = dnsPacket.decode(Buffer.from(bytes));
    return query.type === 'query' && (query.questions ?? []).length === 1 ? query : null;
  } catch {
    return null;
  }
}

/** Whether misbehaviour is meant for this question. */
export function isMeant({ onlyNames, onlyTypes, onlyTransports }: DnsConfiguration, question: Question, transport: Transport): boolean {
  return (
    (onlyNames?.includes(question.name.toLowerCase()) ?? true) &&
    (onlyTypes?.includes(question.type) ?? true) &&
    (onlyTransports?.includes(transport) ?? true)
  );
}

/** What is answered. `fault`: misbehave; `rcode`: with this rcode, where the configuration has one. */
export function answerTo(query: Packet, transport: Transport, configuration: DnsConfiguration, meant: boolean, withRcode: boolean): Packet {
  const [question] = query.questions ?? [];
  if (question === undefined) throw new Error('a query without a question');
  const edns = (query.additionals ?? []).find(({ type }) => type === 'OPT');
  const head = {
    type: 'response' as const,
    ...(query.id === undefined ? {} : { id: query.id }),
    questions: [question],
    additionals: edns === undefined || configuration.withoutEdns === true ? [] : [OPT],
  };
  const flags = ((query.flags ?? 0) & dnsPacket.RECURSION_DESIRED) | (configuration.withoutRecursion ? 0 : dnsPacket.RECURSION_AVAILABLE);
  if (meant && configuration.withoutEdns && edns !== undefined) return { ...head, flags: flags | RCODES.FORMERR };
  if (meant && withRcode && configuration.rcode !== undefined) return { ...head, flags: flags | RCODES[configuration.rcode] };
  if (meant && configuration.truncate && transport === 'udp') return { ...head, flags: flags | dnsPacket.TRUNCATED_RESPONSE };
  const { exists, answers } = recordsFor(
    question,
    meant ? configuration : { ...configuration, answer: undefined, rewriteNxdomain: undefined, empty: false },
  );
  return { ...head, flags: flags | (exists ? 0 : RCODES.NXDOMAIN), answers, authorities: answers.length === 0 ? [SOA] : [] };
}

type Known = { [Key in 'names' | 'answer' | 'rewriteNxdomain' | 'empty' | 'ttlSeconds']?: DnsConfiguration[Key] | undefined };

function recordsFor(
  question: Question,
  { names = {}, answer, rewriteNxdomain, empty, ttlSeconds: ttl = 300 }: Known,
): { exists: boolean; answers: Answer[] } {
  const { type } = question;
  let name = question.name.toLowerCase();
  if (name === '' || name === '.')
    return { exists: true, answers: type === 'NS' ? [{ name: '.', type: 'NS', ttl, data: 'ns.invalid' }] : [] };
  const own = Object.hasOwn(names, name) ? names[name] : undefined;
  const lie = own === undefined ? rewriteNxdomain : answer;
  let data = lie ?? own;
  if (data === undefined) return { exists: false, answers: [] };
  if (empty) return { exists: true, answers: [] };
  const answers: Answer[] = [];
  for (let aliases = 0; aliases < MOST_ALIASES; aliases++) {
    const alias: string | undefined = data.find((one) => isIP(one) === 0);
    if (alias === undefined) break;
    answers.push({ name, type: 'CNAME', ttl, data: alias });
    name = alias.toLowerCase();
    data = (Object.hasOwn(names, name) ? names[name] : undefined) ?? [];
  }
  if (type === 'A' || type === 'AAAA')
    for (const address of data) if (isIPv6(address) === (type === 'AAAA')) answers.push({ name, type, ttl, data: address });
  return { exists: true, answers };
}

const OPT: Answer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};
const SOA: Answer = {
  name: '.',
  type: 'SOA',
  ttl: 300,
  data: { mname: 'ns.invalid', rname: 'hostmaster.invalid', serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: 300 },
};
