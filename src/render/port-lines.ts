import { formatMs } from '../model/format.js';
import type { DataOf, PortResult } from '../model/measurement.js';

/** Ports of a survey that are named one by one; above it those that are not open are counted. */
const NAMED_PORTS = 20;
const GAP = '  ';
const HEADING = ['port', 'state', 'time', 'service', 'says'] as const;
const TIME_COLUMN = 2;

/**
 * The ports that matter, in a table where they are several: those that were asked for by their number, those that are open, and who rejected
 * one. Of the others the state, with their numbers where they are few.
 */
export function portLines({ ports }: DataOf<'ports'>): string[] {
  const few = ports.length <= NAMED_PORTS;
  const shown = ports.filter((port) => port.required || port.state === 'open' || (few && port.state === 'rejected'));
  const rest = others(ports, new Set(shown), few);
  if (shown.length > 1) return [...table(shown), ...(few ? rest : rest.length === 0 ? [] : [rest.join(' · ')])];
  const [only] = shown;
  const lead = only === undefined ? [] : [inWords(only)];
  if (few) return [...lead, ...rest];
  return [[...lead, ...rest].join(' · ')];
}

function table(ports: readonly PortResult[]): string[] {
  const rows = ports.map((port) => [
    `${port.port}/${port.protocol}`,
    port.state,
    port.latencyMs === null ? '' : formatMs(port.latencyMs),
    port.service ?? '',
    `${says(port) ?? rejecter(port)}`.trimStart(),
  ]);
  const widths = HEADING.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const used = HEADING.map((_, column) => rows.some((row) => row[column] !== ''));
  return [[...HEADING], ...rows].map((row) =>
    row
      .flatMap((text, column) => {
        if (used[column] !== true) return [];
        const width = widths[column] ?? 0;
        return [column === TIME_COLUMN ? text.padStart(width) : text.padEnd(width)];
      })
      .join(GAP)
      .trimEnd(),
  );
}

function inWords(port: PortResult): string {
  const service = port.service === null ? '' : ` (${port.service})`;
  const time = port.latencyMs === null ? '' : `, ${formatMs(port.latencyMs)}`;
  const spoken = says(port);
  return `${port.port}${port.protocol === 'udp' ? '/udp' : ''}${service} ${port.state}${rejecter(port)}${time}${spoken === null ? '' : `, ${spoken}`}`;
}

function rejecter({ state, rejectedBy }: PortResult): string {
  return state === 'rejected' && rejectedBy !== null ? ` by ${rejectedBy}` : '';
}

function says({ tls, banner }: PortResult): string | null {
  if (tls === true) return 'TLS';
  return banner === null ? null : `"${banner}"`;
}

/** By state, in the order in which the states first come. */
function others(ports: readonly PortResult[], shown: ReadonlySet<PortResult>, named: boolean): string[] {
  const byState = new Map<string, PortResult[]>();
  for (const port of ports) {
    if (shown.has(port)) continue;
    const those = byState.get(port.state);
    if (those === undefined) byState.set(port.state, [port]);
    else those.push(port);
  }
  return [...byState].map(([state, those]) => {
    if (!named) return `${those.length}${shown.size === 0 ? '' : ' more'} ${state}`;
    const names = those.map(
      ({ port, protocol, service }) => `${port}${protocol === 'udp' ? '/udp' : ''}${service === null ? '' : ` (${service})`}`,
    );
    return `${state}: ${names.join(' · ')}`;
  });
}
