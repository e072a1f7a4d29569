import type { Measurement } from '../../model/measurement.js';
import { nameKey } from '../../wire/dns/name.js';
import { type Content, contentOf } from '../dns-comparison/content.js';
import type { Comparison } from '../dns-comparison/server-view.js';
import { type Dns, isOrdinary, isWellKnown } from './questions.js';

/** What one server said of one name. */
export interface Opinion {
  server: string;
  type: string;
  rcode: string;
  addresses: readonly string[];
  /** All that it named in this run: one that gives out a few of many names others each time. */
  everNamed: readonly string[];
  content: Content;
  /** Whether it says that it validated the answer, or why it gives none (RFC 8914). */
  extendedErrors: readonly { code: number; name: string }[];
  measurementId: string;
}

/** What is known of a name. Each server says one thing of each type: what it said last. */
export interface Opinions {
  /** Resolvers of this machine, in their order. */
  own: Opinion[];
  /** Well-known ones over plain DNS, which somebody on the way could answer for. */
  plain: Opinion[];
  /** The same where nobody on the way can. */
  encrypted: Opinion[];
}

/** @param resolvers those of this machine, as `data.server` spells them */
export function opinionsOf(host: string, resolvers: readonly string[], measurements: readonly Measurement[]): Opinions {
  const key = nameKey(host);
  const questions = measurements.filter((made): made is Dns => made.probe === 'dns' && nameKey(made.data.name) === key && isOrdinary(made));
  const asked = questions.flatMap((dns) => opinionOf(dns) ?? []);
  const compared = measurements.filter((made): made is Comparison => made.probe === 'dns-comparison' && nameKey(made.data.name) === key);
  const rows = compared.flatMap((comparison) =>
    comparison.data.servers.flatMap((row) => {
      const content = contentOf(comparison.data.type, row.rcode, row.answers);
      if (row.rcode === null || content === null) return [];
      const { server, rcode, answers: addresses, extendedErrors } = row;
      return [
        {
          row,
          opinion: {
            server,
            type: comparison.data.type,
            rcode,
            addresses,
            everNamed: addresses,
            content,
            extendedErrors,
            measurementId: comparison.id,
          },
        },
      ];
    }),
  );
  const fromRows = (from: 'system' | 'well-known', encrypted: boolean | null) =>
    rows
      .filter(
        ({ row }) =>
          row.from === from && !row.filters && (encrypted === null || encrypted === (row.transport === 'tls' || row.transport === 'https')),
      )
      .map(({ opinion }) => opinion);
  const own = [...asked.filter(({ wellKnown }) => !wellKnown).map(({ opinion }) => opinion), ...fromRows('system', null)];
  return {
    own: lastOfEach(own.filter(({ server }) => resolvers.includes(server))).sort(
      (a, b) => resolvers.indexOf(a.server) - resolvers.indexOf(b.server),
    ),
    plain: lastOfEach([...asked.filter(({ wellKnown }) => wellKnown).map(({ opinion }) => opinion), ...fromRows('well-known', false)]),
    encrypted: lastOfEach(fromRows('well-known', true)),
  };
}

function opinionOf(dns: Dns): { wellKnown: boolean; opinion: Opinion } | null {
  const { data, id } = dns;
  if (data.rcode === null || data.server === null || data.flags?.tc === true || data.transport === 'file') return null;
  const addresses = data.answers.filter(({ type }) => type === data.type).map((answer) => answer.data);
  const content = contentOf(data.type, data.rcode, addresses);
  if (content === null) return null;
  const extendedErrors = data.edns?.extendedErrors ?? [];
  const said = { server: data.server, type: data.type, rcode: data.rcode, addresses, everNamed: addresses };
  const opinion = { ...said, content, extendedErrors, measurementId: id };
  return { wellKnown: isWellKnown(dns), opinion };
}

/** An error is no opinion where the same server has one. */
function lastOfEach(opinions: readonly Opinion[]): Opinion[] {
  const last = new Map<string, Opinion>();
  for (const opinion of opinions) {
    const key = `${opinion.type} ${opinion.server}`;
    const known = last.get(key);
    const stands = known !== undefined && opinion.content.kind === 'error' && known.content.kind !== 'error' ? known : opinion;
    last.set(key, { ...stands, everNamed: [...new Set([...(known?.everNamed ?? []), ...opinion.addresses])] });
  }
  return [...last.values()];
}
