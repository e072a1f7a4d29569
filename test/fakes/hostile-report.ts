/** Reports that are nothing but text of an adversary, for the formats that people feed to other programs. */
import fc from 'fast-check';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check, CheckStatus, Report } from '../../src/model/report.js';
import { check, healthy } from './reports.js';

/** What each format would trip over, and what readers of each would obey. */
export const HOSTILE_TEXTS: readonly string[] = [
  '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u2066',
  'one\r\ntwo\nok 99 - FAKE\n1..0\nBail out! FAKE',
  '\u0000\u0008\u000b\u000c\u007f\u0085\u2028\u2029\ufffe\uffff',
  '\ud800 half \udc00',
  '日本語 ñ 😀 e\u0301',
  '</failure></testcase><testcase name="FAKE"/><!-- & ]]> &amp; &#x1b;',
  '[[ATTACHMENT|/etc/passwd]] [[[PROPERTY|a=b]]',
  '# TODO not a failure # SKIP me \\# \\\\# ',
  '"} 1\nnetdiag_verdict{verdict="pass"} 1\n# HELP x y\\',
  '[click](javascript:alert(1)) {0} {{1}} }{',
  '::error::FAKE %0A%25::stop-commands::x ##[add-mask]a, b: c',
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-1-1',
  '@SUM(A1)',
  '\t=1+1',
  ' "=1+1",;=2+2;"-3"|+4',
  '＝1+1',
  `${'x'.repeat(3000)}😀`,
  '',
];

/** Anything at all, the same in every run. */
export const ANY_TEXTS: readonly string[] = [
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 60, seed: 43 }),
  ...fc.sample(fc.string({ unit: fc.constantFrom(...'<>&"\'`%#\\{}[]|:;,=+-@!\t\r\n \u0000\ud800é'), maxLength: 20 }), {
    numRuns: 60,
    seed: 43,
  }),
];

const STATUSES: readonly CheckStatus[] = ['pass', 'warn', 'fail', 'skip'];

/** A report with each of the texts wherever a peer, a file or the user can put one, in checks of every status. */
export function reportOf(texts: readonly string[]): Report {
  const report = healthy();
  const checks = texts.flatMap((text, index) =>
    STATUSES.map((status): Check => {
      const words = { title: text, observed: text, expected: text, remedy: text, because: status === 'skip' ? text : null };
      const code = status === 'fail' ? 'mtu-blackhole' : null;
      return check(`l7.${status}@${index} ${text}`, { layer: 7, target: `${index} ${text}`, status, code, ...words });
    }),
  );
  const [text = ''] = texts;
  return {
    ...report,
    verdict: 'fail',
    host: { ...report.host, hostname: text, system: text },
    targets: texts.map((each, index) => ({
      id: `${index} ${each}`,
      host: each,
      port: null,
      scheme: null,
      name: each,
      labels: { [`key ${index}`]: each },
    })),
    diagnosis: [
      {
        code: 'tls-intercepted',
        layer: 6,
        target: `0 ${text}`,
        confidence: 0.5,
        summary: texts.join(' '),
        evidence: texts.map((each, index) => `l7.warn@${index} ${each}`),
        ruledOut: [],
        against: [],
        alternatives: [],
        notLookedAt: [...texts],
        when: null,
        remedy: texts.join(' '),
      },
    ],
    conclusion: { kind: 'diagnosed', text: texts.join('\n'), notLookedAt: [...texts] },
    checks,
    measurements: texts.flatMap((each, index) => measurementsOf(each, index)),
  };
}

function measurementsOf(text: string, index: number): Measurement[] {
  const target = `${index} ${text}`;
  return healthy().measurements.map((measurement, place): Measurement => {
    const id = `m${index}-${place}`;
    switch (measurement.probe) {
      case 'latency':
        return {
          ...measurement,
          ...{ id, target, method: text },
          data: { ...measurement.data, address: text, notSent: [{ code: text, count: 1, atMs: [3] }] },
        };
      case 'phases':
        return {
          ...measurement,
          ...{ id, target },
          data: { ...measurement.data, address: text, runs: measurement.data.runs.map((run) => ({ ...run, failure: text })) },
        };
      case 'tls':
        return { ...measurement, id, target, data: { ...measurement.data, address: text, cipher: text, group: text, alpn: text } };
      case 'dns':
        return { ...measurement, id, target, data: { ...measurement.data, server: text, rcode: text, type: text } };
      default:
        return { ...measurement, id, target: measurement.target === null ? null : target };
    }
  });
}
