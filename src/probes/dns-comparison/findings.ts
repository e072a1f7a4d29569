import { formatMs } from '../../model/format.js';
import { type ComparedServer, type Content, contentOfServer, contradictInside, type Finding, isLocated, nameOfServer } from './content.js';
import { sharedInstance } from './interception.js';
import { madeUpAddresses } from './nonexistence.js';

type Row = ComparedServer;

/** Servers and addresses that a sentence lists; the table has all. */
const LISTED = 4;
const LONGEST = 80;

/** What classified answers show together, the worst first. */
export function findFindings(rows: readonly Row[], type: string): Finding[] {
  return [
    ...injections(rows),
    ...interceptions(rows),
    ...rewritings(rows),
    ...systemDisagreement(rows, type),
    ...ofClass(rows, 'disagrees', 'disagreement', (row) => saysOf(row)),
    ...ofClass(rows, 'filtered', 'filtering', (row) => filterOf(row)),
    ...ofClass(rows, 'inner-view', 'split-horizon', (row) => saysOf(row)),
    ...ofClass(rows, 'differs-by-location', 'location', (row) => saysOf(row)),
  ];
}

/** `NXDOMAIN`, `no such record`, `192.0.2.1, 192.0.2.2`. */
export function saysOf({ rcode, answers }: Pick<Row, 'rcode' | 'answers'>): string {
  if (rcode !== 'NOERROR') return rcode ?? 'nothing';
  return answers.length === 0 ? 'no such record' : listed(answers);
}

export function listed(texts: readonly string[]): string {
  return `${texts.slice(0, LISTED).map(shortened).join(', ')}${texts.length > LISTED ? ` and ${texts.length - LISTED} more` : ''}`;
}

/** A record can be as long as a message; the table and the JSON have more of it. */
function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

function ofClass(
  rows: readonly Row[],
  classification: Row['classification'],
  kind: Finding['kind'],
  text: (row: Row) => string,
): Finding[] {
  const concerned = rows.filter((row) => row.classification === classification);
  if (concerned.length === 0) return [];
  const byText = new Map<string, Row[]>();
  for (const row of concerned) byText.set(text(row), [...(byText.get(text(row)) ?? []), row]);
  const detail = [...byText].map(([said, members]) => `${listed(members.map(nameOfServer))}: ${said}`).join('; ');
  return [{ kind, servers: concerned.map(({ server }) => server), detail }];
}

function filterOf(row: Row): string {
  const [error] = row.extendedErrors;
  return error === undefined ? saysOf(row) : `${saysOf(row)} (${error.name})`;
}

function injections(rows: readonly Row[]): Finding[] {
  return rows
    .filter(({ classification }) => classification === 'injected')
    .map((row) => {
      const { contradictions } = row;
      const others = (contradictions?.answers ?? []).map(saysOf);
      const first = contradictions?.firstMs == null ? '' : ` after ${formatMs(contradictions.firstMs)}`;
      const usual = row.warmMs === null || first === '' ? '' : `, where its answers take ${formatMs(row.warmMs.p50)}`;
      return {
        kind: 'injection',
        servers: [row.server],
        detail: `${nameOfServer(row)}: one question, ${1 + others.length} answers: ${saysOf(row)}${first}${usual}; then ${others.join('; then ')}`,
      };
    });
}

function interceptions(rows: readonly Row[]): Finding[] {
  const said = ofClass(
    rows,
    'intercepted',
    'interception',
    (row) => `${saysOf(row)}, which the same operators deny over an encrypted transport`,
  );
  const one = sharedInstance(rows);
  if (one === null) return said;
  return [
    ...said,
    {
      kind: 'interception',
      servers: one.servers.map(({ server }) => server),
      detail: `${listed(one.servers.map(nameOfServer))} are one and the same server, ${shortened(one.nameServerId)}`,
    },
  ];
}

/** Where somebody injects answers on the way, what comes for names that do not exist need not be the server's either. */
function rewritings(rows: readonly Row[]): Finding[] {
  return rows
    .filter((row) => madeUpAddresses(row).length > 0 && row.classification !== 'injected')
    .map((row) => {
      const names = row.nonexistent.filter(({ verdict }) => verdict === 'rewritten').map(({ name }) => name);
      return {
        kind: 'rewriting',
        servers: [row.server],
        detail: `${nameOfServer(row)} gives ${listed(madeUpAddresses(row))} for ${listed(names)}, which ${names.length === 1 ? 'does' : 'do'} not exist`,
      };
    });
}

/** Programs ask any of these, and so get either answer. Those behind a stub resolver are asked by its own rules, each for names of its own. */
function systemDisagreement(rows: readonly Row[], type: string): Finding[] {
  const told = rows.flatMap((row) => {
    const content = contentOfServer(type, row);
    return row.from !== 'system' || row.behind !== null || content === null || content.kind === 'error' ? [] : [{ row, content }];
  });
  const [first] = told;
  if (first === undefined || told.every(({ content }) => isSame(content, first.content, type))) return [];
  return [
    {
      kind: 'system-disagreement',
      servers: told.map(({ row }) => row.server),
      detail: told.map(({ row }) => `${nameOfServer(row)}: ${saysOf(row)}`).join('; '),
    },
  ];
}

function isSame(a: Content, b: Content, type: string): boolean {
  return a.kind === b.kind && (a.key === b.key || (isLocated(type) && !contradictInside(a, b)));
}
