import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../src/cli/usage-error.js';
import { planSteps } from '../../../src/cli/verify/plan-steps.js';
import type { Step } from '../../../src/cli/verify/read.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NOTHING = { config: undefined, profile: undefined, timeout: undefined };

let config: Config;
let folder: string;

/** The commands of the sources, in place of those that were built. */
beforeAll(async () => {
  config = await Config.load({ root: ROOT, devPlugins: false, userPlugins: false });
  const names = readdirSync(join(ROOT, 'src/commands')).flatMap((file) => (file.endsWith('.ts') ? [file.replace(/\.ts$/, '')] : []));
  const load = async (name: string) => {
    const { default: loaded } = await import(`../../../src/commands/${name}.ts`);
    return Object.assign(loaded, { id: name });
  };
  const found = (name: string) => (names.includes(name) ? { id: name, load: () => load(name) } : undefined);
  Object.assign(config, { findCommand: found });
  folder = mkdtempSync(join(tmpdir(), 'netdiag-steps-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stepOf = (words: string[]): Step => ({ words, folder, lacking: null, fault: (reason) => new UsageError(`here: ${reason}`) });

async function problemOf(words: string[], inherited: Partial<typeof NOTHING> & Record<string, string> = {}): Promise<string> {
  try {
    const [planned] = [...(await planSteps([stepOf(words)], [0], config, { ...NOTHING, ...inherited })).values()];
    planned?.plan.request(null);
  } catch (error) {
    if (error instanceof UsageError) return error.problem;
    throw error;
  }
  return 'nothing is wrong';
}

describe('a step that its command refuses', () => {
  it.each<[string[], RegExp]>([
    [['htp', 'x'], /^here: "htp": no such command; did you mean http\?$/],
    [['config', 'check'], /^here: "config": no such command; a step is one of .*full-report/],
    [['explain', 'x'], /^here: explain measures nothing; a step is one of .*latency/],
    [['verify', 'other.yaml'], /^here: a manifest takes in another one by include/],
    ...['--json', '--quiet', '-q', '--redact', '--support-unredacted', '--no-color'].map((flag): [string[], RegExp] => [
      ['http', 'x.example', flag],
      /^here: http: --[a-z-]+: it is of the output/,
    ]),
    ...['--format', '--fail-on', '--lang', '--output', '--baseline', '--support', '--redact-key'].map((flag): [string[], RegExp] => [
      ['http', 'x.example', flag, { '--format': 'json', '--fail-on': 'never', '--lang': 'en' }[flag] ?? 'file.json'],
      new RegExp(`^here: http: ${flag}: it is of the output`),
    ]),
    [['dns', 'x.example', '--compare', '--progress'], /^here: dns: --progress: it is of the output/],
    [['http', 'x.example', '--jsn'], /^here: http: "--jsn": http has no such flag/],
    [['http', 'x.example', '--json=true'], /^here: http: --json: takes no value/],
    [['http', 'x.example', '--__proto__'], /^here: http: "--__proto__": http has no such flag/],
    [['http', 'a b'], /^here: http: target "a b": it contains a space/],
    [['http', 'https://u:hunter2@'], /^here: http: target "https:\/\/\*\*\*@"/],
    [['http'], /^here: http: http needs a TARGET/],
    [['http', 'x.example', '--timeout', '5'], /^here: http: --timeout "5": must be a duration/],
    [['http', 'x.example', '--timeout', '5s', '--timeout', '6s'], /^here: http: --timeout: it can be given only once/],
    [['tls', 'x.example', '--ca', 'none.pem'], /^here: tls: --ca "none\.pem": there is no such file/],
    [['latency', '127.0.0.1', '--config', 'none.yaml'], /^here: latency: --config "none\.yaml": there is no such file/],
    [['latency', '127.0.0.1', '--profile', 'tradng'], /^here: latency: .*"tradng": must be one of/],
    [['latency', '127.0.0.1', '-c', '100000', '-i', '1m'], /^this would take up to \d+ hours/],
    [['schema'], /^here: schema measures nothing/],
  ])('%j', async (words, problem) => {
    expect(await problemOf(words)).toMatch(problem);
  });
});

describe('a step that is planned', () => {
  const requestOf = async (words: string[], inherited = {}) => {
    const planned = await planSteps([stepOf(words)], [0], config, { ...NOTHING, ...inherited });
    return planned.get(0)?.plan.request(null);
  };

  it('is the request that its command would run, with the flags of the whole where it says nothing', async () => {
    const request = await requestOf(['latency', '192.0.2.1', '-c', '7']);
    expect(request).toMatchObject({
      command: 'latency',
      targets: [{ id: '192.0.2.1' }],
      latency: { count: 7 },
      policy: { name: 'default' },
    });
    expect((await requestOf(['latency', '192.0.2.1'], { profile: 'trading', timeout: '2s' }))?.policy.name).toBe('trading');
    const own = await requestOf(['latency', '192.0.2.1', '--profile=voip'], { profile: 'trading', timeout: '2s' });
    expect(own).toMatchObject({ policy: { name: 'voip' }, latency: { timeoutMs: 2000 } });
  });

  it('finds its files beside the manifest, and leaves the working folder as it was', async () => {
    writeFileSync(join(folder, 'netdiag.yaml'), 'targets: [{ name: shop, target: "https://shop.example" }]\nprofile: web\n');
    const here = process.cwd();
    expect(await requestOf(['http', 'shop'])).toMatchObject({ targets: [{ host: 'shop.example', name: 'shop' }], policy: { name: 'web' } });
    expect(await problemOf(['http', 'x.example', '--bearer-file', 'none.txt'])).toMatch(/there is no such file/);
    expect(process.cwd()).toBe(here);
    expect((await requestOf(['http', 'shop', '--config', 'none']))?.targets).toMatchObject([{ host: 'shop', port: 443 }]);
  });

  it('takes the name of a configuration in the environment from the working folder', async () => {
    const file = join(folder, 'named.yaml');
    writeFileSync(file, 'targets: [{ name: named, target: "https://named.example" }]\n');
    vi.stubEnv('NETDIAG_CONFIG', relative(process.cwd(), file));
    try {
      mkdirSync(join(folder, 'a/b'), { recursive: true });
      const step = { ...stepOf(['http', 'named']), folder: join(folder, 'a/b') };
      const planned = await planSteps([step], [0], config, NOTHING);
      expect(planned.get(0)?.plan.request(null).targets).toMatchObject([{ host: 'named.example' }]);
      vi.stubEnv('NETDIAG_CONFIG', 'none');
      expect((await requestOf(['http', 'shop']))?.targets).toMatchObject([{ host: 'shop' }]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is one of those that are wanted', async () => {
    const steps = [stepOf(['htp']), stepOf(['latency', '192.0.2.1'])];
    expect([...(await planSteps(steps, [1, 1], config, NOTHING)).keys()]).toEqual([1]);
  });
});
