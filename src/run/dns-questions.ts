import { failed } from '../model/attempt.js';
import type { MeasurementOf } from '../model/measurement.js';
import type { DnsProbeOptions, DnsServerOption } from '../model/probe-options.js';
import { dnsProbe } from '../probes/dns/index.js';
import { questionNotAsked, questionWithoutServer } from '../probes/dns/measure.js';
import { FIRST_PACE, nextPace } from '../probes/dns/pace.js';
import { type DnsPlan, planQuestions, QUESTIONS_IN_TURNS } from '../probes/dns/plan.js';
import { Validations } from '../probes/dnssec/measure.js';
import { parseDnsServer } from '../wire/dns/server.js';
import type { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** The questions of `netdiag dns`. */
export async function askQuestions(request: RunRequest, environment: RunEnvironment, recorder: Recorder, lane: QuietLane): Promise<void> {
  const { dns } = request;
  if (dns === undefined || dns.compare !== undefined || dns.trace !== undefined) return;
  const { names } = environment.network;
  const system = await names.resolvers();
  const servers = dns.servers.length > 0 ? dns.servers : system.servers.flatMap((text) => parseDnsServer(text) ?? []);
  if (servers.length === 0) {
    noteUnasked(dns, recorder);
    return;
  }
  const { search, ndots = 1, upstreams = null } = system;
  const hosts = (await names.listed?.(dns.names)) ?? null;
  const resolved = servers.filter(({ address }) => address !== '');
  noteUnresolved(dns, servers, recorder);
  const plans = planQuestions(dns, resolved, { search, ndots, upstreams, hosts });
  const validations = dns.validate === undefined ? null : new Validations(environment.network, environment.signal, dns.validate.anchors);
  try {
    if (plans.length <= QUESTIONS_IN_TURNS) await Promise.all(plans.map((plan) => ask(plan, environment, recorder, validations, lane)));
    else await askMany(plans, environment, recorder, validations);
  } finally {
    validations?.close();
  }
}

/** Many at once, over connections that are kept: as many as this machine can time, the next when one is done. */
async function askMany(
  plans: readonly DnsPlan[],
  environment: RunEnvironment,
  recorder: Recorder,
  validations: Validations | null,
): Promise<void> {
  const { network } = environment;
  const session = network.names.session();
  const together = { ...environment, network: { ...network, names: { ...network.names, query: session.query } } };
  const waiting = plans[Symbol.iterator]();
  let pace = FIRST_PACE;
  let underWay = 0;
  const finished: Promise<void>[] = [];
  const askNext = async (): Promise<void> => {
    for (const plan of waiting) {
      const { durationMs, stalledMs } = await ask(plan, together, recorder, validations);
      pace = nextPace(pace, durationMs, stalledMs);
      if (underWay > pace.window) break;
      if (underWay < pace.window) begin();
    }
    underWay--;
  };
  const begin = () => {
    underWay++;
    finished.push(askNext());
  };
  try {
    while (underWay < Math.min(pace.window, plans.length)) begin();
    // Each may have begun others meanwhile, so that there are more to wait for.
    for (let index = 0; index < finished.length; index++) await finished[index];
  } finally {
    session.close();
  }
}

async function ask(
  plan: DnsPlan,
  { network, signal }: RunEnvironment,
  recorder: Recorder,
  validations: Validations | null,
  lane?: QuietLane,
): Promise<MeasurementOf<'dns'>> {
  return recorder.record({
    probe: 'dns',
    target: plan.name,
    label: `${plan.type} ${plan.name}`,
    ...(lane === undefined ? {} : { lane }),
    measure: () => validations?.measure(plan) ?? dnsProbe.measure(plan, { network, signal }),
    notTried: (attempt) => questionNotAsked(plan, attempt),
    // All answers are judged together: see judgeAnswers in run.ts.
    judge: null,
  });
}

function noteUnasked({ names, types }: DnsProbeOptions, recorder: Recorder): void {
  for (const name of names) {
    for (const type of types) {
      const unasked = questionWithoutServer(name, type);
      recorder.note({ probe: 'dns', target: name, notTried: () => unasked, judge: null }, unasked.attempt);
    }
  }
}

/** A server that was named, and has no address. */
function noteUnresolved(dns: DnsProbeOptions, servers: readonly DnsServerOption[], recorder: Recorder): void {
  for (const server of servers.filter(({ address }) => address === '')) {
    const attempt = failed('resolve', 'server-unresolved', `the name of the server, ${server.host}, has no address that can be found`);
    for (const plan of planQuestions(dns, [server])) {
      const { data, ...rest } = questionNotAsked(plan, attempt);
      const unasked = { ...rest, data: { ...data, server: server.host ?? null } };
      recorder.note({ probe: 'dns', target: plan.name, notTried: () => unasked, judge: null }, attempt);
    }
  }
}

/**
 * The request with the addresses of servers that were given by name, each looked up once, as the system's programs would. One that has none
 * keeps an empty address.
 */
export async function withServerAddresses(request: RunRequest, { network, signal }: RunEnvironment): Promise<RunRequest> {
  const { dns, family } = request;
  if (dns === undefined || dns.servers.every(({ host }) => host === undefined)) return request;
  const lookUp = async (host: string): Promise<string> => {
    const { outcome } = await network.names.resolve(host, { family, timeoutMs: dns.timeoutMs, signal });
    return outcome.kind === 'measured' ? (outcome.value.addresses[0] ?? '') : '';
  };
  const hosts = [...new Set(dns.servers.flatMap(({ host }) => host ?? []))];
  const addresses = new Map(await Promise.all(hosts.map(async (host) => [host, await lookUp(host)] as const)));
  const servers = dns.servers.map((server) =>
    server.host === undefined ? server : { ...server, address: addresses.get(server.host) ?? '' },
  );
  return { ...request, dns: { ...dns, servers } };
}
