import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LocalSystem } from '../../src/net/local-port.js';
import { windowsQuestion, windowsTool } from '../../src/net/machine/windows-question.js';
import { type FakeMachine, fakeLocalSystem } from './local-system.js';

const MACHINES = fileURLToPath(new URL('../machines', import.meta.url));

/**
 * What was recorded of a macOS or Windows machine in `test/machines/NAME/tools.txt`: a line `$ COMMAND` before each output, `# exit N` at
 * its end where it failed. `$ powershell links` and `$ powershell rest` stand for our two questions; other tools of Windows have their
 * names alone, and `$ cat FILE` is a file. `changes` overrides or, with `null`, takes away.
 */
export function recordedMachine(name: string, changes: Record<string, string | null> = {}): LocalSystem & { ran: string[] } {
  const platform = name.startsWith('windows') ? 'win32' : 'darwin';
  const recorded = new Map<string, string | null>(Object.entries(recordedTools(name)));
  for (const [line, output] of Object.entries(changes)) recorded.set(line, output);
  const tools: NonNullable<FakeMachine['tools']> = {};
  const files: NonNullable<FakeMachine['files']> = {};
  for (const [line, text] of recorded) {
    if (text === null) continue;
    if (line.startsWith('cat ')) {
      files[line.slice(4)] = text;
      continue;
    }
    const [, body = '', status] = /^(.*?)(?:# exit (\d+)\n)?$/s.exec(text) ?? [];
    // As the port hands over what programs write: bytes as Latin-1.
    const stdout = Buffer.from(body, 'utf8').toString('latin1');
    tools[platform === 'win32' ? windowsLine(line) : line] = { stdout, stderr: '', exitCode: Number(status ?? 0) };
  }
  return fakeLocalSystem({ platform, userId: platform === 'win32' ? null : 501, tools, files });
}

export function recordedTools(name: string): Record<string, string> {
  const path = `${MACHINES}/${name}/tools.txt`;
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  const tools: Record<string, string> = {};
  let line: string | null = null;
  for (const text of readFileSync(path, 'utf8').split(/(?<=\n)/)) {
    if (text.startsWith('$ ')) {
      line = text.slice(2).trim();
      tools[line] = '';
    } else if (line !== null) tools[line] += text;
  }
  return tools;
}

function windowsLine(line: string): string {
  const nowhere = { environment: {} };
  const [tool = '', part, ...rest] = line.split(' ');
  if (tool === 'powershell' && (part === 'links' || part === 'rest')) {
    const { file, args } = windowsQuestion(nowhere, part);
    return [file, ...args].join(' ');
  }
  return [windowsTool(nowhere, tool), ...(part === undefined ? [] : [part, ...rest])].join(' ');
}
