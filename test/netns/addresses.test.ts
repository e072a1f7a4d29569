import { describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { fullReport, networkFor, PROGRAM } from './full-report.js';
import type { Host, Network } from './network.js';
import { CLIENT, GATEWAY, routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

const TARGET = 'app.example.net:9000';

async function dualStack(context: Parameters<typeof networkFor>[0]): Promise<Network> {
  const network = await networkFor(context, routedNetwork());
  await network.host('server').serve('web', { http: [80], tcp: [9000] });
  await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER, SERVER_V6] } });
  return network;
}

async function latency(host: Host, args: readonly string[]): Promise<{ exitCode: number | null; report: Report }> {
  const { exitCode, stdout } = await host.run(process.execPath, [PROGRAM, 'latency', ...args, '--json'], { env: { NO_COLOR: '1' } });
  return { exitCode, report: reportSchema.parse(JSON.parse(stdout)) };
}

function addressesOf(report: Report) {
  const found = report.measurements.find(({ probe }) => probe === 'addresses');
  if (found?.probe !== 'addresses') throw new Error('the addresses were not tried');
  return found.data;
}

describe.concurrent('a name with IPv4 and IPv6', () => {
  test('is well where both answer, and a client takes IPv6', async (context) => {
    const network = await dualStack(context);
    const { report, codes, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual([]);
    expect(report.verdict, summary).toBe('pass');
    expect(addressesOf(report)).toMatchObject({ chosen: SERVER, winner: SERVER_V6 });
    expect(addressesOf(report).addresses.map(({ address, answers, state, clock }) => [address, answers, state, clock])).toEqual([
      [SERVER_V6, true, 'open', 'kernel'],
      [SERVER, true, 'open', 'kernel'],
    ]);
  });

  test('has one cause where a firewall drops IPv6', async (context) => {
    const network = await dualStack(context);
    await network.host('router').nft('forward', 'meta nfproto ipv6 drop');
    const { report, codes, exitCode, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['ipv6-broken']);
    expect(exitCode, summary).toBe(1);
    const { winner, winnerAfterMs } = addressesOf(report);
    expect(winner, summary).toBe(SERVER);
    expect(winnerAfterMs, summary).toBeGreaterThanOrEqual(250);
  });

  test('has one cause where a firewall drops IPv4', async (context) => {
    const network = await dualStack(context);
    await network.host('router').nft('forward', 'meta nfproto ipv4 drop');
    const { codes, exitCode, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['ipv4-broken']);
    expect(exitCode, summary).toBe(1);
  });

  test('is not blamed for IPv6 by a machine that has none', async (context) => {
    const layout = routedNetwork();
    const network = await networkFor(context, {
      ...layout,
      links: (layout.links ?? []).map((link) => ({
        ...link,
        ends: link.ends.map((end) =>
          end.host === 'client' ? { ...end, addresses: [`${CLIENT}/24`] } : end,
        ) as unknown as typeof link.ends,
      })),
      routes: { ...layout.routes, client: [`default via ${GATEWAY}`] },
    });
    await network.host('server').serve('web', { tcp: [9000] });
    await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER, SERVER_V6] } });
    const { report, codes, exitCode, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual([]);
    expect(exitCode, summary).toBe(0);
    expect(
      addressesOf(report).addresses.find(({ family }) => family === 6),
      summary,
    ).toMatchObject({ answers: null, failure: 'ENETUNREACH' });
  });

  test('has its port named where a firewall drops that alone, over IPv6', async (context) => {
    const network = await dualStack(context);
    await network.host('router').nft('forward', 'meta nfproto ipv6 tcp dport 9000 drop');
    const { report, codes, summary } = await fullReport(network.host('client'), [TARGET]);
    expect(codes, summary).toEqual(['port-filtered']);
    expect(report.verdict, summary).toBe('warn');
    expect(addressesOf(report).addresses[0], summary).toMatchObject({
      address: SERVER_V6,
      answers: true,
      method: 'icmp',
      state: 'filtered',
    });
  });
});

describe.concurrent('latency of a name with IPv4 and IPv6', () => {
  test('is measured over both, with the spread of each phase, the lookup included', async (context) => {
    const network = await dualStack(context);
    const { report, exitCode } = await latency(network.host('client'), ['http://app.example.net/', '-c', '6', '-i', '20ms']);
    expect(exitCode).toBe(0);
    const addresses = report.measurements.flatMap((made) => (made.probe === 'latency' ? [made.data.address] : []));
    expect(addresses.sort()).toEqual([SERVER, SERVER_V6].sort());
    const ids = report.checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['l3.latency@http://app.example.net', 'l3.latency@http://app.example.net#ipv6']));
    const phases = report.measurements.find(({ probe }) => probe === 'phases');
    expect(phases?.data).toMatchObject({
      count: 6,
      completed: 6,
      tcpClock: 'kernel',
      httpStatus: 200,
      distribution: {
        dnsMs: { p99: expect.any(Number) },
        tcpMs: { p99: expect.any(Number) },
        ttfbMs: { p99: expect.any(Number) },
        tlsMs: null,
      },
    });
  });

  test('goes over IPv4 alone where that was asked for', async (context) => {
    const network = await dualStack(context);
    const { report } = await latency(network.host('client'), [TARGET, '-4', '-c', '2', '-i', '20ms']);
    expect(report.measurements.flatMap((made) => (made.probe === 'latency' ? [made.data.address] : []))).toEqual([SERVER]);
    expect(report.measurements.some(({ probe }) => probe === 'addresses')).toBe(false);
  });

  test('tells the broken family', async (context) => {
    const network = await dualStack(context);
    await network.host('router').nft('forward', 'meta nfproto ipv6 drop');
    const { report, exitCode } = await latency(network.host('client'), [TARGET, '-c', '3', '-i', '20ms']);
    expect(report.diagnosis.map(({ code }) => code)).toEqual(['ipv6-broken']);
    expect(report.checks.find(({ id }) => id === `l3.latency@${TARGET}`)).toMatchObject({ status: 'pass' });
    expect(exitCode).toBe(1);
  });
});
