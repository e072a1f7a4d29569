import { describe, expect, it } from 'vitest';
import { authorityOf, type HttpPlace, locationOf, urlOf } from '../../../src/probes/http/place.js';
import { begin, type HttpRequest, next, type RedirectState } from '../../../src/probes/http/redirect.js';

const HERE: HttpPlace = { scheme: 'https', host: 'app.example', port: 443, path: '/a?b=c' };
const SECRET = { name: 'Authorization', value: 'Bearer x', secret: true };
const PLAIN = { name: 'Accept', value: 'text/html', secret: false };
const HOST = { name: 'Host', value: 'other', secret: false };
const REQUEST: HttpRequest = { method: 'GET', place: HERE, headers: [SECRET, PLAIN, HOST], body: null };
const POST: HttpRequest = {
  ...REQUEST,
  method: 'POST',
  headers: [PLAIN, { name: 'Content-Type', value: 'text/plain', secret: false }],
  body: Uint8Array.of(1),
};

function followed(request: HttpRequest, status: number, location: string): RedirectState {
  const step = next(begin(request, 10), { status, location });
  if (step.kind !== 'follow') throw new Error(step.kind);
  return step.state;
}

describe('where a Location leads', () => {
  it.each([
    ['/x', 'https://app.example/x'],
    ['x?y', 'https://app.example/x?y'],
    ['//other.example:8443/', 'https://other.example:8443/'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['https://user:password@[2001:db8::1]/z#frag', 'https://[2001:db8::1]/z'],
    ['', 'https://app.example/a?b=c'],
  ])('%j', (location, url) => {
    const place = locationOf(HERE, location);
    expect(place === null ? null : urlOf(place)).toBe(url);
  });

  it.each([
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'ftp://app.example/',
    'ws://app.example/',
    'https://',
    'https://app.example:0/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://[ff02::1]/',
    'https://a b/',
  ])('%j is no place for a request', (location) => {
    expect(locationOf(HERE, location)).toBeNull();
  });

  it('names hosts and ports as a Host field does', () => {
    expect(authorityOf({ ...HERE, host: 'fe80::1%eth0', port: 8443 })).toBe('[fe80::1]:8443');
    expect(authorityOf({ ...HERE, scheme: 'http', port: 80 })).toBe('app.example');
  });
});

describe('what follows a redirect', () => {
  const names = (state: RedirectState) => state.current.headers.map(({ name }) => name);

  it('keeps everything at the same origin', () => {
    expect(names(followed(REQUEST, 302, '/b'))).toEqual(['Authorization', 'Accept', 'Host']);
  });

  it.each(['http://app.example/a', 'https://app.example:8443/', 'https://other.example/', 'https://app.example.evil.example/'])(
    'sends no secret and no Host of ours to %s',
    (location) => {
      expect(names(followed(REQUEST, 307, location))).toEqual(['Accept']);
    },
  );

  it('sends them again at the origin that was named', () => {
    const away = followed(REQUEST, 302, 'https://other.example/');
    const back = next(away, { status: 302, location: 'https://app.example/back' });
    expect(back.kind === 'follow' && names(back.state)).toEqual(['Authorization', 'Accept', 'Host']);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [302, 'PUT', 'PUT'],
    [303, 'HEAD', 'HEAD'],
  ])('%i makes %s into %s', (status, method, expected) => {
    const { current } = followed({ ...POST, method }, status, '/b');
    expect(current.method).toBe(expected);
    expect(current.body === null).toBe(expected === 'GET' || (expected === 'GET' && method !== 'GET'));
    expect(current.headers.some(({ name }) => name === 'Content-Type')).toBe(expected !== 'GET');
  });

  it('sees circles, also wide ones, and counts', () => {
    let state = begin(REQUEST, 3);
    expect(next(state, { status: 302, location: '/a?b=c' })).toEqual({ kind: 'stop', fault: 'loop' });
    for (const location of ['/1', '/2', '/3']) {
      const step = next(state, { status: 302, location });
      if (step.kind !== 'follow') throw new Error(step.kind);
      state = step.state;
    }
    expect(next(state, { status: 302, location: '/1' })).toEqual({ kind: 'stop', fault: 'loop' });
    expect(next(state, { status: 302, location: '/4' })).toEqual({ kind: 'stop', fault: 'too-many' });
  });

  it('notices plain text behind TLS', () => {
    expect(next(begin(REQUEST, 10), { status: 302, location: 'http://app.example/' })).toMatchObject({ kind: 'follow', downgraded: true });
    expect(next(begin(REQUEST, 10), { status: 302, location: '/' })).toMatchObject({ downgraded: false });
  });

  it('an answer without a Location, another status, and no wish to follow are the end', () => {
    for (const [limit, status, location] of [
      [10, 302, null],
      [10, 304, '/'],
      [10, 200, '/'],
      [0, 302, '/'],
    ] as const)
      expect(next(begin(REQUEST, limit), { status, location })).toEqual({ kind: 'final' });
    expect(next(begin(REQUEST, 10), { status: 302, location: `/${'a'.repeat(20_000)}` })).toEqual({ kind: 'stop', fault: 'invalid' });
  });
});
