import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.js';
import { Redactor } from '../../../src/report/redact/redact.js';
import { VOCABULARY } from '../../../src/report/redact/vocabulary.js';
import { check, REPORTS } from '../../fakes/reports.js';

const KEY = new Uint8Array(32).fill(9);
const redactor = () => new Redactor(KEY);
const oneFault = () => REPORTS['one-fault']?.() as Report;

/** A report whose only check says `observed`. */
function saying(observed: string, fields: Partial<Report> = {}): Report {
  const report = oneFault();
  return { ...report, diagnosis: [], measurements: [], checks: [check('l3.gateway', { layer: 3, title: 'gateway', observed })], ...fields };
}

const said = (text: string, fields: Partial<Report> = {}) => redactor().report(saying(text, fields)).report.checks[0]?.observed ?? '';

describe('a redacted report', () => {
  const report = oneFault();
  const { report: redacted, replaced } = redactor().report(report);

  it('says the same of the same: codes, statuses, numbers', () => {
    expect(redacted.verdict).toBe(report.verdict);
    expect(redacted.diagnosis.map(({ code, confidence }) => [code, confidence])).toEqual([['mtu-blackhole', 0.96]]);
    expect(redacted.checks.map(({ status, code }) => [status, code])).toEqual(report.checks.map(({ status, code }) => [status, code]));
    expect(redacted.checks.find(({ id }) => id === 'l3.mtu')?.observed).toBe('1400 bytes, and 1401 vanish without a word');
  });

  it('calls the same the same everywhere', () => {
    const target = redacted.targets[0]?.id ?? '';
    expect(target).toMatch(/^n\w{6}\.n\w{6}\.example:443$/);
    expect(redacted.diagnosis[0]?.target).toBe(target);
    expect(redacted.diagnosis[0]?.summary).toBe(`Packets over 1400 bytes vanish on the way to ${target}, and no router says so.`);
    const dns = redacted.measurements.find(({ probe }) => probe === 'dns');
    const tls = redacted.measurements.find(({ probe }) => probe === 'tls');
    expect(dns?.probe === 'dns' ? dns.data.name : null).toBe(target.replace(':443', ''));
    expect(tls?.probe === 'tls' ? tls.data.servername : null).toBe(target.replace(':443', ''));
    const address = dns?.probe === 'dns' ? dns.data.answers[0]?.data : null;
    expect(redacted.checks.find(({ id }) => id === 'l7.dns')?.observed).toBe(`${address}, 412 ms`);
  });

  it('keeps what stays in one network in one network', () => {
    const host = redacted.measurements.find(({ probe }) => probe === 'host');
    if (host?.probe !== 'host') throw new Error('there is no host');
    const network = (address: string) => address.split('.').slice(0, 3).join('.');
    const { routes, resolvers, defaultRoutes } = host.data;
    const own = routes?.find(({ prefixLength }) => prefixLength === 24);
    expect(own?.destination).toMatch(/^2[45]\d\.\d+\.\d+\.0$/);
    for (const address of [own?.preferredSource, resolvers[0], defaultRoutes[0]?.gateway])
      expect(network(address ?? '')).toBe(network(own?.destination ?? ''));
    expect(network(resolvers[1] ?? '')).not.toBe(network(own?.destination ?? ''));
  });

  it('counts what was replaced, by kind', () => {
    expect(replaced.find(({ kind }) => kind === 'IPv4 address')).toMatchObject({ values: expect.any(Number) });
    expect(replaced.every(({ values, places }) => values >= 1 && places >= values)).toBe(true);
    expect(JSON.stringify(replaced)).not.toContain('192.0.2');
  });

  it('can be held against another one of the same key, and against none of another', () => {
    expect(redactor().report(report).report).toEqual(redacted);
    expect(new Redactor(new Uint8Array(32).fill(1)).report(report).report.targets).not.toEqual(redacted.targets);
    // Nor does it matter what else is in it, or what came before.
    const again = redactor();
    again.report(saying('something else'));
    expect(again.report(report).report.targets).toEqual(redacted.targets);
  });
});

