import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../../src/model/target.js';
import type { KnownTarget } from '../../../src/probes/machine-probe.js';
import { answerOf, measureOn } from './recorded.js';

const NAME = 'app.example.net';
const TARGET = `${NAME}:443`;
const RESOLV_CONF = { '/etc/resolv.conf': 'nameserver 192.0.2.53\nnameserver 192.0.2.54\n' };

/** A target with the questions that its lookup asked. */
function known(text: string, questions: KnownTarget['questions'] = []): KnownTarget {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { target: parsed.target, addresses: ['198.51.100.10'], way: null, questions };
}

describe('the hosts file against the resolver', () => {
  const on = async (hosts: string, answers: Readonly<Record<string, readonly string[]>> | null, options = {}, hostname = 'machine') => {
    const files = { ...RESOLV_CONF, '/etc/hosts': hosts, '/proc/sys/kernel/hostname': `${hostname}\n` };
    const { data, asked } = await measureOn({ files }, { targets: [known(TARGET)], answers, options });
    return { ...data.hostsFile?.overrides[0], entries: data.hostsFile?.entries, asked: asked.filter((one) => one.startsWith(NAME)) };
  };
  const DNS = { [NAME]: ['198.51.100.10', '2001:db8::10'] };

  it.each([
    ['the same', `198.51.100.10 ${NAME}\n`, DNS, 'agrees'],
    ['the same of both families', `198.51.100.10 ${NAME}\n2001:DB8::10 ${NAME}\n`, DNS, 'agrees'],
    ['the same in another spelling', `2001:DB8:0:0::10 ${NAME}\n`, DNS, 'agrees'],
    ['another', `192.0.2.9 ${NAME}\n`, DNS, 'differs'],
    ['the same and another', `198.51.100.10 ${NAME}\n192.0.2.9 ${NAME}\n`, DNS, 'differs'],
    [
      'a family that DNS has not, with the same of the other',
      `198.51.100.10 ${NAME}\nfd00::1 ${NAME}\n`,
      { [NAME]: ['198.51.100.10'] },
      'agrees',
    ],
    ['only a family that DNS has not', `fd00::1 ${NAME}\n`, { [NAME]: ['198.51.100.10'] }, 'differs'],
    ['a name that DNS does not know', `192.0.2.9 ${NAME}\n`, {}, 'unknown-to-dns'],
    ['a name that exists without an address', `192.0.2.9 ${NAME}\n`, { [NAME]: [] }, 'unknown-to-dns'],
    ['nobody who answers', `192.0.2.9 ${NAME}\n`, null, 'no-answer'],
  ])('%s', async (_what, hosts, answers, agreement) => {
    expect((await on(hosts, answers)).agreement).toBe(agreement);
    // It is as classic a cause on the path to a target.
    expect((await on(hosts, answers, { scope: 'path' })).agreement).toBe(agreement);
  });

  it('is held against those behind a stub, which may answer from that very file', async () => {
    const files = {
      ...{ '/etc/resolv.conf': 'nameserver 127.0.0.53\n', '/etc/hosts': `192.0.2.9 ${NAME}\n` },
      '/run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.1\nnameserver 192.0.2.2\n',
    };
    const world = { targets: [known(TARGET)], options: { scope: 'path' } as const };
    const { data, asked } = await measureOn({ files }, { ...world, answers: DNS });
    expect(data.hostsFile?.overrides).toMatchObject([{ agreement: 'differs', server: '192.0.2.1' }]);
    expect(asked.map((one) => one.replace(/.*@/, '')).sort()).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.2']);
    const alone = { ...files, '/run/systemd/resolve/resolv.conf': '' };
    const same = await measureOn({ files: alone }, { ...world, answers: { [NAME]: ['192.0.2.9'] } });
    expect(same.data.hostsFile?.overrides).toMatchObject([{ agreement: 'not-asked', because: expect.stringContaining('127.0.0.53') }]);
    const other = await measureOn({ files: alone }, { ...world, answers: DNS });
    expect(other.data.hostsFile?.overrides).toMatchObject([{ agreement: 'differs', server: '127.0.0.53' }]);
  });

  it('is not compared where nothing is sent, nor for the name of this machine itself', async () => {
    expect(await on(`192.0.2.9 ${NAME}\n`, DNS, { passive: true })).toMatchObject({ agreement: 'not-asked', asked: [] });
    expect(await on(`127.0.1.1 ${NAME} app\n`, DNS, {}, 'app')).toMatchObject({ agreement: 'not-asked', asked: [] });
    // A machine that is called as the first part of the name is not the one that the name is of.
    expect(await on(`192.0.2.9 ${NAME}\n127.0.1.1 app\n`, DNS, {}, 'app')).toMatchObject({ agreement: 'differs' });
    expect(await on(`192.0.2.9 ${NAME}\n`, DNS, {}, 'app')).toMatchObject({ agreement: 'differs' });
  });

  it('is not asked about names that it has not, and its other entries are only counted', async () => {
    const found = await on('127.0.0.1 localhost\n192.0.2.8 private.example.net\nnonsense\n', DNS, { cacheName: 'other.example' });
    expect(found).toEqual({ entries: 2, asked: [] });
  });
});

