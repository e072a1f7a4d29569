// What the packet benches share: the networks of the tests (test/netns/), and netdiag as a user starts it.

import { fileURLToPath } from 'node:url';
import { compiled } from '../../test/netns/compiled.mjs';

export const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** @returns {Promise<typeof import('../../test/netns/network.ts')>} */
export const loadNetworks = () => import(compiled('network'));

/** @returns {Promise<typeof import('../../test/netns/chain.ts')>} */
export const loadChains = () => import(compiled('chain'));

/** The data of the first measurement of a probe in a report. */
export function dataOf(report, probe) {
  return JSON.parse(report).measurements.find((measurement) => measurement.probe === probe).data;
}

export const verdict = (met) => (met ? 'met' : '**missed**');
