import { describe, expect, it } from 'vitest';
import type { DnsProbeOptions, DnsServerOption } from '../../../src/model/probe-options.js';
import { nonexistentNames, planComparisons, planServers, spellServer } from '../../../src/probes/dns-comparison/plan.js';
import { WELL_KNOWN_SERVERS } from '../../../src/probes/dns-comparison/well-known.js';

const given: DnsServerOption = { address: '192.0.2.53', port: 5353 };
const options = (parts: Partial<DnsProbeOptions> = {}): DnsProbeOptions => ({
  ...{ names: ['www.example.net'], types: ['A'], servers: [given], transport: 'udp', timeoutMs: 2000, attempts: 2 },
  compare: { wellKnown: true, warmCount: 5 },
  ...parts,
});
const system = { address: '127.0.0.53', port: 53, label: 'systemd-resolved', behind: null };
const IPV4 = { ipv4: true, ipv6: false };
const BOTH = { ipv4: true, ipv6: true };
const label = () => 'netdiag-x';

describe('the plan of a comparison', () => {
  it('is one for each name and type, which share their servers', () => {
    const plans = planComparisons(options({ names: ['a.example', 'b.example'], types: ['A', 'TYPE65'] }), [], IPV4, label);
    expect(plans.map(({ name, type }) => `${name} ${type}`)).toEqual(['a.example A', 'a.example HTTPS', 'b.example A', 'b.example HTTPS']);
    expect(plans.map(({ nonexistentNames: names }) => names.length)).toEqual([2, 0, 2, 0]);
    expect(new Set(plans.map(({ servers }) => servers)).size).toBe(1);
    expect(plans[0]?.edns).toMatchObject({ nameServerId: true, udpPayloadBytes: 1232 });
  });

  it('asks those of the system first, then those given, then the well-known ones', () => {
    const servers = planServers(options(), [system], BOTH);
    expect(servers.slice(0, 3).map(({ server, from }) => `${from} ${server}`)).toEqual([
      'system 127.0.0.53',
      'given 192.0.2.53:5353',
      'well-known 1.1.1.1',
    ]);
    expect(servers).toHaveLength(2 + WELL_KNOWN_SERVERS.length);
    expect(new Set(servers.map(({ server }) => server)).size).toBe(servers.length);
  });

  it('asks each once, for the first who named it, and knows the operator all the same', () => {
    const servers = planServers(
      options({ servers: [{ address: '8.8.8.8', port: 53 }] }),
      [{ ...system, address: '9.9.9.9', label: null }],
      IPV4,
    );
    const spelled = (name: string) => servers.filter(({ server }) => server === name);
    expect(spelled('8.8.8.8')).toMatchObject([{ from: 'given', operator: 'Google', label: 'Google', filters: false }]);
    expect(spelled('9.9.9.9')).toMatchObject([{ from: 'system', operator: 'Quad9', label: 'Quad9', filters: true }]);
  });

  it('leaves out IPv6 where there is no way to it, and the world where it is not wanted', () => {
    expect(planServers(options(), [], IPV4).filter(({ address }) => address.includes(':'))).toEqual([]);
    expect(planServers(options({ compare: { wellKnown: false, warmCount: 5 } }), [], BOTH)).toHaveLength(1);
  });

  it('gives encrypted servers their name, and plain ones none', () => {
    const servers = planServers(options({ ca: ['PEM'] }), [], IPV4);
    const byName = (name: string) => servers.find(({ server }) => server === name);
    expect(byName('tls://9.9.9.9')).toMatchObject({ port: 853, security: { servername: 'dns.quad9.net', ca: ['PEM'] } });
    expect(byName('https://8.8.8.8/dns-query')).toMatchObject({ port: 443, security: { servername: 'dns.google' } });
    expect(byName('1.1.1.1')).toMatchObject({ security: null, path: null });
  });

  it.each([
    ['udp', given, '192.0.2.53:5353'],
    ['tcp', { address: '2001:db8::1', port: 53 }, 'tcp://[2001:db8::1]'],
    ['tls', { address: '192.0.2.1', port: 8853 }, 'tls://192.0.2.1:8853'],
    ['https', { address: '192.0.2.1', port: 443, path: '/q' }, 'https://192.0.2.1/q'],
  ] as const)('spells a server over %s', (transport, server, spelled) => {
    expect(spellServer(server, transport)).toBe(spelled);
  });
});

describe('names that do not exist', () => {
  it.each([
    ['www.example.net', ['netdiag-x.invalid', 'netdiag-x.example.net']],
    ['example.net.', ['netdiag-x.invalid', 'netdiag-x.net']],
    ['localhost', ['netdiag-x.invalid']],
    ['.', ['netdiag-x.invalid']],
    [`a.${'b'.repeat(60)}.${`${'c'.repeat(60)}.`.repeat(3)}`, ['netdiag-x.invalid', expect.any(String)]],
    [`a.${`${'c'.repeat(62)}.`.repeat(3)}${'d'.repeat(58)}`, ['netdiag-x.invalid']],
  ])('for %s', (name, names) => {
    expect(nonexistentNames(name, label)).toEqual(names);
  });
});
