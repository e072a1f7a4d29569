import { access, readdir, readlink, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Attempt, failed, measured, skipped, unanswered, unavailable } from '../../model/attempt.js';
import type { NativeOutcome } from '../../native/index.js';
import { errnoMessage, errnoName } from '../errno.js';
import { LOCAL_TOOL_MS, type LocalSystem, type LocalTool, type LocalToolOutput } from '../local-port.js';
import type { Clock } from '../port.js';
import { ToolProcesses } from '../tools/tool-process.js';
import { askNetlink } from './netlink.js';
import { openTextFile } from './text-file.js';

const FILE_LIMIT_BYTES = 256 * 1024;
/** Rule sets of busy firewalls have tens of thousands of lines. */
const TOOL_LIMIT_BYTES = 8 * 1024 * 1024;
/** Tools of macOS itself go before those of the same names from elsewhere (Nix, MacPorts), which print something else. */
const FOLDERS_OF_DARWIN = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];
/** Where an ordinary user's PATH does not lead, but tools are that show something to anybody. */
const ADMINISTRATOR_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** This machine itself. `close` ends the tools that still run. */
export function createLocalSystem(clock: Clock, native: NativeOutcome): LocalSystem & { close(): void } {
  const tools = new ToolProcesses(clock);
  return {
    platform: process.platform,
    environment: process.env,
    userId: process.geteuid?.() ?? null,
    file: (path, limitBytes = FILE_LIMIT_BYTES) => attempted(path, () => openTextFile(path, limitBytes)),
    entries: (folder) => attempted(folder, async () => (await readdir(folder)).sort()),
    link: (path) => attempted(path, () => readlink(path)),
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    tool: (tool) => runTool(tools, tool),
    kernelClock: () => readKernelClock(clock, native),
    netlink: (protocol, request, signal) =>
      native.kind === 'absent'
        ? Promise.resolve(unavailable('native-sockets', native.because))
        : askNetlink(native.sockets, clock, protocol, request, signal),
    close: () => tools.close(),
  };
}

/** Runs what may be refused by the file system, and says in words why it was. */
async function attempted<T>(path: string, read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return measured(await read());
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
    if (code === 'ENOENT' || code === 'ENOTDIR') return unavailable('file', `${path} does not exist`);
    if (code === 'EACCES' || code === 'EPERM')
      return unavailable(process.geteuid?.() === 0 ? 'file' : 'root', `${path} is not shown to this user`);
    if (code === 'EISDIR') return unavailable('file', `${path} is no ordinary file`);
    return failed('request', code, `${path}: ${errnoMessage(code)}`);
  }
}

function readKernelClock(clock: Clock, native: NativeOutcome): ReturnType<LocalSystem['kernelClock']> {
  if (native.kind === 'absent') return unavailable('native-sockets', native.because);
  const read = native.sockets.clockState();
  if (typeof read !== 'number') return measured({ ...read, processMs: clock.wallMs() });
  const code = errnoName(-read);
  // Containers can forbid the call whole (seccomp), though it only reads.
  if (code === 'EPERM') return unavailable('root', 'the system does not let this process call adjtimex');
  return failed('request', code, `adjtimex: ${errnoMessage(code)}`);
}

async function runTool(
  tools: ToolProcesses,
  { file, args, timeoutMs = LOCAL_TOOL_MS, signal }: LocalTool,
): Promise<Attempt<LocalToolOutput>> {
  const lines: string[] = [];
  const path = await whereIs(file);
  if (path === null) return unavailable('tool', `${file} is not installed`);
  const end = await tools.run(
    { file: path, args, timeoutMs, maximumBytes: TOOL_LIMIT_BYTES, longestLine: TOOL_LIMIT_BYTES, signal },
    (line) => lines.push(line),
  );
  switch (end.kind) {
    case 'absent':
      return unavailable('tool', `${file} is not installed`);
    case 'forbidden':
      return unavailable('root', `the system does not let this user run ${file}`);
    case 'interrupted':
      return skipped('interrupted');
    case 'ran':
      if (end.cut) return unanswered('response', timeoutMs);
      return measured({ stdout: lines.map((line) => `${line}\n`).join(''), stderr: end.stderr, exitCode: end.exitCode });
  }
}

/** The program in the folders of PATH, then in those of the administrator; `null` where it is in none. On Windows its name as it is. */
async function whereIs(file: string): Promise<string | null> {
  if (process.platform === 'win32' || file.includes('/')) return file;
  const first = process.platform === 'darwin' ? FOLDERS_OF_DARWIN : [];
  for (const folder of [...first, ...(process.env['PATH'] ?? '').split(delimiter), ...ADMINISTRATOR_FOLDERS]) {
    const path = join(folder, file);
    if (folder.startsWith('/') && (await isProgram(path))) return path;
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, 1);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
