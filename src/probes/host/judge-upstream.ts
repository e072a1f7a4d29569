import type { Check } from '../../model/report.js';

/** One destination beyond the gateway, and what was found of it. */
export interface BeyondGateway {
  /** Address: two names of one address are one destination. */
  address: string;
  answered: boolean;
  /** The gateway on the way to it. */
  gateway: string;
  measurementId: string;
}

/**
 * `l3.upstream`: does anything beyond the gateway answer. Only two silent destinations or more speak against the way itself; a single one
 * could be at fault on its own.
 */
export function judgeUpstream(destinations: readonly BeyondGateway[], gatewayAnswers: boolean): Check | null {
  if (destinations.length === 0) return null;
  const made: Check = {
    id: 'l3.upstream',
    layer: 3,
    title: 'beyond the gateway',
    target: null,
    status: 'pass',
    code: null,
    observed: null,
    expected: 'one answers',
    remedy: null,
    because: null,
    measurements: [...new Set(destinations.map((destination) => destination.measurementId))],
  };
  const addresses = new Set(destinations.map((destination) => destination.address));
  const answering = new Set(destinations.filter((destination) => destination.answered).map((destination) => destination.address));
  const observed = `${answering.size} of ${addresses.size} destinations answer`;
  if (answering.size > 0) return { ...made, observed };
  if (!gatewayAnswers) return { ...made, status: 'skip', expected: null, because: 'the gateway itself did not answer' };
  if (addresses.size < 2)
    return { ...made, status: 'skip', expected: null, because: 'only one destination was tried, so the path cannot be told from it' };
  return { ...made, status: 'fail', code: 'upstream-unreachable', observed };
}
