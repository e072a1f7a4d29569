// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable is shown so

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { forgetSecrets, rememberSecret } from '../../src/cli/configuration/secrets.js';
import { quotedPath, quotedValue } from '../../src/cli/quoted-value.js';

afterEach(forgetSecrets);

describe('quotedValue', () => {
  it.each(['ftp://'.padEnd(200, 'x'), 'http//hunter2@topsecretvalue here', 'top\tsecret value', 'a?b#topsecret'])(
    'hides the variable %j before it cuts or masks',
    (value) => {
      rememberSecret('TOKEN', value);
      expect(quotedValue(value)).toBe('"${TOKEN}"');
      expect(quotedValue(`x ${value} y`)).toBe('"x ${TOKEN} y"');
    },
  );

  it('keeps the end of a path', () => {
    expect(quotedPath(`/${'x'.repeat(300)}/own.yaml`)).toMatch(/^"\.\.\.x{51}\/own\.yaml"$/);
    expect(quotedPath('own.yaml')).toBe('"own.yaml"');
  });

  it.each([
    ['', '""'],
    ['a b', '"a b"'],
    ['\u001b[31mred', '"\\x1b[31mred"'],
    ['line\nbreak', '"line\\x0abreak"'],
    ['https://user:secret@host/path', '"https://***@host/path"'],
    ['https://user:sec/re@t@host', '"https://***@host"'],
    ['user:secret@host', '"***@host"'],
    ['https://user:secret\uff20host', '"https://***\uff20host"'],
    ['user:secret\ufe6bhost', '"***\ufe6bhost"'],
    ['https://us@er:secret\uff20host', '"https://***\uff20host"'],
    ['https://user:secret%40host', '"https://***%40host"'],
    ['https\uff1a\uff0f\uff0fuser:secret@host', '"***@host"'],
    ['https://host/path\uff1ftoken=secret', '"https://host/path?***"'],
    ['https://host/path?token=secret', '"https://host/path?***"'],
    ['https://host/path#secret', '"https://host/path?***"'],
    ['-----BEGIN PRIVATE KEY-----\nsecret', '"(a PEM text)"'],
    ['22@lo', '"22@lo"'],
    ['22@lo,53/udp@all,80', '"22@lo,53/udp@all,80"'],
    ['5432:postgres@lo', '"***@lo"'],
    ['x'.repeat(300), `"${'x'.repeat(60)}..."`],
  ])('%j becomes %s', (value, shown) => {
    expect(quotedValue(value)).toBe(shown);
  });

  it('never shows a password of a URL, and stays short', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9:/@!$&()*+,;=%-]{0,30}$/).map((text) => `s3cr3t${text}`);
    fc.assert(
      fc.property(
        password,
        fc.constantFrom('https', 'wss', 'ftp'),
        fc.constantFrom('@', '\uff20', '\ufe6b', '%40'),
        (secret, scheme, at) => {
          const shown = quotedValue(`${scheme}://user:${secret}${at}host.example/path`);
          expect(shown).not.toContain('s3cr3t');
          expect(shown.length).toBeLessThan(100);
        },
      ),
    );
  });
});
