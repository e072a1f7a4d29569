import { fileURLToPath } from 'node:url';
import { reportInternalError } from './internal-error.js';
import { type Manifest, type ManifestCommand, PACKAGE_ROOT, packageVersion, readManifest } from './manifest.js';
import { nearest } from './nearest.js';
import { quotedValue } from './quoted-value.js';
import { renderRootHelp, renderTopicHelp } from './root-help.js';
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
  if (readRequest(argv).kind === 'version') return writeWhole(process.stdout, `netdiag ${packageVersion()}\n`);
  const manifest = readManifest();
  const request = readRequest(withTopic(argv, manifest));
  if (request.kind === 'version') return;
  if (request.kind === 'root-help') return writeWhole(process.stdout, renderRootHelp(manifest, helpWidth()));
  const ofTopic = commandsOf(request.command, manifest);
  if (ofTopic.length > 0 && request.kind === 'command-help') {
    return writeWhole(process.stdout, renderTopicHelp(request.command, ofTopic, helpWidth()));
  }
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

/**
 * With the two words of a command that belongs to others as one: `config check` is `config:check` in the manifest. Behind `help` too. A second
 * word that none of them has stays apart, unless it is all that there is: then it is the name of none.
 */
export function withTopic(argv: readonly string[], manifest: Manifest): readonly string[] {
  const at = argv[0] === 'help' ? 1 : 0;
  const [topic, name] = [argv[at], argv[at + 1]];
  if (topic === undefined || name === undefined || name.startsWith('-') || commandsOf(topic, manifest).length === 0) return argv;
  return [...argv.slice(0, at), `${topic}:${name}`, ...argv.slice(at + 2)];
}

/** The commands of which it is the first word. */
function commandsOf(topic: string, { commands }: Manifest): ManifestCommand[] {
  return Object.values(commands).filter(({ id }) => id.startsWith(`${topic}:`));
}

/** One line for a command that does not exist. */
export function unknownCommand(typed: string, manifest: Manifest): string {
  const word = commandsOf(typed.split(':')[0] ?? '', manifest).length > 0 ? typed.replace(':', ' ') : typed;
  const shown = Object.values(manifest.commands).filter((command) => command.hidden !== true);
  const names = shown.map((command) => command.id.replaceAll(':', ' '));
  const ofTopic = commandsOf(typed, manifest);
  if (ofTopic.length > 0)
    return `${quotedValue(word)}: a command must follow; there are ${ofTopic.map(({ id }) => id.replace(':', ' ')).join(', ')}`;
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
