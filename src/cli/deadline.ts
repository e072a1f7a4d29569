import type { RunRequest } from '../run/request.js';
import { UsageError } from './usage-error.js';

/** A run of measured length ends within a day; what is to go on longer is another command's business. */
const LONGEST_RUN_MS = 24 * 3_600_000;
/** For resolving names and for what stands around the probes. */
const MARGIN_MS = 6_000;
/** A search over packet sizes takes about 15 steps, each sent up to three times. */
const MTU_EXCHANGES = 45;

/**
 * By when a run must be over, in milliseconds: every probe one after the other, each answer as late as it may be. It is a safety net; runs
 * end long before it.
 */
export function deadlineMs(request: Omit<RunRequest, 'deadlineMs'>): number {
  const targets = Math.max(1, request.targets.length);
  const { latency, loss, phases, mtu, ports, tls, dns } = request;
  let perTarget = 0;
  // Where echo stays silent, TCP is tried after it: twice.
  for (const probe of [latency, loss]) if (probe) perTarget += 2 * (probe.count * probe.intervalMs + probe.timeoutMs);
  if (phases) perTarget += 4 * phases.timeoutMs;
  if (tls) perTarget += 2 * tls.timeoutMs;
  if (mtu) perTarget += MTU_EXCHANGES * mtu.timeoutMs;
  if (ports) perTarget += Math.ceil((ports.required.length + ports.surveyed.length + 1) / ports.concurrency) * 2 * ports.timeoutMs;
  const questions = dns ? dns.names.length * dns.types.length * Math.max(3, dns.servers.length) * (dns.attempts + 1) * dns.timeoutMs : 0;
  const total = MARGIN_MS + targets * perTarget + questions;
  if (total > LONGEST_RUN_MS) {
    throw new UsageError(
      `this would take up to ${Math.ceil(total / 3_600_000)} hours; 24 are the most: fewer targets, probes or ports, or a shorter interval`,
    );
  }
  return total;
}
