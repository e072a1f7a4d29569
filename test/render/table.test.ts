import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';
import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/model/measurement.js';
import type { Report } from '../../src/model/report.js';
import { renderTable } from '../../src/render/table.js';
import { check, healthy, hostile, oneFault, partial, REPORTS, severalTargets } from '../fakes/reports.js';

const plain = (report: Report, width: number, unicode = true) => renderTable(report, { width, color: 0, unicode });

/** Columns that the widest line takes on a terminal, as the table library counts them: wide characters are two. */
function columns(text: string): number {
  const table = new CliTable({ style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  table.push(...text.split('\n').map((line) => [line]));
  return (table.toString().split('\n', 1)[0]?.length ?? 0) - 2;
}

it('has no heading for measurements that say nothing', () => {
  const [made] = healthy().measurements;
  if (made === undefined) throw new Error('no measurement');
  const { id, startedAt, durationMs, stalledMs } = made;
  const listening: Measurement = {
    ...{ id, startedAt, durationMs, stalledMs, target: null, method: null, attempt: { kind: 'measured' } },
    probe: 'listening',
    data: { listeners: [], asked: null, expected: null },
  };
  expect(plain({ ...healthy(), measurements: [listening] }, 80)).not.toContain('Measured');
});

describe.each(Object.entries(REPORTS))('the table of "%s"', (_name, make) => {
  it.each([40, 60, 80, 100, 120, 200])('has no line longer than %i columns', (width) => {
    for (const unicode of [true, false]) expect(columns(plain(make(), width, unicode))).toBeLessThanOrEqual(width);
  });

  it('is ASCII alone without UTF-8', () => {
    expect(plain(make(), 80, false)).toMatch(/^[\n -~]*$/);
  });

  it('says the same with colour as without', () => {
    for (const width of [60, 80, 120]) {
      const coloured = renderTable(make(), { width, color: 3, unicode: true });
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(plain(make(), width));
    }
  });

  it('ends in one newline and has no blanks at line ends', () => {
    expect(plain(make(), 80)).toMatch(/[^\n]\n$/);
    expect(plain(make(), 80)).not.toMatch(/ $/m);
  });
});

describe('the table', () => {
  it.each([60, 80, 120])('shows what speaks against a cause, what looks the same and what was not looked at, in %i columns', (width) => {
    const report = oneFault();
    const [first, ...others] = report.diagnosis;
    if (first === undefined) throw new Error('no diagnosis');
    const weighed = {
      ...first,
      against: ['l4.port'],
      alternatives: [
        { code: 'mtu-mismatch' as const, toldBy: 'whether both ends of the link have the same MTU' },
        { code: 'loss-upstream' as const, toldBy: 'whether small packets are lost too' },
        { code: 'tcp-reset' as const, toldBy: 'a capture' },
      ],
      notLookedAt: ['the path: no time was left', 'a', 'b', 'c', 'd'],
    };
    const text = plain({ ...report, diagnosis: [weighed, ...others] }, width).replace(/\s+/g, ' ');
    expect(text).toContain('Against it: TCP 443: ');
    expect(text).toContain(
      'Looks the same: mtu-mismatch; what would tell: whether both ends of the link have the same MTU Looks the same: loss-upstream;',
    );
    expect(text).not.toContain('tcp-reset');
    expect(text).toContain('Not looked at: the path: no time was left; a; b; c; and 1 more.');
  });

  it('says what could not be looked at where nothing was found wrong, and all is not well', () => {
    const conclusion = { kind: 'undetermined', text: '', notLookedAt: ['latency of app.example.net: no native sockets'] } as const;
    const text = plain({ ...healthy(), verdict: 'warn', conclusion: { ...conclusion, notLookedAt: [...conclusion.notLookedAt] } }, 80);
    expect(text).toContain('Not looked at: latency of app.example.net: no native sockets.');
  });

  it('puts the cause before the checklist, with its code, evidence, what was ruled out and what to do', () => {
    const text = plain(oneFault(), 120);
    expect(text.indexOf('mtu-blackhole')).toBeLessThan(text.indexOf('1–2'));
    expect(text).toContain('Sure: 96 %. Because: path MTU: 1400 bytes, and 1401 vanish without a word.');
    expect(text).toContain('Ruled out: gateway 192.0.2.1, loss, TCP 443.');
    expect(text.match(/Do: ip link set dev eth0 mtu 1400/g)).toHaveLength(1);
  });

  it('gives the remedy of a warning that no diagnosis covers under its line', () => {
    expect(plain(oneFault(), 120)).toMatch(/! name resolution .*\n +Do: run a caching resolver/);
  });

  it('cuts neither the time nor the surroundings off for a long name of the machine', () => {
    const host = {
      ...healthy().host,
      hostname: 'ip-172-31-12-34.eu-west-1.compute.internal',
      system: 'Debian GNU/Linux 12 (bookworm)',
      virtualization: 'KVM at Microsoft Azure',
      container: 'containerd, Kubernetes',
    };
    const [, who, where] = plain({ ...healthy(), host }, 80).split('\n');
    expect(who).toMatch(/s · from ip-172-31-12-34\.eu-west-1\.compute\.internal$/);
    expect(where).toBe('Debian GNU/Linux 12 (bookworm), KVM at Microsoft Azure, containerd, Kubernetes');
  });

  it('has the reason of a skipped check in place of a value and of an expectation', () => {
    const line = plain(oneFault(), 120)
      .split('\n')
      .find((candidate) => candidate.includes('– TLS'));
    expect(line).toContain('explained by path MTU');
    expect(line).not.toContain('TLS 1.2');
  });

  it('never shows what was not measured as a number', () => {
    const text = plain(partial(), 120);
    expect(text).toMatch(/phases +interrupted\n/);
    expect(text).toMatch(/0 of 31 lost .*\n +interrupted\n/);
    expect(text).toContain('Interrupted: this is what was measured by then.');
    expect(text).not.toContain('Nothing is wrong');
    expect(text).not.toMatch(/null|NaN|undefined/);
  });

  it('groups by target where there are several, this machine first', () => {
    const text = plain(severalTargets(), 120);
    const places = [' This machine\n', ' app.example.net:443\n', ' https://api.example.org/v1\n'].map((heading) => text.indexOf(heading));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('drops the expectation where the terminal is too narrow for it, and keeps every observation', () => {
    expect(plain(healthy(), 120)).toContain('under 150 ms');
    expect(plain(healthy(), 60)).not.toContain('under 150 ms');
    for (const entry of healthy().checks) expect(plain(healthy(), 60)).toContain(entry.observed);
  });

  it('cuts a long observation with an ellipsis', () => {
    const report = { ...healthy(), checks: [check('l3.loss', { layer: 3, title: 'loss', observed: 'x'.repeat(300) })] };
    expect(plain(report, 80)).toMatch(/✓ loss {2}x+…\n/);
    expect(plain(report, 80, false)).toMatch(/\+ loss {2}x+\.\.\.\n/);
  });

  it('lets nothing of a peer act on the terminal', () => {
    const text = plain(hostile(), 120);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]/);
    expect(text).not.toMatch(/^FAKE/m);
    expect(text).toContain('\\x1b]0;owned\\x07');
    expect(text).toContain('\\u202e');
  });

  it('takes no more time for a text of 60,000 wide characters', () => {
    const base = hostile();
    const wide = '界世x'.repeat(20_000);
    const checks = [check('l6.tls', { layer: 6, title: wide, observed: wide, status: 'fail', remedy: wide })];
    const report = {
      ...base,
      checks,
      host: { ...base.host, hostname: wide },
      diagnosis: base.diagnosis.map((entry) => ({ ...entry, summary: wide })),
    };
    const started = performance.now();
    for (const unicode of [true, false]) expect(columns(plain(report, 80, unicode))).toBeLessThanOrEqual(80);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('counts the checks in its last line, with the cause where something is wrong', () => {
    expect(plain(oneFault(), 120)).toContain('✗ FAIL (mtu-blackhole): of 8 checks 1 failed, 1 warned, 5 passed, 1 skipped.');
    expect(plain(healthy(), 120)).toContain('✓ PASS: of 8 checks 0 failed, 0 warned, 8 passed, 0 skipped.');
  });
});
