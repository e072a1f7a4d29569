import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { parseTarget } from '../../model/target.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';

type Override = NonNullable<DataOf<'name-service'>['hostsFile']>['overrides'][number];

/**
 * `l7.hosts-file@TARGET`: what the hosts file says of a target, against what a resolver says. An entry that differs is somebody's will, and
 * warns; where the target does not work at that address either, it is what stands in the way, and fails.
 */
export function judgeHostsFile(measurement: MeasurementOf<'name-service'>, { measurements, targets }: MachineJudgeContext): Check[] {
  const { hostsFile } = measurement.data;
  if (hostsFile === null) return [];
  const lines = hostsFile.overrides.map((override) => judgeOverride(override, measurement, hostsFile.path, measurements));
  if (lines.length > 0) return lines;
  const line = { kind: 'l7.hosts-file', layer: 7, title: 'hosts file', measurement, expected: 'no entry that misleads' } as const;
  if (hostsFile.entries === null) return [skippedCheck(line, `${hostsFile.path} was not read`)];
  const named = targets.some(({ questions }) => questions !== undefined && questions.length > 0);
  const entries = `${hostsFile.entries} ${hostsFile.entries === 1 ? 'entry' : 'entries'}`;
  return [check({ ...line, status: 'pass', observed: named ? `${entries}, none for a target` : entries })];
}

function judgeOverride(
  override: Override,
  { id }: MeasurementOf<'name-service'>,
  path: string,
  measurements: readonly Measurement[],
): Check {
  const { target, addresses, agreement, resolverAddresses, server, because } = override;
  const line = {
    kind: 'l7.hosts-file',
    layer: 7,
    title: 'hosts file',
    measurement: { id, target },
    expected: 'what the resolver says',
  } as const;
  const listed = `${path} says ${shown(addresses)}`;
  switch (agreement) {
    case 'agrees':
      return check({ ...line, status: 'pass', observed: `${listed}, and so does ${server}` });
    case 'unknown-to-dns':
      return check({ ...line, status: 'pass', observed: `${listed}; ${server} knows no address of it` });
    case 'not-asked':
    case 'no-answer':
      return skippedCheck(line, `${listed}: ${because}`);
    case 'differs': {
      const broken = whatFails(target, measurements);
      const observed = `${listed}, ${server} says ${shown(resolverAddresses ?? [])}`;
      if (broken.length === 0) return check({ ...line, status: 'warn', code: 'hosts-override', observed });
      const made = check({ ...line, status: 'fail', code: 'hosts-override', observed: `${observed}; it does not work there` });
      return { ...made, measurements: [...made.measurements, ...broken] };
    }
  }
}

const ADDRESSES_SHOWN = 3;

function shown(addresses: readonly string[]): string {
  const more = addresses.length > ADDRESSES_SHOWN ? ` and ${addresses.length - ADDRESSES_SHOWN} more` : '';
  return `${addresses.slice(0, ADDRESSES_SHOWN).join(', ')}${more}`;
}

/** Measurements that show that a target does not work at the address that it has; what was not tried shows nothing. */
function whatFails(target: string, measurements: readonly Measurement[]): string[] {
  const parsed = parseTarget(target);
  const wanted = parsed.ok ? parsed.target.port : null;
  return measurements.filter((made) => made.target === target && fails(made, wanted)).map(({ id }) => id);
}

function fails(made: Measurement, port: number | null): boolean {
  switch (made.probe) {
    case 'ports':
      return made.data.ports.some((one) => one.port === port && one.protocol === 'tcp' && one.state !== 'open');
    case 'tls':
      return isFailure(made.attempt.kind) || made.data.hostnameMatches === false;
    case 'http':
    case 'phases':
    case 'websocket':
      return isFailure(made.attempt.kind);
    case 'latency':
      // Many machines answer no echo: it counts where there is no port to try.
      return port === null && made.data.sent > 0 && made.data.received === 0;
    default:
      return false;
  }
}

function isFailure(kind: Measurement['attempt']['kind']): boolean {
  return kind === 'failed' || kind === 'unanswered';
}
