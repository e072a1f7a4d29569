import { describe, expect, it } from 'vitest';
import {
  namesModule,
  parseKernelVersion,
  parseNumbers,
  parseOpenFilesLimit,
  parsePortList,
  parsePortRange,
  parseSetting,
  parseSettingsReadOnly,
  parseTickHz,
} from '../../../src/wire/linux/proc-sys.js';

describe('values of settings', () => {
  it.each([
    ['212992\n', '212992'],
    ['4096\t131072\t6291456\n', '4096 131072 6291456'],
    ['reno cubic bbr\n', 'reno cubic bbr'],
    ['', null],
    ['\n', null],
    ['a\nb\n', null],
    ['\x1b[31m', null],
    ['\0', null],
    ['x'.repeat(2000), null],
  ])('%j is %j', (text, value) => {
    expect(parseSetting(text)).toBe(value);
  });

  it('numbers, with "no limit" as infinity', () => {
    expect(parseNumbers('1952\t0\t9223372036854775807\n', 3)).toEqual([1952, 0, Number.POSITIVE_INFINITY]);
    for (const text of ['', '1 2', '1 2 3 4', '1 -2 3', '0x1 2 3', '1 2 x']) expect(parseNumbers(text, 3)).toBeNull();
  });

  it.each([
    ['32768\t60999\n', { first: 32_768, last: 60_999 }],
    ['1024 1024', { first: 1024, last: 1024 }],
    ['60999 32768', null],
    ['0 60999', null],
    ['1 65536', null],
    ['32768', null],
  ])('range %j', (text, range) => {
    expect(parsePortRange(text)).toEqual(range);
  });

  it('a list of ports', () => {
    expect([...(parsePortList('8080,9148-9150\n') ?? [])]).toEqual([8080, 9148, 9149, 9150]);
    expect(parsePortList('\n')?.size).toBe(0);
    for (const text of ['a', '5-4', '1-65536', '1,,2', '1-2-3']) expect(parsePortList(text)).toBeNull();
  });
});

describe('the version', () => {
  it.each([
    [
      'Linux version 6.1.0-25-rt-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP PREEMPT_RT Debian 6.1.106-3',
      true,
      'PREEMPT_RT',
    ],
    [
      'Linux version 4.18.0-553.rt7.342.el8.x86_64 (x@y) (gcc version 8.5.0) #1 SMP PREEMPT RT Fri May 24 13:05:10 UTC 2024',
      true,
      'PREEMPT_RT',
    ],
    ['Linux version 6.8.0-40-lowlatency (x@y) (gcc) #40.1-Ubuntu SMP PREEMPT_DYNAMIC Fri Jul', false, 'PREEMPT_DYNAMIC'],
    ['Linux version 5.15.153.1-microsoft-standard-WSL2 (x@y) (gcc) #1 SMP Fri Mar 29 23:14:13 UTC 2024', false, null],
    ['Linux version 6.6.1-arch1-1 (PREEMPT_RT@archlinux) (gcc) #1 SMP PREEMPT Wed', false, 'PREEMPT'],
  ])('%s', (text, realtime, preemption) => {
    expect(parseKernelVersion(text)).toMatchObject({ realtime, preemption });
  });

  it('nonsense is none', () => {
    for (const text of ['', 'FreeBSD 14', 'Linux version \x1b[31m x']) expect(parseKernelVersion(text)).toBeNull();
  });
});

it('settings are read-only where their own mount is, whatever that of /sys is', () => {
  const own = '743 742 0:91 / /proc rw,nosuid - proc proc rw\n747 742 0:93 / /sys ro - sysfs sysfs ro\n';
  expect(parseSettingsReadOnly(own)).toBe(false);
  expect(parseSettingsReadOnly(`${own}557 743 0:91 /sys /proc/sys ro,relatime - proc proc rw\n`)).toBe(true);
  // As Docker does it for `--sysctl`-able parts of rootless containers: the last mount lies on top.
  expect(
    parseSettingsReadOnly(`${own}557 743 0:91 /sys /proc/sys ro - proc proc rw\n558 743 0:91 /sys/net /proc/sys/net rw - proc proc rw\n`),
  ).toBe(false);
  // The root of an immutable system can stand behind what is mounted on it.
  expect(parseSettingsReadOnly(`${own}28 1 254:1 / / ro,relatime shared:1 - ext4 /dev/vda1 ro\n`)).toBe(false);
  expect(parseSettingsReadOnly('rubbish')).toBeNull();
});

it('the limit of open files', () => {
  expect(parseOpenFilesLimit('Limit  Soft Limit\nMax open files            1024                 524288               files     \n')).toBe(
    1024,
  );
  expect(parseOpenFilesLimit('Max open files            unlimited            unlimited            files     \n')).toBe(
    Number.POSITIVE_INFINITY,
  );
  expect(parseOpenFilesLimit('Max processes 1 2 processes')).toBeNull();
});

it('a module is in a list by its whole name, packed or not', () => {
  const list = (name: string) => `kernel/net/ipv4/tcp_vegas.ko: a.ko\nkernel/net/ipv4/${name}\nkernel/x.ko\n`;
  for (const name of ['tcp_bbr.ko:', 'tcp_bbr.ko.xz:', 'tcp_bbr.ko.zst:', 'tcp_bbr.ko.gz:', 'tcp_bbr.ko']) {
    expect(namesModule(list(name), 'tcp_bbr'), name).toBe(true);
  }
  for (const name of ['tcp_bbr2.ko:', 'my_tcp_bbr.ko:', 'tcp_bbr.kox:', 'tcp_bbr'])
    expect(namesModule(list(name), 'tcp_bbr'), name).toBe(false);
});

it('the tick', () => {
  expect(parseTickHz('# CONFIG_HZ_100 is not set\nCONFIG_HZ_1000=y\nCONFIG_HZ=1000\n')).toBe(1000);
  expect(parseTickHz('CONFIG_HZ=x')).toBeNull();
});
