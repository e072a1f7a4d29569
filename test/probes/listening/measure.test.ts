import { describe, expect, it } from 'vitest';
import { measured, unavailable } from '../../../src/model/attempt.js';
import { listeningProbe } from '../../../src/probes/listening/index.js';
import { fakeNetwork } from '../../fakes/network.js';

const listener = (port: number) =>
  ({ port, protocol: 'tcp', address: '0.0.0.0', process: 'x', pid: 7, exposure: 'all', service: null }) as const;

function network(found: Awaited<ReturnType<ReturnType<typeof fakeNetwork>['machine']['listeners']>>) {
  const fake = fakeNetwork();
  return { ...fake, machine: { ...fake.machine, listeners: async () => found } };
}

const signal = new AbortController().signal;
const expected = [{ port: 9, protocol: 'tcp', process: null, place: null }] as const;

describe('measuring listeners', () => {
  it('names the services by their number', async () => {
    const made = await listeningProbe.measure(
      { asked: null, expected: null },
      { network: network(measured([listener(22), listener(4)])), signal },
    );
    expect(made).toEqual({
      attempt: measured(null),
      method: 'system',
      data: { listeners: [{ ...listener(22), service: 'ssh' }, listener(4)], asked: null, expected: null },
    });
  });
  it('keeps the ports that were asked for, and those where something is expected', async () => {
    const options = { asked: [{ first: 20, last: 30 }], expected: [...expected] };
    const made = await listeningProbe.measure(options, { network: network(measured([9, 19, 20, 30, 31].map(listener))), signal });
    expect(made.data.listeners.map(({ port }) => port)).toEqual([9, 20, 30]);
    expect(made.data).toMatchObject(options);
  });
  it('hands on that the platform does not tell, or that it was interrupted', async () => {
    const refusal = unavailable('socket-tables', 'no tables');
    const options = { asked: null, expected: [...expected] };
    expect(await listeningProbe.measure(options, { network: network(refusal), signal })).toEqual({
      attempt: refusal,
      method: null,
      data: { listeners: [], ...options },
    });
    const made = await listeningProbe.measure(options, { network: network(measured([listener(1)])), signal: AbortSignal.abort() });
    expect(made.attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
  });
});
