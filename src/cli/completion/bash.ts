import type { Offer } from '../offer.js';
import { allNodes, type CompletionModel, type CompletionNode } from './model.js';

/**
 * For bash 3.2 (which macOS has) or newer, with or without the package bash-completion. bash cuts words at "=" and ":" too, so that the script
 * puts them together again; it starts no program but netdiag, evaluates nothing, and inserts only plain words.
 */
export function renderBash({ version, root }: CompletionModel): string {
  const nodes = allNodes(root);
  return `# Completion of netdiag ${version} for bash 3.2 or newer: made by \`netdiag completion bash\`, anew with each version of netdiag.

${HELPERS}
_netdiag() {
  local IFS=$' \\t\\n' words=() line=\${COMP_LINE:0:COMP_POINT} piece gap i
  COMPREPLY=()
  # bash cuts words at "=", ":" and their like: what has no blank before it belongs to the word before.
  for ((i = 0; i < COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    gap=\${line%%"$piece"*}
    line=\${line#*"$piece"}
    if ((i > 0)) && [[ -z $gap ]]; then
      words[\${#words[@]} - 1]+=$piece
    else
      words+=("$piece")
    fi
  done
  local current=\${line#"\${line%%[![:space:]]*}"} last=$((\${#words[@]} - 1))
  if ((last > 0)) && [[ $line == "$current" ]]; then
    current=\${words[last]}$current
    unset "words[last]"
    last=$((last - 1))
  fi
  # Behind a redirection stands a file.
  case \${words[last]-} in
    *'>' | *'<') return 0 ;;
  esac

  local command="" next=1
  while ((next <= last)); do
    case "$command \${words[next]}" in
      ${patterns(nodes.filter(({ path }) => path.length > 0).map((node) => keyOf(node)))}) command="$command \${words[next]}" ;;
      *) break ;;
    esac
    next=$((next + 1))
  done

  local flag="" value=$current before="" files="" ended=""
  for ((i = next; i <= last; i++)); do
    if [[ \${words[i]} == -- ]]; then ended=1; fi
  done
  if [[ -z $ended ]]; then
    if [[ $current == --*=* ]]; then
      flag=\${current%%=*} before=\${current%%=*}= value=\${current#*=}
    elif ((last >= next)); then
      flag=\${words[last]}
    fi
  fi
  case "$command $flag" in
${valueCases(nodes)}
    *) flag="" ;;
  esac
  if [[ -z $flag ]]; then
    value=$current before=""
    if [[ $current == -* && -z $ended ]]; then
      case $command in
${flagCases(nodes)}
      esac
    else
      case $command in
${wordCases(nodes)}
      esac
    fi
  fi

  # Without this, readline would go on to files where nothing else fits.
  if [[ -z $files ]] && ((BASH_VERSINFO[0] > 3)); then compopt +o default 2> /dev/null; fi
  # readline replaces what stands behind the last character that cuts words, and nothing before it.
  local breaks=\${COMP_WORDBREAKS//[[:space:]\\"\\']/} prefix=""
  if [[ -n $breaks ]]; then prefix=\${current%"\${current##*[$breaks]}"}; fi
  for ((i = 0; i < \${#COMPREPLY[@]}; i++)); do COMPREPLY[i]=\${COMPREPLY[i]#"$prefix"}; done
  return 0
}

complete -o default -F _netdiag netdiag
`;
}

