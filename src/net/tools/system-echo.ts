import { type Attempt, measured, type NotMeasured, skipped, unavailable } from '../../model/attempt.js';
import { addressFamily } from '../../model/target.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { createPingReader, type PingLine } from '../../wire/tools/ping-output.js';
import type { SystemPingOptions, WholeEcho } from '../port.js';
import { notRun, pingCommand, refusalOf, START_MS } from './system-ping.js';
import type { ToolProcesses } from './tool-process.js';

/** What one ping of one packet prints is below 1 KiB; its usage, where it refuses an option, below 4. */
const MAXIMUM_BYTES = 16 * 1024;
/** No ping refuses this pace, and of one packet it means nothing. */
const INTERVAL_MS = 1000;

/** How Linux is told not to fragment (ip(7), IP_MTU_DISCOVER): `do` heeds the path MTU that the kernel has cached, `probe` does not. */
type Discovery = 'probe' | 'do';

type Ask = Omit<SystemPingOptions, 'count' | 'intervalMs'>;

/** Echo requests that may not be fragmented, each by a ping of the system. */
export class WholeEchoes {
  readonly #tools: ToolProcesses;
  readonly #platform: NodeJS.Platform;
  /** What the ping of this system was found to know. */
  #discovery: Discovery = 'probe';

  constructor(tools: ToolProcesses, platform: NodeJS.Platform) {
    this.#tools = tools;
    this.#platform = platform;
  }

  /** Sends one, and waits until ping has ended. Linux waits in whole seconds. */
  async send(options: Ask): Promise<Attempt<WholeEcho>> {
    const family: IpFamily = addressFamily(options.address) === 6 ? 6 : 4;
    if (this.#platform === 'win32' && family === 6) {
      return unavailable('system-ping', 'the ping of Windows cannot forbid fragmentation over IPv6');
    }
    const discovery = this.#discovery;
    const outcome = await this.#once(family, options, discovery);
    if (outcome !== 'other-discovery') return outcome;
    this.#discovery = 'do';
    const again = discovery === 'do' ? outcome : await this.#once(family, options, 'do');
    return again === 'other-discovery' ? cannotForbid() : again;
  }

  async #once(family: IpFamily, options: Ask, discovery: Discovery): Promise<Attempt<WholeEcho> | 'other-discovery'> {
    const windows = this.#platform === 'win32';
    const { file, args } = pingCommand(this.#platform, family, { ...options, count: 1, intervalMs: INTERVAL_MS });
    const read = createPingReader(windows ? 'windows' : 'unix', family);
    const lines: PingLine[] = [];
    const end = await this.#tools.run(
      {
        file,
        args: [...unfragmented(this.#platform, family, discovery), ...args],
        timeoutMs: START_MS + options.timeoutMs,
        maximumBytes: MAXIMUM_BYTES,
        signal: options.signal,
      },
      (text) => {
        const line = read(text);
        if (line !== null) lines.push(line);
      },
    );
    if (options.signal.aborted) return skipped('interrupted');
    if (end.kind !== 'ran') return notRun(end.kind);
    if (/(invalid|wrong).* -M\b/i.test(end.stderr)) return 'other-discovery';
    // iputils and the BSDs complain of what this machine did not send.
    const complaints = createPingReader('unix', family);
    const outcome = concludeEcho([...lines, ...end.stderr.split('\n').flatMap((text) => complaints(text) ?? [])]);
    if (outcome?.kind === 'reply' || outcome?.kind === 'too-big') return measured(outcome);
    // iputils calls a kernel without an error queue "veeery old": it then hears of no router, whose word would be missed as silence.
    if (/kernel is ve+ry old/i.test(end.stderr) && outcome?.kind === 'silent') {
      return unavailable('system-ping', 'the kernel has no error queue, so that the system ping hears of no router');
    }
    if (/(invalid|illegal|unrecognized|unknown) option|usage:/i.test(end.stderr)) return cannotForbid();
    const refusal = refusalOf(end);
    if (refusal !== null && refusal !== 'too-fast') return refusal;
    return outcome === null ? unavailable('system-ping', 'the output of the system ping is not understood') : measured(outcome);
  }
}

/** What one packet came to: an answer shows more than a complaint. `null`: ping does not even say that it was sent. */
function concludeEcho(lines: readonly PingLine[]): WholeEcho | null {
  let found: WholeEcho | null = null;
  for (const line of lines) {
    if (line.kind === 'reply') return { kind: 'reply', rttMs: line.rttMs };
    if (line.kind === 'too-big') found = line;
    else if (line.kind === 'summary' && line.sent > 0) found ??= { kind: 'silent' };
  }
  return found;
}

function cannotForbid(): NotMeasured {
  return unavailable('system-ping', 'the system ping cannot forbid fragmentation');
}

/** The options that set the don't-fragment bit; over IPv6 on macOS and the BSDs also the one that lifts its own limit of 1280 bytes. */
function unfragmented(platform: NodeJS.Platform, family: IpFamily, discovery: Discovery): string[] {
  if (platform === 'linux') return ['-M', discovery];
  if (platform === 'win32') return ['-f'];
  return family === 6 ? ['-D', '-m'] : ['-D'];
}
