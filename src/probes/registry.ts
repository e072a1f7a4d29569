import type { Attempt } from '../model/attempt.js';
import type { MeasurementOf, ProbeName } from '../model/measurement.js';
import type { Origin, TargetProbeOptions } from '../model/probe-options.js';
import { proxyFor } from '../model/proxy-environment.js';
import type { Check } from '../model/report.js';
import { addressFamily, speaksTls, type Target } from '../model/target.js';
import { addressesProbe } from './addresses/index.js';
import { planAddresses } from './addresses/plan.js';
import { bandwidthProbe } from './bandwidth/index.js';
import { planBandwidth } from './bandwidth/plan.js';
import { httpProbe } from './http/index.js';
import { planHttp } from './http/plan.js';
import { latencyProbe } from './latency/index.js';
import { planLatency } from './latency/plan.js';
import { lossProbe } from './loss/index.js';
import { planLoss } from './loss/plan.js';
import { mtuProbe } from './mtu/index.js';
import { planMtu } from './mtu/plan.js';
import { phasesProbe } from './phases/index.js';
import { planPhases } from './phases/plan.js';
import { portsProbe } from './ports/index.js';
import { planPorts } from './ports/plan.js';
import type { JudgeContext, MeasureContext, Observation, Probe } from './probe.js';
import { proxyProbe } from './proxy/index.js';
import { planProxy } from './proxy/plan.js';
import { quicProbe } from './quic/index.js';
import { planQuic } from './quic/plan.js';
import { routeProbe } from './route/index.js';
import { planRoute } from './route/plan.js';
import { tlsProbe } from './tls/index.js';
import { planTls } from './tls/plan.js';
import { webSocketProbe } from './websocket/index.js';
import { planWebSocket } from './websocket/plan.js';

/** What is asked of a target, and what is known of it when its probes start. */
export interface Circumstances {
  target: Target;
  options: TargetProbeOptions;
  origin: Origin;
  /** All addresses of its name, or the one that it is; empty where it was not resolved. */
  addresses: readonly string[];
  /** What looking its name up took; `null` where nothing was looked up. */
  dnsMs: number | null;
  /** MTU of the interface on the way to it; `null` where that is not known. */
  localMtuBytes: number | null;
  /** Whether it is known to be on a link of this machine, with no router between. */
  onLink?: boolean;
}

/** A probe that runs on a target, as a run needs it: the kind of its plan stays inside. */
export interface TargetProbe<P extends ProbeName = ProbeName> {
  readonly name: P;
  /** Whether it is timed on the process clock, so that it takes turns with others of its kind. */
  readonly inTurns: boolean;
  /** Whether it loads the line, so that no other of its kind may run beside it. */
  readonly alone: boolean;
  /** Whether it was asked for, and the target is one that it can say something about. */
  isAsked(circumstances: Circumstances): boolean;
  measure(address: string, circumstances: Circumstances, context: MeasureContext): Promise<Observation<P>>;
  notTried(address: string | null, attempt: Attempt<null>): Observation<P>;
  judge(measurement: MeasurementOf<P>, context: JudgeContext): Check[];
}

/** Probes that go the way of a client, and so through its proxy. */
const BY_PROXY: ReadonlySet<ProbeName> = new Set(['http', 'websocket', 'proxy']);

/**
 * Whether a probe reaches its target through a proxy that can be asked although the target's own name was not resolved, or no route to it
 * is known, here: most proxies look names up themselves.
 */
export function goesByProxy(probe: TargetProbe, address: string | null, { target, options }: Circumstances): boolean {
  const settings = options.proxy?.settings ?? options.http?.proxies ?? options.webSocket?.proxies;
  if (!BY_PROXY.has(probe.name) || settings === undefined) return false;
  const { hop } = proxyFor(target, settings);
  return hop !== null && (address !== null || hop.kind !== 'socks5');
}

/** `null` for a name: it stands in for an address where there is none. */
function resolvedOnly(to: string): string | null {
  return addressFamily(to) === null ? null : to;
}

/** `plan` gives `null` where the probe was not asked for or does not suit the target; it is called with an address of the target. */
function register<P extends ProbeName, Plan>(
  probe: Probe<P, Plan>,
  turns: boolean | 'alone',
  plan: (address: string, circumstances: Circumstances) => Plan | null,
): TargetProbe {
  const registered: TargetProbe<P> = {
    name: probe.name,
    inTurns: turns === true,
    alone: turns === 'alone',
    isAsked: (circumstances) => plan(circumstances.target.host, circumstances) !== null,
    measure: async (address, circumstances, context) => {
      const planned = plan(address, circumstances);
      return planned === null ? probe.notTried(address, { kind: 'skipped', because: 'not asked for' }) : probe.measure(planned, context);
    },
    notTried: (address, attempt) => probe.notTried(address, attempt),
    judge: (measurement, context) => probe.judge(measurement, context),
  };
  // From here on a run hands back to each probe only what came from it, and need not know which one it is.
  return registered as unknown as TargetProbe;
}

/** Every probe that runs on a target, in the order of the report. A new probe is one line here. */
export const TARGET_PROBES: readonly TargetProbe[] = [
  register(latencyProbe, false, (to, { target, options: { latency }, origin }) =>
    latency ? planLatency(target, to, latency, origin) : null,
  ),
  register(lossProbe, false, (to, { target, options: { loss }, origin }) => (loss ? planLoss(target, to, loss, origin) : null)),
  register(routeProbe, false, (to, { target, options: { route }, origin }) => (route ? planRoute(target, to, route, origin) : null)),
  register(mtuProbe, false, (to, { target, options: { mtu }, origin, localMtuBytes, onLink }) =>
    mtu ? planMtu(target, to, { localMtuBytes, onLink: onLink === true }, mtu, origin) : null,
  ),
  register(portsProbe, true, (to, { target, options: { ports }, origin }) => (ports ? planPorts(target, to, ports, origin) : null)),
  register(tlsProbe, true, (to, { target, options: { tls }, origin }) =>
    tls && speaksTls(target) ? planTls(target, to, tls, origin) : null,
  ),
  register(phasesProbe, true, (to, { target, options: { phases, tls }, origin, dnsMs }) =>
    phases ? planPhases(target, to, dnsMs, phases, tls ?? null, origin) : null,
  ),
  register(httpProbe, true, (to, { target, options: { http }, origin, dnsMs }) =>
    http ? planHttp(target, to, dnsMs, http, origin) : null,
  ),
  register(webSocketProbe, true, (to, { target, options: { webSocket, tls, http }, origin, dnsMs }) =>
    webSocket ? planWebSocket(target, resolvedOnly(to), dnsMs, webSocket, tls ?? http ?? null, origin) : null,
  ),
  register(bandwidthProbe, 'alone', (to, { target, options: { bandwidth }, origin }) =>
    bandwidth ? planBandwidth(target, to, bandwidth, origin) : null,
  ),
  register(proxyProbe, true, (to, { target, options: { proxy, tls, http }, origin }) =>
    proxy ? planProxy(target, resolvedOnly(to), proxy, tls ?? http ?? null, origin) : null,
  ),
  register(quicProbe, false, (to, { target, options: { quic, tls }, origin }) =>
    quic ? planQuic(target, to, quic, tls ?? null, origin) : null,
  ),
  register(addressesProbe, true, (to, { target, options, origin, addresses }) =>
    options.addresses ? planAddresses(target, to, addresses, options.addresses, origin) : null,
  ),
];
