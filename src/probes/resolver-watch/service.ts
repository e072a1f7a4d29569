import type { Measurement } from '../../model/measurement.js';
import { speaksTls, type Target } from '../../model/target.js';

/**
 * What stands at an address where a target should be. `verified`: it has shown a certificate for the name. `open`: something answers there, and
 * nothing shows who. `wrong`: it shows a certificate for somebody else, or none that is trusted. `dead`: nothing can be connected to.
 */
export type Service = 'verified' | 'open' | 'wrong' | 'dead' | 'unknown';

/** What this run found of the target at the address. Pure. */
export function serviceAt(address: string, target: Target, measurements: readonly Measurement[]): Service {
  const found = measurements.flatMap((made) => serviceShown(made, address, target));
  for (const service of ['verified', 'wrong', 'open', 'dead'] as const) if (found.includes(service)) return service;
  return 'unknown';
}

function serviceShown(made: Measurement, address: string, target: Target): Service[] {
  const own = made.target === target.id || made.target === null;
  if (!own) return [];
  switch (made.probe) {
    case 'tls': {
      const { data, attempt } = made;
      if (data.address !== address || !speaksTls(target)) return [];
      if (data.hostnameMatches === true && data.trusted === true) return ['verified'];
      if (data.hostnameMatches === false || data.trustError !== null) return ['wrong'];
      if (attempt.kind !== 'failed' && attempt.kind !== 'unanswered') return [];
      return attempt.step === 'connect' ? ['dead'] : attempt.step === 'handshake' ? ['wrong'] : [];
    }
    case 'ports': {
      const port =
        made.data.address === address ? made.data.ports.find((one) => one.port === target.port && one.protocol === 'tcp') : undefined;
      return port === undefined ? [] : [port.state === 'open' ? 'open' : 'dead'];
    }
    case 'addresses': {
      const entry = made.data.addresses.find((one) => one.address === address);
      if (entry === undefined || entry.answers === null) return [];
      return [entry.state === 'open' || (entry.state === null && entry.answers) ? 'open' : 'dead'];
    }
    case 'latency':
      // Many answer no echo: it counts where there is no port to try.
      if (target.port !== null || made.data.address !== address || made.data.sent === 0) return [];
      return [made.data.received > 0 ? 'open' : 'dead'];
    default:
      return [];
  }
}
