import { randomBytes } from 'node:crypto';
import type { Check } from '../model/report.js';
import { judgeComparisons } from '../probes/dns-comparison/judge.js';
import { comparisonNotMade, measureComparison } from '../probes/dns-comparison/measure.js';
import { type DnsComparisonPlan, type Families, planComparisons } from '../probes/dns-comparison/plan.js';
import { systemServers } from '../probes/dns-comparison/system-servers.js';
import { WELL_KNOWN_SERVERS } from '../probes/dns-comparison/well-known.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** Comparisons under way at once, each of which asks all servers: A and AAAA of a name together, and no storm where there are many. */
const AT_ONCE = 2;

/** Puts each name and type to all servers at once, and records what they say. Without `--compare` nothing. */
export async function compareServers(request: RunRequest, environment: RunEnvironment, recorder: Recorder): Promise<void> {
  const options = request.dns;
  if (options?.compare === undefined) return;
  const { network } = environment;
  const [system, families] = await Promise.all([network.names.resolvers(), familiesInUse(request, environment)]);
  const plans = planComparisons(options, systemServers(system), families, randomLabel);
  const waiting = plans[Symbol.iterator]();
  const worker = async () => {
    for (const plan of waiting) await compare(plan, environment, recorder);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, plans.length) }, worker));
}

async function compare(plan: DnsComparisonPlan, { network, signal, answered }: RunEnvironment, recorder: Recorder): Promise<void> {
  await recorder.record({
    probe: 'dns-comparison',
    target: plan.name,
    label: `${plan.type} ${plan.name}`,
    measure: () => measureComparison(plan, { network, signal }, answered),
    notTried: (attempt) => comparisonNotMade(plan, attempt),
    // All comparisons are judged together: see judgeCompared.
    judge: null,
  });
}

/** The checks of all comparisons of the run. */
export function judgeCompared(request: RunRequest, recorder: Recorder): Check[] {
  if (request.dns?.compare === undefined) return [];
  const comparisons = recorder.measurements.filter((measurement) => measurement.probe === 'dns-comparison');
  return judgeComparisons(comparisons, { policy: request.policy });
}

/** Those with a way to public addresses, unless one was asked for. Where there is no way at all, IPv4 shows that. */
async function familiesInUse({ family }: RunRequest, { network }: RunEnvironment): Promise<Families> {
  if (family !== null) return { ipv4: family === 4, ipv6: family === 6 };
  const hasWay = async (isOfFamily: (address: string) => boolean): Promise<boolean> => {
    const address = WELL_KNOWN_SERVERS.map((server) => server.address).find(isOfFamily);
    return address !== undefined && (await network.routes.lookup(address, {})).kind === 'measured';
  };
  const [ipv4, ipv6] = await Promise.all([hasWay((address) => !address.includes(':')), hasWay((address) => address.includes(':'))]);
  return { ipv4: ipv4 || !ipv6, ipv6 };
}

/** 80 random bits: nobody has it registered, and no two runs ask for the same. */
function randomLabel(): string {
  return `netdiag-${randomBytes(10).toString('hex')}`;
}
