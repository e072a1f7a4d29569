import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../src/model/measurement.js';
import { type Candidate, MOST_ASKED, planTimeServers, spreadOver, WELL_KNOWN_TIME_SERVERS } from '../../../src/probes/clock/plan.js';

type Configured = DataOf<'clock'>['configured'][number];

const entry = (host: string, kind: Configured['kind'], service: string): Configured => ({
  host,
  port: 123,
  kind,
  service,
  source: `/etc/${service}`,
});
const plan = (configured: Configured[], services: string[] = [], given: string[] | null = null) =>
  planTimeServers(given, { configured, services: services.map((name) => ({ name, source: '' })) }).map(({ host, from }) => [host, from]);

describe('the time servers to ask', () => {
  it('are those that were named, and no others', () => {
    const configured = [entry('a.example', 'server', 'chrony')];
    expect(planTimeServers(['192.0.2.1', 'b.example:1123', '[2001:db8::7]:99'], { configured, services: [] })).toMatchObject([
      { host: '192.0.2.1', port: 123, from: 'given' },
      { host: 'b.example', port: 1123 },
      { host: '2001:db8::7', port: 99 },
    ]);
  });

  it('are those of the service that runs before those of one that does not, then those of DHCP', () => {
    const configured = [entry('d.example', 'dhcp', 'network'), entry('n.example', 'server', 'ntp'), entry('c.example', 'pool', 'chrony')];
    expect(plan(configured, ['chronyd'])).toEqual([
      ['c.example', 'configured'],
      ['n.example', 'configured'],
      ['d.example', 'dhcp'],
    ]);
    expect(plan(configured, ['ntpd'])[0]).toEqual(['n.example', 'configured']);
  });

  it('are fallbacks where there is nothing else, and never beside something else', () => {
    const fallback = entry('0.debian.pool.ntp.org', 'fallback', 'systemd-timesyncd');
    expect(plan([fallback])).toEqual([['0.debian.pool.ntp.org', 'fallback']]);
    expect(plan([fallback, entry('d.example', 'dhcp', 'network')])).toEqual([['d.example', 'dhcp']]);
  });

  it('are well-known ones where this machine names none, and no name of pool.ntp.org among them', () => {
    expect(plan([]).map(([host]) => host)).toEqual(WELL_KNOWN_TIME_SERVERS);
    expect(WELL_KNOWN_TIME_SERVERS.filter((name) => name.includes('pool.ntp.org'))).toEqual([]);
    expect(WELL_KNOWN_TIME_SERVERS.length).toBeLessThanOrEqual(MOST_ASKED);
  });

  it('are few, and each once', () => {
    const many = Array.from({ length: 20 }, (_, index) => entry(`s${index % 10}.example`, 'server', 'chrony'));
    expect(plan(many).map(([host]) => host)).toEqual(['s0.example', 's1.example', 's2.example', 's3.example']);
  });
});

describe('their addresses', () => {
  const candidate = (host: string, pool = false): Candidate => ({ host, port: 123, from: 'configured', source: null, pool });
  const spread = (...found: [string, boolean, string[]][]) =>
    spreadOver(
      found.map(([host, pool, addresses]) => ({
        candidate: candidate(host, pool),
        addresses,
        because: addresses.length === 0 ? 'no such name' : null,
      })),
    ).map(({ address, because }) => address ?? because);

  it('are one of each name, and the further ones of pools up to four', () => {
    expect(spread(['pool', true, ['a', 'b', 'c', 'd', 'e']])).toEqual(['a', 'b', 'c', 'd']);
    expect(spread(['pool', true, ['a', 'b', 'c']], ['server', false, ['x', 'y']])).toEqual(['a', 'x', 'b', 'c']);
  });
  it('are each asked once, whatever names lead to them', () => {
    expect(spread(['one', false, ['a']], ['other', false, ['a']])).toEqual(['a']);
  });
  it('that could not be found keep their reason', () => {
    expect(spread(['one', false, []], ['other', false, ['b']])).toEqual(['no such name', 'b']);
  });
});
