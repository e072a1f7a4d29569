/**
 * Readers of `sysctl`, `socketfilterfw` and `networksetup` of macOS. What does not parse is left out; nothing here throws.
 */

/** `net.inet.tcp.mssdflt: 512`, one setting a line. Further lines of a value that has several are left out. */
export function parseSysctl(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^([a-z][a-z0-9_]*(?:\.[\w-]+)+)(?::| =) ?(.{0,4096})$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) settings.set(match[1], match[2].trim());
  }
  return settings;
}

export interface DarwinFirewall {
  /** Whether the application firewall filters at all. */
  enabled: boolean | null;
  /** Whether everything that comes in is refused but for what the system itself needs. */
  blocksAll: boolean | null;
  /** Whether packets to closed ports and echo requests are left without an answer. */
  stealth: boolean | null;
}

/**
 * `socketfilterfw --getglobalstate --getblockall --getstealthmode`. The sentences changed with macOS 13 or so; both are read:
 * `Firewall is enabled. (State = 1)`, `Block all DISABLED!` or `Firewall has block all state set to disabled.`, `Stealth mode enabled` or
 * `Firewall stealth mode is on`. State 2 is "on, and everything is blocked".
 */
export function parseApplicationFirewall(text: string): DarwinFirewall {
  const state = /\(State = (\d)\)/.exec(text)?.[1];
  const words = /^Firewall is (enabled|disabled)\b/m.exec(text)?.[1];
  const enabled = state !== undefined ? state !== '0' : words === undefined ? null : words === 'enabled';
  const block = /block all (?:state set to )?(enabled|disabled)/i.exec(text)?.[1]?.toLowerCase();
  const blocksAll = state === '2' || /set to block all non-essential/i.test(text) ? true : block === undefined ? null : block === 'enabled';
  const stealth = /stealth mode (?:is )?(enabled|disabled|on|off)\b/i.exec(text)?.[1]?.toLowerCase();
  return { enabled, blocksAll, stealth: stealth === undefined ? null : stealth === 'enabled' || stealth === 'on' };
}
