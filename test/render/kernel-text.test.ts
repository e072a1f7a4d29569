import { describe, expect, it } from 'vitest';
import { TRADING_POLICY } from '../../src/model/policy.js';
import { kernelLines } from '../../src/render/kernel-text.js';
import { recordedKernel } from '../fakes/recorded-kernel.js';
import { kernelOf } from '../probes/kernel/fixtures.js';

describe('the kernel in lines of text', () => {
  it('says what it is, how it sends and how full its tables are', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'), { policy: TRADING_POLICY });
    expect(kernelLines(data)).toEqual([
      'Linux 6.1.0-25-amd64 · PREEMPT_DYNAMIC · 250 Hz',
      'cubic (there is also reno, bbr as a module) · powersave on 2 CPUs',
      'TCP 1 of 186042 pages · UDP 2 of 372084 pages · 0 of 32768 orphans · 1 of 32768 in TIME-WAIT · 1952 open files · 3 of 1024 IPv4 neighbours · 3 of 1024 IPv6 neighbours',
      'local ports 32768-60999 · 2 of 28232 held by TCP · 0 by UDP · 2 of them to 198.51.100.25:443',
    ]);
  });

  it('leaves out what is not known, and says what a container cannot', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-alpine-container'));
    expect(kernelLines(data)).toEqual([
      'Linux 6.6.31-linuxkit · network namespace of its own · settings are read-only here',
      'cubic (there is also reno)',
      'TCP 1 pages · UDP 2 pages · 0 orphans · 1 of 32768 in TIME-WAIT · 1952 open files',
      'local ports 32768-60999 · 2 of 28232 held by TCP · 0 by UDP · 2 of them to 198.51.100.25:443',
    ]);
    expect(kernelLines((await kernelOf({ platform: 'freebsd' })).data)).toEqual([]);
  });
});
