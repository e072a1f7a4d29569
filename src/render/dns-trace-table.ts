import { formatMs } from '../model/format.js';
import type { DataOf, MeasurementOf } from '../model/measurement.js';
import type { Cell, Layout } from './layout.js';
import type { Palette } from './paint.js';
import { counted, milliseconds } from './quantities.js';

type Data = DataOf<'dns-trace'>;
type Step = Data['steps'][number];
type Server = Step['servers'][number];
type Address = Server['addresses'][number];

const TIME_WIDTH = 8;
const GAP = 2;
const WIDEST_ADDRESS = 39;
const LISTED_ANSWERS = 6;
/** More servers of one zone than these are not shown one by one where all say the same. */
const LISTED_SERVERS = 4;

/** What was found at the end of the walk, and how long it was. */
export function dnsTraceLines({ name, type, end, answers, wildcard, steps, queries, rootHints, port }: Data): string[] {
  const given = answers.map((answer) => (answer.type === type ? answer.data : `${answer.type} ${answer.data}`));
  const shown =
    given.slice(0, LISTED_ANSWERS).join(', ') + (given.length > LISTED_ANSWERS ? `, ${given.length - LISTED_ANSWERS} more` : '');
  const said = end === null ? '' : `: ${[shown, endText(end)].filter((text) => text !== '').join(', ')}`;
  const zones = new Set(steps.map(({ zone }) => zone)).size;
  const parts = [
    `${name} ${type}${said}`,
    wildcard === null ? '' : `as the wildcard ${wildcard}`,
    queries === 0 ? '' : `${counted(zones, 'zone')}, ${counted(queries, 'question')}`,
    rootHints === null ? '' : `${rootHints} root hints${port === null || port === 53 ? '' : `, port ${port}`}`,
  ];
  return [parts.filter((part) => part !== '').join(' · ')];
}

function endText({ reason, zone, name, detail }: NonNullable<Data['end']>): string {
  const where = zone === null || zone === '.' ? 'the root' : zone;
  switch (reason) {
    case 'answer':
    case 'interrupted':
      return '';
    case 'no-data':
      return 'no such record';
    case 'no-name':
      return `NXDOMAIN for ${name}`;
    case 'lame':
      return `no server of ${where} serves it`;
    case 'silent':
      return `no server of ${where} answers`;
    case 'no-address':
      return `no server of ${where} has an address`;
    case 'no-route':
      return `no route to the servers of ${where}`;
    default:
      return detail ?? reason;
  }
}

/** The walk zone by zone, as a tree: below each zone its servers with what they said. */
export function dnsTraceTable({ data }: MeasurementOf<'dns-trace'>, layout: Layout, palette: Palette, indent: number): string[] {
  return data.steps.flatMap((step) => {
    const heading = layout.row(
      [{ text: '' }, { text: headingOf(step), paint: palette.heading, wrap: true }],
      [indent, layout.width - indent],
    );
    return [...heading, ...serverRows(step, layout, palette, indent + 2), ...remarkRows(step, layout, palette, indent + 2)];
  });
}

function headingOf({ zone, name, by, delegationSigners, result, leadsTo }: Step): string {
  const ways = { hints: 'from the root hints', referral: '', 'same-servers': 'on the servers of the zone above', known: 'known by now' };
  const signed = delegationSigners === null ? '' : delegationSigners.length === 0 ? 'no DS' : 'DS';
  const leads = leadsTo === null ? '' : result === 'alias' ? `${name} is an alias of ${leadsTo}` : `→ ${leadsTo}`;
  return [zone === '.' ? 'the root' : zone, ways[by], signed, leads].filter((text) => text !== '').join(' · ');
}

interface Row {
  server: string;
  address: string;
  said: string;
  timeMs: number | null;
  bad: boolean;
}

function serverRows(step: Step, layout: Layout, palette: Palette, indent: number): string[] {
  const all = step.servers.flatMap((server) =>
    server.addresses.length === 0 ? [withoutAddress(server)] : server.addresses.map((address) => rowOf(server, address)),
  );
  const rows = summarised(all);
  if (rows.length === 0) return [];
  const room = layout.width - indent - TIME_WIDTH - GAP;
  const addressWidth = Math.min(WIDEST_ADDRESS, layout.widest(rows.map(({ address }) => address)), Math.floor(room * 0.34)) + GAP;
  const serverWidth = Math.min(layout.widest(rows.map(({ server }) => server)), Math.floor(room * 0.34)) + GAP;
  const widths = [indent, serverWidth, addressWidth, room - addressWidth - serverWidth, TIME_WIDTH];
  return rows.flatMap(({ server, address, said, timeMs, bad }) => {
    const paint = bad ? { paint: palette.status.fail } : {};
    const cells: Cell[] = [
      { text: '' },
      { text: server, wrap: true },
      { text: address, wrap: true },
      { text: said, wrap: true, ...paint },
      { text: timeMs === null ? '' : `${milliseconds(timeMs)} ms`, align: 'right' },
    ];
    return layout.row(cells, widths);
  });
}

