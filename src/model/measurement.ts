import { z } from 'zod';
import { bandwidthData } from './data/bandwidth.js';
import { captivePortalData } from './data/captive-portal.js';
import { clockData } from './data/clock.js';
import { countersData } from './data/counters.js';
import { dnsData } from './data/dns.js';
import { dnsComparisonData } from './data/dns-comparison.js';
import { dnsTraceData } from './data/dns-trace.js';
import { duplicateAddressData } from './data/duplicate-address.js';
import { firewallData } from './data/firewall.js';
import { handshakeVariantsData } from './data/handshake-variants.js';
import { hostData } from './data/host.js';
import { httpData, type httpRedirect } from './data/http.js';
import { kernelData } from './data/kernel.js';
import { nameServiceData } from './data/name-service.js';
import { addressesData, mtuData, neighborData, routeData, type routeHop, routeLookupData } from './data/path.js';
import { proxyData } from './data/proxy.js';
import { proxySettingsData } from './data/proxy-settings.js';
import { type clock, type icmpError, type interval, milliseconds, type rttMs } from './data/quantities.js';
import { quicData } from './data/quic.js';
import { latencyData, lossData, type lossPath } from './data/round-trips.js';
import { surroundingsData } from './data/surroundings.js';
import { type certificate, tlsData } from './data/tls.js';
import { listeningData, phasesData, portsData } from './data/transport.js';
import { webSocketData } from './data/websocket.js';
import { wirelessData } from './data/wireless.js';

/**
 * The shapes of `measurements[]`: one definition gives the TypeScript types, the validation and the JSON Schema. Modules that only need
 * the types import them with `import type`, so that a run does not pay for loading the validator.
 *
 * In all of them: `null` is "not measured"; 0 is a measured zero. Durations are milliseconds, sizes bytes, ratios 0 to 1.
 */

const step = z.enum(['configure', 'resolve', 'route', 'send', 'connect', 'handshake', 'request', 'response']);

/** How the measurement ended; `data` holds the numbers that were reached by then. See `attempt.ts`. */
export const attemptSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('measured') }),
  z.strictObject({ kind: z.literal('unanswered'), step, waitedMs: milliseconds }),
  z.strictObject({ kind: z.literal('failed'), step, code: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal('unavailable'), capability: z.string(), reason: z.string() }),
  z.strictObject({ kind: z.literal('skipped'), because: z.string() }),
]);

const envelope = {
  id: z.string(),
  /** `id` of the target; for a measurement of the machine itself, `null`. */
  target: z.string().nullable(),
  /** How it was measured: `icmp`, `tcp`, `udp`, `system`, …; `null` where it was not. */
  method: z.string().nullable(),
  startedAt: z.iso.datetime(),
  durationMs: milliseconds,
  /** By how much this process was late to run meanwhile: times on the process clock can be too long by as much. `null`: not measured. */
  stalledMs: milliseconds.nullable(),
  attempt: attemptSchema,
};

export const measurementSchema = z.discriminatedUnion('probe', [
  z.strictObject({ ...envelope, probe: z.literal('latency'), data: latencyData }),
  z.strictObject({ ...envelope, probe: z.literal('loss'), data: lossData }),
  z.strictObject({ ...envelope, probe: z.literal('addresses'), data: addressesData }),
  z.strictObject({ ...envelope, probe: z.literal('route'), data: routeData }),
  z.strictObject({ ...envelope, probe: z.literal('phases'), data: phasesData }),
  z.strictObject({ ...envelope, probe: z.literal('mtu'), data: mtuData }),
  z.strictObject({ ...envelope, probe: z.literal('ports'), data: portsData }),
  z.strictObject({ ...envelope, probe: z.literal('listening'), data: listeningData }),
  z.strictObject({ ...envelope, probe: z.literal('dns'), data: dnsData }),
  z.strictObject({ ...envelope, probe: z.literal('dns-comparison'), data: dnsComparisonData }),
  z.strictObject({ ...envelope, probe: z.literal('dns-trace'), data: dnsTraceData }),
  z.strictObject({ ...envelope, probe: z.literal('tls'), data: tlsData }),
  z.strictObject({ ...envelope, probe: z.literal('http'), data: httpData }),
  z.strictObject({ ...envelope, probe: z.literal('websocket'), data: webSocketData }),
  z.strictObject({ ...envelope, probe: z.literal('bandwidth'), data: bandwidthData }),
  z.strictObject({ ...envelope, probe: z.literal('proxy'), data: proxyData }),
  z.strictObject({ ...envelope, probe: z.literal('quic'), data: quicData }),
  z.strictObject({ ...envelope, probe: z.literal('handshake-variants'), data: handshakeVariantsData }),
  z.strictObject({ ...envelope, probe: z.literal('captive-portal'), data: captivePortalData }),
  z.strictObject({ ...envelope, probe: z.literal('host'), data: hostData }),
  z.strictObject({ ...envelope, probe: z.literal('counters'), data: countersData }),
  z.strictObject({ ...envelope, probe: z.literal('duplicate-address'), data: duplicateAddressData }),
  z.strictObject({ ...envelope, probe: z.literal('wireless'), data: wirelessData }),
  z.strictObject({ ...envelope, probe: z.literal('name-service'), data: nameServiceData }),
  z.strictObject({ ...envelope, probe: z.literal('proxy-settings'), data: proxySettingsData }),
  z.strictObject({ ...envelope, probe: z.literal('clock'), data: clockData }),
  z.strictObject({ ...envelope, probe: z.literal('kernel'), data: kernelData }),
  z.strictObject({ ...envelope, probe: z.literal('firewall'), data: firewallData }),
  z.strictObject({ ...envelope, probe: z.literal('surroundings'), data: surroundingsData }),
  z.strictObject({ ...envelope, probe: z.literal('route-lookup'), data: routeLookupData }),
  z.strictObject({ ...envelope, probe: z.literal('neighbor'), data: neighborData }),
]);

export type Measurement = z.infer<typeof measurementSchema>;

export type ProbeName = Measurement['probe'];

export type MeasurementOf<P extends ProbeName> = Extract<Measurement, { probe: P }>;

export type DataOf<P extends ProbeName> = MeasurementOf<P>['data'];

export type RttStatistics = z.infer<typeof rttMs>;

export type ClockSource = z.infer<typeof clock>;

export type IcmpErrorCount = z.infer<typeof icmpError>;

export type Certificate = z.infer<typeof certificate>;

export type PhasesRun = DataOf<'phases'>['runs'][number];

export type LossPath = z.infer<typeof lossPath>;

export type RouteHop = z.infer<typeof routeHop>;

export type Interval = z.infer<typeof interval>;

export type PortResult = DataOf<'ports'>['ports'][number];

export type ExpectedListener = NonNullable<DataOf<'listening'>['expected']>[number];

export type HttpRun = DataOf<'http'>['runs'][number];

export type HttpRedirect = z.infer<typeof httpRedirect>;

export type RateLimit = NonNullable<DataOf<'http'>['rateLimit']>;
