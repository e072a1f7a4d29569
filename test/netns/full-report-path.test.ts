import { describe, expect, test } from 'vitest';
import { type FullReport, fullReport, networkFor } from './full-report.js';
import type { Layout, Network } from './network.js';
import { CLIENT, GATEWAY, OTHER_SERVER, routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

/** The routed network with the services that a healthy one has: HTTP on 80, plain TCP on 9000, and a resolver on the router. */
async function servedNetwork(context: Parameters<typeof networkFor>[0], layout: Layout = routedNetwork()): Promise<Network> {
  const network = await networkFor(context, layout);
  await network.host('server').serve('web', { http: [80], tcp: [9000] });
  await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER] } });
  return network;
}

function expectHealthy({ exitCode, report, codes, summary }: FullReport): void {
  expect(codes, summary).toEqual([]);
  expect(report.verdict, summary).toBe('pass');
  expect(exitCode, summary).toBe(0);
}

function expectOneCause({ exitCode, report, codes, summary }: FullReport, code: string): void {
  expect(codes, summary).toEqual([code]);
  expect(report.verdict, summary).toBe('fail');
  expect(exitCode, summary).toBe(1);
}

function latencyOf({ report, summary }: FullReport, target: string) {
  const measurement = report.measurements.find((entry) => entry.probe === 'latency' && entry.target === target);
  if (measurement?.probe !== 'latency') throw new Error(`the latency of ${target} was not probed\n${summary}`);
  return measurement;
}

function mtuOf({ report, summary }: FullReport) {
  const measurement = report.measurements.find(({ probe }) => probe === 'mtu');
  if (measurement?.probe !== 'mtu') throw new Error(`the MTU was not probed\n${summary}`);
  return measurement.data;
}

describe.concurrent('full-report across a router', () => {
  test('finds nothing wrong with a healthy HTTP and a healthy TCP service', async (context) => {
    const network = await servedNetwork(context);
    const result = await fullReport(network.host('client'), [`http://${SERVER}/`, `${SERVER}:9000`]);
    expectHealthy(result);
    expect(latencyOf(result, `${SERVER}:9000`), result.summary).toMatchObject({
      method: 'icmp',
      data: { address: SERVER, lossRatio: 0, clock: 'kernel' },
    });
    expect(mtuOf(result), result.summary).toMatchObject({ pathMtuBytes: 1500, localMtuBytes: 1500, blackhole: false });
    const port = result.report.measurements.flatMap((measurement) => (measurement.probe === 'ports' ? measurement.data.ports : []));
    expect(new Set(port.map(({ state }) => state)), result.summary).toEqual(new Set(['open']));
  });

  test('finds nothing wrong for an ordinary user, by name and over IPv6', async (context) => {
    const network = await servedNetwork(context);
    const targets = ['http://app.example.net/', `[${SERVER_V6}]:9000`];
    const result = await fullReport(network.host('client'), targets, { unprivileged: true });
    expectHealthy(result);
    const addresses = ['http://app.example.net', `[${SERVER_V6}]:9000`].map((target) => latencyOf(result, target).data.address);
    expect(addresses, result.summary).toEqual([SERVER, SERVER_V6]);
  });

  test('tells a closed port', async (context) => {
    const network = await servedNetwork(context);
    const result = await fullReport(network.host('client'), [`${SERVER}:9001`]);
    expectOneCause(result, 'port-closed');
    expect(result.report.diagnosis[0]?.layer).toBe(4);
  });

  test('tells a port that a firewall drops', async (context) => {
    const network = await servedNetwork(context);
    await network.host('router').nft('forward', 'tcp dport 9000 drop');
    expectOneCause(await fullReport(network.host('client'), [`${SERVER}:9000`]), 'port-filtered');
  });

  test('tells a port that a firewall rejects', async (context) => {
    const network = await servedNetwork(context);
    await network.host('router').nft('forward', 'tcp dport 9000 reject with icmpx type admin-prohibited');
    expectOneCause(await fullReport(network.host('client'), [`${SERVER}:9000`]), 'port-rejected');
  });

  test('blames the port of one target and leaves the other alone', async (context) => {
    const network = await servedNetwork(context);
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`, `${OTHER_SERVER}:9001`]);
    expectOneCause(result, 'port-closed');
    expect(result.report.diagnosis[0]?.target).toBe(`${OTHER_SERVER}:9001`);
    const failing = result.report.checks.filter(({ status }) => status === 'fail').map(({ target }) => target);
    expect(new Set(failing), result.summary).toEqual(new Set([`${OTHER_SERVER}:9001`]));
  });

  test('tells that the gateway answers and nothing beyond it does', async (context) => {
    const network = await servedNetwork(context);
    await network.host('router').nft('forward', 'drop');
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`, `${OTHER_SERVER}:9000`]);
    expectOneCause(result, 'upstream-unreachable');
    expect(result.report.diagnosis[0]?.target, result.summary).toBeNull();
  });

  test('takes a filter of ICMP echo for what it is: no fault', async (context) => {
    const network = await servedNetwork(context);
    await network.host('router').nft('forward', 'icmp type echo-request drop');
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`]);
    expectHealthy(result);
    expect(latencyOf(result, `${SERVER}:9000`), result.summary).toMatchObject({
      method: 'tcp',
      data: { echoAnswered: false, lossRatio: 0 },
    });
  });

  test('takes a gateway that ignores ICMP echo for what it is: no fault', async (context) => {
    const network = await servedNetwork(context);
    await network.host('router').nft('input', `ip saddr ${CLIENT} icmp type echo-request drop`);
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`]);
    expect(result.codes, result.summary).not.toContain('gateway-unreachable');
    expect(result.exitCode, result.summary).toBe(0);
  });
});

describe.concurrent('full-report and the path MTU', () => {
  test('remarks on a smaller MTU that a router announces, and fails nothing', async (context) => {
    const network = await servedNetwork(context, routedNetwork({ serverLinkMtuBytes: 1400 }));
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`]);
    expect(mtuOf(result), result.summary).toMatchObject({
      pathMtuBytes: 1400,
      localMtuBytes: 1500,
      blackhole: false,
      limitedBy: GATEWAY,
    });
    expect(result.report.verdict, result.summary).not.toBe('fail');
    expect(result.exitCode, result.summary).toBe(0);
    expect(result.codes, result.summary).not.toContain('mtu-blackhole');
  });

  test('tells a black hole: large packets vanish and no router says so', async (context) => {
    const network = await servedNetwork(context, routedNetwork({ serverLinkMtuBytes: 1400 }));
    await network.host('router').nft('output', 'icmp type destination-unreachable icmp code frag-needed drop');
    const result = await fullReport(network.host('client'), [`${SERVER}:9000`]);
    expectOneCause(result, 'mtu-blackhole');
    expect(mtuOf(result), result.summary).toMatchObject({
      pathMtuBytes: 1400,
      blackhole: true,
      limitedBy: null,
      smallestFailedBytes: 1401,
    });
  });
});
