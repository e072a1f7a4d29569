import { kindOf } from '../diagnosis/kinds.js';
import type { Measurement } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { type Circumstances, TARGET_PROBES } from '../probes/registry.js';
import type { TargetWork } from './target-outcome.js';

/** Besides the one that everything else goes to. A client takes any of them, or the one that answers first (RFC 8305). */
const MOST = 3;
/** So often more at the first address: several servers can stand behind it. */
const AGAIN = 2;
/** A handshake over the longest way on Earth is over by then; whether such an address answers at all is looked at elsewhere. */
const TIMEOUT_MS = 1500;
/** Of a handshake that took longer there are no more: they would hold up the report, or the server. */
const SLOW_MS = 500;
/** What is timed goes first: a small server that makes several handshakes at once is slow in all of them. */
const BEHIND_OTHERS_MS = 400;
/** What a server says of itself. Times, and whether it can be reached, are those of the way. */
const OF_THE_SERVER = /^(cert|tls)-(?!handshake-slow)/;
/** A server that is asked too often turns some away. */
const OF_THE_CERTIFICATE = /^cert-/;

/**
 * The servers behind further addresses of a name, and those that share the first one, can have other certificates and versions than the one
 * that was met in the first handshake: each makes one. Only what is wrong there, and was not with those before, is said.
 */
export async function lookAtFurtherAddresses(work: TargetWork, met: Measurement, circumstances: Circumstances): Promise<void> {
  const { request, target, environment, recorder } = work;
  const { network, signal } = environment;
  const probe = TARGET_PROBES.find(({ name }) => name === 'tls');
  const { tls } = circumstances.options;
  if (request.inquire === undefined || probe === undefined || tls === undefined || met.probe !== 'tls') return;
  const chosen = met.data.address;
  if ((met.attempt.kind !== 'measured' && met.attempt.kind !== 'failed') || chosen === null || (met.data.handshakeMs ?? 0) > SLOW_MS)
    return;
  const options = { ...circumstances.options, tls: { ...tls, timeoutMs: Math.min(tls.timeoutMs, TIMEOUT_MS) } };
  const others = circumstances.addresses.filter((address) => address !== chosen).slice(0, MOST);
  const context = { policy: request.policy };
  await network.clock.sleep(BEHIND_OTHERS_MS, signal);
  await Promise.all(
    [...Array<string>(isConnected(met) ? AGAIN : 0).fill(chosen), ...others].map(async (address) => {
      const lookup = address === chosen ? null : await network.routes.lookup(address, request.origin);
      if (lookup !== null && lookup.kind !== 'measured') return;
      await recorder.record({
        probe: probe.name,
        target: target.id,
        label: `${probe.name} ${target.id} at ${address}`,
        measure: () => probe.measure(address, { ...circumstances, options }, { network, signal }),
        notTried: (attempt) => probe.notTried(address, attempt),
        judge: (made) => {
          const alike = recorder.measurements.filter((one) => one.probe === made.probe && one.target === made.target);
          const before = alike.slice(
            0,
            alike.findIndex(({ id }) => id === made.id),
          );
          const said = before.flatMap((one) => probe.judge(one, context));
          return worseThan(said, probe.judge(made, context), address, address === chosen ? OF_THE_CERTIFICATE : OF_THE_SERVER);
        },
      });
    }),
  );
}

/** Where nothing connects there are no certificates to compare. */
function isConnected({ attempt }: Measurement): boolean {
  return attempt.kind !== 'failed' || attempt.step !== 'connect';
}

function worseThan(said: readonly Check[], judged: readonly Check[], address: string, worthSaying: RegExp): Check[] {
  const codes = new Set(said.map(({ code }) => code));
  return judged
    .filter(({ code, status }) => (status === 'fail' || status === 'warn') && code !== null && worthSaying.test(code) && !codes.has(code))
    .filter((line) => kindOf(line) !== 'l6.chain')
    .map((line) => ({ ...line, id: `${kindOf(line)}@${line.target}#${address}`, observed: `at ${address}: ${line.observed}` }));
}
