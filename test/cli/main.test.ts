import { describe, expect, it } from 'vitest';
import { readRequest, type StartRequest, unknownCommand } from '../../src/cli/main.js';

describe('readRequest', () => {
  it.each<[string[], StartRequest]>([
    [[], { kind: 'root-help' }],
    [['--help'], { kind: 'root-help' }],
    [['-h', 'latency'], { kind: 'root-help' }],
    [['help'], { kind: 'root-help' }],
    [['help', 'dns'], { kind: 'command-help', command: 'dns' }],
    [['--version'], { kind: 'version' }],
    [['-v'], { kind: 'version' }],
    [['latency', 'host', '--help'], { kind: 'command-help', command: 'latency' }],
    [['latency', '--', '--help'], { kind: 'command', command: 'latency', argv: ['--', '--help'] }],
    [['latency', 'host', '-c', '3'], { kind: 'command', command: 'latency', argv: ['host', '-c', '3'] }],
  ])('%j', (argv, request) => {
    expect(readRequest(argv)).toEqual(request);
  });
});

describe('unknownCommand', () => {
  const manifest = { version: '1', commands: { latency: { id: 'latency' }, dns: { id: 'dns' }, inner: { id: 'inner', hidden: true } } };

  it.each([
    ['latncy', '"latncy": no such command; did you mean latency?'],
    ['example.net', '"example.net": no such command; netdiag full-report TARGET looks at a target'],
    ['frobnicate', '"frobnicate": no such command; there are dns, latency'],
    ['innr', '"innr": no such command; there are dns, latency'],
    ['--token=secret', '"--token": a command must come first; netdiag --help lists them'],
    ['\u001b[2J', '"\\x1b[2J": no such command; there are dns, latency'],
  ])('%j', (word, line) => {
    expect(unknownCommand(word, manifest)).toBe(line);
  });
});
