import type { Manifest, ManifestCommand, ManifestFlag } from '../manifest.js';
import type { Offer } from '../offer.js';
import { briefly } from './brief-text.js';

/** What the scripts of all shells are made from. */
export interface CompletionModel {
  version: string;
  /** `netdiag` itself. */
  root: CompletionNode;
}

/** A word that others can follow: `netdiag`, a command, or a topic with commands below it. */
export interface CompletionNode {
  /** The words behind `netdiag`: `[]`, `['dns']`, `['config', 'check']`. */
  path: readonly string[];
  text: string;
  children: readonly CompletionNode[];
  flags: readonly CompletionFlag[];
  /** Of each further word; `null` where none can follow. */
  argument: CompletionValue | null;
}

export interface CompletionFlag {
  /** With their dashes, the long one first: `--count`, `-c`. */
  names: readonly string[];
  text: string;
  /** `null`: it takes none. */
  value: CompletionValue | null;
  repeated: boolean;
  /** Flags that are of no use any more once this one was given, itself among them. Empty where it may be repeated. */
  spends: readonly string[];
}

export interface CompletionValue {
  /** What the help calls it: `number`. */
  name: string;
  offer: Offer;
}

const NOTHING: Offer = { words: [] };
const FILES: Offer = { words: [], from: 'files' };

/** By the placeholder that the help shows, where the flag itself says nothing. */
const BY_PLACEHOLDER: Readonly<Record<string, Offer>> = {
  file: FILES,
  folder: FILES,
  variable: { words: [], from: 'variables' },
};

/** By the name of an argument, except {@link TAKEN_BY_NAME} and those that the caller knows of. */
const BY_ARGUMENT: Readonly<Record<string, Offer>> = {
  file: FILES,
  manifest: FILES,
  report: FILES,
  before: FILES,
  after: FILES,
};

/** Arguments that can be the name of a configured target, where the command reads a configuration. */
const TAKEN_BY_NAME: readonly string[] = ['target', 'name'];

/** Whatever stands in one word of a shell without quotes, and is no pattern. All that scripts insert is of this kind. */
const PLAIN_WORD = /^[A-Za-z0-9][\w.:@%+,/-]*$/;

/**
 * What can be typed behind `netdiag`, in the order of the manifest. What is hidden is left out.
 *
 * @param argumentWords by command id: words for its argument that are not in the manifest
 */
export function completionModel(manifest: Manifest, argumentWords: Readonly<Record<string, readonly string[]>>): CompletionModel {
  const shown = Object.values(manifest.commands).filter((command) => command.hidden !== true);
  const commands = nodesBelow([], shown, argumentWords);
  const help: CompletionNode = {
    path: ['help'],
    text: 'the flags and examples of a command',
    children: namesOnly(['help'], commands),
    flags: [],
    argument: null,
  };
  const root: CompletionNode = {
    path: [],
    text: 'what is broken in the network, in which layer, and what to do about it',
    children: [...commands, help],
    flags: [HELP_FLAG, plainFlag(['--version', '-v'], 'print the version')],
    argument: null,
  };
  return { version: manifest.version, root };
}

/** A node and all that are below it. */
export function allNodes(node: CompletionNode): CompletionNode[] {
  return [node, ...node.children.flatMap(allNodes)];
}

const HELP_FLAG = plainFlag(['--help', '-h'], 'show help and end');

function plainFlag(names: readonly string[], text: string): CompletionFlag {
  return { names, text, value: null, repeated: false, spends: names };
}

function nodesBelow(
  path: readonly string[],
  commands: readonly ManifestCommand[],
  argumentWords: Readonly<Record<string, readonly string[]>>,
): CompletionNode[] {
  const below = commands
    .map((command) => ({ command, words: command.id.split(':') }))
    .filter(({ words }) => words.length > path.length && path.every((word, index) => words[index] === word));
  const names = [...new Set(below.map(({ words }) => words[path.length] ?? ''))];
  return names.map((name) => {
    const own = [...path, name];
    const command = below.find(({ words }) => words.length === own.length && words[path.length] === name)?.command;
    const children = nodesBelow(own, commands, argumentWords);
    return {
      path: own,
      text: briefly(command?.summary ?? children.map(({ path: words }) => words.at(-1)).join(', ')),
      children,
      flags: [...Object.values(command?.flags ?? {}).flatMap(flagsOf), HELP_FLAG],
      argument: command === undefined ? null : argumentOf(command, argumentWords[command.id]),
    };
  });
}

/** As they stand behind `netdiag help`. */
function namesOnly(above: readonly string[], nodes: readonly CompletionNode[]): CompletionNode[] {
  return nodes.map(({ path, text, children }) => {
    const own = [...above, path.at(-1) ?? ''];
    return { path: own, text, children: namesOnly(own, children), flags: [], argument: null };
  });
}

function flagsOf(flag: ManifestFlag): CompletionFlag[] {
  if (flag.hidden === true) return [];
  const names = [`--${flag.name}`, ...(flag.char === undefined ? [] : [`-${flag.char}`])];
  const text = briefly(flag.summary ?? flag.name);
  if (flag.type === 'option') {
    const name = (flag.helpValue ?? 'value').replace(/[<>]/g, '');
    const offer = plainWords(flag.offer ?? BY_PLACEHOLDER[name] ?? NOTHING);
    const repeated = flag.multiple === true;
    return [{ names, text, value: { name, offer }, repeated, spends: repeated ? [] : names }];
  }
  if (flag.allowNo !== true) return [plainFlag(names, text)];
  const spends = [...names, `--no-${flag.name}`];
  return [
    { names, text, value: null, repeated: false, spends },
    { names: [`--no-${flag.name}`], text: `the opposite of --${flag.name}`, value: null, repeated: false, spends },
  ];
}

function argumentOf(command: ManifestCommand, words: readonly string[] | undefined): CompletionValue | null {
  const argument = Object.values(command.args ?? {}).find(({ hidden }) => hidden !== true);
  if (argument === undefined) return null;
  const { name } = argument;
  if (words !== undefined) return { name, offer: plainWords({ words }) };
  if (TAKEN_BY_NAME.includes(name))
    return { name, offer: command.flags?.['config'] === undefined ? NOTHING : { words: [], from: 'targets' } };
  return { name, offer: BY_ARGUMENT[name] ?? NOTHING };
}

function plainWords(offer: Offer): Offer {
  return { ...offer, words: offer.words.filter((word) => PLAIN_WORD.test(word)) };
}
