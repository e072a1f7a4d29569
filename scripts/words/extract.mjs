import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/**
 * Finds the texts for people in the sources: what stands in a catalogue of another language, and what the test of the catalogues goes by.
 *
 * A text is a string or template of words. What a template puts in is a hole, written `{0}`, `{1}`; a choice between two texts within it makes
 * two texts, as long as that stays few. What is no text for people is known by its place: messages of thrown errors, patterns, comparisons,
 * types and keys.
 */

/** Rooms whose texts reach a report, a page or an explanation, and what of them does not. */
const ROOMS = ['model', 'wire', 'net', 'native', 'probes', 'diagnosis', 'run', 'report', 'render'];
const EXCEPT = [
  'report/redact/',
  'report/support/',
  'report/stored-report.ts',
  'render/html/style.ts',
  'render/prometheus/',
  'render/sarif',
  'render/codes-document.ts',
  'render/profiles-document.ts',
  'render/gitlab.ts',
  'render/junit.ts',
  'render/tap.ts',
  'render/csv.ts',
  'render/report-in-words.ts',
  'render/html/in-words.ts',
  'model/target.ts',
  'wire/firewall/',
];

/** What beside those rooms writes texts of a report. */
const ALSO = ['cli/verify/run-manifest.ts'];

/** Stands for what is put in, within this file: no source has it. */
const HOLE = '\ue000';

/** Texts that one expression can make; beyond, its choices are texts of their own. */
const MOST_VARIANTS = 6;

/** Methods whose arguments are looked for, or joined with, and never shown by themselves. */
const SEARCHING = new Set([
  'includes',
  'startsWith',
  'endsWith',
  'split',
  'replace',
  'replaceAll',
  'test',
  'match',
  'matchAll',
  'indexOf',
  'lastIndexOf',
  'join',
  'has',
  'get',
  'exec',
  'createHash',
  'update',
  'from',
  'padEnd',
  'padStart',
]);

