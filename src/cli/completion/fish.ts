import type { Offer } from '../offer.js';
import { allNodes, type CompletionFlag, type CompletionModel, type CompletionNode } from './model.js';

/**
 * For fish 3.0 or newer. A command is known by its place: fish's own `__fish_seen_subcommand_from` takes `ports` in `netdiag ports host` for
 * `host` as well. fish evaluates each condition once a completion, and there are as many as commands.
 */
export function renderFish({ version, root }: CompletionModel): string {
  return `# Completion of netdiag ${version} for fish: made by \`netdiag completion fish\`, anew with each version of netdiag.

${HELPERS}
complete -c netdiag -e
complete -c netdiag -f
${allNodes(root).flatMap(linesOf).join('\n')}
`;
}

const HELPERS = `# Whether the words behind netdiag are exactly these.
function __netdiag_at
    set -l words (commandline -opc)
    set -e words[1]
    test "$words" = "$argv"
end

# Whether they begin with these.
function __netdiag_in
    set -l words (commandline -opc)
    set -e words[1]
    set -l number (count $argv)
    test (count $words) -ge $number; and test "$words[1..$number]" = "$argv"
end

# Words for the last place of a list with commas.
function __netdiag_list
    set -l typed (commandline -ct | string replace -r '^-[^=]*=' '' | string replace -r '[^,]*$' '')
    set -l given (string split , -- $typed)
    for word in $argv
        contains -- $word $given; or echo $typed$word
    end
end

function __netdiag_interfaces
    for path in /sys/class/net/*
        string replace -r '.*/' '' -- $path | string match -r '^[A-Za-z0-9][A-Za-z0-9_.:@-]*$'
    end
end

# netdiag is asked only where there is a configuration.
function __netdiag_targets
    set -l words (commandline -opc)
    set -l config (string replace -rf '^--config=' '' -- $words)
    if set -l place (contains -i -- --config $words)
        set config $words[(math $place + 1)]
    end
    set -l arguments
    if test -n "$config[1]"
        set arguments --config $config[1]
    else if test -z "$NETDIAG_CONFIG"
        set -l folder $PWD
        while not test -e $folder/netdiag.yaml; and not test -e $folder/netdiag.yml; and not test -e $folder/netdiag.json
            test -z "$folder"; and return
            set folder (string replace -r '/[^/]*$' '' -- $folder)
        end
    end
    command netdiag completion --targets $arguments 2>/dev/null </dev/null | string match -r '^[A-Za-z0-9][A-Za-z0-9_-]*$'
end
`;

function linesOf(node: CompletionNode): string[] {
  const inside = node.path.length === 0 ? '__netdiag_at' : `'__netdiag_in ${node.path.join(' ')}'`;
  const exactly = node.path.length === 0 ? '__netdiag_at' : `'__netdiag_at ${node.path.join(' ')}'`;
  const children = node.children.map(({ path, text }) => `complete -c netdiag -n ${exactly} -a ${path.at(-1)} -d ${quoted(text)}`);
  const flags = node.flags.map((flag) => `complete -c netdiag -n ${inside} ${flagWords(flag)} -d ${quoted(flag.text)}`);
  const words = node.argument === null ? '' : offerWords(node.argument.offer);
  return ['', ...children, ...flags, ...(words === '' ? [] : [`complete -c netdiag -n ${inside} ${words}`])];
}

function flagWords({ names, value }: CompletionFlag): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  if (value === null) return spelt.join(' ');
  // -x: a value must follow, and it is no file.
  const needs = value.offer.from === 'files' ? '-r' : '-x';
  return [...spelt, needs, offerWords(value.offer)].filter((part) => part !== '').join(' ');
}

const SOURCES = { files: '', interfaces: '(__netdiag_interfaces)', variables: '(set -nx)', targets: '(__netdiag_targets)' } as const;

function offerWords({ words, list, from }: Offer): string {
  const known = words.length === 0 ? '' : list === true ? `(__netdiag_list ${words.join(' ')})` : words.join(' ');
  const all = [known, from === undefined ? '' : SOURCES[from]].filter((part) => part !== '').join(' ');
  return [from === 'files' ? '-F' : '', all === '' ? '' : `-a ${quoted(all)}`].filter((part) => part !== '').join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
