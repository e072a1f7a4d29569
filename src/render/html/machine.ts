import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { type Content, html, type Markup } from './markup.js';
import { facts, table } from './table.js';

const LINKS_SHOWN = 40;
const ADDRESSES_SHOWN = 12;

type Link = DataOf<'host'>['interfaces'][number];

/** What this machine says of itself. */
export function machineSection(report: Report): Markup {
  const { host, measurements } = report;
  const own = measurements.find((entry): entry is MeasurementOf<'host'> => entry.probe === 'host' && entry.attempt.kind === 'measured');
  return html`<section id="machine" aria-labelledby="machine-title">
<h2 id="machine-title">This machine</h2>
${facts([
  ['Name', host.hostname],
  ['System', host.system ?? 'not known'],
  ['Kernel', `${host.platform} ${host.release}, ${host.arch}`],
  ['Virtual machine', host.virtualization ?? 'not looked at, or it cannot be told'],
  ['Container', host.container ?? 'not looked at, or it cannot be told'],
  ['Node', host.node],
  ['Native sockets', host.nativeSockets],
  ...(own === undefined ? [] : networkFacts(own.data)),
])}${own === undefined ? null : links(own.data.interfaces)}</section>
`;
}

function networkFacts({ defaultRoutes, routesKnown, resolvers, searchDomains }: DataOf<'host'>): (readonly [string, Content])[] {
  const routes = defaultRoutes.map(({ gateway, interface: name, metric, family }) => {
    const by = gateway === null ? name : `${gateway} on ${name}`;
    return `IPv${family} by ${by}${metric === null ? '' : `, metric ${metric}`}`;
  });
  return [
    ['Default routes', routes.length === 0 ? (routesKnown ? 'none' : 'not known') : joined(routes)],
    ['Resolvers', resolvers.length === 0 ? 'none' : joined(resolvers)],
    ['Search domains', searchDomains.length === 0 ? null : joined(searchDomains)],
  ];
}

function joined(texts: readonly string[]): string {
  const more = texts.length - ADDRESSES_SHOWN;
  return `${texts.slice(0, ADDRESSES_SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function links(interfaces: readonly Link[]): Markup | null {
  if (interfaces.length === 0) return null;
  const more = interfaces.length - LINKS_SHOWN;
  return table({
    caption: 'Links',
    columns: [
      { title: 'Link' },
      { title: 'State' },
      { title: 'Addresses' },
      { title: 'MTU', kind: 'number' },
      { title: 'Errors, drops', kind: 'number' },
    ],
    nameColumn: 0,
    groups: [{ title: null, rows: interfaces.slice(0, LINKS_SHOWN).map((link) => ({ cells: linkCells(link) })) }],
    left: more > 0 ? `${more} more links are in the JSON report.` : null,
  });
}

function linkCells(link: Link): Content[] {
  const { name, kind, up, carrier, speedMbit, addresses, addressesKnown, mtuBytes, errors, dropped } = link;
  const state = up === null ? 'not known' : !up ? 'down' : carrier === false ? 'no carrier' : 'up';
  const shown = addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`);
  return [
    html`<code>${name}</code>${kind === null ? null : ` ${kind}`}`,
    `${state}${speedMbit === null ? '' : `, ${speedMbit} Mbit/s`}`,
    shown.length === 0 ? (addressesKnown ? 'none' : 'not known') : joined(shown),
    mtuBytes === null ? 'not known' : `${mtuBytes} bytes`,
    `${errors ?? 'not known'}, ${dropped ?? 'not known'}`,
  ];
}
