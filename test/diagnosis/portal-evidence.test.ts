import { describe, expect, it } from 'vitest';
import { blamePortal } from '../../src/diagnosis/portal-evidence.js';
import type { Measurement } from '../../src/model/measurement.js';
import { line } from './check-lines.js';

function judged(address: string, location: string, via: string | null = null) {
  const data = { via, redirects: [{ address, location }] };
  const measurements = [{ id: 'm1', probe: 'http', target: 'http://app.example.net', data }] as unknown as Measurement[];
  const [made] = blamePortal([line('pass l7.redirects@http://app.example.net', { measurements: ['m1'] })], measurements);
  return made?.code ?? null;
}

describe('a redirect of a service', () => {
  it('of the internet to an address of this network is a portal', () => {
    expect(judged('203.0.113.10', 'http://10.9.8.1:8000/login')).toBe('captive-portal');
    expect(judged('2001:db8::10', 'https://[fd00::1]/')).toBe('captive-portal');
  });

  it.each<[string, string, string, string | null]>([
    ['to another name', '203.0.113.10', 'https://login.example.net/', null],
    ['within this network', '10.1.1.1', 'http://10.1.1.2/', null],
    ['to a program on this machine', '203.0.113.10', 'http://127.0.0.1:8080/callback', null],
    ['to another public address', '203.0.113.10', 'http://203.0.113.11/', null],
    ['by a proxy', '203.0.113.10', 'http://10.1.1.2/', 'http://10.1.1.9:3128'],
    ['to nowhere', '203.0.113.10', 'nonsense', null],
  ])('%s is none', (_what, address, location, via) => {
    expect(judged(address, location, via)).toBeNull();
  });
});

interface Seen {
  /** Address that the target has. */
  at?: string;
  location: string;
  /** Gateway of the way to the target; `null`: it is on the link. */
  gateway?: string | null;
  /** Who answered behind the redirect; `null`: nobody. */
  end?: string | null;
  /** The line that shows it. */
  shown?: string;
}

const NAMED = 'http://nas.example.net';

function judgedBehind({ at = '10.2.0.2', location, gateway = '10.1.0.1', end = null, shown = 'pass l7.redirects' }: Seen) {
  const made = [
    { id: 'm0', probe: 'host', target: null, data: { defaultRoutes: [{ gateway: '10.1.0.1' }, { gateway: 'fe80::1' }] } },
    { id: 'm2', probe: 'route-lookup', target: NAMED, data: { address: at, gateway } },
    {
      id: 'm1',
      probe: 'http',
      target: NAMED,
      data: { via: null, redirects: [{ address: at, location }], address: end, finalUrl: end === null ? null : location },
    },
  ] as unknown as Measurement[];
  const [status, kind, code] = shown.split(' ');
  const [check] = blamePortal([line(`${status} ${kind}@${NAMED} ${code ?? ''}`.trim(), { measurements: ['m1'] })], made);
  return { code: check?.code ?? null, observed: check?.observed };
}

describe('a redirect of a host of this network', () => {
  it('to the gateway in front of it is a portal, by its address or by a name that has it', () => {
    expect(judgedBehind({ location: 'http://10.1.0.1:8080/login' })).toEqual({
      code: 'captive-portal',
      observed: 'redirected to the gateway of this network: http://10.1.0.1:8080/login',
    });
    expect(judgedBehind({ location: 'https://login.example.net/', end: '10.1.0.1' }).code).toBe('captive-portal');
    expect(judgedBehind({ at: 'fd00:2::2', gateway: 'fe80::1', location: 'http://[fe80::1]/login' }).code).toBe('captive-portal');
  });

  it('is one where the login page itself does not answer', () => {
    const shown = 'fail l7.http-status port-closed';
    expect(judgedBehind({ location: 'http://10.1.0.1:8080/login', shown }).code).toBe('captive-portal');
  });

  it.each<[string, Seen]>([
    ['to another host', { location: 'http://10.2.0.9/' }],
    ['to a name of another host', { location: 'http://www.example.net/', end: '10.2.0.9' }],
    ['that is the gateway, to itself', { at: '10.1.0.1', gateway: null, location: 'http://10.1.0.1:8080/' }],
    ['that is the gateway, by another way', { at: '10.1.0.1', location: 'http://10.1.0.1:8080/' }],
    ['on the link, in front of which nobody stands', { at: '10.1.0.7', gateway: null, location: 'http://10.1.0.1/' }],
    ['to a name of which nobody knows where it leads', { location: 'http://login.example.net/' }],
  ])('%s is none', (_what, seen) => {
    expect(judgedBehind(seen).code).toBeNull();
  });
});
