import { describe, expect, it } from 'vitest';
import { INTERNAL } from '../../src/model/failure-code.js';
import type { Report } from '../../src/model/report.js';
import { renderGithub, withoutWorkflowCommands } from '../../src/render/github.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { check, healthy, oneFault, partial, REPORTS } from '../fakes/reports.js';
import { actingCharacter } from './readers.js';

interface Command {
  command: string;
  properties: Record<string, string>;
  message: string;
}

/** As the runner of GitHub reads a line of a log: the newer syntax at its beginning, the older anywhere in it. */
function readCommand(line: string): Command | 'old syntax' | null {
  const found = /^::([A-Za-z-]+)(?: (.*?))?::(.*)$/.exec(line.trimStart());
  if (found === null) return /##\[[^\]]+\]/.test(line) ? 'old syntax' : null;
  const [, command = '', written = '', message = ''] = found;
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const property = (text: string) => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
  const pairs = written.split(',').map((pair) => pair.split('=', 2));
  return {
    command,
    message: data(message),
    properties: Object.fromEntries(pairs.map(([name = '', value = '']) => [name, property(value)])),
  };
}

function read(report: Report): Command[] {
  const lines = renderGithub(report).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const command = readCommand(line);
    if (command === null || command === 'old syntax') throw new Error(`no command: ${line}`);
    return command;
  });
}

describe('annotations of GitHub', () => {
  it('are none where nothing is wrong', () => {
    expect(renderGithub(healthy())).toBe('');
  });

  it('are the cause first, then what no cause explains', () => {
    expect(read(oneFault())).toEqual([
      {
        command: 'error',
        properties: { title: 'netdiag: mtu-blackhole (app.example.net:443)' },
        message: [
          'Cause: Packets over 1400 bytes vanish on the way to app.example.net:443, and no router says so. (mtu-blackhole)',
          'Sure: 96 %.',
          'Do: ip link set dev eth0 mtu 1400',
          'Seen: path MTU: 1400 bytes, and 1401 vanish without a word',
        ].join('\n'),
      },
      {
        command: 'warning',
        properties: { title: 'netdiag: dns-slow (app.example.net:443)' },
        message: [
          'name resolution: 198.51.100.7, 412 ms',
          'Expected: under 100 ms',
          'Do: run a caching resolver on this machine, or name a nearer one in /etc/resolv.conf',
        ].join('\n'),
      },
    ]);
  });

  it('say so where a run was interrupted, where nothing could be judged, and where netdiag itself failed', () => {
    expect(read(partial())).toMatchObject([{ command: 'warning', properties: { title: 'netdiag: interrupted' } }]);
    const conclusion = { kind: 'undetermined', text: 'Nothing could be judged.', notLookedAt: ['latency: no sockets'] } as const;
    const undetermined = {
      ...healthy(),
      checks: [],
      verdict: 'warn' as const,
      conclusion: { ...conclusion, notLookedAt: [...conclusion.notLookedAt] },
    };
    expect(read(undetermined)).toMatchObject([
      {
        command: 'warning',
        properties: { title: 'netdiag: undetermined' },
        message: 'Nothing could be judged.\nNot looked at: latency: no sockets',
      },
    ]);
    const attempt = { kind: 'failed', step: 'configure', code: INTERNAL, message: 'x is not a function' } as const;
    const measurements = healthy().measurements.map((entry) => (entry.probe === 'mtu' ? { ...entry, attempt } : entry));
    expect(read({ ...healthy(), measurements })).toMatchObject([{ command: 'error', properties: { title: 'netdiag: internal error' } }]);
  });

  it('are ten of a level, the last of which says how many there are more', () => {
    const checks = Array.from({ length: 25 }, (_, index) =>
      check(`l4.port@192.0.2.7/${index}`, { layer: 4, title: `TCP ${index}`, status: 'fail', code: 'port-closed', observed: 'closed' }),
    );
    const commands = read({ ...healthy(), verdict: 'fail', checks });
    expect(commands).toHaveLength(10);
    expect(commands.at(-1)).toMatchObject({ command: 'error', properties: { title: 'netdiag: 16 more' } });
  });

  it('are one command a line whatever an adversary says, and nothing that acts on a terminal', () => {
    for (const report of [...Object.values(REPORTS).map((make) => make()), reportOf(HOSTILE_TEXTS), reportOf(ANY_TEXTS)]) {
      for (const { command, properties } of read(report)) {
        expect(['error', 'warning']).toContain(command);
        expect(Object.keys(properties)).toEqual(['title']);
        expect(properties['title']).toMatch(/^netdiag: /);
      }
      expect(actingCharacter(renderGithub(report))).toBeNull();
    }
  });
});

describe('a table in the log of a job', () => {
  it.each([
    ['::error::FAKE', ': :error::FAKE'],
    ['a\n   ::add-mask::x\nb', 'a\n   : :add-mask::x\nb'],
    ['::error file=a b,line=1::FAKE', ': :error file=a b,line=1::FAKE'],
    ['  banner ##[error]FAKE', '  banner # #[error]FAKE'],
    ['::Stop-Commands::x', ': :Stop-Commands::x'],
  ])('%j is no command any more', (text, defused) => {
    expect(
      text
        .split('\n')
        .map(readCommand)
        .some((command) => command !== null),
    ).toBe(true);
    expect(withoutWorkflowCommands(text)).toBe(defused);
    expect(defused.split('\n').map(readCommand)).toEqual(defused.split('\n').map(() => null));
  });

  it.each(['::1', '  ::1  21.3 ms', '::ffff:192.0.2.1 and ::1', 'fe80::1 ::2', 'a ::error::b', '# # [x]'])('%j stays as it is', (text) => {
    expect(withoutWorkflowCommands(text)).toBe(text);
  });

  it('takes no more time for long lines', () => {
    const started = performance.now();
    withoutWorkflowCommands(`${' '.repeat(200_000)}::a ${'::'.repeat(1)}${'x '.repeat(100_000)}`);
    withoutWorkflowCommands(' :'.repeat(200_000));
    withoutWorkflowCommands('::a '.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
