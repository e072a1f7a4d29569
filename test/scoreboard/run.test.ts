import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Certificates } from '../../scoreboard/certificates.js';
import { compiled } from '../../scoreboard/compiled.mjs';
import { NETWORKS } from '../../scoreboard/networks/index.js';
import { parseCase } from '../../scoreboard/read-cases.js';
import { PROGRAM, runCase } from '../../scoreboard/run-case.js';
import { Scene } from '../../scoreboard/scene.js';
import { linkRefusal, namespaceRefusal } from '../netns/network.js';

/** Networks, services and netdiag itself, on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = '';
let refusal: string | null = null;

beforeAll(async () => {
  refusal = (await namespaceRefusal()) ?? (await linkRefusal());
  folder = mkdtempSync(join(tmpdir(), 'netdiag-test-scoreboard-'));
  await compiled('serve');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function options(name: string) {
  return { certificates: new Certificates(folder), program: PROGRAM, folder: `${folder}/${name}`, open: new Set<Scene>() };
}

const REFUSED = `
what: Nothing listens on the port.
network: flat
arguments: ['app.example.net:2222', --ca, CA]
proof:
  - {on: client, run: "bash -c 'exec 3<>/dev/tcp/192.0.2.20/2222'", says: refused}
causes: [[port-closed]]
`;

test('a case is built, proved, run and scored, and leaves nothing behind', async (context) => {
  if (refusal !== null) context.skip(refusal);
  if (!existsSync(new URL('../../program', import.meta.url))) throw new Error('program/ is missing: run `npm run build` first');
  const one = parseCase(REFUSED, 'refused', 'fault');
  if (Array.isArray(one)) throw new Error(one.join('\n'));
  const given = options('refused');
  const run = await runCase(one, given);
  expect(run, run.because).toMatchObject({ outcome: 'right first', verdict: 'fail' });
  expect(run.codes[0]).toBe('port-closed');
  expect(run.wallMs).toBeGreaterThan(0);
  expect(given.open.size).toBe(0);
});

test('what cannot be proved is not scored', async (context) => {
  if (refusal !== null) context.skip(refusal);
  const one = parseCase(REFUSED.replace('says: refused', 'says: open'), 'unproved', 'fault');
  if (Array.isArray(one)) throw new Error(one.join('\n'));
  const run = await runCase(one, options('unproved'));
  expect(run).toMatchObject({ outcome: 'not proved', codes: [], wallMs: null });
  expect(run.because).toContain('does not say /open/');
});

test('faults come at their time, links keep their Ethernet, and what a command leaves running ends with the scene', async (context) => {
  if (refusal !== null) context.skip(refusal);
  const { flat } = NETWORKS;
  if (flat === undefined) throw new Error('no flat');
  const given = options('scene');
  const fault = [
    { on: 'server', run: `sleep 3471 & echo $! > ${folder}/pid` },
    { impair: 'client-switch', impairment: { lossRatio: 1 }, at: '350ms' },
  ];
  const scene = await Scene.build(flat, { what: 'x', fault }, given.certificates, given.folder);
  try {
    await scene.breakIt(fault);
    const ping = { on: 'client', run: 'ping -n -c 1 -W 1 192.0.2.20' };
    expect(await scene.refutations([ping, { on: 'client', run: 'ip neigh show 192.0.2.20', says: 'lladdr' }], 'before')).toEqual([]);
    const options = { env: {}, unprivileged: false, timeoutMs: 5000, timed: true };
    // Moments count from the first packet: what takes long to start meets the fault all the same in its midst.
    const { child, begun } = await scene.start(
      ['sh', '-c', 'sleep 0.6; dig +tries=1 +time=1 app.example.net > /dev/null; ping -n -c 5 -i 0.1 -W 1 192.0.2.20'],
      options,
    );
    expect(await begun).toBe(true);
    expect((await child).stdout).toMatch(/ [2-8]0% packet loss/);
    expect(await scene.timedComplaint()).toBeNull();
    expect(await scene.refutations([{ ...ping, says: '100% packet loss', when: 'after' }], 'after')).toEqual([]);
    const pid = (await scene.run(['cat', `${folder}/pid`], 5000)).stdout.trim();
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    await scene.close();
    for (let tries = 0; tries < 40 && existsSync(`/proc/${pid}`); tries++) await sleep(50);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  } finally {
    await scene.close();
  }
});
