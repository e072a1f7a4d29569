import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { isBesideTheWay } from './kinds.js';

/** Nothing came from the address, or somebody on the way to it said no. */
const NO_ANSWER = /^(host-unreachable|route-prohibited|port-(closed|filtered|rejected)|service-silent|tls-handshake-failed)$/;

/**
 * A target of several addresses of one family whose first does not answer, while another one takes connections: clients go on to that (RFC
 * 8305), and wait for the first one before. That is a warning, not a failure of the target.
 */
export function withFailover(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const taken = new Map(measurements.flatMap((made) => (made.probe === 'addresses' && made.target !== null ? tookOver(made) : [])));
  if (taken.size === 0) return [...checks];
  return checks.map((check) => {
    const winner = check.target === null ? undefined : taken.get(check.target);
    if (winner === undefined || check.status !== 'fail' || check.code === null || !NO_ANSWER.test(check.code) || isBesideTheWay(check))
      return check;
    return { ...check, status: 'warn', observed: `${check.observed ?? 'no answer'}; ${winner} takes connections, and clients go on to it` };
  });
}

/** The target, and the address that takes over from the one that all else was asked of; `[]` where none does. */
function tookOver({ target, data }: MeasurementOf<'addresses'>): [string, string][] {
  const chosen = data.addresses.find(({ address }) => address === data.chosen);
  const other = data.addresses.find(
    ({ address, family, state }) => address !== data.chosen && family === chosen?.family && state === 'open',
  );
  return target === null || chosen === undefined || chosen.state === 'open' || other === undefined ? [] : [[target, other.address]];
}
