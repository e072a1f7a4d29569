import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DnsQuestionFlags, questionOptions } from '../../src/cli/dns-options.js';
import { serverOptions } from '../../src/cli/dns-servers.js';
import { readNameList } from '../../src/cli/name-list.js';

const FLAGS: DnsQuestionFlags = {
  server: undefined,
  transport: undefined,
  timeout: undefined,
  retries: undefined,
  search: false,
  bufsize: undefined,
  edns: true,
  'dnssec-ok': false,
  nsid: false,
  subnet: undefined,
  recurse: true,
  check: true,
  ca: undefined,
};

describe('questionOptions', () => {
  it('are the usual ones without a flag', () => {
    expect(questionOptions(FLAGS)).toEqual({ servers: [], transport: 'udp', timeoutMs: 2000, attempts: 2 });
  });

  it('say what the flags do', () => {
    const subnet = { address: '192.0.2.0', prefixLength: 24 };
    const flags = { ...FLAGS, retries: 0, search: true, 'dnssec-ok': true, nsid: true, subnet, recurse: false, check: false };
    expect(questionOptions({ ...flags, bufsize: 4096 })).toEqual({
      servers: [],
      transport: 'udp',
      timeoutMs: 2000,
      attempts: 1,
      edns: { udpPayloadBytes: 4096, dnssecOk: true, nameServerId: true, clientSubnet: subnet },
      recursionDesired: false,
      checkingDisabled: true,
      search: true,
    });
    expect(questionOptions({ ...FLAGS, edns: false }).edns).toBeNull();
    expect(questionOptions({ ...FLAGS, nsid: true }).edns).toMatchObject({ udpPayloadBytes: 1232 });
  });

  it.each([{ bufsize: 512 }, { 'dnssec-ok': true }, { nsid: true }, { subnet: { address: '::', prefixLength: 0 } }])(
    'refuse --no-edns beside %j',
    (flag) => {
      expect(() => questionOptions({ ...FLAGS, edns: false, ...flag })).toThrow(new RegExp(`^--${Object.keys(flag)[0]}: is told by EDNS`));
    },
  );
});

describe('serverOptions', () => {
  it('take port and transport from the server, then from the flag', () => {
    const given = [
      { host: '192.0.2.53', port: null, transport: null, path: null },
      { host: '192.0.2.53', port: 5353, transport: 'udp', path: null },
      { host: 'dns.example', port: null, transport: 'https', path: '/q' },
    ] as const;
    expect(serverOptions(given, 'tls')).toEqual([
      { address: '192.0.2.53', port: 853, transport: 'tls' },
      { address: '192.0.2.53', port: 5353, transport: 'udp' },
      { address: '', host: 'dns.example', servername: 'dns.example', port: 443, transport: 'https', path: '/q' },
    ]);
  });
});

describe('readNameList', () => {
  function file(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'netdiag-names-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'names'), text);
    return join(folder, 'names');
  }

  it('takes the first word of each line, and knows the line', () => {
    const path = file('a.example\r\n\n# remark\n  b.example # and why\nc.example 10\n');
    expect(readNameList(path).map(({ name }) => name)).toEqual(['a.example', 'b.example', 'c.example']);
    expect(readNameList(path)[1]?.place).toBe(`--names "${path}", line 4: `);
  });

  it('refuses none, too many and what is no file', () => {
    expect(() => readNameList(file('# nothing\n'))).toThrow(/there is no name in it/);
    expect(() => readNameList(file('a.example\n'.repeat(10_001)))).toThrow(/it has 10001 names; 10000 are the most/);
    expect(() => readNameList('/nowhere/names')).toThrow(/^--names "\/nowhere\/names": there is no such file/);
    expect(() => readNameList(file('x'.repeat(1024 * 1024 + 1)))).toThrow(/larger than 1 MB/);
  });
});