describe('the search list', () => {
  const files = { '/etc/resolv.conf': 'nameserver 192.0.2.53\nsearch a.example b.example\noptions ndots:5\n' };
  const vain = ['a', 'b'].flatMap((domain) =>
    ['A', 'AAAA'].map((type, index) => answerOf(`${NAME}.${domain}.example`, type, undefined, 10 + index)),
  );
  const own = [answerOf(NAME, 'A', ['198.51.100.10'], 20), answerOf(NAME, 'AAAA', [], 21)];

  it('costs what the lookup of this run waited for, and nothing is asked again for it', async () => {
    const { data, asked } = await measureOn({ files }, { targets: [known(TARGET, [...vain, ...own])], options: { scope: 'path' } });
    expect(data.lookups).toEqual([
      {
        target: TARGET,
        name: NAME,
        candidates: [`${NAME}.a.example`, `${NAME}.b.example`, NAME],
        found: NAME,
        wasted: [
          { name: `${NAME}.a.example`, rcode: 'NXDOMAIN', queryMs: 11 },
          { name: `${NAME}.b.example`, rcode: 'NXDOMAIN', queryMs: 11 },
        ],
        wastedMs: 22,
        ahead: [`${NAME}.a.example`, `${NAME}.b.example`],
        diverted: null,
        dnsNotAsked: null,
      },
    ]);
    expect(asked).toEqual([]);
  });

  it('has no number where one of its questions had no answer', async () => {
    const silent = vain.map((question, index) => (index === 1 ? { ...question, rcode: null, queryMs: null } : question));
    const { data } = await measureOn({ files }, { targets: [known(TARGET, [...silent, ...own])], options: { scope: 'path' } });
    expect(data.lookups[0]).toMatchObject({ wasted: [{ queryMs: null }, { queryMs: 11 }], wastedMs: null });
  });

  it('of a machine without targets is tried with a name that stands for any', async () => {
    const { data } = await measureOn({ files }, { answers: { 'example.com': ['203.0.113.80'] } });
    expect(data.lookups).toMatchObject([{ target: null, name: 'example.com', wasted: [{ rcode: 'NXDOMAIN' }, {}], wastedMs: 10 }]);
    const passive = await measureOn({ files }, { options: { passive: true } });
    expect(passive.data.lookups).toMatchObject([{ ahead: ['example.com.a.example', 'example.com.b.example'], wasted: [], wastedMs: null }]);
    expect(passive.asked).toEqual([]);
  });

  it('takes a name over, or completes one that has no other owner', async () => {
    const taken = [answerOf(`${NAME}.a.example`, 'A', ['203.0.113.66'], 5)];
    const on = (answers: Readonly<Record<string, readonly string[]>>) => measureOn({ files }, { targets: [known(TARGET, taken)], answers });
    expect((await on({ [NAME]: ['198.51.100.10'] })).data.lookups).toMatchObject([{ found: `${NAME}.a.example`, diverted: true }]);
    expect((await on({ [NAME]: ['203.0.113.66'] })).data.lookups).toMatchObject([{ diverted: false }]);
    expect((await on({})).data.lookups).toMatchObject([{ diverted: false }]);
  });
});

describe('the same question twice', () => {
  const trial = async (times: readonly number[], resolvConf = RESOLV_CONF['/etc/resolv.conf']) => {
    const answers = { 'example.com': ['2001:db8::80'] };
    const queryMs = (index: number) => times[index] ?? 1;
    return measureOn({ files: { '/etc/resolv.conf': resolvConf } }, { answers, queryMs, listeners: null });
  };
  it.each([
    ['far away, and kept there', [60, 20], undefined, { local: false, savedMs: 40, finding: 'saves' }],
    ['far away', [60, 55], undefined, { local: false, savedMs: 5, finding: 'same' }],
    ['slower the second time', [60, 70], undefined, { local: false, savedMs: 0, finding: 'same' }],
    ['here, and kept', [60, 0.3], 'nameserver 127.0.0.53\n', { local: true, savedMs: 59.7, finding: 'saves' }],
    ['too quick to tell', [0.8, 0.3], 'nameserver 127.0.0.53\n', { local: true, savedMs: 0.5, finding: 'quick' }],
  ])('%s', async (_what, times, resolvConf, expected) => {
    const { data, asked } = await trial(times, resolvConf);
    expect({ ...data.cacheTrial, savedMs: Number(data.cacheTrial?.savedMs?.toFixed(6)) }).toMatchObject(expected);
    expect(asked.map((one) => one.replace(/@.*/, ''))).toEqual(['example.com/AAAA', 'example.com/AAAA']);
  });

  it('takes the answer that a target’s lookup had for the first', async () => {
    const questions = [answerOf(NAME, 'A', ['198.51.100.10'], 30), answerOf(NAME, 'AAAA', [], 31)];
    const { data, asked } = await measureOn(
      { files: RESOLV_CONF },
      { targets: [known(TARGET, questions)], answers: { [NAME]: ['198.51.100.10'] }, queryMs: () => 2 },
    );
    expect(asked).toEqual([`${NAME}/AAAA@192.0.2.53`]);
    expect(data.cacheTrial).toMatchObject({ name: NAME, type: 'AAAA', firstMs: 31, secondMs: 2, finding: 'saves' });
  });

  it('tells nothing without answers, and is not tried on the path alone', async () => {
    const { data } = await measureOn({ files: RESOLV_CONF }, { answers: null });
    expect(data.cacheTrial).toMatchObject({ firstMs: null, secondMs: null, savedMs: null, finding: 'not-told' });
    const path = await measureOn({ files: RESOLV_CONF }, { options: { scope: 'path' } });
    expect([path.data.cacheTrial, path.asked]).toEqual([null, []]);
  });
});
