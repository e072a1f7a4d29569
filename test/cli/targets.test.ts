import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/cli/configuration/configuration.js';
import { reportTargets } from '../../src/cli/configuration/configured-targets.js';
import { NO_OFFERS } from '../../src/cli/configuration/offers.js';
import { internetReferences } from '../../src/cli/references.js';
import { distinctTargets, expectingTls, originOf, readFamily, readTarget, readTargets } from '../../src/cli/targets.js';
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
    const many = Array.from({ length: 1025 }, (_, index) => readTarget(`h${index}.example`));
    expect(() => distinctTargets(many)).toThrow('1024 are the most');
  });

  it.each([
    'https://user:hunter2@ho st/',
    'https://user:hun/ter2@host/',
    'https://user:hunter2@',
    'ftp://user:hunter2@host',
    'user:hunter2@host',
    'https://us3r:hunter2\uff20app.example.net',
    'us3r:hunter2\ufe6bapp.example.net',
    'https://us3r:hunter2%40app.example.net',
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

  it('refuses an address beyond the machine from a loopback source, and no other', () => {
    const machine = () => ({ eth0: [{ address: '192.0.2.2' }] }) as never;
    expect(() => readFamily({ source: '127.0.0.1' }, [v4], machine)).toThrow(
      '--source "127.0.0.1": nothing sent from a loopback address leaves the machine, and target "192.0.2.1" is beyond it',
    );
    expect(() => readFamily({ source: '::1' }, [v6], machine)).toThrow('is beyond it');
    expect(readFamily({ source: '127.0.0.1' }, [readTarget('127.0.0.9:80'), readTarget('192.0.2.2'), name], machine)).toBe(4);
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

describe('a link-local address', () => {
  const machine = () => ({ eth0: [{ address: 'fe80::2' }], lo: [{ address: '::1' }] }) as never;

  it('needs an interface that the machine has', () => {
    expect(readTarget('[fe80::1%eth0]:22', '', machine).host).toBe('fe80::1%eth0');
    expect(readTarget('fe80::1%2', '', machine).host).toBe('fe80::1%2');
    expect(() => readTarget('fe80::1%nope', '', machine)).toThrow(
      /^target "fe80::1%nope": this machine has no interface "nope"; it has eth0, lo/,
    );
    expect(() => readTarget('fe80::1', '', machine)).toThrow(/needs its interface/);
  });
});

describe('expectingTls', () => {
  it.each(['http://app.example', 'ws://app.example:8080/x'])('refuses %s, which is plain text', (text) => {
    expect(() => expectingTls(readTarget(text))).toThrow(/^target "(http|ws):.*": (http|ws): is plain text without TLS; name it \2s:/);
  });

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
  const configured = (name: string | null, text: string) => {
    return { name, text, target: readTarget(text), labels: {}, profile: null, budgets: {}, offers: NO_OFFERS };
  };
  const configuration: Configuration = {
    path: 'netdiag.yaml',
    profile: null,
    profiles: new Map(),
    settings: {},
    ca: [],
    places: new Map(),
    targets: [configured('broker', 'broker.example:443'), configured(null, 'api.example')],
  };
  const ids = (...args: Parameters<typeof reportTargets>) => reportTargets(...args).map((target) => target.id);

  it('are those that were named', () => {
    expect(ids(['broker.example:443', 'other.example'], false, configuration)).toEqual(['broker.example:443', 'other.example']);
  });

  it('are the configured ones, then the references, where none was named', () => {
    expect(ids([], false, configuration)).toEqual(['broker.example:443', 'api.example']);
    const [first = '', second = '', ...names] = ids([], false, null);
    expect([first, second]).toEqual([expect.stringMatching(/^[\d.]+:443$|^\[[\da-f:]+\]:443$/), expect.stringMatching(/:443$/)]);
    expect(names).toEqual(['https://example.com', 'https://www.wikipedia.org']);
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

describe('internetReferences', () => {
  it('names addresses of the family that the machine has', () => {
    expect(internetReferences(new Set([4]))[0]).toBe('1.1.1.1:443');
    expect(internetReferences(new Set([4, 6]))[0]).toBe('1.1.1.1:443');
    expect(internetReferences(new Set([6]))[0]).toBe('[2606:4700:4700::1111]:443');
    // Without any address at all the report is about just that.
    expect(internetReferences(new Set())[0]).toBe('1.1.1.1:443');
  });
});

describe('originOf', () => {
  const machine = { eth0: [{ address: '192.0.2.2' }, { address: 'fe80::2' }], lo: [{ address: '127.0.0.1' }] } as never;
  const refusal = (flags: { source?: string; interface?: string }) => () => originOf(flags, machine);

  it('takes what the machine has, and any loopback address', () => {
    expect(originOf({ source: '192.0.2.2', interface: 'eth0' }, machine)).toEqual({ source: '192.0.2.2', interface: 'eth0' });
    expect(originOf({ source: '127.0.0.9' }, machine)).toEqual({ source: '127.0.0.9' });
    expect(originOf({}, machine)).toEqual({});
  });

  it('refuses an address or interface that is not there, and says which are', () => {
    expect(refusal({ source: '192.0.2.9' })).toThrow('--source "192.0.2.9": this machine has no such address; it has 192.0.2.2, fe80::2');
    expect(refusal({ interface: 'wlan7' })).toThrow(/^--interface "wlan7": this machine has no such interface; it has eth0, lo/);
  });
});
