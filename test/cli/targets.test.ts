import { describe, expect, it } from 'vitest';
import { reportTargets } from '../../src/cli/configured-targets.js';
import { INTERNET_REFERENCES } from '../../src/cli/references.js';
import { distinctTargets, expectingTls, readFamily, readTarget, readTargets } from '../../src/cli/targets.js';
import { TOP_PORTS } from '../../src/cli/top-ports.js';

describe('readTargets', () => {
  it('keeps the order and each target once', () => {
    expect(readTargets(['b.example', 'a.example', 'B.example'], {}, 'loss').map((target) => target.id)).toEqual(['b.example', 'a.example']);
  });

  it('needs one, but not with --lab', () => {
    expect(() => readTargets([], {}, 'loss')).toThrow(/^loss needs a TARGET: a host name/);
    expect(readTargets([], { lab: true }, 'loss')).toEqual([]);
  });

  it('bounds their number', () => {
    const many = Array.from({ length: 101 }, (_, index) => readTarget(`h${index}.example`));
    expect(() => distinctTargets(many)).toThrow('100 are the most');
  });

  it.each([
    'https://user:hunter2@ho st/',
    'https://user:hun/ter2@host/',
    'https://user:hunter2@',
    'ftp://user:hunter2@host',
    'user:hunter2@host',
  ])('never names the password of %j', (text) => {
    expect(() => readTarget(text)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/hun|ter2/) }));
  });
});

describe('readFamily', () => {
  const v4 = readTarget('192.0.2.1');
  const v6 = readTarget('[2001:db8::1]:443');
  const name = readTarget('a.example');

  it('is what -4, -6 or the source asks for', () => {
    expect(readFamily({}, [v4, v6])).toBeNull();
    expect(readFamily({ ipv4: true }, [v4, name])).toBe(4);
    expect(readFamily({ ipv6: true }, [v6])).toBe(6);
    expect(readFamily({ source: '2001:db8::9' }, [name])).toBe(6);
  });

  it.each([
    [{ ipv4: true, ipv6: true }, [name], /only one/],
    [{ ipv4: true, source: '::1' }, [name], /--source "::1"/],
    [{ ipv6: true }, [v4], /target "192.0.2.1"/],
    [{ source: '192.0.2.9' }, [v6], /the source 192.0.2.9/],
  ] as const)('refuses a contradiction: %j', (flags, targets, message) => {
    expect(() => readFamily(flags, targets)).toThrow(message);
  });
});

describe('expectingTls', () => {
  it.each([
    ['app.example', 'app.example:443', 443, 'tls'],
    ['2001:db8::1', '[2001:db8::1]:443', 443, 'tls'],
    ['app.example:8444', 'app.example:8444', 8444, 'tls'],
    ['https://app.example/x', 'https://app.example/x', 443, 'https'],
  ])('%s', (text, id, port, scheme) => {
    expect(expectingTls(readTarget(text))).toMatchObject({ id, port, scheme });
  });
});

describe('the targets of the full report', () => {
  const configuration = {
    path: 'netdiag.yaml',
    profile: null,
    targets: [
      { name: 'broker', target: readTarget('broker.example:443') },
      { name: null, target: readTarget('api.example') },
    ],
  };
  const ids = (...args: Parameters<typeof reportTargets>) => reportTargets(...args).map((target) => target.id);

  it('are those that were named, by their configured name too', () => {
    expect(ids(['broker', 'other.example'], false, configuration)).toEqual(['broker.example:443', 'other.example']);
  });

  it('are the configured ones, then the references, where none was named', () => {
    expect(ids([], false, configuration)).toEqual(['broker.example:443', 'api.example']);
    expect(ids([], false, null)).toEqual(INTERNET_REFERENCES);
  });

  it('are left to the lab', () => {
    expect(ids([], true, configuration)).toEqual([]);
  });
});

it('the common ports are a hundred different ones', () => {
  expect(TOP_PORTS).toHaveLength(100);
  expect(new Set(TOP_PORTS).size).toBe(100);
  for (const port of TOP_PORTS) expect(Number.isInteger(port) && port >= 1 && port <= 65_535).toBe(true);
});
