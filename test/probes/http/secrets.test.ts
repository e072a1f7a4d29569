import { describe, expect, it } from 'vitest';
import { hiderOf } from '../../../src/probes/http/secrets.js';

const TOKEN = 'tok+SECRET/with=signs"0123456789';
const hide = hiderOf({
  headers: [
    { name: 'authorization', value: `Bearer ${TOKEN}`, secret: true },
    { name: 'x-login', value: `Basic ${Buffer.from('user:pass word').toString('base64')}`, secret: true },
    { name: 'accept', value: 'text/html', secret: false },
  ],
  place: { scheme: 'https', host: 'app.example', port: 443, path: '/a?page=2&token=short&key=value%2Bof%20query&odd=%E0%A4%A' },
});

describe('secrets of a request that come back', () => {
  it.each([
    ['as they are', TOKEN],
    ['with their scheme', `Bearer ${TOKEN}`],
    ['in a URL', encodeURIComponent(TOKEN)],
    ['in a path', encodeURI(TOKEN)],
    ['in JSON', JSON.stringify(TOKEN).slice(1, -1)],
    ['in Base64', Buffer.from(TOKEN).toString('base64')],
    ['in the name of a field', TOKEN.toLowerCase()],
    ['the password', 'pass word'],
    ['a value of the query', 'value+of query'],
    ['the same as it was sent', 'value%2Bof%20query'],
    ['a short one whose name says what it is', 'short'],
  ])('%s', (_how, written) => {
    expect(hide(`<${written}>`)).toBe('<***>');
  });

  it('leaves what is none', () => {
    expect(hide('page=2, text/html')).toBe('page=2, text/html');
  });
});

it('the login of a proxy is hidden where it comes back', () => {
  const variables = { http_proxy: 'http://me:s3cretPW@proxy.example' };
  const request = { headers: [], place: { scheme: 'http' as const, host: 'a.example', port: 80, path: '/' } };
  const shown = hiderOf(request, { given: null, variables })(`x Basic ${Buffer.from('me:s3cretPW').toString('base64')} s3cretPW`);
  expect(shown).not.toMatch(/s3cretPW|bWU6/);
});
