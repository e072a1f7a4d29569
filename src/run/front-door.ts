import { kindOf } from '../diagnosis/kinds.js';
import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { addressFamily } from '../model/target.js';
import { type Circumstances, TARGET_PROBES } from '../probes/registry.js';
import { lookAtFurtherAddresses } from './further-addresses.js';
import type { TargetWork } from './target-outcome.js';

const HTTPS = 443;
/** Whoever has a web server answers within this; nobody has said that there is one. */
const TIMEOUT_MS = 1500;

/** Whatever a port is for that nobody named: dates that are over are over for everybody. */
const FOR_EVERYBODY: ReadonlySet<Code> = new Set<Code>(['cert-expired', 'cert-intermediate-expired', 'cert-not-yet-valid']);
/** Of TLS, not of the way to it, and not that there is none. */
const OF_TLS = /^(cert|tls)-(?!handshake-slow|not-spoken)/;

/**
 * A host that was named without a port may have a web server, and then its certificate is what its users meet. Nobody said that TLS is spoken
 * there, so that only dates are held against it; an authority, a name or a client certificate that was given says that it is.
 */
export async function lookAtFrontDoor(work: TargetWork, address: string, found: Omit<Circumstances, 'target' | 'options' | 'origin'>) {
  const { request, environment, recorder } = work;
  const { tls } = request;
  if (request.inquire === undefined || request.targetsAreInstruments === true || tls === undefined || work.target.port !== null) return;
  // Of an address it is not known by which name its users know it.
  if (addressFamily(work.target.host) !== null) return;
  // Beside a target that has a port, what was given is meant for that one.
  const isMeant = (tls.ca.length > 0 || tls.servername !== null || tls.cert !== null) && request.targets.every(({ port }) => port === null);
  const target = { ...work.target, port: HTTPS, scheme: 'tls' as const };
  const timeoutMs = Math.min(tls.timeoutMs, TIMEOUT_MS);
  const options = {
    ...request,
    tls: { ...tls, timeoutMs },
    ...(request.phases === undefined ? {} : { phases: { ...request.phases, timeoutMs } }),
  };
  const circumstances = { target, options, origin: request.origin, ...found };
  const { network, signal } = environment;
  const further: Promise<void>[] = [];
  for (const probe of TARGET_PROBES.filter(({ name }) => name === 'tls' || name === 'phases')) {
    const made = await recorder.record({
      probe: probe.name,
      target: target.id,
      label: `${probe.name} ${target.id}`,
      measure: () => probe.measure(address, circumstances, { network, signal }),
      notTried: (attempt) => probe.notTried(address, attempt),
      judge: (measurement) => worthSaying(probe.judge(measurement, { policy: request.policy }), isMeant),
    });
    if (made.attempt.kind !== 'measured') return;
    if (isMeant) further.push(lookAtFurtherAddresses({ ...work, target }, made, circumstances));
  }
  await Promise.all(further);
}

function worthSaying(judged: readonly Check[], isMeant: boolean): Check[] {
  return judged
    .filter((line) => {
      const { code, status } = line;
      if (code === null || kindOf(line) === 'l6.chain' || (status !== 'fail' && status !== 'warn')) return false;
      return kindOf(line) === 'l7.clock' || FOR_EVERYBODY.has(code) || (isMeant && OF_TLS.test(code));
    })
    .map((line) => ({ ...line, observed: `at port ${HTTPS}: ${line.observed}` }));
}
