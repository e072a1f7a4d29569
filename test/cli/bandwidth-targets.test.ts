import { describe, expect, it } from 'vitest';
import { loadedTargets } from '../../src/cli/bandwidth-targets.js';
import * as kinds from '../../src/cli/value-kinds.js';

const DOWN = 'https://a.example/down';

describe('loadedTargets', () => {
  it('downloads from the targets, and uploads where that is asked for', () => {
    expect(loadedTargets([DOWN], {})).toMatchObject({ targets: [{ id: DOWN }], down: true, up: null });
    expect(loadedTargets([DOWN], { upload: '/up?x=1' })).toMatchObject({ down: true, up: { path: '/up?x=1' } });
    expect(loadedTargets([DOWN], { upload: 'http://b.example/up' })).toMatchObject({ up: { target: { id: 'http://b.example/up' } } });
    expect(loadedTargets([DOWN, 'http://b.example/'], { upload: '/up' }).targets).toHaveLength(2);
  });

  it('takes --upload alone for the target', () => {
    expect(loadedTargets([], { upload: 'https://a.example/up', 'expect-up': 5 })).toMatchObject({
      targets: [{ id: 'https://a.example/up' }],
      down: false,
      up: { path: '/up' },
    });
  });

  it('asks the lab where nothing else is named', () => {
    expect(loadedTargets([], { lab: true, 'expect-up': 5 })).toEqual({ targets: [], down: true, up: null });
  });

  it.each([
    [[], {}, 'bandwidth needs a TARGET'],
    [['a.example'], {}, 'bandwidth needs an http: or https: URL'],
    [['wss://a.example/'], {}, 'bandwidth needs an http: or https: URL'],
    [[DOWN], { 'expect-up': 5 }, '--expect-up: belongs to --upload'],
    [[], { upload: DOWN, 'expect-down': 5 }, '--expect-down: belongs to a TARGET'],
    [[], { upload: '/up' }, '--upload'],
    [[DOWN], { upload: 'ftp://a.example/' }, '--upload: the scheme ftp:'],
    [[DOWN], { upload: 'wss://a.example/' }, '--upload: must be an http: or https: URL'],
    [[DOWN], { upload: '//b.example/' }, '--upload: the path cannot be read'],
    [[DOWN, 'http://b.example/'], { upload: DOWN }, 'with several targets it is a path'],
    [['https://user:hunter2@a.example:99999/'], {}, 'target'],
    [[DOWN], { upload: 'https://user:hunter2@a.example:hunter2/' }, '--upload'],
  ])('refuses %j with %j, and names no password', (argv, flags, words) => {
    expect(() => loadedTargets(argv, flags)).toThrow(words);
    expect(() => loadedTargets(argv, flags)).toThrow(expect.objectContaining({ message: expect.not.stringMatching('hunter2') }));
  });
});

describe('values of flags', () => {
  it.each([
    ['1MB', 1e6],
    ['500mb', 5e8],
    ['1.5GB', 1.5e9],
    ['1GiB', 2 ** 30],
    ['1000000', 1e6],
    ['100GB', 1e11],
    ['101GB', null],
    ['1KB', null],
    ['-1GB', null],
    ['1TB', null],
    ['GB', null],
    ['', null],
    ['9'.repeat(40), null],
  ])('a size of %s is %s', (text, bytes) => expect(kinds.volume.parse(text)).toBe(bytes));

  it.each([
    ['100', 100],
    ['2.5', 2.5],
    ['0', null],
    ['-5', null],
    ['1e3', null],
    ['1000001', null],
    ['', null],
  ])('a rate of %s is %s', (text, rate) => expect(kinds.megabits.parse(text)).toBe(rate));

  it('bound connections and duration', () => {
    expect(['0', '1', '16', '17'].map((text) => kinds.loadConnections.parse(text))).toEqual([null, 1, 16, null]);
    expect(['999ms', '1s', '1m', '61s'].map((text) => kinds.loadDuration.parse(text))).toEqual([null, 1000, 60_000, null]);
  });
});
