// What the packet benches share: the networks of the tests (test/netns/), and netdiag as a user starts it.

import { fileURLToPath } from 'node:url';
import { compiled } from '../../test/netns/compiled.mjs';

export const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** @returns {Promise<typeof import('../../test/netns/network.ts')>} */
export const loadNetworks = () => import(compiled('network'));

/** @returns {Promise<typeof import('../../test/netns/chain.ts')>} */
export const loadChains = () => import(compiled('chain'));

/** Of `far` in {@link createPair}. */
export const FAR = '192.0.2.2';

/** Two hosts, `near` and `far`, joined by a veth pair, or by a user-space link where there is an impairment. */
export async function createPair({ impairment, routes = {} } = {}) {
  const { createNetwork } = await loadNetworks();
  const end = (host, address) => ({ host, interface: 'eth0', addresses: [`${address}/24`] });
  const ends = [end('near', '192.0.2.1'), end('far', FAR)];
  return createNetwork({ hosts: ['near', 'far'], links: [{ ends, ...(impairment === undefined ? {} : { impairment }) }], routes });
}

/** Routes by which every address of 10.64.0.0/16 is one of `far`. */
export const MANY_ADDRESSES = { near: [`10.64.0.0/16 via ${FAR}`], far: ['local 10.64.0.0/16 dev lo'] };

/** The data of the first measurement of a probe in a report. */
export function dataOf(report, probe) {
  return JSON.parse(report).measurements.find((measurement) => measurement.probe === probe).data;
}

export const verdict = (met) => (met ? 'met' : '**missed**');
