import { formatMs, formatQuantity, formatRatio } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';
import { counted, milliseconds } from './quantities.js';

type Bandwidth = DataOf<'bandwidth'>;
type Direction = NonNullable<Bandwidth['down']>;
type RoundTrips = NonNullable<Bandwidth['idle']>;

/** What each direction carried, what the interface saw of it, and the round trips before and under load. */
export function bandwidthLines(data: Bandwidth): string[] {
  return [
    ...(data.idle === null ? [] : [`idle: ${roundTrips(data.idle)}${crossedBefore(data)}`]),
    ...directionLines('download', data.down),
    ...directionLines('upload', data.up),
  ];
}

function directionLines(name: string, direction: Direction | null): string[] {
  if (direction === null) return [];
  const { mbps, interval, bytes, durationMs, connections, failure, latency } = direction;
  if (mbps === null || bytes === null || durationMs === null) return [`${name}: ${failure?.message ?? 'not measured'}`];
  const sure =
    interval === null ? '' : ` (${mbit(interval.lowMbps)} to ${mbit(interval.highMbps)}, ${formatRatio(interval.confidence)} sure)`;
  const broken = connections.broken === 0 ? '' : `, ${connections.broken} broke off`;
  const parts = [
    `${formatQuantity(mbps, 'Mbit/s')}${sure}`,
    `${megabytes(bytes)} in ${formatMs(durationMs)}`,
    `${counted(connections.opened, 'connection')}${broken}`,
    ...beside(direction),
  ];
  const lines = [`${name}: ${parts.join(' · ')}`];
  if (latency !== null) lines.push(`${name}, round trips under it: ${roundTrips(latency)}`);
  return lines;
}

/** What else is known of the direction. */
function beside(direction: Direction): string[] {
  const { interfaceMbps, linkRatio, retransmittedRatio, busyRatio } = direction;
  const link = linkRatio === null ? '' : ` (${formatRatio(linkRatio)} of the link)`;
  return [
    ...(interfaceMbps === null ? [] : [`${formatQuantity(interfaceMbps, 'Mbit/s')} crossed the interface${link}`]),
    ...(retransmittedRatio === null ? [] : [`${formatRatio(retransmittedRatio)} sent again`]),
    ...(busyRatio === null ? [] : [`this process busy for ${formatRatio(busyRatio)} of it`]),
  ];
}

function roundTrips({ rttMs, method, clock, sent, received }: RoundTrips): string {
  const how = method === null ? '' : ` · ${method.toUpperCase()}${clock === null ? '' : `, ${clock} clock`}`;
  const spread =
    rttMs === null
      ? ''
      : `${(['min', 'p50', 'p95', 'max'] as const).map((name) => `${name} ${milliseconds(rttMs[name])}`).join(' · ')} ms · `;
  return `${spread}${received} of ${sent} answered${how}`;
}

function crossedBefore({ interface: link }: Bandwidth): string {
  if (link === null || link.idleReceivedMbps === null || link.idleSentMbps === null) return '';
  return ` · ${mbit(link.idleReceivedMbps)} in and ${mbit(link.idleSentMbps)} Mbit/s out crossed ${link.name}`;
}

function mbit(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}

function megabytes(bytes: number): string {
  return `${Number((bytes / 1e6).toPrecision(3))} MB`;
}
