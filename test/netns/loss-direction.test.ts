import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { reportSchema } from '../../src/model/report.js';
import { makeAuthority } from '../fakes/certificates.js';
import { type Chain, createChain } from './chain.js';
import { PROGRAM } from './full-report.js';
import type { Impairment } from './impaired-link.js';
import { linkRefusal } from './network.js';

const TEST_TIMEOUT_MS = 120_000;
const DELAY = { delayMs: 20 };

/** HTTPS with a chain of some 4 kB, as public servers have. */
async function serve({ there }: Chain): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-direction-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = await makeAuthority('Root', { key: 'rsa-2048' });
  const { cert, key } = await root.issue({ names: ['app.example.net'], key: 'rsa-2048' });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const chain = [cert, root.cert, root.cert, root.cert].join('\n');
  await there.serve('web', { http: [80], https: [443], cert: file('cert.pem', chain), key: file('key.pem', key) });
}

async function loss({ here }: Chain, target: string): Promise<{ data: DataOf<'loss'>; text: string }> {
  const command = [PROGRAM, 'loss', target, '-c', '200', '-i', '5ms', '--json'];
  const { stdout, stderr } = await here.run(process.execPath, command, { unprivileged: true, timeoutMs: 60_000 });
  const report = reportSchema.parse(JSON.parse(stdout || `"${stderr}"`));
  const measurement = report.measurements.find(({ probe }) => probe === 'loss');
  if (measurement?.probe !== 'loss') throw new Error(`the loss was not measured: ${stdout}`);
  return { data: measurement.data, text: JSON.stringify({ direction: measurement.data.direction, checks: report.checks }) };
}

test('the direction of a loss is told right or not at all, as an ordinary user', { timeout: TEST_TIMEOUT_MS }, async (context) => {
  const refusal = await linkRefusal();
  if (refusal !== null) context.skip(refusal);
  const chain = await createChain({ hops: 1, links: { 1: { impairment: DELAY, seed: 5 } } });
  onTestFinished(() => chain.network.close());
  await serve(chain);
  const late = { reorderRatio: 0.1, reorderDelayMs: 10 };
  const cases: [there: Impairment, back: Impairment, hint: string | null][] = [
    [{ lossRatio: 0.1 }, {}, 'to-target'],
    [{}, { lossRatio: 0.1 }, 'from-target'],
    [{ lossRatio: 0.1 }, { lossRatio: 0.1 }, 'both'],
    [{ lossRatio: 0.05 }, late, 'to-target'],
  ];
  const { link, out, back: answers } = chain.link(1);
  let told = 0;
  for (const [there, back, hint] of cases) {
    await link.set({ ...DELAY, ...there }, { from: out });
    await link.set({ ...DELAY, ...back }, { from: answers });
    const { data, text } = await loss(chain, `https://${chain.target.ipv4}`);
    expect([hint, null, undefined], text).toContain(data.direction?.hint);
    if (data.direction?.hint === hint) told++;
  }
  // Each is told in more than nine of ten runs, but for the last, which is hardly ever.
  expect(told).toBeGreaterThanOrEqual(2);
});

test('a target that merely limits its echo is not said to lose in a direction', { timeout: TEST_TIMEOUT_MS }, async (context) => {
  const refusal = await linkRefusal();
  if (refusal !== null) context.skip(refusal);
  const chain = await createChain({ hops: 1, links: { 1: { impairment: { delayMs: 5 } } } });
  onTestFinished(() => chain.network.close());
  await serve(chain);
  await chain.there.nft('input', 'icmp type echo-request numgen random mod 100 < 20 drop');
  const { data, text } = await loss(chain, `https://${chain.target.ipv4}`);
  expect(data.direction, text).toMatchObject({
    hint: null,
    because: expect.stringContaining('less than these packets do'),
    there: { lost: 0 },
    back: { lost: 0 },
  });
});
