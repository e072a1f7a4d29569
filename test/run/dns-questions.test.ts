import { describe, expect, test } from 'vitest';
import { deadlineMs } from '../../src/cli/deadline.js';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import type { DnsProbeOptions } from '../../src/model/probe-options.js';
import { systemClock } from '../../src/net/clock.js';
import { createNames, type NamesOptions } from '../../src/net/dns/names.js';
import { createUdp } from '../../src/net/packets/udp.js';
import { run } from '../../src/run.js';
import { type DnsBehaviour, response, startDnsServer } from '../fakes/dns-server.js';
import { fakeNetwork } from '../fakes/network.js';

async function ask(dns: Partial<DnsProbeOptions> & Pick<DnsProbeOptions, 'names' | 'servers'>, options: NamesOptions = {}) {
  const whole: DnsProbeOptions = { types: ['A'], transport: 'udp', timeoutMs: 3000, attempts: 2, ...dns };
  const request = { command: 'dns', targets: [], family: null, origin: {}, policy: DEFAULT_POLICY, host: false, dns: whole } as const;
  const udp = createUdp(systemClock);
  const network = { ...fakeNetwork(), clock: systemClock, udp, names: createNames(systemClock, udp, options) };
  const report = await run(
    { ...request, deadlineMs: deadlineMs(request) },
    { network, signal: new AbortController().signal, version: '0', progress: () => {} },
  );
  const questions = report.measurements.filter((made): made is MeasurementOf<'dns'> => made.probe === 'dns');
  return { report, questions };
}

const answers: DnsBehaviour = (query, reply) => {
  const name = query.questions?.[0]?.name ?? '';
  if (!name.endsWith('.corp.example')) return reply(response(query, { rcode: 'NXDOMAIN' }));
  reply(response(query, { answers: [{ name, type: 'A', ttl: 60, data: '192.0.2.1' }] }));
};

describe('the questions of a run', () => {
  test('a thousand names: none lost, in their order, as a list of few checks', async () => {
    const server = await startDnsServer({ udp: answers });
    const names = Array.from({ length: 1000 }, (_, index) => `n${index}.${index % 10 === 0 ? 'gone' : 'corp'}.example`);
    const { report, questions } = await ask({ names, servers: [{ address: '127.0.0.1', port: server.port }] });
    expect(questions.map(({ target }) => target)).toEqual(names);
    expect(questions.filter(({ data }) => data.rcode === 'NOERROR')).toHaveLength(900);
    expect(questions.filter(({ data }) => data.rcode === 'NXDOMAIN')).toHaveLength(100);
    const outcomes = report.checks.map(({ status, code, measurements }) => `${status} ${code} ${measurements.length}`);
    expect(outcomes.sort()).toEqual(['fail dns-nxdomain 100', 'pass null 900']);
    expect(report.verdict).toBe('fail');
  });

  test('a server by its name is looked up first; one that has no address is said so', async () => {
    const server = await startDnsServer({ udp: answers });
    const servers = ['dns.corp.example', 'dns.gone.example'].map((host) => ({ address: '', host, servername: host, port: server.port }));
    // The fake zone would give its own name another address: the hosts file comes first.
    const own = [{ address: '127.0.0.1', port: server.port }];
    const { questions } = await ask(
      { names: ['www.corp.example'], servers },
      { servers: own, hostsPath: await hostsFile('127.0.0.1 dns.corp.example\n') },
    );
    expect(questions.map(({ attempt, data }) => [attempt.kind, data.server, data.rcode])).toEqual([
      ['failed', 'dns.gone.example', null],
      ['measured', `127.0.0.1:${server.port}`, 'NOERROR'],
    ]);
  });

  test('the search list makes names, and the hosts file that overrides one is shown', async () => {
    const server = await startDnsServer({ udp: answers });
    const options: NamesOptions = {
      resolvConfPath: await hostsFile('nameserver 127.0.0.1\nsearch gone.example corp.example\n'),
      hostsPath: await hostsFile('192.0.2.99 www www.corp.example\n'),
    };
    const servers = [{ address: '127.0.0.1', port: server.port }];
    const { questions, report } = await ask({ names: ['www'], servers, search: true }, options);
    expect(questions[0]?.data).toMatchObject({
      name: 'www.corp.example',
      searched: ['www.gone.example'],
      rcode: 'NOERROR',
      hostsFile: { path: options.hostsPath, addresses: ['192.0.2.99'] },
      serverLabel: 'local',
    });
    expect(report.checks[0]?.observed).toContain(`programs get 192.0.2.99 from ${options.hostsPath}`);
    expect((await ask({ names: ['www'], servers }, options)).questions[0]?.data).toMatchObject({
      name: 'www',
      searched: null,
      rcode: 'NXDOMAIN',
    });
  });
});

async function hostsFile(text: string): Promise<string> {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { onTestFinished } = await import('vitest');
  const folder = await mkdtemp(`${tmpdir()}/netdiag-questions-`);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(`${folder}/file`, text);
  return `${folder}/file`;
}
