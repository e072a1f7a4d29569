import { readFileSync } from 'node:fs';
import type { FilterRule } from '../../../src/model/packet-filter.js';
import { readIptablesMatch } from '../../../src/wire/firewall/iptables-match.js';
import { readIptablesRule } from '../../../src/wire/firewall/iptables-rule.js';
import { parseIptablesSave } from '../../../src/wire/firewall/iptables-save.js';
import { RuleWords, splitWords } from '../../../src/wire/firewall/iptables-words.js';
import { type Json, readElement, readOperand } from '../../../src/wire/firewall/nft-operand.js';
import { parseNftRuleset } from '../../../src/wire/firewall/nft-ruleset.js';
import { readNftRule } from '../../../src/wire/firewall/nft-statement.js';
import type { Subject, TextSubject } from './run.js';

/** Readers of rules of packet filters, and what they are given to start from. */

const text = (read: TextSubject['read'], ...seeds: string[]): TextSubject => ({ kind: 'text', read, seeds });

function recorded(name: string, line: string): string {
  const tools = JSON.parse(readFileSync(new URL(`../../machines/firewall-${name}/tools.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
  return tools[line] ?? '';
}

const RULESETS = ['debian-nftables', 'kubernetes-nftables'].map((name) => recorded(name, 'nft -j list ruleset'));
const SAVES = ['docker-ufw', 'kubernetes-iptables', 'centos-6'].map((name) => recorded(name, 'iptables-save'));

function json(input: string): Json {
  try {
    return JSON.parse(input) as Json;
  } catch {
    return input;
  }
}

const STATEMENTS = [
  '[{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":{"set":[22,{"range":[80,90]}]}}},{"accept":null}]',
  '[{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":["established","related"]}},{"jump":{"target":"other"}}]',
  '[{"vmap":{"key":{"concat":[{"meta":{"key":"l4proto"}},{"payload":{"protocol":"th","field":"dport"}}]},"data":{"set":[[{"concat":["tcp",22]},{"drop":null}]]}}}]',
  '[{"mangle":{"key":{"meta":{"key":"mark"}},"value":{"|":[{"meta":{"key":"mark"}},16384]}}},{"dnat":{"family":"ip","addr":{"map":{"key":{"numgen":{"mode":"random","mod":2,"offset":0}},"data":{"set":[[0,"10.0.0.1"],[1,{"concat":["10.0.0.2",80]}]]}}}}}]',
];
const OPERANDS = [
  '{"&":[{"payload":{"protocol":"ip","field":"daddr"}},"0.0.0.255"]}',
  '{"concat":[{"meta":{"key":"iifname"}},{"fib":{"result":"type","flags":["daddr"]}}]}',
];
const ELEMENTS = [
  '{"prefix":{"addr":"10.0.0.0","len":8}}',
  '{"range":["192.0.2.1","192.0.2.9"]}',
  '{"elem":{"val":"2001:db8::1","timeout":60}}',
  '"eth*"',
];
const RULES = [
  '! -s 10.0.0.0/8 -i eth+ -p tcp -m tcp --dport 22:80 -m conntrack --ctstate NEW,DNAT -m comment --comment "a \\"b\\" -j DROP" -j REJECT --reject-with tcp-reset',
  '-p tcp -m multiport ! --dports 80,443 -m mark --mark 0x1/0xff -j MARK --set-xmark 0x4000/0x4000',
  '-m addrtype --dst-type LOCAL -j DNAT --to-destination [2001:db8::7]:8080',
];

/** Rules are read when they are asked for: here they are. */
const saidBy = (rule: FilterRule) => [rule.steps.length, rule.verdict?.kind, rule.text()];

export const FIREWALL_SUBJECTS: Readonly<Record<string, Subject>> = {
  parseNftRuleset: text(
    (input) => {
      const read = parseNftRuleset(input);
      return read.ok ? read.value.flatMap(({ chains }) => [...chains.values()].flatMap(({ rules }) => rules.map(saidBy))) : read;
    },
    ...RULESETS,
  ),
  parseIptablesSave: text(
    (input) => {
      const read = parseIptablesSave(input, 'iptables-nft', 'ip');
      return read.ok
        ? read.value.tables.map(({ name, chains }) => [name, [...chains.values()].map(({ rules }) => rules.map(saidBy))])
        : read;
    },
    ...SAVES,
  ),
  readNftRule: text(
    (input) => {
      const value = json(input);
      const rule = readNftRule(Array.isArray(value) ? (value as Json[]) : [value], value, () =>
        Array.isArray(value) ? (value as Json[]) : null,
      );
      return saidBy(rule);
    },
    ...STATEMENTS,
  ),
  readOperand: text((input) => readOperand(json(input)), ...OPERANDS),
  readElement: text(
    (input) => [readElement({ names: null }, 'source-address', json(input)), readElement({ names: null }, 'output-interface', json(input))],
    ...ELEMENTS,
  ),
  readIptablesRule: text((input) => saidBy(readIptablesRule(input, '-A INPUT', 6)), ...RULES),
  readIptablesMatch: text(
    (input) => {
      const words = new RuleWords(splitWords(input));
      return readIptablesMatch(words.take() ?? '', false, words, { matches: ['conntrack'], family: 4 });
    },
    '--ctstate NEW,ESTABLISHED',
    '--dport 1:65535',
    '--src-range 10.0.0.1-10.0.0.9',
  ),
};
