import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { PROGRAM } from './full-report.js';
import { linkRefusal } from './network.js';
import type { Round } from './trading-breaks.js';
import { createTradingLab, type TradingLab } from './trading-lab.js';

export const MANIFEST = 'docs/examples/trading.requirements.yaml';
/** What the lab is made of, besides what every namespace test needs. */
const TOOLS = ['/usr/sbin/dnsmasq', '/usr/bin/turnserver', '/usr/sbin/nft'];

const refusal = (await linkRefusal()) ?? missingTool() ?? ordinaryUser() ?? missingCongestionControl();

function missingTool(): string | null {
  const missing = TOOLS.find((tool) => !existsSync(tool));
  return missing === undefined ? null : `${missing} is not installed`;
}

function ordinaryUser(): string | null {
  return process.getuid?.() === 0 ? null : 'settings of the kernel are set by root alone';
}

function missingCongestionControl(): string | null {
  const available = readFileSync('/proc/sys/net/ipv4/tcp_available_congestion_control', 'utf8');
  return available.split(/\s+/).includes('bbr') ? null : 'this kernel has no BBR, or has not loaded it';
}

interface Verified {
  exitCode: number | null;
  report: Report;
  /** By id: `pass`, or what became of it otherwise, with its code. */
  outcomes: Record<string, string>;
  /** For the message of an assertion. */
  summary: string;
}

async function verify(lab: TradingLab, only: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Verified> {
  const args = ['verify', MANIFEST, '--json', '--jobs', only.length === 0 ? '2' : '4', ...only.flatMap((id) => ['--only', id])];
  const { exitCode, stdout, stderr } = await lab.netdiag(args, env);
  if (!stdout.startsWith('{')) throw new Error(`standard output is no JSON (status ${exitCode}): ${stdout.slice(0, 500)}\n${stderr}`);
  const report = reportSchema.parse(JSON.parse(stdout));
  const told = report.checks.map(
    ({ id, status, code, observed, because }) => `${status} ${id} ${code ?? ''} ${observed ?? ''} | ${because ?? ''}`,
  );
  const outcomes = Object.fromEntries(report.checks.map(({ id, status, code }) => [id, status === 'fail' ? `fail ${code}` : status]));
  return { exitCode, report, outcomes, summary: told.join('\n') };
}

/**
 * Builds a lab, and breaks it round by round: each time these cases and no others must fail, by their codes.
 *
 * @param whole first it is shown that every row of the manifest is met
 */
export function testRequirements(rounds: readonly Round[], whole: boolean): void {
  let folder = '';
  let lab: TradingLab;
  beforeAll(async () => {
    if (refusal !== null) return;
    folder = mkdtempSync(join(tmpdir(), 'netdiag-trading-'));
    lab = await createTradingLab(folder, PROGRAM);
  }, 30_000);
  afterAll(async () => {
    await lab?.network.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  if (whole) {
    test('are met, every row of them', { timeout: 60_000, retry: 1 }, async (context) => {
      if (refusal !== null) context.skip(refusal);
      const { exitCode, report, outcomes, summary } = await verify(lab);
      const place = report.measurements.find((made) => made.probe === 'surroundings');
      // Where the tests run in a container, that row cannot be met.
      const contained = place?.probe === 'surroundings' && place.data.container?.kind !== 'none';
      const unmet = Object.entries(outcomes).filter(([, outcome]) => outcome !== 'pass' && outcome !== 'warn');
      expect(Object.fromEntries(unmet), summary).toEqual(contained ? { CONTAINER: 'fail null' } : {});
      expect(exitCode, summary).toBe(contained ? 1 : 0);
      expect(report.requirements?.map(({ id }) => id)).toEqual([
        ...['GRADES', 'LAYERS-1-3', 'LAYER-4', 'LAYER-7', 'KERNEL', 'MACHINE', 'SECURITY', 'BROKERS'],
      ]);
    });
  }

  test.for(rounds)('$what', { timeout: 40_000, retry: 1 }, async ({ fails, stands, skips = [], env = {}, breaks }, context) => {
    if (refusal !== null) context.skip(refusal);
    const only = [...Object.keys(fails), ...stands, ...skips];
    const mend = await breaks(lab);
    try {
      const { exitCode, outcomes, summary } = await verify(lab, only, inFolder(env, folder));
      const expected = Object.entries(fails).map(([id, code]) => [id, `fail ${code}`]);
      const found = Object.entries(outcomes).filter(([, outcome]) => outcome.startsWith('fail'));
      expect(Object.fromEntries(found), summary).toEqual(Object.fromEntries(expected));
      expect(
        skips.map((id) => outcomes[id]),
        summary,
      ).toEqual(skips.map(() => 'skip'));
      expect(exitCode, summary).toBe(1);
    } finally {
      await mend();
    }
  });
}

/** Names of files are those of the lab's folder. */
function inFolder(env: Readonly<Record<string, string>>, folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.endsWith('.pem') ? join(folder, value) : value]));
}