describe('texts', () => {
  it('keep the words and numbers of netdiag', () => {
    for (const text of [
      'up, 1 Gbit/s, no errors',
      '0 of 100 (under 3.7 %, 95 % sure)',
      'TLSv1.3, 44.0 ms, trusted',
      'run a resolver on this machine, or name a nearer one in /etc/resolv.conf',
      'ip link set dev eth0 mtu 1400',
      'net.ipv4.tcp_rmem is 4096 131072 6291456, as of 2025-03-04T05:06:07Z',
      'explained by path MTU',
      'valid until 2025-06-01, for 89 days',
    ])
      expect(said(text)).toBe(text);
  });

  it.each([
    ['an address', 'from 81.2.69.142 to 10.1.2.3, 2a01:4f8::17 and fe80::17%eth0: nothing', /81\.2|10\.1\.2|4f8|fe80::17/],
    ['a name', 'asked db7.frobozz-corp.com. Then printer.local', /frobozz|db7|printer/],
    ['a word that is nobody of ours', 'the zanzibar service on frobnicator', /zanzibar|frobnicator/],
    ['a URL', 'GET https://joe:pw@intra.frobozz.com/x/y?token=abc failed', /joe|pw@|intra|frobozz|\/x|token|abc/],
    ['an e-mail address', 'write to maria.silva@frobozz.com', /maria|silva|frobozz/],
    ['a path', 'see /home/maria/certs/frobozz.pem or C:\\Users\\Maria\\x.txt', /maria|frobozz/i],
    ['a link address', 'claimed by 3c:5a:b4:11:22:33 and 3c5a.b444.5566', /3c:5a|3c5a|b411|5566/],
    [
      'a fingerprint',
      `sha256//${'A'.repeat(43)}= and ${'ab:'.repeat(31)}cd and ${'0123456789abcdef'.repeat(4)}`,
      /A{9}|ab:ab|0123456789abcdef/,
    ],
    ['a token', 'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJpYSJ9.c2ln', /eyJ|c2ln/],
    ['a reverse name', 'nobody answers for 142.69.2.81.in-addr.arpa', /142\.69/],
    ['an interface', 'default route by wg-frobozz and enx3c5ab4112233', /frobozz|3c5ab4/],
    ['signs', 'evil \u202e\u001b[31m 🦊 日本語', /🦊|日本語|\p{Cc}|\p{Cf}/u],
    ['an address with a port behind a dot', '10.1.2.3.443 > 10.1.2.4.555', /10\.1\.2/],
    ['an assignment', 'password=hunter2 user=maria', /hunter2|maria/],
    ['a check of a target', 'as l3.latency@intra.frobozz.com:443 says', /frobozz|intra/],
  ])('lose %s', (_, text, secret) => {
    expect(said(text)).not.toMatch(secret);
  });

  it('say again what is a name by itself, where it is known to be one', () => {
    const targets = [{ id: 'alice-laptop', host: 'alice-laptop', port: null, scheme: null }];
    const { report } = redactor().report(saying('alice-laptop did not answer; ALICE-LAPTOP.frobozz.com did', { targets }));
    const name = report.targets[0]?.id ?? '';
    expect(report.checks[0]?.observed).toMatch(new RegExp(`^${name} did not answer; n\\w{6}\\.n\\w{6}\\.example did$`));
  });

  it('do not take an ordinary word for a name', () => {
    const targets = [{ id: 'server', host: 'server', port: null, scheme: null }];
    const { report } = redactor().report(saying('the server did not answer', { targets }));
    expect(report.checks[0]?.observed).toBe('the server did not answer');
    expect(report.targets[0]?.id).not.toBe('server');
  });

  it('call what a check is about by the same name, however common a word that is', () => {
    const targets = [{ id: 'server', host: 'server', port: null, scheme: null }];
    const checks = [
      check('l3.latency@server', { layer: 3, title: 'latency', target: 'server' }),
      check('l7.trace@server/A', { layer: 7, title: 'trace', target: 'server' }),
    ];
    const { report } = redactor().report(saying('', { targets, checks }));
    expect(report.checks.map(({ id }) => id)).toEqual([`l3.latency@${report.targets[0]?.id}`, `l7.trace@${report.targets[0]?.id}/A`]);
    expect(report.checks[0]?.target).toBe(report.targets[0]?.id);
  });

  it('hide a name and its labels', () => {
    const targets = [
      {
        id: 'a.example.net',
        host: 'a.example.net',
        port: null,
        scheme: null,
        name: 'Paris Office',
        labels: { team: 'network', 'x-frobozz': 'y' },
      },
    ];
    const { report } = redactor().report(saying('of Paris Office', { targets }));
    expect(JSON.stringify(report.targets)).not.toMatch(/Paris|frobozz/);
    expect(report.checks[0]?.observed).toBe(`of ${report.targets[0]?.name}`);
  });

  it('are done in a moment, however they are made', () => {
    const started = performance.now();
    for (const text of [
      'a.'.repeat(20_000),
      ':'.repeat(30_000),
      '-'.repeat(30_000),
      '/'.repeat(30_000),
      `${'a'.repeat(30_000)}@`,
      '1.'.repeat(20_000),
      'aa:'.repeat(15_000),
    ])
      said(text);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('are cut where nothing of ours is as long', () => {
    expect(said('x '.repeat(50_000)).length).toBeLessThanOrEqual(20_000);
  });
});

describe('records', () => {
  const answer = (type: string, data: string) => {
    const report = oneFault();
    const measurements = report.measurements.filter(({ probe }) => probe === 'dns');
    for (const entry of measurements) if (entry.probe === 'dns') entry.data.answers = [{ name: 'zanzibar.com', type, ttl: 300, data }];
    const redacted = redactor().report({ ...report, measurements }).report.measurements[0];
    return redacted?.probe === 'dns' ? (redacted.data.answers[0]?.data ?? '') : '';
  };

  it('keep what the protocol has in them, and lose what names somebody', () => {
    expect(answer('MX', '10 mail.zanzibar.com')).toMatch(/^10 n\w{6}\.n\w{6}\.example$/);
    expect(answer('SOA', 'ns.zanzibar.com root.zanzibar.com 2026010101 7200 900 1209600 300')).toMatch(
      /^n\w{6}\.(n\w{6}\.example) n\w{6}\.\1 2026010101 7200 900 1209600 300$/,
    );
    expect(answer('TXT', '"v=spf1 include server"')).toMatch(/^text-\w{6}$/);
    expect(answer('LOC', '52 22 23.000 N 4 53 32.000 E -2.00m')).toMatch(/^text-\w{6}$/);
    expect(answer('DNSKEY', `257 3 13 ${'mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxL'}`)).toMatch(
      /^257 3 13 token-\w{6}$/,
    );
    expect(answer('TYPE65280', '\\# 4 0a000001')).toMatch(/^text-\w{6}$/);
  });
});

describe('the vocabulary', () => {
  it('has words of texts, and none that a check could be about', () => {
    expect(VOCABULARY.size).toBeGreaterThan(2000);
    for (const word of ['gateway', 'answer', 'certificate', 'nxdomain', 'because']) expect(VOCABULARY.has(word)).toBe(true);
    for (const word of ['zanzibar', 'hunter2', 'maria', 'frobozz']) expect(VOCABULARY.has(word)).toBe(false);
  });
});
