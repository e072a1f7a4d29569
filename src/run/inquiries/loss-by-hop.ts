import { addressFamily } from '../../model/target.js';
import { lossProbe } from '../../probes/loss/index.js';
import { lossNotTried } from '../../probes/loss/measure.js';
import { planLoss } from '../../probes/loss/plan.js';
import { routersOf } from '../paths-beyond.js';
import { requestFor } from '../request.js';
import { longestAnswerMs } from './answer-time.js';
import type { InquiryWork } from './inquiry-work.js';
import { followTarget } from './trace.js';

/** Between two rounds of packets to all hops. */
const INTERVAL_MS = 15;
/** The path is measured out first. */
const SWEEP_MS = 300;
const FEWEST = 50;
const ANSWER_MS = { shortest: 150, longest: 600 } as const;
/** Echoes to each router for itself: enough to tell a loss of a few per cent from none. */
const ECHOES = 100;
const ECHO_INTERVAL_MS = 12;
/** Routers that are asked, the farthest first: what is clean there is clean before. */
const ROUTERS = 6;

/**
 * At which hop loss begins: the target and all hops before it in turn, over one path. Most routers limit what they say of packets that end at
 * them, and not what they answer to an echo of their own: those go to each of them beside it.
 */
export async function lossByHop(work: InquiryWork): Promise<string | null> {
  const { environment, outcome, leftMs } = work;
  if (outcome?.address == null || outcome.lookup?.attempt.kind !== 'measured') return 'there is no way to it';
  if (outcome.lookup.data.loopback === true) return 'it is on this machine';
  const startMs = environment.network.clock.nowMs();
  const path = await followTarget(outcome, work);
  const left = leftMs - (environment.network.clock.nowMs() - startMs);
  const beside = outcome.lookup.data.gateway === null ? gatewaysBeside(work, outcome.lookup.data.interface, outcome.address) : [];
  const routers = [...beside, ...routersOf(path.data).reverse()].slice(0, ROUTERS);
  const timeoutMs = longestAnswerMs(outcome, ANSWER_MS);
  const [because] = await Promise.all([
    walk(work, outcome.address, left, timeoutMs),
    ...routers.map((address) => echoes(work, address, left, timeoutMs)),
  ]);
  return because;
}

/** Default gateways on the link of a target that is on this link itself: what they lose as well is lost on the link. */
function gatewaysBeside({ host }: InquiryWork, link: string | null, address: string): string[] {
  const family = addressFamily(address);
  const routes = (host?.host?.data.defaultRoutes ?? []).filter((route) => route.family === family && route.interface === link);
  return [...new Set(routes.flatMap(({ gateway }) => (gateway === null || gateway === address || /^fe80:/i.test(gateway) ? [] : gateway)))];
}

async function walk(
  { request, environment, recorder, outcome, label }: InquiryWork,
  address: string,
  leftMs: number,
  timeoutMs: number,
): Promise<string | null> {
  const count = Math.floor((leftMs - SWEEP_MS - timeoutMs) / INTERVAL_MS);
  if (count < FEWEST || outcome === null) return 'there was no time left for it';
  const { target } = outcome;
  const path = { acceptableRatio: requestFor(request, target.id).policy.lossRatio.acceptable };
  const options = { method: 'auto', count, intervalMs: INTERVAL_MS, timeoutMs, path } as const;
  const plan = planLoss(target, address, options, request.origin);
  const { network, signal } = environment;
  await recorder.record({
    probe: 'loss',
    target: target.id,
    label,
    measure: () => lossProbe.measure(plan, { network, signal }),
    notTried: (attempt) => lossNotTried(address, attempt),
    // A second look at the same only adds where it begins: what is lost has been judged.
    judge: null,
  });
  return null;
}

async function echoes(
  { request, environment, recorder, label }: InquiryWork,
  address: string,
  leftMs: number,
  timeoutMs: number,
): Promise<void> {
  const count = Math.min(ECHOES, Math.floor((leftMs - timeoutMs) / ECHO_INTERVAL_MS));
  if (count < FEWEST) return;
  const target = { id: address, host: address, port: null, scheme: null, path: null, credentials: null };
  const plan = planLoss(target, address, { method: 'icmp', count, intervalMs: ECHO_INTERVAL_MS, timeoutMs }, request.origin);
  const { network, signal } = environment;
  await recorder.record({
    probe: 'loss',
    target: null,
    label,
    measure: () => lossProbe.measure(plan, { network, signal }),
    notTried: (attempt) => lossNotTried(address, attempt),
    judge: null,
  });
}
