import { escapeText } from '../render/escape.js';
import { nearest } from './nearest.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

/** What a command knows of itself when its command line turns out wrong. */
export interface CommandFacts {
  id: string;
  /** Names of the flags, without dashes; one letter for the short ones. */
  flags: readonly string[];
}

/**
 * The one line for an error that the command line caused, without the leading `netdiag: `; `null` where the error is netdiag's own. oclif
 * tells its errors apart by class name only, and its texts have several lines.
 */
export function usageProblem(error: unknown, command: CommandFacts): string | null {
  if (error instanceof UsageError) return error.problem;
  if (!(error instanceof Error)) return null;
  switch (error.constructor.name) {
    case 'NonExistentFlagsError':
      return unknownFlag(strings(error, 'flags')[0] ?? '', command);
    case 'UnexpectedArgsError':
      return `${quotedValue(strings(error, 'args')[0] ?? '')}: ${command.id} takes no such argument; see netdiag ${command.id} --help`;
    case 'RequiredArgsError':
      return `${command.id} needs a ${argumentName(error)}; see netdiag ${command.id} --help`;
    case 'FailedFlagValidationError':
    case 'FlagInvalidOptionError':
    case 'ArgInvalidOptionError':
      return oneLine(error.message);
    case 'CLIError':
      return oneLine(
        error.message
          .replace(/^Flag (--\S+) expects a value$/, '$1: a value is missing')
          .replace(/^Flag (--\S+) can only be specified once$/, '$1: it can be given only once'),
      );
    default:
      return null;
  }
}

/** Without control characters and line ends. */
export function oneLine(text: string): string {
  return escapeText(
    text
      .replace(/\nSee more help with --help$/, '')
      .replace(/\s*[\r\n]+\s*/g, ' ')
      .trim(),
  );
}

function unknownFlag(argument: string, command: CommandFacts): string {
  // What follows "=" is a value, which may be anything, a password too.
  const name = argument.split('=', 1)[0] ?? '';
  const long = name.startsWith('--');
  const known = command.flags.filter((flag) => flag.length > 1);
  const near = long ? nearest(name.slice(2), known) : null;
  const hint = near === null ? `see netdiag ${command.id} --help` : `did you mean --${near}?`;
  return `${quotedValue(name)}: ${command.id} has no such flag; ${hint}`;
}

function argumentName(error: Error): string {
  const args: unknown = 'args' in error ? error.args : [];
  const first: unknown = Array.isArray(args) ? args[0] : undefined;
  return typeof first === 'object' && first !== null && 'name' in first ? String(first.name).toUpperCase() : 'argument';
}

function strings(error: Error, key: string): string[] {
  const value: unknown = (error as unknown as Record<string, unknown>)[key];
  return Array.isArray(value) ? value.map(String) : [];
}
