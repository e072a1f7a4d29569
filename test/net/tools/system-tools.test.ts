import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { SystemPingOptions } from '../../../src/net/port.js';
import { pingCommand } from '../../../src/net/tools/system-ping.js';
import { createSystemTools } from '../../../src/net/tools/system-tools.js';
import { traceCommands } from '../../../src/net/tools/system-trace.js';

const onUnix = process.platform !== 'win32';
const real = (name: string) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

const ask = (changes: Partial<SystemPingOptions> = {}): SystemPingOptions => ({
  address: '127.0.0.1',
  count: 3,
  intervalMs: 20,
  timeoutMs: 1000,
  payloadBytes: 56,
  signal: new AbortController().signal,
  ...changes,
});

/** A folder of programs that goes ahead of, or in place of, those of the system. */
let folder = '';
const path = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-tools-'));
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env['PATH'] = `${folder}${delimiter}${path}`;
}

async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 50; waited++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

describe.skipIf(!onUnix)('the system ping, by programs that a shell runs', () => {
  it('answers on loopback, or says why it cannot', async (context) => {
    if (!real('ping')) context.skip('there is no ping on this machine');
    const tools = createSystemTools(systemClock);
    const replies: unknown[] = [];
    const outcome = await tools.ping(ask(), (reply) => replies.push(reply));
    if (outcome.kind === 'measured') {
      expect(outcome.value).toMatchObject({ sent: 3, icmpErrors: [] });
      expect(replies.map((reply) => (reply as { seq: number }).seq)).toEqual([0, 1, 2]);
    } else {
      expect(outcome.kind).toBe('unavailable');
    }
  });

  it('is told to speak plainly, and is asked through no shell', async () => {
    program('ping', `printf '%s|' "$LC_ALL" "$@" > "${folder}/seen"; echo '1 packets transmitted, 0 received, 100% packet loss'`);
    const outcome = await createSystemTools(systemClock, 'linux').ping(ask({ interface: 'eth0; touch x' }), () => {});
    expect(outcome).toMatchObject({ kind: 'measured', value: { sent: 1 } });
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('C|-4|-n|-c|3|-i|0.02|-s|56|-W|1|-I|eth0; touch x|127.0.0.1|');
  });

  it('is asked again at the pace that it allows', async () => {
    program(
      'ping',
      `case "$*" in *"-i 0.2 "*) echo '64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=1 ms'; echo '1 packets transmitted, 1 received';;
*) echo 'ping: cannot flood, minimal interval allowed for user is 200ms' >&2; exit 2;; esac`,
    );
    const replies: unknown[] = [];
    const outcome = await createSystemTools(systemClock, 'linux').ping(ask({ count: 100 }), (reply) => replies.push(reply));
    expect(outcome).toMatchObject({ kind: 'measured', value: { sent: 1, intervalMs: 200 } });
    expect(replies).toEqual([{ seq: 0, rttMs: 1, duplicate: false }]);
  });

  it.each([
    ['ping: connect: Network is unreachable', { kind: 'failed', code: 'ENETUNREACH' }],
    ['ping: sendmsg: Operation not permitted', { kind: 'failed', code: 'EPERM' }],
    ['ping: socktype: SOCK_RAW\nping: socket: Operation not permitted', { kind: 'unavailable' }],
    ['something new', { kind: 'unavailable' }],
  ])('tells what it complains of: %s', async (complaint, expected) => {
    program('ping', `printf '%s\\n' '${complaint}' >&2; exit 2`);
    expect(await createSystemTools(systemClock, 'linux').ping(ask(), () => {})).toMatchObject(expected);
  });

  it('is missed where there is none', async () => {
    process.env['PATH'] = folder;
    expect(await createSystemTools(systemClock, 'linux').ping(ask(), () => {})).toMatchObject({ kind: 'unavailable' });
    expect(await createSystemTools(systemClock, 'linux').trace({ ...ask(), maximumTtl: 30 })).toMatchObject({ kind: 'unavailable' });
  });

  it('is not called absent where the system does not start it', async () => {
    const refused = { code: 'EPERM' };
    vi.doMock('execa', () => ({ execa: () => Object.assign(Promise.resolve(refused), { kill() {}, stdout: null, stderr: null }) }));
    try {
      const outcome = await createSystemTools(systemClock, 'linux').ping(ask(), () => {});
      expect(outcome).toMatchObject({ kind: 'unavailable', reason: 'the system does not let this user start its ping (EPERM)' });
    } finally {
      vi.doUnmock('execa');
    }
  });

  it('ends with the run, by an abort and by a close', async () => {
    program('ping', `echo $$ > "${folder}/pid.new"; mv "${folder}/pid.new" "${folder}/pid"; exec sleep 30`);
    for (const end of ['abort', 'close'] as const) {
      const abort = new AbortController();
      const tools = createSystemTools(systemClock, 'linux');
      const running = tools.ping(ask({ signal: abort.signal }), () => {});
      while (!existsSync(join(folder, 'pid'))) await new Promise((resolve) => setTimeout(resolve, 10));
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      rmSync(join(folder, 'pid'));
      if (end === 'abort') abort.abort();
      else tools.close();
      const outcome = await running;
      if (end === 'abort') expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
      expect(await gone(pid)).toBe(true);
    }
  });

  it('is stopped where it does not stop talking', async () => {
    program('ping', `exec yes 'x'`);
    const outcome = await createSystemTools(systemClock, 'linux').ping(ask(), () => {});
    expect(outcome.kind).toBe('unavailable');
  });

  it('starts nothing where the run is over already', async () => {
    program('ping', `touch "${folder}/ran"`);
    expect(await createSystemTools(systemClock, 'linux').ping(ask({ signal: AbortSignal.abort() }), () => {})).toMatchObject({
      kind: 'skipped',
    });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

describe.skipIf(!onUnix)('an echo that may not be fragmented, by programs that a shell runs', () => {
  const header = "echo 'PING 192.0.2.7 (192.0.2.7) 1472(1500) bytes of data.'";
  const end = "echo '1 packets transmitted, 0 received, 100% packet loss, time 0ms'";
  const whole = (changes: Partial<SystemPingOptions> = {}, platform: NodeJS.Platform = 'linux') => {
    const { count: _count, intervalMs: _intervalMs, ...options } = ask({ payloadBytes: 1472, ...changes });
    return createSystemTools(systemClock, platform).wholeEcho(options);
  };

  it.each<[string, string, unknown]>([
    ['an answer', "echo '1480 bytes from 192.0.2.7: icmp_seq=1 ttl=57 time=12.3 ms'", { kind: 'reply', rttMs: 12.3 }],
    ['a cut answer', "echo '76 bytes from 192.0.2.7: icmp_seq=1 ttl=57 (truncated)'", { kind: 'reply', rttMs: null }],
    ['silence', '', { kind: 'silent' }],
    ['another error', "echo 'From 192.0.2.1 icmp_seq=1 Destination Host Unreachable'", { kind: 'silent' }],
    [
      'a router',
      "echo 'From 192.0.2.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)'",
      { kind: 'too-big', from: '192.0.2.1', mtuBytes: 1400 },
    ],
    ['this machine', "echo 'ping: local error: message too long, mtu=1400' >&2", { kind: 'too-big', from: 'local', mtuBytes: 1400 }],
  ])('tells of %s', async (_, script, value) => {
    program('ping', `${header}; ${script === '' ? 'true' : script}; ${end}; exit 1`);
    expect(await whole()).toEqual({ kind: 'measured', value });
  });

  it('ignores what the kernel has cached where ping can do so, and asks an older one as it knows', async () => {
    program(
      'ping',
      `echo "$*" >> "${folder}/seen"
case "$*" in *'-M probe'*) echo 'ping: invalid -M argument: probe' >&2; exit 1;; esac
${header}; ${end}`,
    );
    const { count: _count, intervalMs: _intervalMs, ...options } = ask({ payloadBytes: 1472 });
    const tools = createSystemTools(systemClock, 'linux');
    for (let echo = 0; echo < 2; echo++) expect(await tools.wholeEcho(options)).toEqual({ kind: 'measured', value: { kind: 'silent' } });
    expect(readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n')).toEqual(
      ['probe', 'do', 'do'].map((discovery) => `-M ${discovery} -4 -n -c 1 -i 1 -s 1472 -W 1 127.0.0.1`),
    );
  });

  it.each([
    ["ping: invalid option -- 'M'", { kind: 'unavailable', reason: 'the system ping cannot forbid fragmentation' }],
    ['ping: invalid -M argument: nothing', { kind: 'unavailable', reason: 'the system ping cannot forbid fragmentation' }],
    ['ping: socket: Operation not permitted', { kind: 'unavailable', reason: expect.stringContaining('no echo') }],
    ['ping: sendmsg: Operation not permitted', { kind: 'failed', code: 'EPERM' }],
    ['something new', { kind: 'unavailable', reason: 'the output of the system ping is not understood' }],
  ])('tells why there is none: %s', async (complaint, expected) => {
    program('ping', `printf '%s\\n' "${complaint}" >&2; exit 2`);
    expect(await whole()).toMatchObject(expected);
  });

  it('takes no silence for it where ping would not hear of a router', async () => {
    program('ping', `echo 'WARNING: your kernel is veeery old. No problems.' >&2; ${header}; ${end}`);
    expect(await whole()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('no error queue') });
  });

  it('sets the bit as each system does', async () => {
    for (const name of ['ping', 'ping6']) program(name, `echo "$0 $*" > "${folder}/seen"; ${header}; ${end}`);
    await whole({}, 'darwin');
    expect(readFileSync(join(folder, 'seen'), 'utf8').trim()).toBe(`${folder}/ping -D -n -c 1 -i 1 -s 1472 -W 1000 127.0.0.1`);
    await whole({ address: '::1' }, 'darwin');
    expect(readFileSync(join(folder, 'seen'), 'utf8').trim()).toBe(`${folder}/ping6 -D -m -n -c 1 -i 1 -s 1472 ::1`);
    expect(await whole({ address: '::1' }, 'win32')).toMatchObject({ kind: 'unavailable' });
  });

  it('ends with the run', async () => {
    program('ping', `echo $$ > "${folder}/pid.new"; mv "${folder}/pid.new" "${folder}/pid"; exec sleep 30`);
    const abort = new AbortController();
    const running = whole({ signal: abort.signal });
    while (!existsSync(join(folder, 'pid'))) await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort();
    expect(await running).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(await gone(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(true);
  });
});

describe.skipIf(!onUnix)('the system traceroute, by programs that a shell runs', () => {
  it('falls back to tracepath where there is no traceroute that works', async () => {
    program('traceroute', 'echo usage >&2; exit 1');
    program('tracepath', `echo ' 1:  127.0.0.1   0.026ms reached'`);
    expect(await createSystemTools(systemClock, 'linux').trace({ ...ask(), maximumTtl: 30 })).toEqual({
      kind: 'measured',
      value: { hops: [{ ttl: 1, address: '127.0.0.1', rttMs: 0.026 }], reached: true, tool: 'tracepath' },
    });
  });
});

describe('the arguments', () => {
  const { signal: _, ...plain } = ask({ count: 5, timeoutMs: 1500 });
  it.each([
    ['linux', { ...plain, source: '192.0.2.1', interface: 'eth0' }, 'ping -4 -n -c 5 -i 0.02 -s 56 -W 2 -I 192.0.2.1 127.0.0.1'],
    ['darwin', { ...plain, interface: 'en0' }, 'ping -n -c 5 -i 0.02 -s 56 -W 1500 -b en0 127.0.0.1'],
    ['darwin', { ...plain, address: '::1' }, 'ping6 -n -c 5 -i 0.02 -s 56 ::1'],
    ['win32', plain, 'PING.EXE -4 -n 5 -l 56 -w 1500 127.0.0.1'],
  ] as const)('of ping on %s', (platform, options, expected) => {
    const { file, args } = pingCommand(platform, options.address.includes(':') ? 6 : 4, options);
    expect(`${file.split('\\').at(-1)} ${args.join(' ')}`).toBe(expected);
  });

  it('of the traceroutes', () => {
    const commands = (platform: NodeJS.Platform, origin = {}) =>
      traceCommands(platform, { ...plain, ...origin, maximumTtl: 20 }).map(
        ({ file, args }) => `${file.split('\\').at(-1)} ${args.join(' ')}`,
      );
    expect(commands('linux')).toEqual([
      'traceroute -4 -n -q 5 -w 2 -m 20 127.0.0.1',
      'traceroute -n -q 5 -w 2 -m 20 127.0.0.1',
      'tracepath -n -m 20 127.0.0.1',
    ]);
    expect(commands('linux', { interface: 'eth0' })).toHaveLength(2);
    expect(commands('darwin')).toEqual(['traceroute -n -q 5 -w 2 -m 20 127.0.0.1']);
    expect(commands('win32')).toEqual(['TRACERT.EXE -4 -d -h 20 -w 1500 127.0.0.1']);
  });
});