/** Of many servers that say the same, how many they are and how fast. */
function summarised(rows: readonly Row[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(`${row.bad} ${row.said}`, [...(groups.get(`${row.bad} ${row.said}`) ?? []), row]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length <= LISTED_SERVERS) return group;
    const times = group.flatMap(({ timeMs }) => timeMs ?? []);
    const servers = new Set(group.map(({ server }) => server)).size;
    const spread = times.length === 0 ? '' : `, ${formatMs(Math.min(...times))} to ${formatMs(Math.max(...times))}`;
    return [
      {
        server: counted(servers, 'server'),
        address: `${group.length} addresses`,
        said: `${first.said}${spread}`,
        timeMs: null,
        bad: first.bad,
      },
    ];
  });
}

function withoutAddress({ name, failure }: Server): Row {
  const texts = {
    'no-name': 'no such name',
    'no-address': 'no address',
    alias: 'an alias',
    cyclic: 'found only by way of itself',
    'missing-glue': 'no glue',
    unreachable: 'its address was not found',
    limit: 'not looked up: a bound was met',
    interrupted: 'not looked up to the end',
  };
  return {
    server: name ?? '',
    address: '',
    said: failure === null ? 'no address' : texts[failure],
    timeMs: null,
    bad: failure !== 'limit' && failure !== 'interrupted',
  };
}

function rowOf({ name }: Server, address: Address): Row {
  return { server: name ?? '', address: address.address, said: saidBy(address), timeMs: address.queryMs, bad: address.state === 'lame' };
}

const RESULTS = { answer: 'answers', alias: 'alias', referral: 'refers', 'no-data': 'no such record', 'no-name': 'no such name' } as const;

function saidBy({ state, lame, detail, rcode, result, serial, tcp, edns, transport, truncated }: Address): string {
  if (state === null) return `not asked: ${detail ?? ''}`;
  const how = [
    truncated === true ? (transport === 'tcp' ? 'too long for UDP, by TCP' : 'too long for UDP') : '',
    serial === null ? '' : `serial ${serial}`,
    tcp === null || tcp === 'answers' ? '' : `TCP ${tcp}`,
    edns === 'dropped' ? 'drops EDNS' : edns === 'absent' ? 'no EDNS' : '',
  ].filter((text) => text !== '');
  const first = state === 'lame' ? lameText({ lame, detail, rcode }) : result === null ? 'answers' : RESULTS[result];
  return [first, ...how].join(', ');
}

function lameText({ lame, detail, rcode }: Pick<Address, 'lame' | 'detail' | 'rcode'>): string {
  if (lame === 'silent') return 'lame: silent';
  const coded = lame === 'refused' || lame === 'servfail' || lame === 'error';
  return `lame: ${(coded ? rcode : null) ?? detail ?? lame ?? ''}`;
}

/** What is wrong with the delegation itself, and what was left out. */
function remarkRows({ servers, omittedServers, ignoredRecords, by }: Step, layout: Layout, palette: Palette, indent: number): string[] {
  const named = (list: readonly Server[]) => list.map(({ name }) => name).join(', ');
  const above = servers.filter(({ inParent, inChild }) => inParent === true && inChild === false);
  const below = servers.filter(({ inParent, inChild }) => inParent === false && inChild === true);
  const missing = servers.filter(({ glue, failure }) => glue === 'missing' && failure === null);
  const stale = servers.filter(({ glue }) => glue === 'stale');
  const texts = [
    above.length === 0 || by === 'hints' ? '' : `named above, not in the zone: ${named(above)}`,
    below.length === 0 ? '' : `named in the zone, not above: ${named(below)}`,
    missing.length === 0 ? '' : `glue missing: ${named(missing)}`,
    ...stale.map((server) => `glue of ${server.name} is not its address: that is ${(server.recordAddresses ?? []).join(', ')}`),
    omittedServers === 0 ? '' : `${counted(omittedServers, 'further server')} not looked at`,
    ignoredRecords === 0 ? '' : `not believed: ${counted(ignoredRecords, 'record')} beside the delegation`,
  ].filter((text) => text !== '');
  return texts.flatMap((text) => layout.row([{ text: '' }, { text, wrap: true, paint: palette.faint }], [indent, layout.width - indent]));
}
