import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  buildLinkStatisticsRequest,
  LINK_COUNTERS,
  parseLinkStatistics,
  parseProcDevCounters,
  parseQueueStatistics,
} from '../../../src/wire/linux/link-statistics.js';
import { parseListenQueues } from '../../../src/wire/linux/listen-queues.js';
import { buildNetlinkAttribute, buildNetlinkRequest } from '../../../src/wire/linux/netlink.js';
import { parseProtocolCounters, parseProtocolCounters6, parseSoftnetCounters } from '../../../src/wire/linux/protocol-counters.js';

const recorded = (machine: string, file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../machines/counters-${machine}/proc/net/${file}`, import.meta.url)), 'utf8');
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (word: string) => new TextEncoder().encode(`${word}\0`);

describe('counters of links by netlink', () => {
  const numbers = (values: readonly bigint[]) => new Uint8Array(new BigUint64Array(values).buffer);
  const link = (index: number, ...attributes: Uint8Array[]) => {
    const header = new Uint8Array(16);
    new DataView(header.buffer).setInt32(4, index, true);
    return buildNetlinkRequest(16, 0, 1, joined(header, ...attributes));
  };

  it('asks by RTM_GETLINK for all of them', () => {
    expect([...buildLinkStatisticsRequest().subarray(0, 8)]).toEqual([32, 0, 0, 0, 18, 0, 0x01, 0x03]);
  });

  it('reads the fields of rtnl_link_stats64 in their order, and longer structures of newer kernels', () => {
    const values = Array.from({ length: 25 }, (_, index) => BigInt(index + 1));
    const message = link(7, buildNetlinkAttribute(3, text('eth0')), buildNetlinkAttribute(23, numbers(values)));
    const counters = Object.fromEntries(LINK_COUNTERS.map((name, index) => [name, index + 1]));
    expect(parseLinkStatistics(message)).toEqual({ ok: true, value: { interface: 'eth0', index: 7, counters } });
  });

  it('has null for what a shorter structure lacks, and for what is beyond 2^53', () => {
    const message = link(7, buildNetlinkAttribute(3, text('eth0')), buildNetlinkAttribute(23, numbers([1n, 2n ** 60n])));
    const read = parseLinkStatistics(message);
    expect(read.ok && [read.value.counters.rxPackets, read.value.counters.txPackets, read.value.counters.rxBytes]).toEqual([1, null, null]);
  });

  it.each([
    ['no name', link(7, buildNetlinkAttribute(23, numbers([1n])))],
    ['no counters', link(7, buildNetlinkAttribute(3, text('eth0')))],
    ['another message', buildNetlinkRequest(20, 0, 1, new Uint8Array(16))],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, message) => {
    expect(parseLinkStatistics(message).ok).toBe(false);
  });

  it('reads drops of the queue at the root, and refuses the others', () => {
    const queue = (parent: number) => {
      const header = new Uint8Array(20);
      const view = new DataView(header.buffer);
      view.setInt32(4, 7, true);
      view.setUint32(12, parent, true);
      const basic = new Uint8Array(new Uint32Array([5000, 0, 40, 0]).buffer);
      const lengths = new Uint8Array(new Uint32Array([3, 1500, 12, 0, 9]).buffer);
      const statistics = joined(buildNetlinkAttribute(1, basic), buildNetlinkAttribute(3, lengths));
      return buildNetlinkRequest(36, 0, 1, joined(header, buildNetlinkAttribute(1, text('tbf')), buildNetlinkAttribute(7, statistics)));
    };
    expect(parseQueueStatistics(queue(0xffffffff))).toEqual({
      ok: true,
      value: { interfaceIndex: 7, kind: 'tbf', packets: 40, dropped: 12, waitingPackets: 3 },
    });
    expect(parseQueueStatistics(queue(0x10001)).ok).toBe(false);
  });
});

describe('/proc/net', () => {
  it.each(['linux-4.18', 'linux-5.10', 'linux-6.18'])('of %s: every pair of lines and every interface is read', (machine) => {
    const snmp = parseProtocolCounters(recorded(machine, 'snmp'));
    const netstat = parseProtocolCounters(recorded(machine, 'netstat'));
    if (!snmp.ok || !netstat.ok) throw new Error('refused');
    for (const name of ['TcpRetransSegs', 'TcpOutRsts', 'UdpRcvbufErrors', 'IpOutDiscards']) expect(snmp.value.has(name), name).toBe(true);
    for (const name of ['TcpExtListenOverflows', 'TcpExtTCPSynRetrans', 'TcpExtTCPOrigDataSent']) {
      expect(netstat.value.has(name), name).toBe(true);
    }
    // −1 is no count.
    expect(snmp.value.has('TcpMaxConn')).toBe(false);
    const devices = parseProcDevCounters(recorded(machine, 'dev'));
    expect(devices.ok && devices.value.map((device) => device.interface)).toContain('lo');
    const softnet = parseSoftnetCounters(recorded(machine, 'softnet_stat'));
    expect(softnet.ok && softnet.value.processors).toBeGreaterThan(0);
  });

  it('reads the numbers that stand there', () => {
    const snmp = parseProtocolCounters(recorded('linux-4.18', 'snmp'));
    expect(snmp.ok && [snmp.value.get('TcpRetransSegs'), snmp.value.get('UdpRcvbufErrors')]).toEqual([2044, 14]);
    const devices = parseProcDevCounters(recorded('linux-4.18', 'dev'));
    const eno1 = devices.ok ? devices.value.find((device) => device.interface === 'eno1') : undefined;
    expect(eno1?.counters).toMatchObject({ rxErrors: 12, rxDropped: 40, txBytes: 1234567890, rxCrc: null, rxMissed: null });
    expect(parseSoftnetCounters(recorded('linux-4.18', 'softnet_stat'))).toEqual({
      ok: true,
      value: { processors: 2, dropped: 3, squeezed: 10 },
    });
    const ipv6 = parseProtocolCounters6(recorded('linux-5.10', 'snmp6'));
    expect(ipv6.ok && ipv6.value.get('Ip6OutDiscards')).toBe(504);
  });

  it('refuses junk, and takes what is whole of a torn file', () => {
    expect(parseProtocolCounters(recorded('garbled', 'snmp')).ok).toBe(false);
    expect(parseProtocolCounters(recorded('garbled', 'netstat')).ok).toBe(false);
    expect(parseProcDevCounters(recorded('garbled', 'dev')).ok).toBe(false);
    expect(parseSoftnetCounters(recorded('garbled', 'softnet_stat')).ok).toBe(false);
    expect(parseSoftnetCounters('').ok).toBe(false);
    const whole = recorded('linux-6.18', 'snmp');
    const torn = parseProtocolCounters(whole.slice(0, whole.indexOf('UdpLite:') - 12));
    expect(torn.ok && [torn.value.has('TcpOutRsts'), torn.value.has('UdpInDatagrams')]).toEqual([true, false]);
  });
});

it('reads listen queues of ss, of all kinds of addresses', () => {
  const lines = [
    'LISTEN 2      1            0.0.0.0:9000      0.0.0.0:*   ',
    'LISTEN 0      4096   127.0.0.53%lo:53        0.0.0.0:*   ',
    'LISTEN 0      128             [::]:22           [::]:*   ',
    'LISTEN 0      511                *:80              *:*   ',
  ];
  const read = parseListenQueues(lines.join('\n'));
  expect(read.ok && read.value.map(({ address, port, waiting, limit }) => [address, port, waiting, limit])).toEqual([
    ['0.0.0.0', 9000, 2, 1],
    ['127.0.0.53%lo', 53, 0, 4096],
    ['::', 22, 0, 128],
    ['*', 80, 0, 511],
  ]);
  expect(parseListenQueues('')).toEqual({ ok: true, value: [] });
  expect(parseListenQueues('Zustand Empf-Q\n').ok).toBe(false);
});
