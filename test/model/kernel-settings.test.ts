import { describe, expect, it } from 'vitest';
import {
  assignmentOf,
  assignmentsIn,
  commandsFor,
  interfaceSetting,
  KERNEL_SETTINGS,
  passesRule,
  pathOfSetting,
  valueToSet,
  type Wanted,
  wantedText,
} from '../../src/model/kernel-settings.js';
import { POLICIES } from '../../src/model/policy.js';

describe('profiles', () => {
  it.each(Object.values(POLICIES))('$name wants of known settings what it would itself pass', ({ kernel }) => {
    const known = new Set(KERNEL_SETTINGS.map(({ name }) => name));
    for (const [name, rule] of Object.entries(kernel.settings)) {
      expect(known.has(name), name).toBe(true);
      expect(passesRule(rule.wanted.set, rule), name).toBe(true);
      expect(rule.because.length, name).toBeGreaterThan(20);
    }
  });

  it('trading holds a machine against all that the default does', () => {
    const { default: common, trading } = POLICIES;
    expect(Object.keys(common?.kernel.settings ?? {}).filter((name) => trading?.kernel.settings[name] === undefined)).toEqual([]);
    expect(common?.kernel.tuning).toBe(false);
    expect(trading?.kernel.tuning).toBe(true);
  });

  it('trading grades as its networks are graded', () => {
    expect(POLICIES['trading']).toMatchObject({
      name: 'trading',
      rttMs: { objective: 2, acceptable: 20, critical: 100 },
      jitterMs: { objective: 0.5, acceptable: 5, critical: 20 },
      lossRatio: { objective: 0, acceptable: 0.001, critical: 0.01 },
      tlsHandshakeMs: { objective: 10, acceptable: 100, critical: 250 },
      dnsQueryMs: { objective: 1, acceptable: 10, critical: 50 },
    });
  });
});

it.each<[string, Wanted, boolean | null]>([
  ['1', { kind: 'one-of', values: ['1', '2'], set: '1' }, true],
  ['0', { kind: 'one-of', values: ['1', '2'], set: '1' }, false],
  ['212992', { kind: 'at-least', values: [106_496], set: '1' }, true],
  ['106495', { kind: 'at-least', values: [106_496], set: '1' }, false],
  ['4096 1 9', { kind: 'at-least', values: [null, null, 9], set: '1' }, true],
  ['4096 1 8', { kind: 'at-least', values: [null, null, 9], set: '1' }, false],
  ['4096 1', { kind: 'at-least', values: [null, null, 9], set: '1' }, null],
  ['many', { kind: 'at-least', values: [1], set: '1' }, null],
  ['3', { kind: 'bits', mask: 3, set: '3' }, true],
  ['1027', { kind: 'bits', mask: 3, set: '3' }, true],
  ['1', { kind: 'bits', mask: 3, set: '3' }, false],
  ['32768 36863', { kind: 'range-of', least: 4096, set: '1' }, true],
  ['32768 36862', { kind: 'range-of', least: 4096, set: '1' }, false],
  ['32768', { kind: 'range-of', least: 4096, set: '1' }, null],
])('%s against %j: %s', (value, wanted, expected) => {
  expect(passesRule(value, { wanted, because: '' })).toBe(expected);
});

it.each<[string, Wanted, string]>([
  ['4096 131072 6291456', { kind: 'at-least', values: [1, 2, 3], set: '4096 87380 67108864' }, '4096 131072 67108864'],
  ['many', { kind: 'at-least', values: [1], set: '5' }, '5'],
  ['1025', { kind: 'bits', mask: 3, set: '3' }, '1027'],
  ['cubic', { kind: 'one-of', values: ['bbr'], set: 'bbr' }, 'bbr'],
  ['1', { kind: 'one-of', values: ['0'], set: '0' }, '0'],
  ['40000 40012', { kind: 'range-of', least: 4096, set: '32768 60999' }, '32768 60999'],
])('of %s %j makes %s, and takes nothing away', (value, wanted, expected) => {
  expect(valueToSet(value, { wanted, because: '' })).toBe(expected);
});

describe('lines to set', () => {
  it('come back out of the text that holds them', () => {
    const lines = [
      assignmentOf('net.core.rmem_max', '1'),
      assignmentOf('net.ipv4.tcp_rmem', '4096 1 2'),
      assignmentOf('net.ipv4.conf.eth0/100.rp_filter', '2'),
    ];
    expect(lines).toEqual(['net.core.rmem_max=1', 'net.ipv4.tcp_rmem="4096 1 2"', 'net.ipv4.conf.eth0/100.rp_filter=2']);
    expect(assignmentsIn(wantedText(lines))).toEqual(lines);
  });

  it('hold nothing that a shell would take for something else', () => {
    for (const text of ['net.x=$(reboot)', 'net.x=1;reboot', 'net.x="$(reboot)"', 'a=1', 'net.x="1', 'rm -rf /', 'under 80 %']) {
      expect(commandsFor([text]), text).toEqual([]);
    }
    expect(commandsFor(['tc qdisc replace dev eth0;reboot root fq', 'tc qdisc replace dev $(x) root fq'])).toEqual([]);
  });

  it('are put together, modules first', () => {
    expect(commandsFor(['net.a.b=1; tc qdisc replace dev eth0 root fq', 'net.c.d=2; modprobe tcp_bbr', 'net.a.b=1'])).toEqual([
      'sudo modprobe tcp_bbr',
      'sudo sysctl -w net.a.b=1 net.c.d=2',
      'sudo tc qdisc replace dev eth0 root fq',
    ]);
  });

  it('name the file of a setting, with dots in the name of an interface', () => {
    expect(pathOfSetting('net.core.rmem_max')).toBe('/proc/sys/net/core/rmem_max');
    expect(interfaceSetting(4, 'eth0.100', 'rp_filter')).toBe('net.ipv4.conf.eth0/100.rp_filter');
    expect(pathOfSetting(interfaceSetting(4, 'eth0.100', 'rp_filter'))).toBe('/proc/sys/net/ipv4/conf/eth0.100/rp_filter');
  });
});
