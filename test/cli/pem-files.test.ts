import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTlsMaterial } from '../../src/cli/pem-files.js';
import { makeAuthority } from '../fakes/certificates.js';

type Files = { ca?: string; cert?: string; key?: string };

describe('certificates and keys of the command line', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-pem-'));
    const authority = await makeAuthority('root');
    const client = await authority.issue({ names: ['client.example'] });
    const other = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    });
    writeFileSync(at('root.pem'), authority.cert);
    writeFileSync(at('client.pem'), client.cert + authority.cert);
    writeFileSync(at('client.key'), client.key);
    writeFileSync(at('other.key'), authority.key);
    writeFileSync(at('encrypted.key'), other.privateKey);
    writeFileSync(at('broken.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    writeFileSync(at('none.pem'), 'secret words');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are read where they fit together', () => {
    const material = readTlsMaterial({ ca: [at('root.pem')], cert: at('client.pem'), key: at('client.key') });
    expect(material.ca).toHaveLength(1);
    expect(material.cert).toContain('BEGIN CERTIFICATE');
    expect(material.key).toContain('PRIVATE KEY');
  });

  it('need not be there', () => {
    expect(readTlsMaterial({})).toEqual({ ca: [], cert: null, key: null });
  });

  it.each([
    [{ cert: 'client.pem' }, /^--cert ".*client.pem": --key is missing beside it$/],
    [{ key: 'client.key' }, /^--key ".*client.key": --cert is missing beside it$/],
    [{ cert: 'client.pem', key: 'other.key' }, /it is not the key of the certificate/],
    [{ cert: 'client.pem', key: 'encrypted.key' }, /it is encrypted/],
    [{ cert: 'client.pem', key: 'none.pem' }, /it holds no private key in PEM$/],
    [{ cert: 'none.pem', key: 'client.key' }, /it holds no certificate in PEM$/],
    [{ cert: 'missing.pem', key: 'client.key' }, /there is no such file$/],
    [{ ca: 'broken.pem' }, /its certificate number 1 cannot be read$/],
  ] as [Files, RegExp][])('are refused without their text: %j', (files, message) => {
    const flags = {
      ca: files.ca === undefined ? undefined : [at(files.ca)],
      cert: files.cert === undefined ? undefined : at(files.cert),
      key: files.key === undefined ? undefined : at(files.key),
    };
    expect(() => readTlsMaterial(flags)).toThrow(message);
    expect(() => readTlsMaterial(flags)).not.toThrow(/secret|BEGIN/);
  });
});
