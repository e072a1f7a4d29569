import { isList, isObject, type Json } from './nft-operand.js';

/** Longest text of a rule; the rest is left out, and `…` says so. */
const RULE_CHARACTERS = 200;
const SET_ELEMENTS = 6;
const DEEPEST = 8;

/** The statements of a rule much as nft writes them, for people: short, never whole sets. */
export function nftRuleText(expressions: readonly Json[], comment: Json | undefined): string {
  const words: string[] = [];
  let length = 0;
  for (const expression of expressions) {
    const text = statementText(expression);
    if (text === '') continue;
    words.push(text);
    length += text.length;
    if (length > RULE_CHARACTERS) break;
  }
  if (typeof comment === 'string') words.push(`comment "${comment}"`);
  const text = words.join(' ');
  return text.length <= RULE_CHARACTERS ? text : `${text.slice(0, RULE_CHARACTERS - 1)}…`;
}

function statementText(expression: Json): string {
  if (!isObject(expression)) return '?';
  const [kind, value] = Object.entries(expression)[0] ?? ['?', null];
  switch (kind) {
    case 'match': {
      if (!isObject(value)) return '?';
      const operator = value['op'] === '==' || value['op'] === 'in' ? '' : `${valueText(value['op'], 0)} `;
      return `${valueText(value['left'], 0)} ${operator}${valueText(value['right'], 0)}`;
    }
    case 'counter':
    case 'log':
      return '';
    case 'jump':
    case 'goto':
      return `${kind} ${isObject(value) ? valueText(value['target'], 0) : '?'}`;
    case 'vmap':
      return isObject(value) ? `${valueText(value['key'], 0)} vmap ${valueText(value['data'], 0)}` : 'vmap';
    case 'reject':
      return isObject(value) && value['type'] !== undefined
        ? `reject with ${valueText(value['type'], 0)}${value['expr'] === undefined ? '' : ` ${valueText(value['expr'], 0)}`}`
        : 'reject';
    case 'dnat':
    case 'snat':
    case 'redirect': {
      if (!isObject(value)) return kind;
      const address = value['addr'] === undefined ? '' : ` ${valueText(value['addr'], 0)}`;
      return `${kind}${address === '' && value['port'] === undefined ? '' : ' to'}${address}${value['port'] === undefined ? '' : `:${valueText(value['port'], 0)}`}`;
    }
    case 'mangle':
      return isObject(value) ? `${valueText(value['key'], 0)} set ${valueText(value['value'], 0)}` : kind;
    case 'limit':
      return isObject(value)
        ? `limit rate ${value['inv'] === true ? 'over ' : ''}${valueText(value['rate'], 0)}/${valueText(value['per'], 0)}`
        : kind;
    case 'xt':
      return isObject(value) ? `xt ${valueText(value['type'], 0)} ${valueText(value['name'], 0)}` : 'xt';
    case 'set':
      return isObject(value) ? `${valueText(value['op'], 0)} ${valueText(value['set'], 0)} { ${valueText(value['elem'], 0)} … }` : kind;
    default:
      return kind;
  }
}

function valueText(value: Json | undefined, depth: number): string {
  if (value === undefined || depth > DEEPEST) return '…';
  if (value === null || typeof value !== 'object') return String(value).slice(0, RULE_CHARACTERS);
  if (isList(value)) return listText(value, depth, ',');
  const [kind, inner] = Object.entries(value)[0] ?? ['?', null];
  switch (kind) {
    case 'payload':
      return isObject(inner)
        ? inner['base'] === undefined
          ? `${valueText(inner['protocol'], depth + 1)} ${valueText(inner['field'], depth + 1)}`
          : '@raw'
        : '?';
    case 'meta':
    case 'ct':
      return isObject(inner) ? `${kind} ${valueText(inner['key'], depth + 1)}` : kind;
    case 'fib':
      return isObject(inner) ? `fib ${valueText(inner['flags'], depth + 1)} ${valueText(inner['result'], depth + 1)}` : kind;
    case 'set':
      return isList(inner) ? `{ ${listText(inner, depth, ', ')} }` : '{ … }';
    case 'prefix':
      return isObject(inner) ? `${valueText(inner['addr'], depth + 1)}/${valueText(inner['len'], depth + 1)}` : '?';
    case 'range':
      return isList(inner) ? `${valueText(inner[0], depth + 1)}-${valueText(inner[1], depth + 1)}` : '?';
    case 'concat':
      return isList(inner) ? listText(inner, depth, ' . ') : '?';
    case 'elem':
      return isObject(inner) ? valueText(inner['val'], depth + 1) : '?';
    case '&':
    case '|':
    case '^':
      return isList(inner) ? listText(inner, depth, ` ${kind} `) : '?';
    case 'map':
      return isObject(inner) ? `${valueText(inner['key'], depth + 1)} map ${valueText(inner['data'], depth + 1)}` : '?';
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return kind;
    case 'jump':
    case 'goto':
      return isObject(inner) ? `${kind} ${valueText(inner['target'], depth + 1)}` : kind;
    default:
      return kind.slice(0, RULE_CHARACTERS);
  }
}

function listText(list: readonly Json[], depth: number, between: string): string {
  const shown = list.slice(0, SET_ELEMENTS).map((element) =>
    // Of a map the key and what it leads to.
    isList(element) && element.length === 2 && between === ', '
      ? `${valueText(element[0], depth + 1)} : ${valueText(element[1], depth + 1)}`
      : valueText(element, depth + 1),
  );
  return `${shown.join(between)}${list.length > SET_ELEMENTS ? `${between}…` : ''}`;
}
