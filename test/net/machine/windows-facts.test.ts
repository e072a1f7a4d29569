import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { skipped, unanswered } from '../../../src/model/attempt.js';
import type { LocalSystem, LocalTool } from '../../../src/net/local-port.js';
import { readWindows, whyUnknown } from '../../../src/net/machine/windows-facts.js';
import { WINDOWS_QUESTION_MS, windowsQuestion, windowsTool } from '../../../src/net/machine/windows-question.js';
import { fakeLocalSystem } from '../../fakes/local-system.js';
import { recordedMachine, recordedTools } from '../../fakes/recorded-machine.js';

const { signal } = new AbortController();

describe('the questions to PowerShell', () => {
  const scripts = (['links', 'rest'] as const).map((part) => windowsQuestion({ environment: {} }, part).args.at(-1) ?? '');
  const keys = scripts.map((script) => [...script.matchAll(/(?:^|;)[cq] '(\w+)'/g)].map((match) => match[1] ?? ''));

  it('are one line each without a double quote, which would have to be escaped, and short enough for any shell', () => {
    for (const script of scripts) {
      expect(script).not.toMatch(/["\r\n]/);
      expect(script.length).toBeLessThan(8000);
    }
  });

  it('have as many brackets that open as that close', () => {
    for (const script of scripts) {
      const bare = script.replace(/'[^']*'/g, '');
      for (const [open, close] of ['()', '{}', '[]'].map((pair) => pair.split(''))) {
        expect(bare.split(open ?? '').length, open).toBe(bare.split(close ?? '').length);
      }
    }
  });

  it('change nothing: no command but those that read', () => {
    const commands = new Set(scripts.flatMap((script) => script.match(/\b[A-Z][a-z]+-[A-Z]\w+/g) ?? []));
    const reading = ['ConvertTo-Json', 'ForEach-Object', 'Join-Path', 'New-Object', 'Select-Object', 'Sort-Object', 'Test-Path'];
    expect([...commands].filter((command) => !command.startsWith('Get-') && !reading.includes(command))).toEqual([]);
  });

  it('ask for each thing once, and for all that is read', () => {
    const asked = keys.flat();
    expect(new Set(asked).size).toBe(asked.length);
    const folder = fileURLToPath(new URL('../../../src/wire/windows', import.meta.url));
    const sources = readdirSync(folder);
    const read = sources.flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/windowsRows\(report, '(\w+)'\)/g)].map((match) => match[1]),
    );
    expect(new Set(read)).toEqual(new Set(asked));
  });

  it.each(['windows-11-wifi', 'windows-10-deutsch', 'windows-server-2019'])('%s was recorded with all of them', (name) => {
    const tools = recordedTools(name);
    const told = (['powershell links', 'powershell rest'] as const).map((line) =>
      Object.keys(JSON.parse((tools[line] ?? '').replace('\uFEFF', ''))),
    );
    expect(told.map((list) => list.sort())).toEqual(keys.map((list) => [...list].sort()));
  });

  it('load the modules of Windows PowerShell, whatever PowerShell started us', () => {
    for (const script of scripts) expect(script).toMatch(/^\$env:PSModulePath=\$PSHOME\+'\\Modules';/);
  });

  it('go to the program of the system, whatever lies in the current folder', () => {
    expect(windowsTool({ environment: { SystemRoot: 'D:\\WINNT' } }, 'arp.exe')).toBe('D:\\WINNT\\System32\\arp.exe');
    expect(windowsQuestion({ environment: {} }, 'links').file).toMatch(/^C:\\Windows\\System32\\.*\\powershell\.exe$/);
  });
});

describe('the answers', () => {
  function withTool(tool: LocalSystem['tool']): LocalSystem {
    return { ...fakeLocalSystem({ platform: 'win32' }), tool };
  }

  it('are asked for once, however many want them at the same time', async () => {
    const local = recordedMachine('windows-11-wifi');
    await Promise.all([readWindows(local, 'links', signal), readWindows(local, 'links', signal), readWindows(local, 'rest', signal)]);
    expect(local.ran).toHaveLength(2);
  });

  it('say why there is none', async () => {
    const because = async (tool: LocalSystem['tool']) => whyUnknown(await readWindows(withTool(tool), 'rest', signal), 'firewall');
    expect(await because(async () => unanswered('response', WINDOWS_QUESTION_MS))).toBe('PowerShell gave no answer within 6000 ms');
    expect(await because(async () => skipped('interrupted'))).toBe('interrupted');
    expect(await because(async () => ({ kind: 'measured', value: { stdout: '', stderr: '', exitCode: 5 } }))).toBe(
      'PowerShell ended with status 5: it may be blocked by a policy',
    );
    expect(await because(async () => ({ kind: 'measured', value: { stdout: '{}', stderr: '', exitCode: 0 } }))).toBe(
      'Windows does not tell it',
    );
    expect(whyUnknown(await readWindows(recordedMachine('windows-10-deutsch'), 'rest', signal), 'tcpListeners')).toBe(
      'Windows refuses it: HRESULT 0x80041003,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
    );
  });

  it('are waited for longer than those of other tools, and no longer than that', async () => {
    const asked: LocalTool[] = [];
    await readWindows(
      withTool(async (tool) => {
        asked.push(tool);
        return skipped('interrupted');
      }),
      'links',
      signal,
    );
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([WINDOWS_QUESTION_MS]);
    expect(asked[0]?.signal).toBe(signal);
  });
});
