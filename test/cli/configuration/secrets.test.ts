// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { afterEach, describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/cli/configuration/report-secrets.js';
import { forgetSecrets, hideSecrets, knownSecrets, rememberLiteralId, rememberSecret } from '../../../src/cli/configuration/secrets.js';
import { expandVariables } from '../../../src/cli/configuration/variables.js';
import type { Report } from '../../../src/model/report.js';
import { reportSchema } from '../../../src/model/report.js';
import { check, healthy } from '../../fakes/reports.js';

afterEach(forgetSecrets);

const ENVIRONMENT = { TOKEN: 'hunter2+/=.*', PLAIN: 'value', EMPTY: '' };

describe('variables', () => {
  it.each([
    ['${PLAIN}', 'value'],
    ['a${PLAIN}b${PLAIN}', 'avaluebvalue'],
    ['${PLAIN:-other}', 'value'],
    ['${NONE:-other}', 'other'],
    ['${EMPTY:-other}', 'other'],
    ['${NONE:-}', ''],
    ['${NONE:-a:-b}', 'a:-b'],
    ['$$', '$'],
    ['$${PLAIN}', '${PLAIN}'],
    ['$$${PLAIN}', '$value'],
    ['$.status', '$.status'],
    ['cost: 5$', 'cost: 5$'],
  ])('in %j give %j', (text, expected) => {
    const { content, faults } = expandVariables({ a: [text] }, ENVIRONMENT);
    expect(content).toEqual({ a: [expected] });
    expect(faults).toEqual([]);
  });

  it.each([
    ['${NONE}', '${NONE}'],
    ['x${EMPTY}', '${EMPTY}'],
    ['${', '${'],
    ['${PLAIN', '${'],
    ['${}', '${'],
    ['${1A}', '${'],
    ['${A-b}', '${'],
    ['${__proto__}', '${__proto__}'],
  ])('in %j are a fault', (text, part) => {
    const { content, faults } = expandVariables({ a: [text] }, ENVIRONMENT);
    expect(faults).toMatchObject([{ path: ['a', 0], part }]);
    expect(content).toEqual({ a: [text] });
  });

  it('are put into values alone, and it is known where', () => {
    const expanded = expandVariables({ '${PLAIN}': { x: '${PLAIN}', y: '${NONE:-z}', z: 7 } }, ENVIRONMENT);
    expect(expanded.content).toEqual({ '${PLAIN}': { x: 'value', y: 'z', z: 7 } });
    expect(expanded.isSecret(['${PLAIN}', 'x'])).toBe(true);
    expect(expanded.isSecret(['${PLAIN}', 'y'])).toBe(false);
    expect(expanded.hasSecrets).toBe(true);
    expect(expandVariables(['${NONE:-z}'], ENVIRONMENT).hasSecrets).toBe(false);
  });

  it('make no prototype of a key', () => {
    const { content } = expandVariables(JSON.parse('{"__proto__": {"x": "${PLAIN}"}}'), ENVIRONMENT);
    expect(Object.keys(content as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('secrets', () => {
  it('are hidden wherever they stand, whatever characters they have, the longest first', () => {
    rememberSecret('TOKEN', 'hunter2+/=.*');
    rememberSecret('PART', 'hunter2');
    expect(hideSecrets('a hunter2+/=.* b HUNTER2 c')).toBe('a ${TOKEN} b ${PART} c');
    expect(hideSecrets(`q=${encodeURIComponent('hunter2+/=.*')}`)).toBe('q=${TOKEN}');
    expect(knownSecrets().map(({ value }) => value)).toContain('hunter2');
  });

  it('are known by the ASCII form of a host name too', () => {
    rememberSecret('HOST', 'müller.example');
    expect(hideSecrets('at xn--mller-kva.example')).toBe('at ${HOST}');
  });

  it.each(['abc', '443', '65535'])('are none where they are as short as %j', (value) => {
    rememberSecret('SHORT', value);
    expect(hideSecrets(`x ${value} y`)).toBe(`x ${value} y`);
  });

  it('come out of no text of a report, which stays one', async () => {
    for (const [name, value] of Object.entries({ HOST: 'hidden.example', WORD: 'pass' })) rememberSecret(name, value);
    const report: Report = {
      schemaVersion: '1',
      tool: { name: 'netdiag', version: '1.0.0' },
      command: 'latency',
      startedAt: '2026-11-22T00:00:00.000Z',
      durationMs: 1,
      partial: false,
      host: {
        hostname: 'h',
        platform: 'linux',
        release: '6',
        arch: 'x64',
        system: null,
        virtualization: null,
        container: null,
        node: 'v20',
        nativeSockets: 'present',
      },
      policy: 'default',
      targets: [{ id: 'https://Hidden.example', host: 'hidden.example', port: 443, scheme: 'https', labels: { at: 'hidden.example' } }],
      verdict: 'pass',
      conclusion: { kind: 'well', text: 'hidden.example is well', notLookedAt: [] },
      diagnosis: [],
      checks: [
        {
          id: 'l3.latency@https://hidden.example',
          layer: 3,
          title: 'latency',
          target: 'https://hidden.example',
          status: 'pass',
          code: null,
          observed: 'hidden.example passes',
          expected: null,
          remedy: null,
          because: null,
          measurements: [],
        },
      ],
      measurements: [],
    };
    const shown = await withoutSecrets(report);
    expect(JSON.stringify(shown)).not.toMatch(/hidden\.example/i);
    expect(shown.targets[0]).toMatchObject({ id: 'https://${HOST}', host: '${HOST}', labels: { at: '${HOST}' } });
    expect(shown.verdict).toBe('pass');
    expect(reportSchema.safeParse(shown).success).toBe(true);
  });

  it('are known as they come out of addresses and of JSON', () => {
    rememberSecret('T3', 'wörd/geheim"x');
    for (const text of ['http://a.example/w%C3%B6rd/geheim%22x', JSON.stringify('wörd/geheim"x'), 'a=w%C3%B6rd%2Fgeheim%22x'])
      expect(hideSecrets(text)).not.toContain('geheim');
    rememberSecret('ESCAPED', 'top\tsecret value');
    expect(hideSecrets('at top\\x09secret value')).toBe('at ${ESCAPED}');
    expect(hideSecrets(hideSecrets('at top\tsecret value'))).toBe('at ${ESCAPED}');
  });

  it('leave ids that a file writes without variables', () => {
    rememberSecret('STAGE', 'test');
    rememberSecret('ID', 'SYS-9999');
    rememberLiteralId('SYS-TEST-001');
    rememberLiteralId('TEST');
    expect(hideSecrets('it needs SYS-TEST-001, test, TEST and SYS-TEST-0012')).toBe(
      'it needs SYS-TEST-001, ${STAGE}, ${STAGE} and SYS-${STAGE}-0012',
    );
    expect(hideSecrets('SYS-9999')).toBe('${ID}');
  });

  it('leave times and literal ids of a report, which stays one', async () => {
    rememberSecret('DAY', '2026-11-22');
    rememberSecret('STAGE', 'test');
    rememberLiteralId('SYS-TEST-001');
    rememberLiteralId('TEST');
    const report = {
      ...healthy(),
      startedAt: '2026-11-22T00:00:00.000Z',
      checks: [check('TEST', { layer: 3, title: 'as of 2026-11-22' }), check('SYS-TEST-001', { layer: 3, title: 'x' })],
    };
    const shown = await withoutSecrets(report);
    expect(shown.startedAt).toBe(report.startedAt);
    expect(shown.checks).toMatchObject([{ id: 'TEST', title: 'as of ${DAY}' }, { id: 'SYS-TEST-001' }]);
    expect(reportSchema.safeParse(shown).success).toBe(true);
  });

  it('leave a report alone where there are none', async () => {
    const report = { verdict: 'pass' } as unknown as Report;
    expect(await withoutSecrets(report)).toBe(report);
  });
});
