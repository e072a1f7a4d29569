import { describe, expect, test } from 'vitest';
import type { FilterRule } from '../../../src/model/packet-filter.js';
import { readIptablesRule } from '../../../src/wire/firewall/iptables-rule.js';
import { splitWords } from '../../../src/wire/firewall/iptables-words.js';
import { parseNftRuleset } from '../../../src/wire/firewall/nft-ruleset.js';
import { readNftRule } from '../../../src/wire/firewall/nft-statement.js';

const iptables = (text: string, family: 4 | 6 = 4): FilterRule => readIptablesRule(text, '-A INPUT', family);

/** What a rule depends on that is not known. */
const doubts = ({ steps }: FilterRule) => steps.flatMap((step) => (step.kind === 'unknown' ? [step.because] : []));

describe('a rule of iptables', () => {
  test.for([
    ['-m statistic --mode nth --every 3 --packet 0 -j DROP', /statistic/],
    ['-m statistic --mode random --probability 0.5 -j DROP', /chance/],
    ['-m time --datestop 2020-01-01T00:00:00 -j DROP', /the date/],
    ['-m time --timestart 08:00:00 --timestop 18:00:00 -j DROP', /time of day/],
    ['-m time --monthdays 1,2 -j DROP', /the day/],
    ['-m set --set blocklist src -j DROP', /set/],
    ['-m set --match-set blocklist src -j DROP', /the set blocklist/],
    ['-m recent --rcheck --seconds 60 --name SSH --rsource -j DROP', /recent/],
    ['-m connmark --mark 0x1/0x1 -j DROP', /connmark/],
    ['-m conntrack --ctorigdstport 80 -j DROP', /ctorigdstport/],
    ['-p tcp -m multiport --ports 80 -j DROP', /multiport/],
    ['-m physdev --physdev-is-bridged -j DROP', /physdev/],
  ] as const)('%s depends on what is not known', ([text, because]) => {
    expect(doubts(iptables(text)).join(', ')).toMatch(because);
  });

  test('who comes is written down without a condition', () => {
    expect(iptables('-m recent --set --name SSH --mask 255.255.255.255 --rsource -j ACCEPT').steps).toEqual([]);
  });

  test.for(['-m frag', '-m rt', '-m rt ! --rt-type 0', '-m ah', '-m hbh', '-m dst', '-m mh', '-p esp -m esp'])(
    '%s: whole packets without extension headers are not meant',
    (match) => {
      expect(iptables(`${match} -j DROP`, 6).steps).toContainEqual({ kind: 'known', holds: false });
    },
  );

  test('a mark that is copied from the connection is not known, as far as its bits go', () => {
    expect(iptables('-j CONNMARK --restore-mark --nfmask 0xff0000 --ctmask 0xff0000').steps).toEqual([
      { kind: 'mark', change: { keep: 0xff00_ffffn, change: 0n, unknown: 0xff_0000n } },
    ]);
    expect(iptables('-j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff').steps).toEqual([]);
    expect(iptables('-j HMARK --hmark-tuple src,dst --hmark-mod 4').steps).toEqual([{ kind: 'mark', change: null }]);
    expect(iptables('-j SET --map-set marks src --map-mark').steps[0]).toMatchObject({
      kind: 'mark',
      change: { keep: 0n, unknown: 0xffff_ffffn },
    });
    expect(iptables('-j SET --add-set seen src --exist')).toMatchObject({ steps: [], verdict: null });
  });

  test.for([
    [':8443', 4, { address: null, port: 8443 }],
    ['10.0.0.1', 4, { address: '10.0.0.1', port: null }],
    ['10.0.0.1:80-90', 4, { address: '10.0.0.1', port: 80 }],
    ['[2001:db8::1]:8443', 6, { address: '2001:db8::1', port: 8443 }],
    ['2001:db8::1', 6, { address: '2001:db8::1', port: null }],
    ['10.0.0.1-10.0.0.9:80', 4, null],
  ] as const)('is sent to %s', ([text, family, to]) => {
    expect(iptables(`-p tcp -j DNAT --to-destination ${text}`, family).verdict).toEqual({
      kind: 'translate',
      here: false,
      to: to === null ? [] : [to],
    });
  });

  test('is cut into words', () => {
    expect(splitWords('  -m comment --comment "a \\"b\\" c\\\\" \t-j  X"y" ""')).toEqual([
      ...['-m', 'comment', '--comment', 'a "b" c\\', '-j', 'X"y"', ''],
    ]);
    expect(splitWords('"without an end \\')).toEqual(['without an end \\']);
    expect(splitWords('')).toEqual([]);
  });
});

describe('a rule of nftables', () => {
  const read = (...expressions: object[]) => readNftRule(expressions as never, undefined, () => null);

  test('a module of iptables without a name (nft before 1.0.1) is a match ahead of a verdict, and the target behind all', () => {
    const matched = read({ xt: null }, { counter: { packets: 0, bytes: 0 } }, { accept: null });
    expect(doubts(matched)).toHaveLength(1);
    expect(matched.verdict).toEqual({ kind: 'accept' });
    const target = read({ xt: null }, { counter: { packets: 0, bytes: 0 } }, { xt: null });
    expect(doubts(target)).toHaveLength(1);
    expect(target.verdict).toMatchObject({ kind: 'unknown' });
  });

  test('a statement of a later nft leaves both ways open', () => {
    expect(doubts(read({ 'moon phase': 'full' }, { drop: null }))).toEqual(['the statement moon phase']);
    expect(
      doubts(read({ counter: null }, { log: null }, { flow: { op: 'add', flowtable: '@f' } }, { 'ct helper': 'ftp' }, { drop: null })),
    ).toEqual([]);
  });
});

describe('tables of nftables', () => {
  const list = (flags: unknown) =>
    parseNftRuleset(
      JSON.stringify({
        nftables: [
          { table: { family: 'inet', name: 'f', ...(flags === undefined ? {} : { flags }) } },
          { chain: { family: 'inet', table: 'f', name: 'c', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } },
        ],
      }),
    );
  test.for([
    [undefined, 1],
    ['owner', 1],
    [['owner', 'persist'], 1],
    ['dormant', 0],
    [['dormant', 'owner'], 0],
  ] as const)('with the flags %j', ([flags, tables]) => {
    const read = list(flags);
    expect(read.ok && read.value.length).toBe(tables);
  });

  test('flags that are no words (nft 1.0.6) do not pass for awake, nor for asleep', () => {
    expect(list('q')).toMatchObject({ ok: false, refusal: expect.stringContaining('dormant') });
  });
});
