import { describe, expect, test } from 'vitest';
import { fullReport, networkFor } from './full-report.js';
import { GATEWAY, routedNetwork } from './scenarios.js';

describe('full-report and a login page', () => {
  test('looks for one where no target is named, and tells it', async (context) => {
    const network = await networkFor(context, routedNetwork());
    // Every name leads to the gateway, which answers with a page of its own.
    const names = ['detectportal.firefox.com', 'example.com', 'www.wikipedia.org'];
    await network.host('router').serve('dns', { address: GATEWAY, names: Object.fromEntries(names.map((name) => [name, [GATEWAY]])) });
    await network.host('router').serve('web', { http: [80] });
    const { report, exitCode, codes, summary } = await fullReport(network.host('client'), []);
    expect(exitCode, summary).toBe(1);
    expect(codes[0], summary).toBe('captive-portal');
    expect(
      report.checks.find(({ id }) => id === 'l7.captive-portal'),
      summary,
    ).toMatchObject({ status: 'fail', target: null });
    const asked = report.measurements.filter(({ probe }) => probe === 'captive-portal');
    expect(asked, summary).toHaveLength(1);
    expect(asked[0]?.data).toMatchObject({ address: GATEWAY, status: 200, sign: 'other-content' });
  });

  test('asks nobody where references are not wanted', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('router').serve('web', { http: [80] });
    const { report, summary } = await fullReport(network.host('client'), [`http://${GATEWAY}`, '--references', 'none']);
    expect(
      report.measurements.filter(({ probe }) => probe === 'captive-portal'),
      summary,
    ).toEqual([]);
  });
});
