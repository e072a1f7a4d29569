import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRootHints } from '../../src/cli/root-hints.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-hints-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const path = join(folder, 'hints');
  writeFileSync(path, text);
  return readRootHints(path);
}

describe('the file of root hints', () => {
  it('may be as InterNIC publishes it', () => {
    const text = `;  FORMERLY NS.INTERNIC.NET\n;\n.                        3600000      NS    A.ROOT-SERVERS.NET.\r
A.ROOT-SERVERS.NET.      3600000      A     198.41.0.4
A.ROOT-SERVERS.NET.      3600000      AAAA  2001:503:BA3E:0:0:0:2:30 ; comment
. 3600000 IN NS B.ROOT-SERVERS.NET.
B.ROOT-SERVERS.NET. IN 3600000 A 170.247.170.2\n`;
    expect(read(text)).toEqual([
      { name: 'a.root-servers.net', addresses: ['198.41.0.4', '2001:503:ba3e::2:30'] },
      { name: 'b.root-servers.net', addresses: ['170.247.170.2'] },
    ]);
  });

  it('may be lines of NAME ADDRESS, or of addresses alone', () => {
    expect(read('a.root 192.0.2.1\na.root. 192.0.2.1\n# mine\n\n192.0.2.9\n2001:DB8::9\n')).toEqual([
      { name: 'a.root', addresses: ['192.0.2.1'] },
      { name: '', addresses: ['192.0.2.9'] },
      { name: '', addresses: ['2001:db8::9'] },
    ]);
  });

  it.each([
    ['', /names no address/],
    ['; nothing\n. 1 NS a.root.\n', /names no address/],
    ['a.root 192.0.2.1\nfoo\n', /line 2 is neither/],
    ['a.root 192.0.2.1:5353\n', /line 1 is neither/],
    ['a.root A 2001:db8::1\n', /line 1 is neither/],
    ['a.root AAAA 192.0.2.1\n', /line 1 is neither/],
    ['net. 1 NS a.root.\n', /line 1 is neither/],
    [`${'x'.repeat(70)} 192.0.2.1\n`, /line 1 is neither/],
    ['a..root 192.0.2.1\n', /line 1 is neither/],
    [Array.from({ length: 33 }, (_, index) => `192.0.2.${index}`).join('\n'), /33 servers; 32 are the most/],
    ['\u001b[2J 192.0.2.1 x y z\n', /line 1 is neither/],
  ])('refuses %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('that is not there is refused by its name', () => {
    expect(() => readRootHints(join(folder, 'none'))).toThrow(/--root-hints .*no such file/);
  });
});
