import { failed, type NotMeasured } from '../../model/attempt.js';
import type { DnsMessage, DnsQueryFields, DnsRecord } from '../../wire/dns/dns.js';
import { presentNameServerId } from '../../wire/dns/edns.js';
import { formatDnsServer } from '../../wire/dns/server.js';
import { dnsTypeName, dnsTypeNumber } from '../../wire/dns/type.js';
import type { DnsObservation, DnsQuestion, EdnsRequest } from '../port.js';

/** Largest answer asked for over UDP: it passes an IPv6 path of 1280 bytes in one piece (DNS flag day 2020, RFC 9715). */
const USUAL_EDNS: EdnsRequest = { udpPayloadBytes: 1232 };

/** What is asked, but for the id. */
export type DnsFields = Omit<DnsQueryFields, 'id'>;

/** The question as a message has it. AD is set beside EDNS: then a resolver says whether it validated (RFC 6840 section 5.7). */
export function fieldsOf(question: DnsQuestion): DnsFields {
  const edns = question.edns === undefined ? USUAL_EDNS : question.edns;
  return {
    name: question.name,
    type: question.type,
    recursionDesired: question.recursionDesired ?? true,
    checkingDisabled: question.checkingDisabled ?? false,
    authenticData: edns !== null,
    edns:
      edns === null
        ? null
        : {
            udpPayloadSize: edns.udpPayloadBytes,
            dnssecOk: edns.dnssecOk ?? false,
            nameServerId: edns.nameServerId ?? false,
            clientSubnet: edns.clientSubnet ?? null,
          },
  };
}

/** The same in the words of a server that does not know EDNS. */
export function withoutEdns(fields: DnsFields): DnsFields {
  return { ...fields, authenticData: false, edns: null };
}

/** A server older than EDNS says so in one of these ways (RFC 6891 section 7). */
export function rejectsEdns(fields: DnsFields, message: DnsMessage): boolean {
  return fields.edns !== null && message.edns === null && (message.rcode === 'FORMERR' || message.rcode === 'NOTIMP');
}

/** The observation of a question that got no answer, or was not asked. `server` is the one that was meant. */
export function notAnswered(question: DnsQuestion): DnsObservation {
  const type = dnsTypeNumber(question.type);
  return {
    server: serverOf(question),
    transport: question.transport,
    name: question.name,
    type: type === null ? question.type : dnsTypeName(type),
    rcode: null,
    queryMs: null,
    flags: null,
    answers: [],
    dnssec: null,
    attempts: null,
    authorities: null,
    additionals: null,
    answerBytes: null,
    truncated: null,
    edns: null,
    ignored: null,
    connection: null,
  };
}

function serverOf({ server, port, transport, security, path }: DnsQuestion): string {
  if (transport !== 'https') return formatDnsServer({ address: server, port }, transport);
  return httpsServer({ address: server, port, servername: security?.servername ?? null, path: path ?? null });
}

/** The URL of an HTTPS server; its name, where it has one, in place of the address. */
export function httpsServer(server: { address: string; port: number; servername: string | null; path: string | null }): string {
  return `https://${authorityOf(server)}${server.path ?? DEFAULT_PATH}`;
}

/** RFC 8484 section 4.1.1 uses it for its examples, and servers as their default. */
export const DEFAULT_PATH = '/dns-query';

/** Host and port of a URL: port 443 is not shown. */
export function authorityOf({ address, port, servername }: { address: string; port: number; servername: string | null }): string {
  const host = servername ?? address;
  return `${host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host}${port === 443 ? '' : `:${port}`}`;
}

export function answered(question: DnsQuestion, message: DnsMessage, answerBytes: number, queryMs: number): DnsObservation {
  return {
    ...notAnswered(question),
    rcode: message.rcode,
    queryMs,
    flags: message.flags,
    answers: message.answers.map(recordOf),
    authorities: message.authorities.map(recordOf),
    additionals: message.additionals.map(recordOf),
    answerBytes,
    edns: ednsOf(message),
  };
}

/** As the report has it. */
function recordOf({ name, type, ttl, data }: DnsRecord): DnsRecord {
  return { name, type, ttl, data };
}

function ednsOf({ edns }: DnsMessage): DnsObservation['edns'] {
  if (edns === null) return null;
  const { version, udpPayloadSize, dnssecOk, nameServerId, clientSubnet, extendedErrors } = edns;
  return {
    version,
    udpPayloadBytes: udpPayloadSize,
    dnssecOk,
    nameServerId: nameServerId === null ? null : presentNameServerId(nameServerId),
    clientSubnet,
    extendedErrors,
  };
}

/** Whether two answers say the same: rcode and records, in whatever order. Times to live count down, and are no part of it. */
export function saysTheSame(one: DnsMessage, other: DnsMessage): boolean {
  return essence(one) === essence(other);
}

function essence({ rcode, answers }: DnsMessage): string {
  const records = answers.map(({ name, type, data }) => `${name.toLowerCase()} ${type} ${data}`);
  return [rcode, ...records.sort()].join('\n');
}

export function malformed(refusal: string): NotMeasured {
  return failed('response', 'malformed', `the answer is not a valid DNS message: ${refusal}`);
}

export function mismatched(): NotMeasured {
  return failed('response', 'mismatched', 'what came back answers another question');
}
