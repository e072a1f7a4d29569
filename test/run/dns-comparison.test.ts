import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { failed, measured } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { reportSchema } from '../../src/model/report.js';
import { renderReport } from '../../src/render/index.js';
import type { RunRequest } from '../../src/run/request.js';
import { run } from '../../src/run.js';
import { routeLookup } from '../fakes/host.js';
import { fakeNetwork } from '../fakes/network.js';

const NAME = 'www.example.net';

/** Every server answers the one name after 20 ms, and knows no other. */
async function report(parts: Partial<NonNullable<RunRequest['dns']>>, options: Partial<RunRequest> & { wayToIpv6?: boolean } = {}) {
  const { wayToIpv6 = false, ...request } = options;
  const network = fakeNetwork();
  const asked: string[] = [];
  network.names.query = async (question) => {
    asked.push(question.server);
    await network.clock.sleep(20, new AbortController().signal);
    const known = question.name === NAME;
    const answers = known && question.type === 'A' ? [{ name: NAME, type: 'A', ttl: 60, data: '192.0.2.80' }] : [];
    return {
      outcome: measured(null),
      observation: {
        ...{ server: question.server, transport: question.transport, name: question.name, type: question.type },
        ...{ rcode: known ? 'NOERROR' : 'NXDOMAIN', queryMs: 20, flags: null, answers, dnssec: null, attempts: 1 },
      },
    };
  };
  network.names.session = () => ({ query: network.names.query, close() {} });
  network.names.resolvers = async () => ({
    ...{ servers: ['127.0.0.53', '127.0.0.11'], upstreams: ['192.0.2.53'], source: '/etc/resolv.conf', search: [] },
  });
  network.routes.lookup = async (address) =>
    wayToIpv6 || !address.includes(':')
      ? measured(routeLookup({ source: '192.0.2.2', interface: 'eth0' }))
      : failed('route', 'ENETUNREACH', 'there is no route');
  const came: string[] = [];
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const made = await run(
    {
      ...{ command: 'dns', targets: [], family: null, origin: {}, policy: DEFAULT_POLICY, deadlineMs: 60_000, host: false },
      ...request,
      dns: {
        ...{ names: [NAME], types: ['A', 'AAAA'], servers: [], transport: 'udp', timeoutMs: 2000, attempts: 2 },
        compare: { wellKnown: true, warmCount: 5 },
        ...parts,
      },
    },
    {
      ...{ network, signal: controller.signal, version: '0.0.0', progress: () => {} },
      answered: ({ row, type }) => came.push(`${type} ${row.server}`),
    },
  );
  return { report: reportSchema.parse(made), asked: new Set(asked), came };
}

describe('a run that compares servers', () => {
  it('asks those of the system by their names, what stands behind them, and the world; a measurement for each type', async () => {
    const { report: made, came } = await report({});
    expect(made.measurements.map(({ probe, target }) => `${probe} ${target}`)).toEqual([
      `dns-comparison ${NAME}`,
      `dns-comparison ${NAME}`,
    ]);
    const [first] = made.measurements;
    if (first?.probe !== 'dns-comparison') throw new Error('there is a comparison');
    expect(first.data.servers.slice(0, 4).map(({ server, label, behind }) => ({ server, label, behind }))).toEqual([
      { server: '127.0.0.53', label: 'systemd-resolved', behind: null },
      { server: '127.0.0.11', label: 'Docker', behind: null },
      { server: '192.0.2.53', label: null, behind: '127.0.0.53' },
      { server: '1.1.1.1', label: 'Cloudflare', behind: null },
    ]);
    expect(made).toMatchObject({ verdict: 'pass', diagnosis: [], targets: [{ id: NAME }] });
    expect(made.checks.map(({ id }) => id)).toContain(`l7.agreement@${NAME}/AAAA`);
    expect(came).toHaveLength(2 * first.data.servers.length);
  });

  it('stays with those of the system where the world is not wanted', async () => {
    const { asked } = await report({ compare: { wellKnown: false, warmCount: 0 } });
    expect([...asked].sort()).toEqual(['127.0.0.11', '127.0.0.53', '192.0.2.53']);
  });

  it('asks over the families that there is a way for, or that were asked for', async () => {
    const families = async (options: Parameters<typeof report>[1]) => {
      const { asked } = await report({ types: ['A'] }, options);
      return { ipv4: asked.has('1.1.1.1'), ipv6: asked.has('2606:4700:4700::1111') };
    };
    expect(await families({})).toEqual({ ipv4: true, ipv6: false });
    expect(await families({ wayToIpv6: true })).toEqual({ ipv4: true, ipv6: true });
    expect(await families({ wayToIpv6: true, family: 4 })).toEqual({ ipv4: true, ipv6: false });
    expect(await families({ family: 6 })).toEqual({ ipv4: false, ipv6: true });
  });

  it('fits on a screen of 80 columns', async () => {
    const { report: made } = await report({});
    const text = await renderReport(made, 'table', { width: 80, color: 0, unicode: true });
    expect(text).toContain('Cloudflare tls://1.1.1.1');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
