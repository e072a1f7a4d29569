import { describe, expect, it } from 'vitest';
import { oneLine, usageProblem } from '../../src/cli/problems.js';
import { progressText } from '../../src/cli/progress.js';
import { UsageError } from '../../src/cli/usage-error.js';

const COMMAND = { id: 'latency', flags: ['count', 'c', 'interval', 'json'] };

/** An error as oclif throws it: known by the name of its class. */
function oclifError(name: string, message: string, fields: object = {}): Error {
  const holder = { [name]: class extends Error {} };
  const Class = holder[name] as new (message: string) => Error;
  return Object.assign(new Class(message), fields);
}

describe('usageProblem', () => {
  it('keeps the words of a usage error, whatever was written into its message since', () => {
    const error = new UsageError('--count "0": must be a whole number');
    error.message = 'Parsing --count \n\t…\nSee more help with --help';
    expect(usageProblem(error, COMMAND)).toBe('--count "0": must be a whole number');
  });

  it.each([
    [['--cuont'], '"--cuont": latency has no such flag; did you mean --count?'],
    [['--password=hunter2'], '"--password": latency has no such flag; see netdiag latency --help'],
    [['-x'], '"-x": latency has no such flag; see netdiag latency --help'],
  ])('names an unknown flag without its value: %j', (flags, line) => {
    expect(usageProblem(oclifError('NonExistentFlagsError', 'Nonexistent flag: …', { flags }), COMMAND)).toBe(line);
  });

  it.each([
    ['CLIError', 'Flag --count expects a value', '--count: a value is missing'],
    ['CLIError', 'Flag --count can only be specified once', '--count: it can be given only once'],
    ['FailedFlagValidationError', 'The following error occurred:\n  bad\nSee more help with --help', 'The following error occurred: bad'],
  ])('puts a %s into one line', (name, message, line) => {
    expect(usageProblem(oclifError(name, message), COMMAND)).toBe(line);
  });

  it('names an argument that is too much', () => {
    expect(usageProblem(oclifError('UnexpectedArgsError', '…', { args: ['a b'] }), COMMAND)).toBe(
      '"a b": latency takes no such argument; see netdiag latency --help',
    );
  });

  it('takes everything else for a fault of netdiag', () => {
    for (const error of [new Error('x'), new TypeError('x'), 'x', null]) expect(usageProblem(error, COMMAND)).toBeNull();
  });
});

it('oneLine has no line ends and no control characters', () => {
  expect(oneLine(' a\r\n  b\u001b[0m\n')).toBe('a b\\x1b[0m');
});

describe('progressText', () => {
  it('says how far, and what is waited for', () => {
    expect(progressText({ label: 'loss a.example', done: 3, total: 8 }, 80)).toBe('3/8 loss a.example');
  });

  it('stays on one line and escapes', () => {
    const text = progressText({ label: `\u001b[2J\n${'x'.repeat(200)}`, done: 1, total: 2 }, 40);
    expect(text).toHaveLength(36);
    expect(text).toMatch(/^1\/2 \\x1b\[2J\\x0ax+\.\.\.$/);
  });
});
