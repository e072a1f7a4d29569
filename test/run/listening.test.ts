import { describe, expect, it } from 'vitest';
import { type Attempt, measured, unavailable } from '../../src/model/attempt.js';
import type { DataOf, ExpectedListener } from '../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { reportSchema } from '../../src/model/report.js';
import { renderReport } from '../../src/render/index.js';
import { run } from '../../src/run.js';
import { fakeNetwork } from '../fakes/network.js';

const listener = (port: number, process: string, address = '0.0.0.0') =>
  ({ port, protocol: 'tcp', address, process, pid: 7, exposure: address === '0.0.0.0' ? 'all' : 'loopback', service: null }) as const;
const entry = (port: number, process: string | null = null, place: string | null = null): ExpectedListener => ({
  port,
  protocol: 'tcp',
  process,
  place,
});

async function report(found: Attempt<DataOf<'listening'>['listeners']>, expected: ExpectedListener[] | null = null) {
  const network = fakeNetwork();
  network.machine.listeners = async () => found;
  const made = await run(
    {
      command: 'ports',
      targets: [],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: false,
      listening: { asked: null, expected },
    },
    { network, signal: new AbortController().signal, version: '0.0.0', progress: () => {} },
  );
  return reportSchema.parse(made);
}

describe('a run that looks at what listens here', () => {
  it('has one measurement and its checks, and passes without a list', async () => {
    const made = await report(measured([listener(22, 'sshd'), listener(80, 'nginx')]));
    expect(made.measurements).toMatchObject([{ probe: 'listening', target: null, method: 'system', attempt: { kind: 'measured' } }]);
    expect(made).toMatchObject({ verdict: 'pass', targets: [], diagnosis: [] });
    const text = await renderReport(made, 'table', { width: 80, color: 0, unicode: true });
    expect(text).toContain('80/tcp  0.0.0.0  nginx (7)  all');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
  it('names each fault as a cause of its own: none of them explains another', async () => {
    const found = measured([listener(80, 'java'), listener(6379, 'redis-server')]);
    const made = await report(found, [entry(80, 'nginx'), entry(81), entry(82), entry(6379, null, 'loopback')]);
    expect(made.checks.filter(({ status }) => status === 'fail').map(({ id, code }) => `${id} ${code}`)).toEqual([
      'l4.listener@80/tcp listener-conflict',
      'l4.listener@81/tcp port-closed',
      'l4.listener@82/tcp port-closed',
      'l4.listener@6379/tcp listener-exposed',
    ]);
    expect(made.diagnosis.map(({ code }) => code).sort()).toEqual(['listener-conflict', 'listener-exposed', 'port-closed', 'port-closed']);
    expect(made.verdict).toBe('fail');
    expect(made.diagnosis.find(({ code }) => code === 'port-closed')?.summary).not.toContain('Every target');
  });
  it('warns, and does not pass, where the platform does not tell', async () => {
    const made = await report(unavailable('socket-tables', 'win32 does not show its sockets as files'));
    expect(made).toMatchObject({ verdict: 'warn', checks: [{ id: 'l4.listening', status: 'skip' }] });
  });
});
