import { expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../src/model/measurement.js';
import { diagnose } from '../../src/report/diagnose.js';
import { line } from './check-lines.js';

function question(id: string, server: string, from: 'given' | 'system'): Measurement {
  const data = { server, from, name: 'a.example', type: 'A' } as Partial<MeasurementOf<'dns'>['data']>;
  return { id, probe: 'dns', target: 'a.example', attempt: { kind: 'unanswered' }, data } as unknown as Measurement;
}

const remedies = (...measurements: Measurement[]) =>
  diagnose({
    targets: [],
    checks: [line('fail l7.dns@a.example dns-unreachable', { measurements: measurements.map(({ id }) => id) })],
    measurements,
    host: { platform: 'linux' },
  }).diagnosis.map(({ remedy }) => remedy);

it('what to do about a server that was named on the command line speaks of that one, not of resolv.conf', () => {
  expect(remedies(question('m1', '192.0.2.77', 'given'))).toEqual([
    expect.stringMatching(/address of this server.*: netdiag dns a\.example$/),
  ]);
  for (const measurements of [
    [question('m1', '192.0.2.53', 'system')],
    [question('m1', '192.0.2.77', 'given'), question('m2', '192.0.2.78', 'given')],
  ])
    expect(remedies(...measurements)).toEqual([expect.stringMatching(/: cat \/etc\/resolv\.conf$/)]);
});
