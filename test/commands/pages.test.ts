import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { netdiag } from './program.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-pages-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('writes a page and a text for a ticket of one run, and either of them to stdout', async () => {
  const [html, markdown] = [join(folder, 'report.html'), join(folder, 'report.md')];
  const ended = await netdiag(['ports', '127.0.0.1', '-p', '1', '--format', 'markdown', '--output', html, '--output', markdown]);
  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect(ended.stdout).toMatch(/^# ✗ FAIL: netdiag ports `127\.0\.0\.1`\n/);
  expect(readFileSync(markdown, 'utf8')).toBe(ended.stdout);
  const page = readFileSync(html, 'utf8');
  expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">[\s\S]*<\/html>\n$/);
  expect(page).toContain('<h1>netdiag ports 127.0.0.1</h1>');
  expect(page).not.toMatch(/https?:\/\//);
});
