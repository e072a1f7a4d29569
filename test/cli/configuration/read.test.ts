// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseConfiguration, findConfiguration, isTrusted, loadConfiguration } from '../../../src/cli/configuration/find.js';
import { parseConfiguration, readConfigurationText } from '../../../src/cli/configuration/read.js';
import { forgetSecrets } from '../../../src/cli/configuration/secrets.js';
import { UsageError } from '../../../src/cli/usage-error.js';

const ENVIRONMENT = { TOKEN: 'hunter2-token', HOST: 'secret.example', EMPTY: '', URL: 'https://user:hunter2@host:hunter3/x' };
const options = { environment: ENVIRONMENT, trusted: true };
const read = (text: string) => parseConfiguration(text, 'site.yaml', options);

async function problemOf(text: string): Promise<string> {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof UsageError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}

afterEach(forgetSecrets);

describe('a configuration', () => {
  it('has targets, with and without a name, and a profile', async () => {
    const configuration = await read('profile: default\ntargets:\n  - a.example:443\n  - name: broker\n    target: https://b.example/x\n');
    expect(configuration.profile).toBe('default');
    expect(configuration.targets.map(({ name, target }) => [name, target.id])).toEqual([
      [null, 'a.example:443'],
      ['broker', 'https://b.example/x'],
    ]);
  });

  it('may be JSON', async () => {
    expect((await read('{"$schema": "x", "targets": ["a.example"]}')).targets).toHaveLength(1);
  });

  it.each(['', '# nothing\n', '{}'])('may be empty: %j', async (text) => {
    expect(await read(text)).toMatchObject({ targets: [], profile: null });
  });

  it('says of a target what it must offer and what it is held against', async () => {
    const { targets } = await read(`
targets:
  - target: https://b.example/x
    labels: { tier: 1, prod: true, team: shop }
    profile: trading
    budget: { round-trip: [1ms, 10ms, 50ms], loss: 0.5%, certificate: [60, 30, 14], response: {objective: 1s, acceptable: 2s, critical: 5s, percentile: p99} }
    offers:
      ports: [443, "8000-8002,U:53"]
      tls: { pins: sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, minimum: TLSv1.3, policy: modern }
      http:
        status: [200, 3xx]
        headers: [x-a, "x-b: deny", { X-C: 1 }]
        authorization: Bearer \${TOKEN}
        request-headers: { X-Trace: "on", X-Other: "\${HOST}" }
`);
    const [target] = targets;
    expect(target).toMatchObject({
      labels: { tier: '1', prod: 'true', team: 'shop' },
      profile: 'trading',
      budgets: {
        'round-trip': { objective: 1, acceptable: 10, critical: 50 },
        loss: { objective: 0.005, acceptable: 0.005, critical: 0.005 },
        certificate: { objective: 60, acceptable: 30, critical: 14 },
        response: { objective: 1000, acceptable: 2000, critical: 5000, percentile: 'p99' },
      },
      offers: {
        ports: { required: [443], surveyed: [8000, 8001, 8002], udp: { required: [53], surveyed: [] } },
        tls: { minimum: 'TLSv1.3', rules: { name: 'modern' } },
      },
    });
    expect(target?.offers.http).toEqual({
      securityHeaders: false,
      expectations: [
        { kind: 'status', accepted: ['200', '3xx'] },
        { kind: 'header', name: 'x-a', value: null },
        { kind: 'header', name: 'x-b', value: 'deny' },
        { kind: 'header', name: 'x-c', value: '1' },
      ],
      fields: [
        { name: 'x-trace', value: 'on', secret: false },
        { name: 'x-other', value: 'secret.example', secret: true },
        { name: 'authorization', value: 'Bearer hunter2-token', secret: true },
      ],
    });
  });

  it('has profiles that take over from others, whatever their order', async () => {
    const { profiles } = await read(`
profiles:
  field: { extends: desk, timeout: 5s, minimum-tls: TLSv1.3 }
  desk: { extends: trading, fail-on: warn, timeout: 1s, budget: { dns: [1ms, 20ms, 30ms] } }
`);
    expect(profiles.get('field')).toMatchObject({
      policy: {
        name: 'field',
        rttMs: { acceptable: 20 },
        dnsQueryMs: { objective: 1, acceptable: 20, critical: 30, because: 'profile desk of site.yaml' },
        minimumTlsVersion: { version: 'TLSv1.3' },
      },
      settings: { timeout: 5000, 'fail-on': 'warn' },
    });
    expect(profiles.get('desk')?.policy.minimumTlsVersion.version).toBe('TLSv1.2');
  });

  it.each([
    ['targets: [', /^config "site.yaml" line 1, column \d+: it is no YAML/],
    ['targets:\n\t- a', /line 2, column 1: it is no YAML/],
    ['a: 1\n---\nb: 2', /line \d, column 1: it holds several YAML documents; one is accepted/],
    ['targets: !include x', /line 1, column 10: it is no YAML: .*tag/],
    ['profile: a\0b', /line 1, column 11: it holds a NUL byte/],
    ['- a', /line 1, column 1: it must be a map with the keys \$schema, targets/],
    ['just text', /it must be a map/],
    ['target:\n  - a.example', /line 1, column 1: "target" is no key here; did you mean targets\?/],
    ['targets:\n  - a.example\nnonsense: 1', /line 3, column 1: "nonsense" is no key here; there are \$schema, targets, profile/],
    ['__proto__: 1', /"__proto__" is no key here/],
    ['constructor: 1', /"constructor" is no key here/],
    ['targets: a.example', /line 1, column 10: targets "a.example": must be a list of targets/],
    ['targets:\n  - 7', /line 2, column 5: targets\[0\] "7": must be a target, or a map/],
    ['targets:\n  - nam: b\n    target: b.example', /line 2, column 5: "nam" is no key here; did you mean name\?/],
    [
      'targets:\n  - name: b\n    url: https://b.example',
      /line 2, column 5: targets\[0\].target is missing \(and 1 more: netdiag config check\)$/,
    ],
    ['targets:\n  - name: b', /line 2, column 5: targets\[0\].target is missing/],
    ['targets:\n  - name: "a b"\n    target: b.example', /line 2, column 11: targets\[0\].name "a b": must be a name/],
    ['targets:\n  - a.example\n  - "a b"', /line 3, column 5: target "a b": it contains a space .*; accepted: a host name/],
    ['targets:\n  - https://user:hunter2@ho st/', /target "https:\/\/\*\*\*@ho st\/"/],
    ['targets:\n  - a.example:x', /target "a.example:x": the port "x" is not a number/],
    ['profile: fast', /line 1, column 10: profile "fast": must be one of default, web/],
    ['profile: tradin', /profile "tradin": there is no such profile; did you mean trading\?/],
    ['targets: [{name: a, target: x.example}, {name: a, target: y.example}]', /column 48: two targets have the name "a"/],
    ['targets: [x.example, {name: a, target: X.example}]', /column 40: target "X.example": it stands here twice/],
    ['timeout: 1s\n"timeout": 2s', /line 2, column 1: it is no YAML/],
    ['timeout: 5', /line 1, column 10: timeout "5": must be a duration with a unit/],
    ['timeout: 1h', /timeout "1h": must be a duration/],
    ['format: xml', /format "xml": must be one of table, json/],
    ['fail-on: true', /fail-on "true": must be one of warn, fail, never/],
    ['lang: pt', /lang "pt": must be one of en, pt-BR/],
    ['references: dns.example', /references "dns.example": must be none, or up to 4 IP addresses/],
    ['references: [1.1.1.1, x]', /references: must be none, or up to 4 IP addresses/],
    [
      'profiles: {a: {extends: b}, b: {extends: c}, c: {extends: a}}',
      /profiles.a.extends: .* in a circle: "a" extends "b" extends "c" extends "a"/,
    ],
    ['profiles: {a: {extends: a}}', /in a circle: "a" extends "a"/],
    ['profiles: {a: {extends: weeb}}', /profiles.a.extends "weeb": there is no such profile; did you mean web\?/],
    ['profiles: {trading: {}}', /column 12: profiles.trading: a profile of this name is built in/],
    ['profiles: {"a b": {}}', /column 12: "a b" must be a name of letters/],
    ['profiles: {a: {budget: {los: 1%}}}', /column 25: "los" is no key here; did you mean loss\?/],
    ['profiles: {a: {budget: {loss: 2}}}', /profiles.a.budget.loss "2": must be a ratio from 0 to 1/],
    ['profiles: {a: {budget: {dns: [9ms, 5ms, 1ms]}}}', /profiles.a.budget.dns: must be a duration .* from the best to the worst/],
    ['profiles: {a: {budget: {dns: [1ms, 5ms]}}}', /profiles.a.budget.dns: must be a duration/],
    [
      'profiles: {a: {budget: {dns: {objective: 1ms, aceptable: 2ms, critical: 3ms}}}}',
      /"aceptable" is no key here; did you mean acceptable\?/,
    ],
    ['targets: [{target: a.example, budget: {gateway: 1ms}}]', /column 40: "gateway" is no key here/],
    ['targets: [{target: a.example, labels: {"1": x}}]', /"1" must be a label/],
    ['targets: [{target: a.example, labels: {a: [x]}}]', /targets\[0\].labels.a: must be a text of at most 200/],
    ['targets: [{target: a.example, offers: {tls: {}}}]', /column 40: targets\[0\].offers.tls: the target speaks no TLS/],
    ['targets: [{target: "a.example:443", offers: {http: {status: 200}}}]', /offers.http: the target is no http: or https: URL/],
    ['targets: [{target: "wss://a.example", offers: {http: {status: 200}}}]', /offers.http: status is of http: and https: URLs/],
    ['targets: [{target: "https://a.example", offers: {http: {status: 99}}}]', /offers.http.status "99": must be statuses from 200/],
    ['targets: [{target: "https://a.example", offers: {http: {json: "$[?"}}}]', /offers.http.json "\$\[\?": it is no JSONPath query/],
    [
      'targets: [{target: "https://a.example", offers: {tls: {policy: moderm}}}]',
      /offers.tls.policy "moderm": there is no such policy; did you mean modern\?/,
    ],
    [
      'targets: [{target: "https://a.example", offers: {tls: {policy: ./no.yaml}}}]',
      /offers.tls.policy "\.\/no.yaml": there is no such file/,
    ],
    ['targets: [{target: a.example, offers: {ports: "0"}}]', /offers.ports "0": must be ports from 1 to 65535/],
    ['ca: no.pem', /line 1, column 5: ca "no.pem": there is no such file/],
    [
      'targets:\n  - target: https://a.example/${MISSING}',
      /line 2, column 31: the environment has no variable MISSING, or it is empty; \$\{MISSING:-default\}/,
    ],
    ['targets: ["${EMPTY}"]', /column 12: the environment has no variable EMPTY/],
    ['targets: ["a.example:${"]', /column 22: a variable is written/],
    ['targets: ["${URL}"]', /target "\$\{URL\}": the port is not a number/],
    ['timeout: ${HOST}', /timeout "\$\{HOST\}": must be a duration/],
    ['profile: ${HOST}', /profile "\$\{HOST\}": must be a name of letters/],
  ])('that is wrong is refused in one line with its place: %j', async (text, message) => {
    const problem = await problemOf(text);
    expect(problem).toMatch(message);
    expect(problem).not.toMatch(/\n|hunter|secret\.example/);
  });

  it('is told of with all its mistakes at once, in the order of the file', async () => {
    const text = `profil: x
timeout: 5
targets:
  - name: a
    target: a b
  - name: a
    taget: b.example
  - target: https://c.example
    budget: { loss: 7, first-bite: 1ms }
    offers: { tls: { minimum: 1.1 }, http: { statuss: 200, authorization: "\${NONE}" } }
    profile: nobody
profiles:
  one: { extends: two }
  two: { extends: one, minimum-tls: 5 }
timeout: 2s
`;
    const { configuration, mistakes } = await readConfigurationText(text, 'site.yaml', options);
    expect(configuration).toBeNull();
    expect(mistakes.map(({ line, column, reason }) => `${line}:${column}: ${reason.slice(0, 34)}`)).toEqual([
      '1:1: "profil" is no key here; did you m',
      '5:13: target "a b": it contains a space ',
      '6:11: two targets have the name "a"',
      '7:5: "taget" is no key here; did you me',
      '9:21: targets[2].budget.loss "7": must b',
      '9:24: "first-bite" is no key here; did y',
      '10:31: targets[2].offers.tls.minimum "1.1',
      '10:46: "statuss" is no key here; did you ',
      '10:76: the environment has no variable NO',
      '11:14: targets[2].profile "nobody": must ',
      '13:19: profiles.one.extends: the profiles',
      '14:37: profiles.two.minimum-tls "5": must',
      '15:1: it is no YAML: Map keys must be un',
    ]);
  });

  it('that was only found and is somebody else’s takes no variables', async () => {
    const outcome = await readConfigurationText('targets: ["https://${HOST}"]', '/tmp/netdiag.yaml', {
      environment: ENVIRONMENT,
      trusted: false,
    });
    expect(outcome.mistakes.map(({ reason }) => reason).join()).toMatch(/^it belongs to another user and takes variables/);
    const without = await readConfigurationText('targets: [a.example]', '/tmp/netdiag.yaml', { environment: ENVIRONMENT, trusted: false });
    expect(without.mistakes).toEqual([]);
  });

  it('cannot make the reader multiply aliases', { timeout: 40_000 }, async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `a${level}: &a${level} [${Array(9)
          .fill(level === 0 ? '"x"' : `*a${level - 1}`)
          .join(',')}]`,
    );
    const started = performance.now();
    expect(await problemOf(levels.join('\n'))).toMatch(/too many aliases/);
    // Each alias by itself is within the parser's own bounds here.
    const wide = `a: &a [${Array(5_000).fill('x').join(',')}]\nb: [${Array(90).fill('*a').join(',')}]`;
    expect(await problemOf(wide)).toMatch(/too many values, or too many once its aliases/);
    expect(await problemOf(`targets: [${Array(300_000).fill('x').join(',')}]`)).toMatch(/too many values/);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('cannot overflow the reader by nesting', async () => {
    const tooDeep = 'config "site.yaml": it is nested too deeply';
    for (const depth of [100, 5_000, 200_000]) {
      for (const opening of ['[', '{a: ', '- ', '? ', '[ #]\n', '["]", '])
        expect(await problemOf(`targets: ${opening.startsWith('[') || opening.startsWith('{') ? '' : '\n'}${opening.repeat(depth)}`)).toBe(
          tooDeep,
        );
      expect(await problemOf(`targets: ${'['.repeat(depth)}${']'.repeat(depth)}`)).toBe(tooDeep);
    }
    const stairs = Array.from({ length: 1_200 }, (_, indentation) => `${' '.repeat(indentation)}a:`).join('\n');
    expect(await problemOf(stairs)).toBe(tooDeep);
  });

  it('may be long, and have brackets in texts and comments', async () => {
    const targets = Array.from({ length: 90 }, (_, index) => `  - {name: n${index}, target: "https://h${index}.example/[[[[["} # [[[[[[`);
    expect((await read(`targets:\n${targets.join('\n')}\n`)).targets).toHaveLength(90);
  });
});

