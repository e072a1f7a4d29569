import { failed, measured, type NotMeasured, skipped, unavailable } from '../../model/attempt.js';
import type { IcmpErrorCount } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { type IpFamily, icmpMeaning } from '../../wire/packets/icmp.js';
import { createPingReader } from '../../wire/tools/ping-output.js';
import { errnoMessage } from '../errno.js';
import type { SystemPingOptions, SystemTools } from '../port.js';
import type { ToolEnd, ToolProcesses } from './tool-process.js';

/** ping(8) numbers its packets with 16 bits. */
const MOST_PACKETS = 60_000;
const BYTES_A_REPLY = 256;
const SPARE_BYTES = 64 * 1024;
/** For starting and ending the program. */
export const START_MS = 2000;
/** What an ordinary user may ask of every ping: older ones refuse shorter intervals, macOS and the BSDs take whole seconds from them. */
const SLOW_INTERVALS_MS = [200, 1000];
/** At a slower pace than was asked for there are as many packets as fit this time. */
const SLOW_TOTAL_MS = 6000;
/** The pace of ping on Windows, which cannot be set. */
const WINDOWS_INTERVAL_MS = 1000;

type Ping = Awaited<ReturnType<SystemTools['ping']>>;
type Replied = Parameters<SystemTools['ping']>[1];

/** Runs the system's ping; where it refuses the pace, again at one that it allows. */
export async function runSystemPing(
  tools: ToolProcesses,
  platform: NodeJS.Platform,
  options: SystemPingOptions,
  replied: Replied,
): Promise<Ping> {
  const wanted = Math.min(options.count, MOST_PACKETS);
  if (platform === 'win32') return onePing(tools, platform, slowed(options, wanted, WINDOWS_INTERVAL_MS), replied);
  let outcome = await onePing(tools, platform, { ...options, count: wanted }, replied);
  for (const intervalMs of SLOW_INTERVALS_MS) {
    if (outcome !== 'too-fast' || intervalMs <= options.intervalMs) continue;
    outcome = await onePing(tools, platform, slowed(options, wanted, intervalMs), replied);
  }
  return outcome === 'too-fast' ? unavailable('system-ping', 'the system ping allows no such pace') : outcome;
}

function slowed(options: SystemPingOptions, count: number, intervalMs: number): SystemPingOptions {
  if (intervalMs <= options.intervalMs) return { ...options, count };
  return { ...options, intervalMs, count: Math.max(1, Math.min(count, Math.floor(SLOW_TOTAL_MS / intervalMs))) };
}

async function onePing(tools: ToolProcesses, platform: 'win32', options: SystemPingOptions, replied: Replied): Promise<Ping>;
async function onePing(
  tools: ToolProcesses,
  platform: NodeJS.Platform,
  options: SystemPingOptions,
  replied: Replied,
): Promise<Ping | 'too-fast'>;
async function onePing(
  tools: ToolProcesses,
  platform: NodeJS.Platform,
  options: SystemPingOptions,
  replied: Replied,
): Promise<Ping | 'too-fast'> {
  const family: IpFamily = addressFamily(options.address) === 6 ? 6 : 4;
  const read = createPingReader(platform === 'win32' ? 'windows' : 'unix', family);
  const errors = new Map<string, IcmpErrorCount>();
  let sent: number | null = null;
  let answers = 0;
  const end = await tools.run(
    {
      ...pingCommand(platform, family, options),
      timeoutMs: START_MS + options.count * options.intervalMs + options.timeoutMs,
      maximumBytes: options.count * BYTES_A_REPLY + SPARE_BYTES,
      signal: options.signal,
    },
    (text) => {
      const line = read(text);
      if (line === null) return;
      if (line.kind === 'summary') sent = line.sent;
      else if (line.kind === 'too-big') return;
      else if (line.kind === 'reply') {
        answers++;
        replied({ seq: line.seq, rttMs: line.rttMs, duplicate: line.duplicate });
      } else {
        const { from, type, code } = line;
        const key = `${from} ${type} ${code}`;
        const known = errors.get(key);
        if (known !== undefined) known.count++;
        else errors.set(key, { from, type, code, meaning: icmpMeaning(family, type, code), count: 1 });
      }
    },
  );
  if (end.kind !== 'ran') return notRun(end.kind);
  const refusal = refusalOf(end);
  // Some say that they sent what the kernel refused to send.
  if (answers === 0 && refusal !== null && (refusal === 'too-fast' || errors.size === 0)) return refusal;
  if (sent === null) return unavailable('system-ping', 'the output of the system ping is not understood');
  return measured({ sent, intervalMs: options.intervalMs, icmpErrors: [...errors.values()] });
}

