import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check } from '../check.js';

export type Trace = MeasurementOf<'dns-trace'>;
export type Step = Trace['data']['steps'][number];
export type Server = Step['servers'][number];
export type Address = Server['addresses'][number];

/**
 * A line about one zone of a walk: `l7.glue@www.example.net/example.net`. Walks for several types of a name come by the same zones, and their
 * lines are one in the report.
 */
export function zoneLine(measurement: Trace, step: Step, parts: Omit<CheckParts, 'measurement' | 'layer'>): Check {
  const made = check({ ...parts, measurement, layer: 7 });
  return { ...made, id: `${parts.kind}@${measurement.target}/${step.zone}` };
}

/** A line that hangs on the question too: `l7.answers@www.example.net/A/example.net`. */
export function answersLine(measurement: Trace, step: Step, parts: Omit<CheckParts, 'measurement' | 'layer'>): Check {
  return { ...zoneLine(measurement, step, parts), id: `${parts.kind}@${measurement.target}/${measurement.data.type}/${step.zone}` };
}

/** How people call a zone. */
export function zoneName(zone: string): string {
  return zone === '.' ? 'the root' : zone;
}

export interface AskedAddress extends Address {
  server: Server;
}

/** The addresses of a step, each with its server; one that two servers share counts once. */
export function addressesOf(step: Step): AskedAddress[] {
  const seen = new Set<string>();
  return step.servers.flatMap((server) =>
    server.addresses.flatMap((address) => {
      if (seen.has(address.address)) return [];
      seen.add(address.address);
      return [{ ...address, server }];
    }),
  );
}

/** `ns1.example.net (192.0.2.1)`. */
export function called({ address, server }: AskedAddress): string {
  return server.name === null ? address : `${server.name} (${address})`;
}

const LISTED = 4;

/** The first few of a list, and how many more there are. */
export function listed(texts: readonly string[], separator = ', '): string {
  const rest = texts.length - LISTED;
  return texts.slice(0, LISTED).join(separator) + (rest > 0 ? `${separator}${rest} more` : '');
}

/** Whether the walk came to an answer or an alias here: then the zone is one of those that were asked about. */
export function isLast({ result, leadsTo }: Step): boolean {
  return result !== null && result !== 'referral' && (leadsTo === null || result === 'alias');
}
