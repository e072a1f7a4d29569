import { describe, expect, test } from 'vitest';
import { fullReport, networkFor } from './full-report.js';
import { GATEWAY, NOBODY_HERE, routedNetwork, SERVER } from './scenarios.js';

const TARGET = 'app.example.net:9000';
/** What is promised for a machine without DNS. */
const PROMISED_MS = 5000;

// One after the other: its times are promised for a machine that does nothing else.
describe('full-report and the resolver', () => {
  test('resolves a name through the configured resolver and finds nothing wrong', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000] });
    await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER] } });
    const { report, exitCode, codes, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual([]);
    expect(exitCode, summary).toBe(0);
    const query = report.measurements.find(({ probe, data }) => probe === 'dns' && 'name' in data && data.name === 'app.example.net');
    expect(query, summary).toMatchObject({ data: { server: expect.stringContaining(GATEWAY), rcode: 'NOERROR', transport: 'udp' } });
  });

  test('tells a resolver that does not answer, and nothing else', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000] });
    await network.host('router').nft('input', 'meta l4proto { tcp, udp } th dport 53 drop');
    const { report, exitCode, codes, elapsedMs, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['dns-unreachable']);
    expect(exitCode, summary).toBe(1);
    expect(elapsedMs, summary).toBeLessThan(PROMISED_MS);
    // The name has no address, so that nothing of the target could be looked at.
    const others = report.checks.filter(({ id, target, status }) => target === TARGET && status !== 'fail' && !id.startsWith('l7.dns'));
    for (const check of others) {
      expect(check.status, `${check.id}\n${summary}`).toBe('skip');
      expect(check.because, `${check.id}\n${summary}`).toMatch(/\S/);
    }
  });

  test('tells a resolver that is not there, and nothing else', async (context) => {
    const network = await networkFor(context, { ...routedNetwork(), resolvers: { client: [NOBODY_HERE] } });
    const { exitCode, codes, elapsedMs, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['dns-unreachable']);
    expect(exitCode, summary).toBe(1);
    expect(elapsedMs, summary).toBeLessThan(PROMISED_MS);
  });

  test('tells two resolvers that are not there as one cause', async (context) => {
    const network = await networkFor(context, { ...routedNetwork(), resolvers: { client: [NOBODY_HERE, '192.0.2.54'] } });
    const { report, codes, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['dns-unreachable']);
    expect(report.diagnosis[0]?.summary, summary).toContain('192.0.2.54');
    expect(report.checks.find(({ id }) => id === 'l7.resolver')?.status, summary).toBe('fail');
  });

  test('tells a name that does not exist', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER] } });
    const { report, exitCode, codes, summary } = await fullReport(network.host('client'), ['apq.example.net:9000']);
    expect(codes, summary).toEqual(['dns-nxdomain']);
    expect(report.diagnosis[0]?.target, summary).toBe('apq.example.net:9000');
    expect(exitCode, summary).toBe(1);
  });

  test('goes on to the second resolver when the first is dead', async (context) => {
    const network = await networkFor(context, { ...routedNetwork(), resolvers: { client: [NOBODY_HERE, GATEWAY] } });
    await network.host('server').serve('web', { tcp: [9000] });
    await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER] } });
    const { report, codes, summary } = await fullReport(network.host('client'), [TARGET]);
    // The wait for the first one may make the lookup slow as well.
    expect(codes[0], summary).toBe('dns-unreachable');
    expect(report.verdict, summary).toBe('warn');
    expect(report.diagnosis[0]?.summary, summary).toContain(`(${NOBODY_HERE}: `);
    expect(report.diagnosis[0]?.summary, summary).toContain(`another works: ${GATEWAY}`);
    const ports = report.measurements.flatMap((made) => (made.probe === 'ports' && made.target === TARGET ? made.data.ports : []));
    expect(
      ports.map(({ state }) => state),
      summary,
    ).toEqual(['open']);
  });
});
