import type { Offer } from '../offer.js';
import { allNodes, type CompletionFlag, type CompletionModel, type CompletionNode, type CompletionValue } from './model.js';

/**
 * For zsh 5.0 or newer: a file `_netdiag` in a folder of `fpath`, or text for `source <(…)` behind `compinit`. The work is `_arguments`'; of
 * zsh's own functions none is used that starts a program (`_hosts` and `_net_interfaces` do).
 */
export function renderZsh({ version, root }: CompletionModel): string {
  return `#compdef netdiag
# Completion of netdiag ${version} for zsh: made by \`netdiag completion zsh\`, anew with each version of netdiag.

${HELPERS}
${allNodes(root).map(nodeFunction).join('\n')}
if [[ $funcstack[1] == _netdiag ]]; then
  _netdiag "$@"
elif (( $+functions[compdef] )); then
  compdef _netdiag netdiag
else
  print -ru2 -- 'netdiag: completion needs compinit: "autoload -Uz compinit && compinit" must stand before this in .zshrc'
fi
`;
}

const HELPERS = `__netdiag_interfaces() {
  local -a found expl
  found=(/sys/class/net/*(N:t))
  _wanted interfaces expl 'network interface' compadd -a found
}

__netdiag_variables() {
  local -a found expl
  found=(\${(k)parameters[(R)*export*]})
  _wanted parameters expl 'variable of the environment' compadd -a found
}

# Words, and files as well.
__netdiag_words_and_files() {
  local -a expl
  local ret=1
  _wanted values expl value compadd -- "$@" && ret=0
  _files && ret=0
  return ret
}

# netdiag is asked only where there is a configuration.
__netdiag_targets() {
  local -a found expl arguments
  local folder=$PWD
  if [[ -n $opt_args[--config] ]]; then
    arguments=(--config \${(Q)opt_args[--config]})
  elif [[ -z \${NETDIAG_CONFIG-} ]]; then
    until [[ -e $folder/netdiag.yaml || -e $folder/netdiag.yml || -e $folder/netdiag.json ]]; do
      [[ $folder == / ]] && return 1
      folder=\${folder:h}
    done
  fi
  found=(\${(f)"$(command netdiag completion --targets $arguments 2> /dev/null < /dev/null)"})
  found=(\${(M)found:#[A-Za-z0-9][A-Za-z0-9_-]#})
  _wanted targets expl 'configured target' compadd -a found
}
`;

function nameOf({ path }: CompletionNode): string {
  return ['_netdiag', ...path].join('_');
}

function nodeFunction(node: CompletionNode): string {
  const flags = node.flags.flatMap(flagSpecs);
  if (node.children.length === 0) {
    // A command that takes no word behind it still has a place for one: otherwise zsh would say that there is nothing to complete at all.
    const words = node.argument === null ? [] : [quoted(`*${valueSpec(node.argument)}`)];
    const lines = ['_arguments -s -S :', ...flags, ...words];
    return `${nameOf(node)}() {\n  ${flags.length + words.length === 0 ? 'return 1' : lines.join(' \\\n    ')}\n}\n`;
  }
  const described = node.children.map(({ path, text }) => `    ${quoted(`${path.at(-1)}:${text}`)}`);
  const cases = node.children.map((child) => `      (${child.path.at(-1)}) ${nameOf(child)} && ret=0 ;;`);
  return `${nameOf(node)}() {
  local curcontext="$curcontext" context state state_descr line ret=1
  typeset -A opt_args
  local -a commands
  ${['_arguments -s -S -C :', ...flags, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')} && ret=0
  if [[ $state == command ]]; then
    commands=(
${described.join('\n')}
    )
    _describe -t commands 'netdiag command' commands && ret=0
  elif [[ $state == rest ]]; then
    curcontext="\${curcontext%:*}-$words[1]:"
    case $words[1] in
${cases.join('\n')}
    esac
  fi
  return ret
}
`;
}

/** One for each name: `'(-c --count)--count=[how many probes]:number: '`. */
function flagSpecs({ names, text, value, repeated, spends }: CompletionFlag): string[] {
  const before = repeated ? '*' : spends.length > 1 ? `(${spends.join(' ')})` : '';
  return names.map((name) => {
    // "=": the value stands behind it or in the next word; "+": right behind the letter or in the next word.
    const joint = value === null ? '' : name.startsWith('--') ? '=' : '+';
    return quoted(`${before}${name}${joint}[${bracketed(text)}]${value === null ? '' : valueSpec(value)}`);
  });
}

/** `:format:(table json)`. A space in place of an action: it can be anything. */
function valueSpec({ name, offer }: CompletionValue): string {
  return `:${name.replaceAll(':', ' ')}:${actionOf(offer, name)}`;
}

const SOURCES = {
  files: '_files',
  interfaces: '__netdiag_interfaces',
  variables: '__netdiag_variables',
  targets: '__netdiag_targets',
} as const;

function actionOf({ words, list, from }: Offer, name: string): string {
  if (words.length === 0) return from === undefined ? ' ' : SOURCES[from];
  // The space keeps zsh from adding arguments of its own.
  if (from !== undefined) return ` __netdiag_words_and_files ${words.join(' ')}`;
  if (list === true) return `_values -s , ${name} ${words.join(' ')}`;
  return `(${words.map((word) => word.replaceAll(':', '\\:')).join(' ')})`;
}

/** `[` and `]` end the text of a flag, and a backslash means something in it. */
function bracketed(text: string): string {
  return text.replaceAll('[', '(').replaceAll(']', ')').replaceAll('\\', '/');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
