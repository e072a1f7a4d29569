import { reasonOf } from '../model/attempt.js';
import { formatMs } from '../model/format.js';
import type { DataOf, MeasurementOf } from '../model/measurement.js';
import { rttStatistics } from '../model/statistics.js';

type Data = DataOf<'dns'>;
type DnsRecord = Data['answers'][number];

/** More records than these of one answer are counted, where it has one line. */
const RECORDS_IN_A_LINE = 8;
/** The same where it has the page to itself. */
const RECORDS_ON_A_PAGE = 200;

const NAME_OF_TRANSPORT: Readonly<Record<NonNullable<Data['transport']>, string>> = {
  udp: 'UDP',
  tcp: 'TCP',
  tls: 'TLS',
  https: 'HTTPS',
  file: 'FILE',
  platform: 'PLATFORM',
};

/** One question in a line, with what is remarkable about its answer below. */
export function dnsLines(data: Data): string[] {
  return [dnsLine(data), ...remarks(data)];
}

/** One question of many: a line, and what the server has to say about it. */
export function dnsListLine({ attempt, data }: MeasurementOf<'dns'>): string {
  const reason = attempt.kind === 'measured' ? [] : [reasonOf(attempt)];
  return [dnsLine(data), ...extendedErrors(data), ...reason].join(' · ');
}

function dnsLine(data: Data): string {
  const from = data.server === null ? '' : ` · from ${sender(data)}`;
  if (data.rcode === null && data.answers.length === 0) return `${data.name} ${data.type}${from}`;
  // With DO each set comes with its signatures.
  const records = data.answers.filter(({ type }) => type !== 'RRSIG' || data.type === 'RRSIG');
  const answers = records.map((answer) => (answer.type === data.type ? answer.data : `${answer.type} ${answer.data}`));
  const more = answers.length > RECORDS_IN_A_LINE ? `, ${answers.length - RECORDS_IN_A_LINE} more` : '';
  const shown = answers.slice(0, RECORDS_IN_A_LINE).join(', ') + more;
  const result = answers.length > 0 ? shown : data.rcode === 'NOERROR' ? 'no such record' : (data.rcode ?? '');
  const time = data.queryMs === null ? '' : ` · ${formatMs(data.queryMs)}`;
  return `${data.name} ${data.type}: ${result}${time}${from}`;
}

/** The only question of a run: its records as dig prints them, then who said so, and how fast. */
export function dnsAnswerLines(data: Data): string[] {
  if (data.rcode === null) return dnsLines(data);
  const { aa, tc, rd, ra, ad, cd } = data.flags ?? {};
  const flags = Object.entries({ aa, tc, rd, ra, ad, cd }).flatMap(([flag, set]) => (set === true ? flag : []));
  const size = data.answerBytes == null ? '' : ` · ${data.answerBytes} bytes`;
  const time = data.queryMs === null ? '' : ` · ${formatMs(data.queryMs)}`;
  return [
    `${data.rcode} · ${data.answers.length === 1 ? '1 answer' : `${data.answers.length} answers`} · flags ${flags.join(' ') || 'none'}${size}${time} · from ${sender(data)}`,
    ...section(data.answers),
    ...(data.answers.length === 0 ? section(data.authorities ?? []) : []),
    ...remarks(data),
  ];
}

function section(records: readonly DnsRecord[]): string[] {
  const lines = records.slice(0, RECORDS_ON_A_PAGE).map(({ name, ttl, type, data }) => {
    const owner = name.endsWith('.') ? name : `${name}.`;
    return `${owner} ${ttl ?? ''} IN ${type} ${data}`;
  });
  return records.length > RECORDS_ON_A_PAGE ? [...lines, `${records.length - RECORDS_ON_A_PAGE} more records`] : lines;
}

/** Server, what people call it, and how it was asked. */
function sender({ server, serverLabel, serverUpstreams, transport }: Data): string {
  const upstreams = serverUpstreams == null || serverUpstreams.length === 0 ? '' : `, which asks ${serverUpstreams.slice(0, 3).join(', ')}`;
  const label = serverLabel == null ? '' : ` (${serverLabel}${upstreams})`;
  return `${server}${label}${transport === null ? '' : ` over ${NAME_OF_TRANSPORT[transport]}`}`;
}

function remarks(data: Data): string[] {
  const { edns, ignored, connection, searched, hostsFile, truncated } = data;
  const lines: string[] = [];
  if (searched != null && searched.length > 0) lines.push(`asked in vain before, by the search list: ${searched.join(', ')}`);
  if (hostsFile != null) lines.push(`programs get ${hostsFile.addresses.join(', ')}: ${hostsFile.path} has the name, and comes first`);
  if (edns?.nameServerId != null) lines.push(`instance ${edns.nameServerId}`);
  if (edns?.clientSubnet != null) {
    const { address, sourcePrefixLength, scopePrefixLength } = edns.clientSubnet;
    lines.push(`for clients in ${address}/${sourcePrefixLength}, good for all in its first ${scopePrefixLength} bits`);
  }
  lines.push(...extendedErrors(data));
  if (connection != null) {
    const tls = connection.tlsMs === null ? '' : `, ${connection.protocol ?? 'TLS'} ${formatMs(connection.tlsMs)}`;
    lines.push(`${truncated === true ? 'truncated over UDP; ' : ''}connection: TCP ${formatMs(connection.tcpMs)}${tls}`);
  }
  if (ignored != null) {
    const { wrongId, wrongQuestion, malformed, contradicting } = ignored;
    const counts = [
      [wrongId, 'with another id'],
      [wrongQuestion, 'about something else'],
      [malformed, 'that are no DNS message'],
      [contradicting ?? 0, 'with another answer'],
    ] as const;
    const seen = counts.flatMap(([count, text]) => (count > 0 ? `${count} ${text}` : []));
    if (seen.length > 0) lines.push(`datagrams besides the answer: ${seen.join(', ')}`);
  }
  return lines;
}

/** RFC 8914. */
function extendedErrors({ edns }: Data): string[] {
  return (edns?.extendedErrors ?? []).map(({ code, name, text }) => `extended error ${code}, ${name}${text === '' ? '' : `: ${text}`}`);
}

/** What many questions came to: how many of which rcode, and how fast. */
export function dnsSummary(measurements: readonly MeasurementOf<'dns'>[]): string {
  const counts = new Map<string, number>();
  for (const { data } of measurements) {
    const outcome = data.rcode ?? 'no answer';
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const rcodes = [...counts].sort(([, one], [, other]) => other - one).map(([rcode, count]) => `${count} ${rcode}`);
  const times = rttStatistics(measurements.flatMap(({ data }) => data.queryMs ?? []));
  const spread = times === null ? '' : ` · p50 ${formatMs(times.p50)} · p95 ${formatMs(times.p95)} · max ${formatMs(times.max)}`;
  return `${measurements.length} questions: ${rcodes.join(', ')}${spread}`;
}
