import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { check } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { deadEndOf, type Hop } from './chain.js';

/** What this run heard of a server. */
interface Heard {
  asked: boolean;
  /** Anything at all. */
  answered: boolean;
  /** That a name has records, or does not exist: it got through to somebody who knows. */
  told: boolean;
}

/**
 * `l7.name-service-stub@SERVER`: each name server that is this machine itself, and whom it asks. That nothing listens, or that it knows
 * nobody, is a fault where it also gave no answer: packets to it can be led elsewhere, and servers can be given to it while it runs.
 */
export function judgeStubs(measurement: MeasurementOf<'name-service'>, { scope, measurements }: MachineJudgeContext): Check[] {
  const { resolvConf, chain } = measurement.data;
  const stubs = (resolvConf?.nameservers ?? []).filter(({ used, label }) => used && label !== null);
  const others = (resolvConf?.nameservers ?? []).filter(({ used }) => used).map(({ address }) => address);
  return stubs.flatMap(({ address, listening }) => {
    const line = {
      kind: 'l7.name-service-stub',
      layer: 7,
      title: `stub ${address}`,
      measurement,
      expected: 'it asks a name server',
    } as const;
    const heard = heardOf(address, measurements);
    const dead = !heard.told ? deadEndOf(address, chain) : null;
    const silent = listening === false && !heard.answered;
    const made = (parts: Pick<Check, 'status' | 'code' | 'observed'> & { expected?: string }): Check => ({
      ...check({ ...line, ...parts }),
      id: `l7.name-service-stub@${address}`,
    });
    if (!silent && dead === null) return [made({ status: 'pass', code: null, observed: chainText(address, chain) })];
    // What was not asked can still work by ways that no file shows.
    if (!heard.asked && scope === 'path') return [];
    const spare = others.some((other) => other !== address && heardOf(other, measurements).told);
    const status = heard.asked && !spare ? 'fail' : 'warn';
    if (silent) {
      const observed = `${address}: nothing on this machine listens there`;
      return [made({ status, code: 'dns-stub-down', observed, expected: 'a resolver' })];
    }
    const observed = dead === 'loop' ? `${chainText(address, chain)}: it asks itself` : `${chainText(address, chain)} has nobody to ask`;
    return [made({ status, code: 'dns-stub-no-upstream', observed })];
  });
}

function heardOf(address: string, measurements: readonly Measurement[]): Heard {
  const of = measurements.filter(
    (one): one is MeasurementOf<'dns'> =>
      one.probe === 'dns' && one.data.server !== null && parseDnsServer(one.data.server)?.address === address,
  );
  const rcodes = of.flatMap(({ data }) => data.rcode ?? []);
  return {
    asked: of.some(({ attempt }) => attempt.kind !== 'skipped' && attempt.kind !== 'unavailable'),
    answered: rcodes.length > 0,
    told: rcodes.some((rcode) => rcode === 'NOERROR' || rcode === 'NXDOMAIN'),
  };
}

const UPSTREAMS_SHOWN = 4;

/** `systemd-resolved, asks 192.0.2.1, 192.0.2.2`. */
function chainText(server: string, chain: DataOf<'name-service'>['chain']): string {
  const hop = chain.find((one) => one.server === server && one.askedBy === null);
  const name = hop?.software ?? 'a program of this machine';
  if (hop?.kind === 'recursive') return `${name}, asks from the root down`;
  if (hop === undefined || hop.upstreams.length === 0) return name;
  const more = hop.upstreams.length > UPSTREAMS_SHOWN ? ` and ${hop.upstreams.length - UPSTREAMS_SHOWN} more` : '';
  return `${name}, asks ${hop.upstreams
    .slice(0, UPSTREAMS_SHOWN)
    .map((upstream) => upstreamText(upstream, server, chain))
    .join(', ')}${more}`;
}

function upstreamText(upstream: string, askedBy: string, chain: readonly Hop[]): string {
  const hop = chain.find((one) => one.server === upstream && one.askedBy === askedBy);
  return hop?.software == null ? upstream : `${upstream} (${hop.software})`;
}
