import { describe, expect, it } from 'vitest';
import { blameEncryptedDnsFilter } from '../../src/diagnosis/encrypted-dns-evidence.js';
import type { Measurement } from '../../src/model/measurement.js';
import { line } from './check-lines.js';

const PORT = { title: 'TCP 443 https', observed: 'no answer in 1 s' };

/** What port 443 of a server is named as, its port 853 being in this state. */
function codeOf(state: string, { target = '192.0.2.53:443', code = 'port-filtered', title = PORT.title, transport = 'warn' } = {}) {
  const measurements = [
    { id: 'm1', probe: 'ports', target: null, data: { address: '192.0.2.53', ports: [{ port: 853, protocol: 'tcp', state }] } },
    { id: 'm2', probe: 'ports', target: null, data: { address: '192.0.2.54', ports: [{ port: 853, protocol: 'tcp', state: 'filtered' }] } },
  ] as unknown as Measurement[];
  const told = transport === 'pass' ? 'pass l7.transport@tls' : 'warn l7.transport@tls dns-encrypted-blocked';
  const checks = [line(`fail l4.port@${target} ${code}`, { ...PORT, title }), line(told, { measurements: ['m1'] })];
  const [port] = blameEncryptedDnsFilter(checks, measurements);
  return [port?.code, port?.observed];
}

describe('port 443 of a server of names', () => {
  it.each(['filtered', 'rejected'])('is its DNS over HTTPS where port 853 is %s too', (state) => {
    expect(codeOf(state)).toEqual(['dns-encrypted-blocked', 'no answer in 1 s; so is its port 853, while it answers plain DNS']);
    expect(codeOf(state, { code: 'port-rejected' })[0]).toBe('dns-encrypted-blocked');
  });

  it.each([
    ['whose port 853 is refused by itself', 'closed', {}],
    ['whose port 853 is open', 'open', {}],
    ['of which encrypted DNS is not said to be kept shut', 'filtered', { transport: 'pass' }],
    ['at another address', 'filtered', { target: '192.0.2.54:443' }],
    ['by a name, which can be anything', 'filtered', { target: 'dns.example.net:443' }],
  ])('stays a port that is filtered %s', (_what, state, given) => {
    expect(codeOf(state, given)).toEqual(['port-filtered', PORT.observed]);
  });

  it('is no other port, and none that refuses by itself', () => {
    expect(codeOf('filtered', { title: 'TCP 80 http' })[0]).toBe('port-filtered');
    expect(codeOf('filtered', { code: 'port-closed' })[0]).toBe('port-closed');
  });
});