describe('the file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-config-'));
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found in the folder or the nearest one above it', () => {
    expect(findConfiguration(join(folder, 'a', 'b'))).toBeNull();
    writeFileSync(join(folder, 'netdiag.yml'), 'targets: []');
    expect(findConfiguration(join(folder, 'a', 'b'))).toBe(join(folder, 'netdiag.yml'));
    writeFileSync(join(folder, 'a', 'netdiag.json'), '{}');
    expect(findConfiguration(join(folder, 'a', 'b'))).toBe(join(folder, 'a', 'netdiag.json'));
  });

  it('is the one that was named, or none where that was said', () => {
    expect(chooseConfiguration('x.yaml', '--config', folder)).toEqual({ path: 'x.yaml', by: '--config' });
    expect(chooseConfiguration('none', '--config', folder)).toBeNull();
    expect(chooseConfiguration(undefined, '--config', null)).toBeNull();
  });

  it('that does not exist, is a folder or is too large is refused by the name of who named it', async () => {
    const load = (path: string, by: string | null = '--config') => loadConfiguration({ path, by }, {});
    await expect(load(join(folder, 'none.yaml'), 'NETDIAG_CONFIG')).rejects.toThrow(/^NETDIAG_CONFIG ".*": there is no such file/);
    await expect(load(folder)).rejects.toThrow('it is not an ordinary file');
    writeFileSync(join(folder, 'large.yaml'), '#'.repeat(10 * 1024 * 1024));
    await expect(load(join(folder, 'large.yaml'))).rejects.toThrow('it is larger than 1 MB');
  });

  it('of this user may take variables, and so may one that was named', () => {
    const path = join(folder, 'own.yaml');
    writeFileSync(path, '');
    expect(isTrusted({ path, by: null })).toBe(true);
    expect(isTrusted({ path: '/no/such/file', by: '--config' })).toBe(true);
  });
});
