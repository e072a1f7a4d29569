import { fileURLToPath } from 'node:url';
import { reportInternalError } from './internal-error.js';
import { type Manifest, PACKAGE_ROOT, packageVersion, readManifest } from './manifest.js';
import { nearest } from './nearest.js';
import { quotedValue } from './quoted-value.js';
import { renderRootHelp } from './root-help.js';
import { endProcess, guardStreams, screenColumns, writeWhole } from './streams.js';
import { describeTerminal } from './terminal.js';

/**
 * The way in. What needs no command (version, help, a misspelt command) is answered from the manifest alone: loading oclif takes longer
 * than all of Node's own start. Ends the process.
 */
export async function main(argv: readonly string[]): Promise<never> {
  guardStreams();
  const fatal = (error: unknown) => {
    process.exitCode = 3;
    void reportInternalError(error).then(endProcess);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  try {
    await dispatch(argv);
  } catch (error) {
    process.exitCode = 3;
    await reportInternalError(error);
  }
  return endProcess();
}

async function dispatch(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  if (request.kind === 'version') return writeWhole(process.stdout, `netdiag ${packageVersion()}\n`);
  const manifest = readManifest();
  if (request.kind === 'root-help') return writeWhole(process.stdout, renderRootHelp(manifest, helpWidth()));
  if (!Object.hasOwn(manifest.commands, request.command)) {
    process.exitCode = 2;
    return writeWhole(process.stderr, `netdiag: ${unknownCommand(request.command, manifest)}\n`);
  }

  const [{ settings }, { Config }] = await Promise.all([import('@oclif/core/settings'), import('@oclif/core/config')]);
  // Otherwise oclif looks for TypeScript sources where NODE_ENV is "development" or "test", and for plugins in the user's home.
  settings.enableAutoTranspile = false;
  const config = await Config.load({ root: fileURLToPath(PACKAGE_ROOT), devPlugins: false, userPlugins: false });
  if (request.kind === 'command-help') {
    const { default: Help } = await import('./help.js');
    return new Help(config).showHelp([request.command]);
  }
  await config.runCommand(request.command, request.argv);
}

export type StartRequest =
  | { kind: 'version' }
  | { kind: 'root-help' }
  | { kind: 'command-help'; command: string }
  | { kind: 'command'; command: string; argv: string[] };

/** What the command line asks for, as far as that can be told without knowing any command. */
export function readRequest(argv: readonly string[]): StartRequest {
  const [first, ...rest] = argv;
  if (first === undefined || isHelpFlag(first)) return { kind: 'root-help' };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === 'help') {
    const about = rest.find((argument) => !argument.startsWith('-'));
    return about === undefined ? { kind: 'root-help' } : { kind: 'command-help', command: about };
  }
  const end = rest.indexOf('--');
  const flags = end < 0 ? rest : rest.slice(0, end);
  if (flags.some(isHelpFlag)) return { kind: 'command-help', command: first };
  return { kind: 'command', command: first, argv: rest };
}

function isHelpFlag(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

/** One line for a command that does not exist. */
export function unknownCommand(word: string, manifest: Manifest): string {
  const names = Object.keys(manifest.commands);
  if (word.startsWith('-')) return `${quotedValue(word.split('=', 1)[0] ?? '')}: a command must come first; netdiag --help lists them`;
  const near = nearest(word, names);
  if (near !== null) return `${quotedValue(word)}: no such command; did you mean ${near}?`;
  const looksLikeTarget = /[.:]/.test(word);
  if (looksLikeTarget) return `${quotedValue(word)}: no such command; netdiag full-report TARGET looks at a target`;
  return `${quotedValue(word)}: no such command; there are ${names.sort().join(', ')}`;
}

function helpWidth(): number {
  const { env, platform, stdout } = process;
  return Math.min(100, describeTerminal({ env, platform, isTTY: stdout.isTTY, columns: screenColumns() }, { noColor: true }).width);
}
