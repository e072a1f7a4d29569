import { expect, it } from 'vitest';
import { isPublicName } from '../../../src/probes/resolver-watch/public-name.js';

it.each(['app.example.net', 'example.com', 'hijacked.test', 'a.b.c.org', 'example.com.'])('%s may be asked of the world', (name) => {
  expect(isPublicName(name)).toBe(true);
});

it.each([
  'printer',
  'localhost',
  'nas.local',
  'db.internal',
  'tv.home.arpa',
  'pc.lan',
  'x.corp',
  'x.home',
  'x.localdomain',
  'x.intranet',
  'x.private',
  'a.localhost',
  'x.invalid',
  'x.onion',
  '1.2.0.192.in-addr.arpa',
  '192.0.2.1',
  'NAS.LOCAL',
  '',
  '.',
  'a..b',
])('%s is not', (name) => {
  expect(isPublicName(name)).toBe(false);
});
