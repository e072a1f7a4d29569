import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SURENESS_BY_BASIS } from '../../src/diagnosis/sureness.js';
import { makeAuthority } from '../fakes/certificates.js';
import { clockOf, folder, line, need, skewed } from './clock-tools.js';
import { fullReport, networkFor } from './full-report.js';
import type { Host } from './network.js';
import { routedNetwork, SERVER } from './scenarios.js';

const TARGET = `https://${SERVER}`;

describe('full-report and the clock', () => {
  /** A certificate of an authority of its own, with dates as days from now, and HTTPS that shows it. Resolves with the file of the root. */
  async function serveHttps(server: Host, fromDays: number, toDays: number): Promise<string> {
    const place = folder();
    const day = (days: number) => new Date(Date.now() + days * 86_400_000);
    const root = await makeAuthority('Clock Test Root');
    const leaf = await root.issue({ names: [SERVER], notBefore: day(fromDays), notAfter: day(toDays) });
    for (const [name, text] of Object.entries({ 'root.pem': root.cert, 'cert.pem': leaf.cert, 'key.pem': leaf.key })) {
      writeFileSync(join(place, name), text);
    }
    await server.serve('web', { https: [443], cert: join(place, 'cert.pem'), key: join(place, 'key.pem') });
    return join(place, 'root.pem');
  }

  test.for([
    ['+90d', 'expired', 'ahead'],
    ['-90d', 'not yet valid', 'behind'],
  ] as const)('blames a clock that is off by %s, not the certificate that seems %s', async ([by, , direction], context) => {
    need(context, 'faketime');
    const network = await networkFor(context, routedNetwork());
    const ca = await serveHttps(network.host('server'), -30, 30);
    const run = await fullReport(network.host('client'), [TARGET, '--ca', ca], skewed(by));
    expect(run.codes, run.summary).toEqual(['clock-skew']);
    expect(run.report.diagnosis[0], run.summary).toMatchObject({ target: TARGET, confidence: SURENESS_BY_BASIS.silence.fail });
    expect(line(run, `l7.clock@${TARGET}`), run.summary).toMatchObject({
      status: 'fail',
      observed: expect.stringContaining(`90 d ${direction}`),
    });
    expect(line(run, `l6.validity@${TARGET}`), run.summary).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('clock-skew'),
    });
    expect(run.exitCode).toBe(1);
  });

  test('blames the certificate that has expired, by a clock that is right', async (context) => {
    const network = await networkFor(context, routedNetwork());
    const ca = await serveHttps(network.host('server'), -60, -30);
    const run = await fullReport(network.host('client'), [TARGET, '--ca', ca]);
    expect(run.codes, run.summary).toContain('cert-expired');
    expect(run.codes, run.summary).not.toContain('clock-skew');
  });

  test('finds no fault with the clock, and asks no time server for that', async (context) => {
    const network = await networkFor(context, routedNetwork());
    const ca = await serveHttps(network.host('server'), -30, 300);
    await network.host('router').nft('forward', 'udp dport 123 counter');
    const run = await fullReport(network.host('client'), [TARGET, '--ca', ca]);
    expect(
      run.report.checks.filter(({ id }) => id.includes('clock')),
      run.summary,
    ).toEqual([]);
    expect(clockOf(run).servers).toEqual([]);
    const phases = run.report.measurements.find((measurement) => measurement.probe === 'phases');
    expect(phases?.probe === 'phases' && phases.data.clock, run.summary).toMatchObject({ uncertaintyMs: expect.any(Number) });
    expect(await network.host('router').must('nft', ['list', 'ruleset'])).toContain('counter packets 0');
  });
});
