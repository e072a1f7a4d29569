/**
 * Readers for what Linux says of itself in /proc/sys, /proc/version, /proc/self and the files of a kernel. A text that is not what it
 * should be gives `null`; nothing here throws.
 */

const MAXIMUM_VALUE_CHARACTERS = 1024;

/** The value of a setting as sysctl(8) prints it, fields apart by one space; `null` where it holds what no setting does. */
export function parseSetting(text: string): string | null {
  if (text.length > MAXIMUM_VALUE_CHARACTERS) return null;
  const value = text.trim().replace(/[\t ]+/g, ' ');
  return /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value) ? value : null;
}

/** So many whole numbers, apart by blanks; those beyond what a number can hold are `Infinity`, which the kernel writes for "no limit". */
export function parseNumbers(text: string, length: number): number[] | null {
  const fields = text.length > MAXIMUM_VALUE_CHARACTERS ? [] : text.trim().split(/\s+/);
  if (fields.length !== length || fields.some((field) => !/^\d{1,20}$/.test(field))) return null;
  return fields.map(Number).map((value) => (Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY));
}

/** The bounds of /proc/sys/net/ipv4/ip_local_port_range, both of them part of the range. */
export function parsePortRange(text: string): { first: number; last: number } | null {
  const [first = 0, last = 0] = parseNumbers(text, 2) ?? [];
  return first >= 1 && last <= 65_535 && first <= last ? { first, last } : null;
}

/** Ports of a list as in ip_local_reserved_ports, `8080,9148-9150`, which can be empty. */
export function parsePortList(text: string): Set<number> | null {
  const ports = new Set<number>();
  // 65,535 ports apart by commas.
  if (text.length > 400_000) return null;
  for (const part of text.trim() === '' ? [] : text.trim().split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    const first = Number(match?.[1] ?? -1);
    const last = Number(match?.[2] ?? first);
    if (match === null || first > last || last > 65_535) return null;
    for (let port = first; port <= last; port++) ports.add(port);
  }
  return ports;
}

export interface KernelVersion {
  release: string;
  realtime: boolean;
  preemption: string | null;
}

/** /proc/version: `Linux version RELEASE (…) #1 SMP PREEMPT_DYNAMIC …`. */
export function parseKernelVersion(text: string): KernelVersion | null {
  const line = text.slice(0, MAXIMUM_VALUE_CHARACTERS);
  const release = /^Linux version ([\w.+~-]{1,128}) /.exec(line)?.[1];
  if (release === undefined) return null;
  // The name of the one who built it can hold anything; what the kernel says of itself stands behind the number of the build.
  const build = /#\d\S*((?: [A-Za-z_]+)*)/.exec(line)?.[1] ?? '';
  const preemption = /\bPREEMPT(?:_[A-Z]+)?\b/.exec(build.replace(/\bPREEMPT RT\b/, 'PREEMPT_RT'))?.[0] ?? null;
  return { release, realtime: preemption === 'PREEMPT_RT', preemption };
}

/** Mounts that cover /proc/sys/net, the innermost last. */
const COVERING = ['/', '/proc', '/proc/sys', '/proc/sys/net'];

/** Whether the settings are mounted read-only, by /proc/self/mountinfo (proc(5)): the innermost mount decides, of several the last. */
export function parseSettingsReadOnly(mountInfo: string): boolean | null {
  let depth = -1;
  let readOnly: boolean | null = null;
  for (const line of mountInfo.split('\n')) {
    const [, , , , point = '', options] = line.split(' ', 6);
    const at = COVERING.indexOf(point);
    if (options === undefined || at === -1 || at < depth) continue;
    depth = at;
    readOnly = options.split(',').includes('ro');
  }
  return readOnly;
}

/** The soft limit of open files in /proc/PID/limits; `Infinity` where there is none. */
export function parseOpenFilesLimit(text: string): number | null {
  const soft = /^Max open files +(\d{1,20}|unlimited) /m.exec(text.slice(0, 8192))?.[1];
  return soft === undefined ? null : soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

/** Whether a list of modules (modules.builtin, modules.dep) has a module, packed or not. */
export function namesModule(list: string, module: string): boolean {
  for (const suffix of ['.ko', '.ko.xz', '.ko.zst', '.ko.gz']) {
    const at = list.indexOf(`/${module}${suffix}`);
    const after = at === -1 ? '' : (list[at + module.length + suffix.length + 1] ?? '\n');
    if (after === '\n' || after === ':') return true;
  }
  return false;
}

/** `CONFIG_HZ` of a kernel's configuration. */
export function parseTickHz(configuration: string): number | null {
  const hz = /^CONFIG_HZ=(\d{2,5})$/m.exec(configuration)?.[1];
  return hz === undefined ? null : Number(hz);
}
