import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadNativeSockets } from '../../../src/native/index.js';
import { systemClock } from '../../../src/net/clock.js';
import { createLocalSystem } from '../../../src/net/machine/local-system.js';
import { parseTimex } from '../../../src/wire/linux/timex.js';
import { fakeNativeSockets } from '../../fakes/native-sockets.js';

/** The same call by another program, field by field as the manual page has them. */
const BY_PYTHON = `import ctypes, json, struct
libc = ctypes.CDLL(None, use_errno=True)
block = ctypes.create_string_buffer(208)
state = libc.adjtimex(block)
maximum, estimated, status = struct.unpack_from('<qqi', block.raw, 24)
print(json.dumps({'state': state, 'maximum': maximum, 'estimated': estimated, 'status': status, 'frequency': struct.unpack_from('<q', block.raw, 16)[0]}))`;

describe('the clock of the kernel', () => {
  it('is read as another program reads it, and runs with that of this process', async (context) => {
    const native = await loadNativeSockets();
    if (native.kind === 'absent') return context.skip(`no native sockets: ${native.because}`);
    const local = createLocalSystem(systemClock, native);
    const asked = local.kernelClock();
    if (asked.kind !== 'measured') return context.skip('adjtimex is forbidden here');
    const read = parseTimex(asked.value.timex, asked.value.state);
    if (!read.ok) throw new Error(read.refusal);
    expect(Math.abs(read.value.timeMs - asked.value.processMs)).toBeLessThan(50);

    const python = spawnSync('python3', ['-c', BY_PYTHON], { encoding: 'utf8' });
    if (python.error !== undefined) return context.skip('python3 is not installed');
    const theirs = JSON.parse(python.stdout);
    expect(read.value.synchronized).toBe((theirs.status & 0x40) === 0 && theirs.state !== 5);
    expect(read.value.frequencyPpm).toBeCloseTo(theirs.frequency / 65_536, 1);
    if (read.value.maximumErrorMs === null) expect(theirs.maximum).toBeGreaterThanOrEqual(16_000_000);
    // It grows by half a millisecond a second until it is told anew.
    else expect(Math.abs(read.value.maximumErrorMs - theirs.maximum / 1000)).toBeLessThan(50);
  });

  it('is not known without native sockets, or where the call is refused', () => {
    const absent = createLocalSystem(systemClock, { kind: 'absent', because: 'switched off' });
    expect(absent.kernelClock()).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'switched off' });
    const refusing = (errno: number) =>
      createLocalSystem(systemClock, { kind: 'present', sockets: { ...fakeNativeSockets(), clockState: () => -errno } });
    expect(refusing(1).kernelClock()).toMatchObject({ kind: 'unavailable', capability: 'root' });
    expect(refusing(38).kernelClock()).toMatchObject({ kind: 'failed', code: 'ENOSYS' });
  });
});

describe('the wall clock', () => {
  it('has fractions of a millisecond, within what Date shows', async () => {
    const fractions = new Set<number>();
    for (let turn = 0; turn < 50; turn++) {
      const before = Date.now();
      const now = systemClock.wallMs();
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThan(Date.now() + 1);
      fractions.add(now % 1);
    }
    expect(fractions.size).toBeGreaterThan(5);
  });
});
