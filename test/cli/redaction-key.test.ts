import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRedactionKey } from '../../src/cli/redaction-key.js';

const SECRET = 'correct horse battery';

describe('the key of the pseudonyms', () => {
  let folder: string;
  let state: string;
  let number = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-key-'));
  });
  beforeEach(() => {
    state = join(folder, `state-${number++}`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path?: string, env: Record<string, string> = {}) =>
    readRedactionKey(path, { env: { XDG_STATE_HOME: state, ...env }, platform: 'linux' });
  const file = (text: string): string => {
    const path = join(folder, `key-${number++}`);
    writeFileSync(path, text);
    return path;
  };
  const kept = () => join(state, 'netdiag', 'redact-key');

  it('is that of the file, whatever line end that has', () => {
    expect(read(file(`${SECRET}\r\n`)).key).toEqual(read(file(SECRET)).key);
    expect(read(file(`${SECRET}!`)).key).not.toEqual(read(file(SECRET)).key);
    expect(read(file(SECRET)).remark).toBeNull();
  });

  it('is otherwise that of the environment, and the same as in a file', () => {
    expect(read(undefined, { NETDIAG_REDACT_KEY: SECRET }).key).toEqual(read(file(SECRET)).key);
    expect(read(file(`${SECRET}!`), { NETDIAG_REDACT_KEY: SECRET }).key).toEqual(read(file(`${SECRET}!`)).key);
    expect(() => statSync(kept())).toThrow('ENOENT');
  });

  it('is refused where it is short, missing or in the wrong place, and is not shown', () => {
    expect(() => read(file('short'))).toThrow(/^--redact-key ".*": its key is shorter than 16 bytes$/);
    expect(() => read(join(folder, 'none'))).toThrow('there is no such file');
    expect(() => read(undefined, { NETDIAG_REDACT_KEY: 'hunter2' })).toThrow(/^NETDIAG_REDACT_KEY: its key is shorter than 16 bytes$/);
    expect(() => read(undefined, { NETDIAG_REDACT_KEY: file(SECRET) })).toThrow(/^NETDIAG_REDACT_KEY: it is to hold the key itself/);
  });

  it('is made once where none is named, kept for this user alone, and found again', () => {
    const first = read();
    expect(first.remark).toBeNull();
    expect(readFileSync(kept(), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    if (process.platform !== 'win32') {
      expect(statSync(kept()).mode & 0o777).toBe(0o600);
      expect(statSync(join(state, 'netdiag')).mode & 0o777).toBe(0o700);
    }
    expect(read().key).toEqual(first.key);
    // That of another machine is another one.
    state = `${state}-other`;
    expect(read().key).not.toEqual(first.key);
  });

  it('is good for one run where none can be kept, and says so', () => {
    writeFileSync(state, 'a file where the folder should be');
    const [one, other] = [read(), read()];
    expect(one.key).not.toEqual(other.key);
    expect(one.remark).toMatch(
      /^the pseudonyms are good for this report alone, since no key could be kept \(\w+\); --redact-key names one$/,
    );
    expect(one.remark).not.toContain(folder);
  });

  it('is not taken from a file that holds none, and that is left as it is', () => {
    mkdirSync(join(state, 'netdiag'), { recursive: true });
    writeFileSync(kept(), '');
    expect(read().remark).toContain('it is not a key');
    expect(readFileSync(kept(), 'utf8')).toBe('');
  });

  it('is not kept in the home of somebody else', (context) => {
    if (process.platform === 'win32') context.skip('Windows has no owner of a home that could be another one');
    if (process.getuid?.() !== 0) context.skip('only the superuser can act as another user');
    const home = join(folder, 'home');
    mkdirSync(home);
    chmodSync(folder, 0o755);
    chmodSync(home, 0o777);
    process.seteuid?.(65_534);
    try {
      expect(readRedactionKey(undefined, { env: { HOME: home }, platform: 'linux' }).remark).toContain('there is no folder of its own');
    } finally {
      process.seteuid?.(0);
    }
    expect(readRedactionKey(undefined, { env: { HOME: home }, platform: 'linux' }).remark).toBeNull();
    expect(statSync(join(home, '.local/state/netdiag/redact-key')).isFile()).toBe(true);
  });

  it('is kept where each system has such files', () => {
    expect(readRedactionKey(undefined, { env: { LOCALAPPDATA: state }, platform: 'win32' }).remark).toBeNull();
    expect(statSync(kept()).isFile()).toBe(true);
    expect(readRedactionKey(undefined, { env: {}, platform: 'linux' }).remark).toContain('no folder of its own');
  });
});
