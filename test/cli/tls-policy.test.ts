import { describe, expect, it } from 'vitest';
import { parseTlsPolicy, readTlsPolicy } from '../../src/cli/tls-policy.js';

describe('readTlsPolicy', () => {
  it('knows the built-in ones by name', async () => {
    for (const name of ['modern', 'intermediate', 'old', 'platform']) expect((await readTlsPolicy(name)).name).toBe(name);
  });

  it('refuses a name that is none, with the one that may be meant', async () => {
    await expect(readTlsPolicy('modren')).rejects.toThrow('--policy "modren": there is no such policy; did you mean modern?');
    await expect(readTlsPolicy('constructor')).rejects.toThrow('there is no such policy');
    await expect(readTlsPolicy('./nothing.yaml')).rejects.toThrow('there is no such file');
  });
});

describe('parseTlsPolicy', () => {
  it('reads rules in YAML and JSON, and names them after the file', async () => {
    const rules = await parseTlsPolicy('protocols:\n  allowed: [TLSv1.3]\ncompression: false\n', '/etc/own.yaml');
    expect(rules).toEqual({ name: 'own', source: '/etc/own.yaml', protocols: { allowed: ['TLSv1.3'] }, compression: false });
    expect((await parseTlsPolicy('{"name":"mine","heartbeat":false}', 'x.json')).name).toBe('mine');
  });

  it.each([
    ['protocols:\n  alowed: [TLSv1.3]\n', 'line 2, column 3: "alowed" is no key here; did you mean allowed?'],
    ['protocol: 3\n', 'line 1, column 1: "protocol" is no key here; did you mean protocols?'],
    ['certificate:\n  minimumRSABits: 3\n', 'did you mean minimumRsaBits?'],
    ['protocols:\n  allowed: [TLSv1.4]\n', 'line 2, column 13: "protocols.allowed.0" must be SSLv2, SSLv3'],
    ['minimumDhBits: many\n', 'line 1, column 16: "minimumDhBits" must be of type'],
    ['compression: true\n', 'must be false'],
    ['- a\n', 'it must be a map of rules'],
    ['name: empty\n', 'it asks for nothing'],
    ['a: [\n', 'it is no YAML'],
  ])('refuses %j', async (text, expected) => {
    await expect(parseTlsPolicy(text, 'p.yaml')).rejects.toThrow(expected);
  });
});
