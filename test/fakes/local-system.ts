import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Attempt, failed, measured, unavailable } from '../../src/model/attempt.js';
import type { LocalSystem, LocalTool, LocalToolOutput } from '../../src/net/local-port.js';

/** What a recorded or made-up machine shows. */
export interface FakeMachine {
  platform?: NodeJS.Platform;
  userId?: number | null;
  environment?: Record<string, string>;
  /** Files by path; `null`: there, but not shown to this user. */
  files?: Record<string, string | null>;
  links?: Record<string, string>;
  /**
   * Output by command line, as in `ip -j addr`; a text alone is stdout with exit code 0. `'root'`: the system does not let this user run it.
   * Whatever is not listed is not installed.
   */
  tools?: Record<string, string | Partial<LocalToolOutput> | { refused: 'root' }>;
  netlink?: LocalSystem['netlink'];
  kernelClock?: LocalSystem['kernelClock'];
  /** A folder that holds recorded files under their own paths: `FOLDER/etc/resolv.conf`. What {@link files} lists goes before it. */
  root?: string;
}

/** A machine in memory: reads nothing of the one that the tests run on. Commands that were run are in `ran`. */
export function fakeLocalSystem(machine: FakeMachine = {}): LocalSystem & { ran: string[] } {
  const { files = {}, links = {}, tools = {}, root } = machine;
  const userId = machine.userId === undefined ? 1000 : machine.userId;
  const ran: string[] = [];
  const onDisk = (path: string) => (root === undefined ? null : join(root, path));
  const isThere = (path: string) => {
    const disk = onDisk(path);
    const inMemory = [...Object.keys(files), ...Object.keys(links)].some((known) => known === path || known.startsWith(`${path}/`));
    return inMemory || (disk !== null && existsSync(disk));
  };
  const absent = <T>(path: string): Attempt<T> => unavailable('file', `${path} does not exist`);
  return {
    platform: machine.platform ?? 'linux',
    environment: machine.environment ?? {},
    userId,
    ran,
    async file(path, limitBytes = 256 * 1024) {
      const text = files[path];
      if (text === null) return unavailable('root', `${path} is not shown to this user`);
      if (text !== undefined) return measured(text.slice(0, limitBytes));
      const disk = onDisk(path);
      if (disk === null || !existsSync(disk) || !lstatSync(disk).isFile()) return absent(path);
      return measured(readFileSync(disk, 'utf8').slice(0, limitBytes));
    },
    async entries(folder) {
      const names = new Set<string>();
      for (const path of [...Object.keys(files), ...Object.keys(links)]) {
        if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1).split('/')[0] ?? '');
      }
      const disk = onDisk(folder);
      if (disk !== null && existsSync(disk)) for (const name of readdirSync(disk)) names.add(name);
      return names.size === 0 && disk === null ? absent(folder) : measured([...names].sort());
    },
    async link(path) {
      const to = links[path];
      if (to !== undefined) return measured(to);
      const disk = onDisk(path);
      if (disk !== null && existsSync(disk) && lstatSync(disk).isSymbolicLink()) return measured(readlinkSync(disk));
      return isThere(path) ? failed('request', 'EINVAL', `${path} is no link`) : absent(path);
    },
    exists: async (path) => isThere(path),
    async tool({ file, args }: LocalTool) {
      const line = [file, ...args].join(' ');
      ran.push(line);
      const output = tools[line];
      if (output === undefined) return unavailable('tool', `${file} is not installed`);
      if (typeof output === 'string') return measured({ stdout: output, stderr: '', exitCode: 0 });
      if ('refused' in output) return unavailable('root', `the system does not let this user run ${file}`);
      return measured({ stdout: '', stderr: '', exitCode: 0, ...output });
    },
    kernelClock: machine.kernelClock ?? (() => unavailable('native-sockets', 'no native sockets')),
    netlink: machine.netlink ?? (async () => unavailable('native-sockets', 'no native sockets')),
  };
}

/** A machine that shows nothing at all. */
export const noLocalSystem: LocalSystem = fakeLocalSystem();
