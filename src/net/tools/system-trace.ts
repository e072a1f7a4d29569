import { measured, skipped, unavailable } from '../../model/attempt.js';
import { addressFamily } from '../../model/target.js';
import { parseTraceLine, type TracedHop, type TraceTool } from '../../wire/tools/trace-output.js';
import type { SystemTools } from '../port.js';
import { windowsProgram } from './system-ping.js';
import type { ToolProcesses } from './tool-process.js';

type TraceOptions = Parameters<SystemTools['trace']>[0];
type Trace = Awaited<ReturnType<SystemTools['trace']>>;

/** tracepath asks a silent hop three times and waits a second each time; the others wait as they are told. */
const LONGEST_RUN_MS = 60_000;
const MAXIMUM_BYTES = 256 * 1024;
const MOST_PROBES = 10;

/** Runs the first of traceroute and tracepath that there is, or tracert on Windows. Hops that it named before its time was over count. */
export async function runSystemTrace(tools: ToolProcesses, platform: NodeJS.Platform, options: TraceOptions): Promise<Trace> {
  for (const { tool, file, args } of traceCommands(platform, options)) {
    const hops: TracedHop[] = [];
    const run = { file, args, timeoutMs: LONGEST_RUN_MS, maximumBytes: MAXIMUM_BYTES, signal: options.signal };
    const end = await tools.run(run, (text) => {
      hops.push(...parseTraceLine(tool, text).filter(({ ttl }) => ttl <= options.maximumTtl));
    });
    if (end.kind === 'interrupted') return skipped('interrupted');
    if (end.kind === 'absent' || end.kind === 'forbidden' || (hops.length === 0 && end.exitCode !== 0 && !end.cut)) continue;
    return measured({ hops, reached: hops.some(({ address }) => address === options.address), tool });
  }
  return unavailable('system-traceroute', 'there is no traceroute program that can do this');
}

/** Programs and arguments, in the order of preference. The address was parsed or resolved, so it is never taken for an option. */
export function traceCommands(
  platform: NodeJS.Platform,
  { address, count, timeoutMs, maximumTtl, source, interface: device }: Omit<TraceOptions, 'signal'>,
): { tool: TraceTool; file: string; args: string[] }[] {
  const family = addressFamily(address) === 6 ? 6 : 4;
  const most = `${maximumTtl}`;
  if (platform === 'win32') {
    const from = source === undefined || family === 4 ? [] : ['-S', source];
    const args = [`-${family}`, '-d', '-h', most, '-w', `${Math.ceil(timeoutMs)}`, ...from, address];
    return [{ tool: 'tracert', file: windowsProgram('TRACERT.EXE'), args }];
  }
  const probes = `${Math.max(1, Math.min(count, MOST_PROBES))}`;
  const wait = `${Math.max(1, Math.ceil(timeoutMs / 1000))}`;
  const from = [...(source === undefined ? [] : ['-s', source]), ...(device === undefined ? [] : ['-i', device])];
  const args = ['-n', '-q', probes, '-w', wait, '-m', most, ...from, address];
  // The BSDs and macOS have a program for each family, and no -6.
  const traceroute =
    platform === 'linux'
      ? { tool: 'traceroute' as const, file: 'traceroute', args: [`-${family}`, ...args] }
      : { tool: 'traceroute' as const, file: family === 6 ? 'traceroute6' : 'traceroute', args };
  // BusyBox has no -4; tracepath takes no source.
  const plain = platform === 'linux' && family === 4 ? [{ tool: 'traceroute' as const, file: 'traceroute', args }] : [];
  const tracepath =
    from.length === 0 && platform === 'linux' ? [{ tool: 'tracepath' as const, file: 'tracepath', args: ['-n', '-m', most, address] }] : [];
  return [traceroute, ...plain, ...tracepath];
}
