import type { TargetProbeOptions } from '../model/probe-options.js';
import type { Target } from '../model/target.js';
import { bandwidthBudgetMs } from '../probes/bandwidth/plan.js';
import { questionsBudgetMs } from '../probes/dns/plan.js';
import { traceBudgetMs } from '../probes/dns-trace/plan.js';
import { httpBudgetMs } from '../probes/http/plan.js';
import { GREETINGS_MS, portsBudgetMs } from '../probes/ports/plan.js';
import { LONGEST_ENUMERATION_MS } from '../probes/tls/plan.js';
import { LONGEST_BURST_MS } from '../probes/websocket/message-burst.js';
import type { RunRequest } from '../run/request.js';
import { UsageError } from './usage-error.js';

/** A run of measured length ends within a day; what is to go on longer is another command's business. */
const LONGEST_RUN_MS = 24 * 3_600_000;
/** For resolving names and for what stands around the probes. */
const MARGIN_MS = 6_000;
/** A method can have a slower pace of its own, and a loss that is placed two sweeps ahead of it and pauses in between. */
const OWN_PACE_MS = 8_000;
/** For the lookup of a name ahead of each exchange. */
const LOOKUP_MS = 2_000;
/** A search over packet sizes takes about 15 steps, each sent up to three times. */
const MTU_EXCHANGES = 45;
/** By datagrams it waits for the answers that the target's rate limit leaves, then for TCP to send anew, whatever the time-out. */
const MTU_MS = 45_000;
/** The connections that show the direction of a loss, the last of which begins late and hangs, with the longest round trip. */
const DIRECTION_MS = 16_000;
/** A path whose hops are silent is felt for a window at a time, three times each, by two methods in turn. */
const ROUTE_TIMEOUTS = 30;
/** What validation asks goes out in rounds: a chain of eight zones with an alias takes about so many. */
const VALIDATION_ROUNDS = 8;
/** Beside the time-outs of a comparison: all servers are asked at once. */
const COMPARISON_MS = 1_000;
/** The name of a proxy or time server is looked up, then it is connected to, then asked. */
const MACHINE_ROUNDS = 5;
/** What the system's own traceroute gets at the most. */
const SYSTEM_TRACE_MS = 60_000;

/**
 * By when a run must be over, in milliseconds: what runs side by side counted once for all targets, what takes turns once for each, and each
 * answer as late as it may be. It is a safety net; runs end long before it.
 */
export function deadlineMs(request: Omit<RunRequest, 'deadlineMs'>): number {
  const { dns, captivePortal } = request;
  const alike = request.targets.filter(({ id }) => request.optionsByTarget?.has(id) !== true);
  // Those that are asked for more than others are counted each by itself.
  const groups = [
    { options: request, targets: alike },
    ...request.targets.flatMap((target) => {
      const own = request.optionsByTarget?.get(target.id);
      return own === undefined ? [] : [{ options: { ...request, ...own }, targets: [target] }];
    }),
  ];
  let sideBySide = Math.max(...groups.map(({ options }) => sideBySideMs(options)));
  const inTurns = groups.reduce((sum, { options, targets }) => sum + inTurnsMs(options, targets, request.targets.length === 0), 0);
  if (captivePortal) sideBySide += 3 * captivePortal.timeoutMs;
  const compared = dns?.compare ? dns.names.length * dns.types.length * (dns.attempts * dns.timeoutMs + COMPARISON_MS) : 0;
  const traced = dns?.trace ? dns.names.length * dns.types.length * traceBudgetMs(dns.timeoutMs, dns.attempts) : 0;
  const questions = dns && !dns.compare && !dns.trace ? questionsBudgetMs(dns) : 0;
  // Rounds of validation, each as long as a question may take.
  const validated = dns?.validate ? VALIDATION_ROUNDS * questions : 0;
  const machine = request.machine ? MACHINE_ROUNDS * request.machine.timeoutMs + request.machine.windowMs : 0;
  const inquired = request.inquire?.budgetMs ?? 0;
  const total = MARGIN_MS + inquired + machine + sideBySide + inTurns + questions + validated + compared + traced;
  if (total > LONGEST_RUN_MS) {
    throw new UsageError(
      `this would take up to ${Math.ceil(total / 3_600_000)} hours; 24 are the most: fewer targets, probes or ports, or a shorter interval`,
    );
  }
  return total;
}

/** What all targets do at the same time. */
function sideBySideMs(options: TargetProbeOptions): number {
  const { latency, loss, route, addresses, mtu } = options;
  let sideBySide = 0;
  // Where echo stays silent, UDP and TCP are tried after it, and where there is no socket for it the system's ping after them: three times.
  for (const probe of [latency, options.latencyOfEachFamily ? latency : undefined, loss])
    if (probe)
      sideBySide += 3 * (Math.max(probe.count, probe.extend?.maximumCount ?? 0) * probe.intervalMs + probe.timeoutMs + OWN_PACE_MS);
  if (loss?.direction === true) sideBySide += DIRECTION_MS;
  if (route) sideBySide += route.cycles * route.intervalMs + ROUTE_TIMEOUTS * route.timeoutMs + SYSTEM_TRACE_MS;
  // Silence is tried twice, and echo with it.
  if (addresses) sideBySide += 4 * addresses.timeoutMs;
  if (mtu) sideBySide += MTU_MS + MTU_EXCHANGES * mtu.timeoutMs;
  return sideBySide;
}

/**
 * What targets do one after the other.
 *
 * @param nobody no target is measured at all: what is asked of one is asked of the machine
 */
function inTurnsMs(options: TargetProbeOptions, targets: readonly Target[], nobody: boolean): number {
  const { phases, ports, tls, webSocket, proxy, http } = options;
  const withPort = targets.filter((target) => target.port !== null).length;
  let inTurns = 0;
  if (phases) inTurns += withPort * (phases.count ?? 1) * (LOOKUP_MS + 4 * phases.timeoutMs + (phases.intervalMs ?? 0));
  if (webSocket)
    inTurns +=
      withPort *
      (3 * webSocket.timeoutMs +
        Math.max(webSocket.count * webSocket.intervalMs, webSocket.listenMs ?? 0) +
        (webSocket.messages === undefined ? 0 : LONGEST_BURST_MS));
  if (proxy) inTurns += withPort * (proxy.compare ? 5 : 3) * proxy.timeoutMs;
  if (tls) inTurns += withPort * (tls.resumption ? 3 : 2) * tls.timeoutMs;
  if (tls?.enumerate) inTurns += withPort * (LONGEST_ENUMERATION_MS + tls.timeoutMs);
  if (options.bandwidth) inTurns += withPort * bandwidthBudgetMs(options.bandwidth);
  if (http) inTurns += withPort * httpBudgetMs(http);
  if (ports) {
    const { required, surveyed, udp, timeoutMs, banner } = ports;
    const byTcp = portsBudgetMs('tcp', required.length + surveyed.length + 1, timeoutMs);
    const byUdp = portsBudgetMs('udp', (udp?.required.length ?? 0) + (udp?.surveyed.length ?? 0), timeoutMs);
    inTurns += (nobody ? 1 : targets.length) * (byTcp + byUdp + (banner === true ? GREETINGS_MS : 0));
  }
  return inTurns;
}