/** What a ping that did not run to its end amounts to. */
export function notRun(kind: Exclude<ToolEnd['kind'], 'ran'>): NotMeasured {
  if (kind === 'interrupted') return skipped('interrupted');
  if (kind === 'absent') return unavailable('system-ping', 'there is no ping program');
  return unavailable('system-ping', 'the system does not let this user start its ping (EPERM)');
}

/** What ping complains of, as far as its complaint is known. */
export function refusalOf({ stderr }: Extract<ToolEnd, { kind: 'ran' }>): NotMeasured | 'too-fast' | null {
  if (/interval|flood/i.test(stderr)) return 'too-fast';
  if (/network is unreachable|no route to host/i.test(stderr)) return failed('send', 'ENETUNREACH', errnoMessage('ENETUNREACH'));
  if (/(sendmsg|sendto): (operation not permitted|permission denied)/i.test(stderr)) {
    return failed('send', 'EPERM', errnoMessage('EPERM'));
  }
  if (/unknown iface|no such device|cannot assign requested address|invalid interface/i.test(stderr)) {
    return failed('configure', 'EADDRNOTAVAIL', 'the system ping cannot send from there');
  }
  if (/not permitted|permission denied|cap_net_raw|socket/i.test(stderr)) {
    return unavailable('system-ping', 'the system lets this user send no echo, not by its own ping either');
  }
  return null;
}

/** Program and arguments. The address is one that was parsed or resolved, so it is never taken for an option. */
export function pingCommand(
  platform: NodeJS.Platform,
  family: IpFamily,
  { address, count, intervalMs, timeoutMs, payloadBytes, source, interface: device }: Omit<SystemPingOptions, 'signal'>,
): { file: string; args: string[] } {
  if (platform === 'win32') {
    const from = source === undefined ? [] : ['-S', source];
    return {
      file: windowsProgram('PING.EXE'),
      args: [`-${family}`, '-n', `${count}`, '-l', `${payloadBytes}`, '-w', `${Math.ceil(timeoutMs)}`, ...from, address],
    };
  }
  const interval = `${intervalMs / 1000}`;
  const shape = ['-n', '-c', `${count}`, '-i', interval, '-s', `${payloadBytes}`];
  if (platform === 'linux') {
    const from = source ?? device;
    const wait = `${Math.max(1, Math.ceil(timeoutMs / 1000))}`;
    return { file: 'ping', args: [`-${family}`, ...shape, '-W', wait, ...(from === undefined ? [] : ['-I', from]), address] };
  }
  // macOS and the BSDs: ping6 is a program of its own, `-S` the source; -W is in milliseconds, and only for IPv4.
  const from = [...(source === undefined ? [] : ['-S', source]), ...(device === undefined ? [] : [family === 6 ? '-I' : '-b', device])];
  const wait = family === 4 && platform === 'darwin' ? ['-W', `${Math.ceil(timeoutMs)}`] : [];
  return { file: family === 6 ? 'ping6' : 'ping', args: [...shape, ...wait, ...from, address] };
}

/** By its whole path: Windows would look into the current folder first. */
export function windowsProgram(name: string): string {
  return `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\${name}`;
}
