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
