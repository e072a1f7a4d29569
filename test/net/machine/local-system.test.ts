import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createLocalSystem } from '../../../src/net/machine/local-system.js';

const onUnix = process.platform !== 'win32';
const local = createLocalSystem(systemClock, { kind: 'absent', because: 'switched off' });
const live = new AbortController().signal;

let folder = '';
const path = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-local-'));
  process.env['PATH'] = `${folder}${delimiter}${path}`;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

describe('files of the system', () => {
  it('are read up to a limit', async () => {
    writeFileSync(join(folder, 'fact'), 'value\n');
    expect(await local.file(join(folder, 'fact'))).toEqual({ kind: 'measured', value: 'value\n' });
    expect(await local.file(join(folder, 'fact'), 3)).toEqual({ kind: 'measured', value: 'val' });
  });

  it.skipIf(process.platform !== 'linux')('are read whole where they say that they are empty, as those of /proc do', async () => {
    const version = readFileSync('/proc/filesystems', 'utf8');
    expect(await local.file('/proc/filesystems')).toEqual({ kind: 'measured', value: version });
    const symbols = await local.file('/proc/kallsyms', 20_000);
    expect(symbols.kind === 'measured' ? symbols.value.length : symbols).toBe(20_000);
  });

  it('are told apart: missing, and no file', async () => {
    const missing = join(folder, 'missing');
    expect(await local.file(missing)).toEqual({ kind: 'unavailable', capability: 'file', reason: `${missing} does not exist` });
    expect(await local.file(folder)).toEqual({ kind: 'unavailable', capability: 'file', reason: `${folder} is no ordinary file` });
  });

  it.skipIf(!onUnix)('say that only root may read them, to everybody else', async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'x', { mode: 0o000 });
    chmodSync(folder, 0o755);
    const asOrdinaryUser = process.getuid?.() === 0;
    if (asOrdinaryUser) process.seteuid?.(65_534);
    try {
      expect(await local.file(secret)).toEqual({ kind: 'unavailable', capability: 'root', reason: `${secret} is not shown to this user` });
    } finally {
      if (asOrdinaryUser) process.seteuid?.(0);
    }
  });

  it.skipIf(!onUnix)('have names, links and marks', async () => {
    mkdirSync(join(folder, 'net'));
    for (const name of ['b', 'a']) writeFileSync(join(folder, 'net', name), '');
    symlinkSync('../run/stub', join(folder, 'link'));
    expect(await local.entries(join(folder, 'net'))).toEqual({ kind: 'measured', value: ['a', 'b'] });
    expect(await local.entries(join(folder, 'none'))).toMatchObject({ kind: 'unavailable', capability: 'file' });
    expect(await local.link(join(folder, 'link'))).toEqual({ kind: 'measured', value: '../run/stub' });
    expect(await local.link(join(folder, 'net', 'a'))).toMatchObject({ kind: 'failed', code: 'EINVAL' });
    expect(await local.exists(join(folder, 'net'))).toBe(true);
    expect(await local.exists(join(folder, 'none'))).toBe(false);
  });
});

describe.skipIf(!onUnix)('tools of the system', () => {
  it('run without a shell, in the C locale, and give all that they said', async () => {
    program('speaker', `echo "$LC_ALL $1"; echo complaint >&2; exit 3`);
    expect(await local.tool({ file: 'speaker', args: ['$HOME; x'], signal: live })).toEqual({
      kind: 'measured',
      value: { stdout: 'C $HOME; x\n', stderr: 'complaint\n', exitCode: 3 },
    });
  });

  it('keep a line of any length whole: JSON has but one', async () => {
    program('long', `head -c 200000 /dev/zero | tr '\\0' x`);
    const outcome = await local.tool({ file: 'long', args: [], signal: live });
    expect(outcome.kind === 'measured' ? outcome.value.stdout.length : outcome).toBe(200_001);
  });

  it('on macOS are those of the system, whatever the PATH has by the same name', async () => {
    program('true', 'echo another');
    expect(await local.tool({ file: 'true', args: [], signal: live })).toMatchObject({ value: { stdout: 'another\n' } });
    const own = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
    Object.defineProperty(process, 'platform', { ...own, value: 'darwin' });
    try {
      expect(await local.tool({ file: 'true', args: [], signal: live })).toMatchObject({ value: { stdout: '', exitCode: 0 } });
    } finally {
      Object.defineProperty(process, 'platform', own);
    }
  });

  it('may be missing, hang or be interrupted', async () => {
    expect(await local.tool({ file: 'no-such-tool', args: [], signal: live })).toEqual({
      kind: 'unavailable',
      capability: 'tool',
      reason: 'no-such-tool is not installed',
    });
    program('sleeper', 'exec sleep 20');
    expect(await local.tool({ file: 'sleeper', args: [], timeoutMs: 100, signal: live })).toEqual({
      kind: 'unanswered',
      step: 'response',
      waitedMs: 100,
    });
    expect(await local.tool({ file: 'sleeper', args: [], signal: AbortSignal.timeout(50) })).toEqual({
      kind: 'skipped',
      because: 'interrupted',
    });
  });
});

it('says why the kernel cannot be asked', async () => {
  expect(await local.netlink('route', new Uint8Array(16), live)).toEqual({
    kind: 'unavailable',
    capability: 'native-sockets',
    reason: 'switched off',
  });
});
