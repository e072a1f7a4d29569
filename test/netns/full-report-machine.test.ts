import { describe, expect, type TestContext, test } from 'vitest';
import { type FullReport, fullReport, networkFor } from './full-report.js';
import { GATEWAY, machineOnLink, machineWithoutNetwork, NOBODY_HERE, SERVER } from './scenarios.js';

/** What is promised for a machine without any network or without DNS: the report comes, and within this time. */
const PROMISED_MS = 5000;

/** The fault is named, alone. */
function expectOneCause({ exitCode, report, codes, summary }: FullReport, accepted: readonly string[]): void {
  expect(accepted, summary).toContain(codes[0]);
  expect(codes, summary).toHaveLength(1);
  expect(report.verdict, summary).toBe('fail');
  expect(exitCode, summary).toBe(1);
  expect(report.partial, summary).toBe(false);
}

/** Nothing above the fault is judged, and each such line says why. */
function expectUpperLayersSkipped({ report, summary }: FullReport): void {
  const upper = report.checks.filter(({ layer }) => layer >= 4);
  expect(upper.length, summary).toBeGreaterThan(0);
  for (const check of upper) {
    expect(check.status, `${check.id}\n${summary}`).toBe('skip');
    expect(check.because, `${check.id}\n${summary}`).toMatch(/\S/);
  }
}

describe.concurrent('full-report on a machine that is off the network', () => {
  const offTheNetwork = async (context: TestContext, args: readonly string[], options: { unprivileged?: boolean } = {}) => {
    const network = await networkFor(context, machineWithoutNetwork());
    const result = await fullReport(network.host('client'), args, options);
    expectOneCause(result, ['interface-down', 'no-carrier', 'no-address', 'no-default-route']);
    expectUpperLayersSkipped(result);
    expect(result.elapsedMs, result.summary).toBeLessThan(PROMISED_MS);
  };

  test('names the missing link for a target by its address', (context) => offTheNetwork(context, [`${SERVER}:443`]));
  test('names the missing link for a target by its name', (context) => offTheNetwork(context, ['app.example.net:443']));
  test('names the missing link for several targets once', (context) => offTheNetwork(context, [`${SERVER}:443`, `${SERVER}:80`]));
  test('names the missing link without any target', (context) => offTheNetwork(context, []));
  test('names the missing link for an ordinary user', (context) => offTheNetwork(context, [`${SERVER}:443`], { unprivileged: true }));

  test('tells an interface that is switched off', async (context) => {
    const network = await networkFor(context, machineOnLink([]));
    await network.host('client').ip('link set eth0 down');
    const result = await fullReport(network.host('client'), [`${SERVER}:443`]);
    expectOneCause(result, ['interface-down']);
    expectUpperLayersSkipped(result);
    expect(result.elapsedMs, result.summary).toBeLessThan(PROMISED_MS);
  });

  test('tells a cable that is pulled', async (context) => {
    const network = await networkFor(context, machineOnLink([`default via ${GATEWAY}`]));
    await network.host('neighbour').ip('link set eth0 down');
    const result = await fullReport(network.host('client'), [`${SERVER}:443`]);
    expectOneCause(result, ['no-carrier']);
    expectUpperLayersSkipped(result);
    expect(result.elapsedMs, result.summary).toBeLessThan(PROMISED_MS);
  });
});

describe.concurrent('full-report on a machine whose first hop is missing', () => {
  test('tells that there is no default route', async (context) => {
    const network = await networkFor(context, machineOnLink([]));
    const result = await fullReport(network.host('client'), [`${SERVER}:443`]);
    expectOneCause(result, ['no-default-route']);
    expectUpperLayersSkipped(result);
    expect(result.elapsedMs, result.summary).toBeLessThan(PROMISED_MS);
  });

  test('needs no default route for a target on the link', async (context) => {
    const network = await networkFor(context, machineOnLink([]));
    await network.host('neighbour').serve('web', { tcp: [9000] });
    await network.host('neighbour').serve('dns', { address: GATEWAY });
    const { report, exitCode, summary } = await fullReport(network.host('client'), [`${GATEWAY}:9000`]);
    expect(report.verdict, summary).not.toBe('fail');
    expect(exitCode, summary).toBe(0);
  });

  test('tells that the link address of the gateway cannot be learned', async (context) => {
    const network = await networkFor(context, machineOnLink([`default via ${GATEWAY}`], NOBODY_HERE));
    const result = await fullReport(network.host('client'), [`${SERVER}:443`]);
    expectOneCause(result, ['neighbor-unresolved', 'gateway-unreachable']);
    expectUpperLayersSkipped(result);
  });
});

describe.concurrent('full-report on a machine whose own route refuses the target', () => {
  test.for(['blackhole', 'unreachable', 'prohibit'])('tells a route of the kind %s', async (kind, context) => {
    const layout = machineOnLink([`default via ${GATEWAY}`, `${kind} ${SERVER}/32`]);
    const network = await networkFor(context, layout);
    await network.host('neighbour').serve('dns', { address: GATEWAY });
    const result = await fullReport(network.host('client'), [`${SERVER}:443`]);
    expectOneCause(result, ['route-prohibited']);
    expect(result.report.diagnosis[0]?.target, result.summary).toBe(`${SERVER}:443`);
    expect(result.elapsedMs, result.summary).toBeLessThan(PROMISED_MS);
  });
});
