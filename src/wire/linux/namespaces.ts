/** Readers of what the kernel shows of namespaces and control groups of a process: namespaces(7), user_namespaces(7), cgroups(7). */

/** Numbers of the first namespaces of a kernel (`include/linux/proc_ns.h`), the same on every machine. */
const FIRST_NAMESPACES: Readonly<Record<string, number>> = {
  cgroup: 0xeffffffb,
  pid: 0xeffffffc,
  user: 0xeffffffd,
  uts: 0xeffffffe,
  ipc: 0xefffffff,
};

/** Whether `pid:[4026531836]`, the link of a namespace, leads to the first one of the kernel; `null`: no such link, or of no fixed number. */
export function isFirstNamespace(link: string): boolean | null {
  const match = /^([a-z]+):\[(\d{1,10})\]$/.exec(link);
  const first = match?.[1] === undefined ? undefined : FIRST_NAMESPACES[match[1]];
  return first === undefined ? null : Number(match?.[2]) === first;
}

/** Whose user 0 is whose outside, by /proc/self/uid_map; `null`: it does not parse. */
export function parseIdMap(text: string): { inside: number; outside: number; count: number }[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0 || lines.length > 340) return null;
  const map = lines.map((line) => /^\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*$/.exec(line));
  if (map.includes(null)) return null;
  return map.map((match) => ({ inside: Number(match?.[1]), outside: Number(match?.[2]), count: Number(match?.[3]) }));
}

/** Paths of the control groups of a process, of both versions. */
export function parseCgroups(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d{1,10}:[^:]{0,200}:(\/.{0,4000})$/.exec(line);
    return match?.[1] === undefined ? [] : [match[1]];
  });
}

/** A variable in /proc/PID/environ, whose entries end with a zero byte; `null`: it is not there. */
export function environmentEntry(text: string, name: string): string | null {
  const entry = text.split('\0').find((candidate) => candidate.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

/** `key="value"` lines of /run/.containerenv, quoted or not. */
export function parseContainerEnvironment(text: string): Map<string, string> {
  const entries = text
    .split('\n')
    .slice(0, 64)
    .flatMap((line) => {
      const match = /^([a-z]{1,40})="?([^"\n]{0,400})"?$/.exec(line);
      return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ''] as const];
    });
  return new Map(entries);
}
