import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarGz } from '../../../src/report/support/archive.js';

const WHEN = new Date('2025-03-04T05:06:07Z');
const LONG = `${'ü'.repeat(3000)}\n`;
const FILES = [
  { name: 'folder/empty.txt', text: '' },
  { name: 'folder/block.txt', text: 'x'.repeat(512) },
  { name: 'folder/long.txt', text: LONG },
];

describe('an archive', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-archive-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one that tar unpacks, with nothing lost and for its owner alone', (context) => {
    if (spawnSync('tar', ['--version']).status !== 0) context.skip('there is no tar here');
    const path = join(folder, 'a.tar.gz');
    writeFileSync(path, tarGz(FILES, WHEN));
    const unpacked = spawnSync('tar', ['-xzf', path, '-C', folder], { encoding: 'utf8' });
    expect({ status: unpacked.status, stderr: unpacked.stderr }).toEqual({ status: 0, stderr: '' });
    for (const { name, text } of FILES) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
    expect(statSync(join(folder, 'folder/long.txt')).mtime).toEqual(WHEN);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'folder/long.txt')).mode & 0o777).toBe(0o600);
  });

  it('is whole blocks, ends in two empty ones, and is the same each time', () => {
    const tar = gunzipSync(tarGz(FILES, WHEN));
    expect(tar.length % 512).toBe(0);
    expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true);
    expect(tarGz(FILES, WHEN)).toEqual(tarGz(FILES, WHEN));
  });

  it('refuses names that its header has no room for', () => {
    for (const name of ['', 'a'.repeat(100), 'ü']) expect(() => tarGz([{ name, text: '' }], WHEN)).toThrow(RangeError);
  });
});
