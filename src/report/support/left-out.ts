import type { Report } from '../../model/report.js';
import type { Redaction } from '../redact/redact.js';

/** What a support file is, and what was done to the report in it: for whoever is to pass it on, and for whoever reads it. */
export function aboutText(report: Report, redaction: Redaction | null): string {
  const { version } = report.tool;
  const { node, platform, arch } = report.host;
  return `netdiag ${version}, Node ${node}, ${platform} ${arch}
netdiag ${report.command}, started at ${report.startedAt}${report.partial ? ', interrupted' : ''}, verdict: ${report.verdict}

report.json   the whole report
report.txt    the same for people
${redaction === null ? '' : 'left-out.txt  what was replaced or left out, by kind and number\n'}
${redaction === null ? UNREDACTED : REDACTED}
`;
}

const UNREDACTED = 'Nothing was replaced (--support-unredacted): addresses, names and whatever else was found stand as they are.';

const REDACTED = `Addresses, names and whatever else says whose network it is were replaced. What replaces them keeps its kind:
private addresses stay private ones, public addresses lie in 240.0.0.0/4 and 3fff::/20, which nobody has, public names end in
.example; what shared a network or a domain before does so still. Well-known resolvers and the like stay themselves.
The same value has the same pseudonym in all reports that were made with the same key.`;

/** By kind: how many different values were replaced, and in how many places; and how many fields were left out, and where. */
export function leftOutText({ replaced, leftOut }: Redaction): string {
  const widest = Math.max(4, ...replaced.map(({ kind }) => kind.length));
  const row = (kind: string, values: string, places: string) => `${kind.padEnd(widest)}  ${values.padStart(8)}  ${places.padStart(8)}`;
  const rows = replaced.map(({ kind, values, places }) => row(kind, String(values), String(places)));
  const fields = leftOut.map(({ below, fields: number }) => `${below}: ${number}`);
  return `Replaced by pseudonyms
${replaced.length === 0 ? 'nothing\n' : `\n${[row('kind', 'values', 'places'), ...rows].join('\n')}\n`}
Fields left out, since a redacted report has no place for them
${fields.length === 0 ? 'none' : `\n${fields.join('\n')}`}

Kept to the hour
the dates of certificates

Left out of every report
credentials, values of cookies and of queries, secret fields of HTTP, bodies of answers, names of wireless networks, values of
environment variables
`;
}