/** They share the variables of `_netdiag`, which calls them. */
const HELPERS = `# Those of the words that begin like what was typed.
_netdiag_offer() {
  local word
  for word in "$@"; do
    if [[ $word == "$value"* ]]; then COMPREPLY+=("$before$word"); fi
  done
}

# The same for the last one of a list with commas.
_netdiag_list() {
  local word head=\${value%"\${value##*,}"}
  for word in "$@"; do
    if [[ $head$word == "$value"* && ,$head != *",$word,"* ]]; then COMPREPLY+=("$before$head$word"); fi
  done
  if ((BASH_VERSINFO[0] > 3)); then compopt -o nospace 2> /dev/null; fi
}

# Flags that were not given yet; a "+" behind one says that it may be repeated.
_netdiag_flags() {
  local word given=" \${words[*]} "
  for word in "$@"; do
    if [[ $word != *+ && ($given == *" $word "* || $given == *" $word="*) ]]; then continue; fi
    _netdiag_offer "\${word%+}"
  done
}

_netdiag_interfaces() {
  local path
  if [[ ! -d /sys/class/net ]]; then return 0; fi
  for path in /sys/class/net/*; do
    path=\${path##*/}
    if [[ $path =~ ^[A-Za-z0-9][A-Za-z0-9_.:@-]*$ ]]; then _netdiag_offer "$path"; fi
  done
}

_netdiag_variables() {
  local name
  for name in $(compgen -e); do _netdiag_offer "$name"; done
}

# netdiag is asked only where there is a configuration.
_netdiag_targets() {
  local folder=$PWD config="" given=\${NETDIAG_CONFIG-} i name
  for ((i = 1; i < \${#words[@]}; i++)); do
    case \${words[i]} in
      --config) config=\${words[i + 1]-} ;;
      --config=*) config=\${words[i]#--config=} ;;
    esac
  done
  if [[ -z $config && -z $given ]]; then
    until [[ -e $folder/netdiag.yaml || -e $folder/netdiag.yml || -e $folder/netdiag.json ]]; do
      if [[ -z $folder ]]; then return 0; fi
      folder=\${folder%/*}
    done
  fi
  for name in $(command netdiag completion --targets \${config:+--config "$config"} 2> /dev/null < /dev/null); do
    if [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9_-]*$ ]]; then _netdiag_offer "$name"; fi
  done
}
`;

/** ` config check`: as the script holds it. */
function keyOf({ path }: CompletionNode): string {
  return path.map((word) => ` ${word}`).join('');
}

function patterns(keys: readonly string[]): string {
  return keys.map((key) => `'${key}'`).join(' | ');
}

/**
 * What is offered for a value, by command and flag. What most commands mean by a flag has one pattern for all of them, behind those of the
 * others.
 */
function valueCases(nodes: readonly CompletionNode[]): string {
  const byFlag = new Map<string, { key: string; action: string }[]>();
  for (const node of nodes)
    for (const { names, value } of node.flags)
      for (const name of names) {
        const place = { key: keyOf(node), action: value === null ? NO_VALUE : actionOf(value.offer) };
        byFlag.set(name, [...(byFlag.get(name) ?? []), place]);
      }
  const [own, common] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const [name, places] of byFlag) {
    const usual = mostFrequent(places.map(({ action }) => action));
    for (const { key, action } of places) if (action !== usual) addTo(own, action, `'${key} ${name}'`);
    if (usual !== NO_VALUE) addTo(common, usual, `*' ${name}'`);
  }
  return [...own, ...common].map(([action, found]) => `    ${oneCase(found, action)}`).join('\n');
}

/** A flag that takes none: what is typed next stands for itself. */
const NO_VALUE = 'flag=""';

function mostFrequent(actions: readonly string[]): string {
  const count = (action: string) => actions.filter((other) => other === action).length;
  return [...new Set(actions)].sort((a, b) => count(b) - count(a))[0] ?? '';
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function oneCase(found: readonly string[], action: string): string {
  return `${found.join(' | ')})${action === '' ? '' : ` ${action}`} ;;`;
}

function flagCases(nodes: readonly CompletionNode[]): string {
  return nodes
    .filter(({ flags }) => flags.length > 0)
    .map((node) => {
      const names = node.flags.map(({ names: [long = ''], repeated }) => (repeated ? `${long}+` : long));
      return `        '${keyOf(node)}') _netdiag_flags ${names.join(' ')} ;;`;
    })
    .join('\n');
}

/** Commands below this one, or what its argument can be. */
function wordCases(nodes: readonly CompletionNode[]): string {
  const byAction = new Map<string, string[]>();
  for (const node of nodes) {
    const words = node.children.map(({ path }) => path.at(-1) ?? '');
    const offer = words.length === 0 ? '' : `_netdiag_offer ${words.join(' ')}`;
    const action = [offer, node.argument === null ? '' : actionOf(node.argument.offer)].filter((part) => part !== '').join('; ');
    if (action !== '') addTo(byAction, action, `'${keyOf(node)}'`);
  }
  return [...byAction].map(([action, found]) => `        ${oneCase(found, action)}`).join('\n');
}

const SOURCES = {
  files: 'files=1',
  interfaces: '_netdiag_interfaces',
  variables: '_netdiag_variables',
  targets: '_netdiag_targets',
} as const;

function actionOf({ words, list, from }: Offer): string {
  const offer = words.length === 0 ? [] : [`${list === true ? '_netdiag_list' : '_netdiag_offer'} ${words.join(' ')}`];
  return [...offer, ...(from === undefined ? [] : [SOURCES[from]])].join('; ');
}