/** A command to type is the same in every language. */
const COMMAND =
  /^(?:`[^`]*`|(?:sudo |sudoedit )?(?:ip|nft|sysctl|netsh|docker|podman|networkctl|nmcli|iptables|ifconfig|dhclient|systemctl|chronyc|ss|tc|ethtool|resolvectl|Get-|Set-|curl|openssl|ufw|pfctl|journalctl|netdiag|scutil|route|nslookup|dig|ping|tcpdump|cat|ls|vi|dscacheutil|ipconfig|w32tm|sntp|timedatectl|conntrack|killall|rc-service|netstat|networksetup|firewall-cmd)\b(?![^`]*[.:;] )[^`]*)$/;

/**
 * @param root folder of the sources
 * @returns each text once, with the places where it stands
 */
export function extractTexts(root) {
  const texts = new Map();
  const paths = ROOMS.flatMap((room) => filesOf(join(root, room)).map((file) => relative(root, file).replaceAll('\\', '/')));
  for (const path of [...paths, ...ALSO]) {
    if (EXCEPT.some((prefix) => path.startsWith(prefix))) continue;
    for (const text of textsOf(readFileSync(join(root, path), 'utf8'), { words: path.startsWith('render/') })) {
      const places = texts.get(text);
      if (places === undefined) texts.set(text, [path]);
      else if (!places.includes(path)) places.push(path);
    }
  }
  return texts;
}

function filesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * The texts of one source file, in their order, each once.
 *
 * @param words whether single words that stand in a list or a choice are shown too, as in what draws pages
 */
export function textsOf(source, { words = false } = {}) {
  const found = new Set();
  const add = (variants, named = false) => {
    for (const variant of variants) {
      const text = withNumberedHoles(variant.trim());
      if (isText(text) || (named && isWord(text))) found.add(text);
    }
  };
  const visit = (node, parent) => {
    if (Array.isArray(node)) {
      for (const inner of node) visit(inner, parent);
      return;
    }
    if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
    if (isNoText(node, parent)) return;
    if (isSearch(node)) {
      visit(node.callee.object, node);
      return;
    }
    if (node.type === 'TaggedTemplateExpression') {
      if (node.tag.name === 'html') add(textNodes(node.quasi));
      for (const inner of node.quasi.expressions) visit(inner, node);
      return;
    }
    if (isTextual(node)) {
      add(variantsOf(node) ?? [], isShown(parent) || (words && isChosen(parent)));
      return visitHoles(node, visit);
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'type' || typeof value !== 'object') continue;
      if (key === 'key' && node.computed !== true) continue;
      visit(value, node);
    }
  };
  visit(parseAst(source, { lang: 'ts' }).body, null);
  return found;
}

/** What is looked for in a text, or put between several, is none; the texts themselves are. */
function isSearch(node) {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return SEARCHING.has(node.callee.property.name) && node.arguments.every(({ type }) => type === 'Literal');
}

/** Properties whose value is shown, even where it is a single word. */
const SHOWN = new Set([
  'title',
  'label',
  'text',
  'heading',
  'observed',
  'expected',
  'because',
  'says',
  'remedy',
  'meaning',
  'words',
  'caption',
  'term',
]);

function isShown(parent) {
  return parent?.type === 'Property' && SHOWN.has(parent.key.name);
}

/** Words as they stand in the heads of columns, in choices and in tables of names. */
function isChosen(parent) {
  return [
    'ArrayExpression',
    'ConditionalExpression',
    'Property',
    'ReturnStatement',
    'ArrowFunctionExpression',
    'CallExpression',
    'LogicalExpression',
  ].includes(parent?.type);
}

function isNoText(node, parent) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ThrowStatement':
      return true;
    case 'NewExpression':
      return node.callee.type === 'Identifier' && /Error$|^RegExp$|^URL$/.test(node.callee.name);
    case 'Literal':
      return parent?.type === 'SwitchCase' || (parent?.type === 'BinaryExpression' && parent.operator !== '+');
    case 'CallExpression': {
      const { callee } = node;
      const name = callee.type === 'MemberExpression' ? callee.property.name : callee.name;
      if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'z') return true;
      return SEARCHING.has(name) && callee.type !== 'MemberExpression' && node.arguments.every(({ type }) => type === 'Literal');
    }
    default:
      return node.type.startsWith('TS') && !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type);
  }
}

function isTextual(node) {
  return (
    (node.type === 'Literal' && typeof node.value === 'string') ||
    node.type === 'TemplateLiteral' ||
    (node.type === 'BinaryExpression' && node.operator === '+') ||
    isCounted(node)
  );
}

/** `counted(3, 'packet')` and those like it say "1 packet" or "3 packets". */
function isCounted(node) {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'counted' &&
    node.arguments[1]?.type === 'Literal'
  );
}

/** What an expression can say, with holes; `null` where it is no text. */
function variantsOf(node) {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : null;
  if (node.type === 'TSAsExpression') return variantsOf(node.expression);
  if (isCounted(node)) {
    const [, { value: one }, many] = node.arguments;
    return [`${HOLE} ${one}`, `${HOLE} ${many?.type === 'Literal' ? many.value : `${one}s`}`];
  }
  if (node.type === 'ConditionalExpression') {
    const branches = [variantsOf(node.consequent), variantsOf(node.alternate)];
    if (branches.some((branch) => branch === null)) return null;
    return branches.flat();
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') return product([node.left, node.right].map(orHole));
  if (node.type !== 'TemplateLiteral') return null;
  const parts = node.quasis.flatMap(({ value }, index) => {
    const inner = node.expressions[index];
    return inner === undefined ? [[value.cooked]] : [[value.cooked], orHole(inner)];
  });
  return product(parts);
}

function orHole(node) {
  const variants = variantsOf(node);
  return variants === null || variants.length > MOST_VARIANTS ? [HOLE] : variants;
}

/** All ways to put the parts one behind the other; where there are too many, the parts with a choice are holes, the last one first. */
function product(parts) {
  const bounded = [...parts];
  const size = () => bounded.reduce((count, variants) => count * variants.length, 1);
  for (let index = bounded.length - 1; index >= 0 && size() > MOST_VARIANTS; index--)
    if (bounded[index].length > 1) bounded[index] = [HOLE];
  return bounded.reduce((texts, variants) => texts.flatMap((text) => variants.map((variant) => text + variant)), ['']);
}

/** Within a text, what is put in can hold texts of its own. */
function visitHoles(node, visit) {
  if (node.type === 'TemplateLiteral') for (const inner of node.expressions) visit(inner, node);
  else if (node.type === 'BinaryExpression') for (const inner of [node.left, node.right]) visit(inner, node);
  else if (isCounted(node)) visit(node.arguments[0], node);
}

/** The texts of a template of HTML: what stands between its tags, and what its attributes say to readers. */
function textNodes(quasi) {
  const source = quasi.quasis.map(({ value }) => value.cooked).join(HOLE);
  const attributes = [...source.matchAll(/\b(?:aria-label|title|alt)="([^"]*)"/g)].map(([, value]) => value);
  const between = source
    .replaceAll(/<[^<>]*>/g, '\n')
    .split('\n')
    .map((text) => text.trim());
  return [...attributes, ...between].map(unescaped);
}

function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** Holes that touch are one: where the first ends, nothing tells. */
function withNumberedHoles(text) {
  let count = 0;
  return text.replaceAll(/\ue000+/g, () => `{${count++}}`);
}

function isWord(text) {
  return /^[A-Za-z][a-z]{2,}$/.test(text);
}

/** Lines of a protocol, declarations of C, and sources of patterns. */
const NOT_FOR_PEOPLE = /\r\n|\\[dsw][+*{)]|\\\(|\(void \*|^(?:int|ssize_t|uint32_t) \w+\(/;

function isText(text) {
  if (COMMAND.test(text) || NOT_FOR_PEOPLE.test(text)) return false;
  const literal = text.replaceAll(/`[^`]*`/g, ' ').replaceAll(/\{\d+\}/g, ' \ue001 ');
  const words = literal.match(/(?<![\w/.:$-])[A-Za-z][a-z']+(?![\w/=(-])/g) ?? [];
  // "path MTU" has one word and a name, "{0} bytes" one word and a hole.
  return words.length >= 2 || (words.length === 1 && (/\ue001/.test(literal) || /^[A-Za-z]+(?: [A-Za-z]+)+$/.test(text)));
}
