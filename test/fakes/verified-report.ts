import type { Report } from '../../src/model/report.js';
import { assembleVerification } from '../../src/report/verify/assemble.js';
import { parseWay } from '../../src/report/verify/data-way.js';
import { judgeCheck, skippedManifestCheck } from '../../src/report/verify/judge.js';
import type { Condition, Expectation, ManifestCheck, VerifiedManifest } from '../../src/report/verify/manifest.js';
import { healthy, oneFault } from './reports.js';

function value(way: string, condition: Condition): Expectation {
  const outcome = parseWay(way);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { kind: 'value', way: { ...outcome.way, probe: outcome.way.probe as 'latency' }, of: null, conditions: [condition] };
}

const check = (id: string, step: number, run: string, fields: Partial<ManifestCheck> = {}): ManifestCheck => ({
  id,
  text: null,
  run,
  step,
  expectations: [],
  from: null,
  ...fields,
});

const LATENCY = 'latency app.example.net:443 -c 20';
const REPORT = 'full-report app.example.net:443';

const MANIFEST: VerifiedManifest = {
  title: 'Network requirements of the shop',
  files: ['shop.requirements.yaml', 'service.yaml'],
  requirements: [
    {
      id: 'SYS-NETWORK-001',
      text: 'The service is near',
      cases: [
        {
          id: 'TC-NETWORK-001',
          text: 'round trips',
          needs: [],
          checks: [
            check('TC-NETWORK-001.grades', 0, LATENCY, {
              text: 'p99 by its grades',
              expectations: [
                { kind: 'check', glob: 'l3.*', of: null, is: ['pass', 'skip'] },
                value('latency.rttMs.p99', { kind: 'grades', grades: { objective: 1, acceptable: 5, critical: 200 } }),
              ],
            }),
            check('TC-NETWORK-001.2', 0, LATENCY),
          ],
        },
        {
          id: 'TC-NETWORK-002',
          text: 'packets of every size',
          needs: [],
          checks: [check('TC-NETWORK-002', 1, REPORT)],
        },
      ],
    },
    {
      id: 'SYS-NETWORK-002',
      text: null,
      cases: [
        {
          id: 'TC-NETWORK-003',
          text: null,
          needs: ['TC-NETWORK-002'],
          checks: [check('TC-NETWORK-003', 2, 'http https://app.example.net --header "Authorization: ***"')],
        },
        {
          id: 'TC-NETWORK-004',
          text: 'nothing was measured of it',
          needs: [],
          checks: [
            check('TC-NETWORK-004', 0, LATENCY, {
              expectations: [value('websocket.rttMs.p99', { kind: 'bound', relation: 'atMost', limit: 50 })],
            }),
          ],
        },
      ],
    },
  ],
};

/** A manifest held against reports that were written by hand: one check warns, two fail, one is skipped. */
export function verified(): Report {
  const steps = new Map([
    [0, healthy()],
    [1, oneFault()],
  ]);
  const checks = MANIFEST.requirements.flatMap(({ cases }) => cases.flatMap((one) => one.checks));
  const because = 'it needs TC-NETWORK-002, which failed';
  const judged = checks.map((one) => {
    const report = steps.get(one.step);
    return report === undefined ? skippedManifestCheck(one, because) : judgeCheck(one, report);
  });
  return assembleVerification({
    version: '0.0.0',
    startedAt: new Date('2025-03-04T05:06:07Z'),
    durationMs: 4321,
    partial: false,
    host: healthy().host,
    manifest: MANIFEST,
    steps,
    judged: new Map(judged.map((one) => [one.check.id, one])),
    skipped: new Map([['TC-NETWORK-003', because]]),
    policy: 'default',
  });
}
