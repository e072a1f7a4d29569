/**
 * The part of the port (see `port.ts`) that reads this machine: files of the system, its own tools, its kernel. Nothing here sends anything
 * to the network, and nothing changes the machine.
 */
import type { Attempt } from '../model/attempt.js';

/** Families of netlink that are asked: links, addresses, routes (rtnetlink(7)); whatever has a generic family (Wi-Fi, ethtool). */
export type NetlinkProtocol = 'route' | 'generic';

export interface LocalTool {
  /** Name of the program, looked up as a shell would, and in the folders of the administrator too. */
  file: string;
  args: readonly string[];
  /** Absent: {@link LOCAL_TOOL_MS}. */
  timeoutMs?: number;
  signal: AbortSignal;
}

export interface LocalToolOutput {
  stdout: string;
  /** The beginning of what it complained of. */
  stderr: string;
  exitCode: number | null;
}

/** Tools that only read the machine answer in hundredths of a second. */
export const LOCAL_TOOL_MS = 1000;

/**
 * What cannot be had is `unavailable`, with the capability `file`, `tool`, `root`, `native-sockets` or `platform` and the reason in words:
 * that a file does not exist and that only root may read it are two different things.
 */
export interface LocalSystem {
  readonly platform: NodeJS.Platform;
  /** Variables of the environment. They hold secrets: what is not needed is not handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Effective user; 0 is root. `null` where the platform has no such number. */
  readonly userId: number | null;
  /** The beginning of a file of text, at most `limitBytes` (absent: 256 KiB). Only regular files are opened. */
  file(path: string, limitBytes?: number): Promise<Attempt<string>>;
  /** Names in a folder, sorted. */
  entries(folder: string): Promise<Attempt<string[]>>;
  /** Where a symbolic link leads, as it is written there. A file that is no link is `failed` with `EINVAL`. */
  link(path: string): Promise<Attempt<string>>;
  /** Whether something is there, whatever it is: for marks such as `/.dockerenv`, and for sockets of services. */
  exists(path: string): Promise<boolean>;
  /** Runs a tool of the system in the C locale, without a shell and without input. It ran, whatever its exit code, is `measured`. */
  tool(tool: LocalTool): Promise<Attempt<LocalToolOutput>>;
  /**
   * What the kernel says of its clock (adjtimex(2), read only), and the time of this process at the same moment, in milliseconds since
   * 1970: the two differ where something, such as libfaketime, shows this process another time.
   */
  kernelClock(): Attempt<{ timex: Uint8Array; state: number; processMs: number }>;
  /**
   * Sends one request of netlink(7), header included, and gives the messages of the answer, each with its header, up to `NLMSG_DONE` or the
   * single answer. An `NLMSG_ERROR` is `failed` with the name of its errno.
   */
  netlink(protocol: NetlinkProtocol, request: Uint8Array, signal: AbortSignal): Promise<Attempt<Uint8Array[]>>;
}
