import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPingReader, type PingLine } from '../../../src/wire/tools/ping-output.js';

function read(text: string, dialect: 'unix' | 'windows' = 'unix', family: 4 | 6 = 4): PingLine[] {
  const reader = createPingReader(dialect, family);
  return text.split('\n').flatMap((line) => reader(line) ?? []);
}

const tooBig = (from: string | null, mtuBytes: number | null) => ({ kind: 'too-big', from, mtuBytes });
const reply = (seq: number, rttMs: number | null, duplicate = false) => ({ kind: 'reply', seq, rttMs, duplicate });

describe('output of ping, as recorded', () => {
  it.each<[string, string, unknown[]]>([
    [
      'iputils',
      `PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.031 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=23.4 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=25 ms (DUP!)
no answer yet for icmp_seq=3
From 10.0.0.1 icmp_seq=4 Destination Host Unreachable

--- 127.0.0.1 ping statistics ---
4 packets transmitted, 2 received, +1 duplicates, +1 errors, 50% packet loss, time 23ms
rtt min/avg/max/mdev = 0.023/0.027/0.031/0.004 ms`,
      [
        reply(0, 0.031),
        reply(1, 23.4),
        reply(1, 25, true),
        { kind: 'icmp-error', from: '10.0.0.1', type: 3, code: 1 },
        { kind: 'summary', sent: 4 },
      ],
    ],
    [
      'iputils over IPv6, bound to a device and to an address',
      `PING ::1(::1) from ::1 lo: 56 data bytes
64 bytes from ::1: icmp_seq=1 ttl=64 time=0.024 ms
PING ::1(::1) from ::1 : 56 data bytes
64 bytes from ::1: icmp_seq=1 ttl=64 time=0.015 ms

--- ::1 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms`,
      [reply(0, 0.024), reply(0, 0.015), { kind: 'summary', sent: 1 }],
    ],
    [
      'iputils with a payload too small for a time',
      `PING 127.0.0.1 (127.0.0.1) 8(36) bytes of data.
16 bytes from 127.0.0.1: icmp_seq=1 ttl=64

1 packets transmitted, 1 received, 0% packet loss, time 0ms`,
      [reply(0, null), { kind: 'summary', sent: 1 }],
    ],
    [
      'iputils, with a packet that is too large for a router, and one that this machine does not send',
      `PING 203.0.113.10 (203.0.113.10) 1373(1401) bytes of data.
From 192.0.2.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)

--- 203.0.113.10 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

ping: local error: message too long, mtu=1400`,
      [tooBig('192.0.2.1', 1400), { kind: 'summary', sent: 1 }, tooBig('local', 1400)],
    ],
    [
      'iputils over IPv6, the same',
      `PING 2001:db8:3::10(2001:db8:3::10) 1353 data bytes
From 2001:db8:1::1 icmp_seq=1 Packet too big: mtu=1400

--- 2001:db8:3::10 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

ping: local error: message too long, mtu: 1400`,
      [tooBig('2001:db8:1::1', 1400), { kind: 'summary', sent: 1 }, tooBig('local', 1400)],
    ],
    [
      'a router from before RFC 1191, one that lies, and a stack that names no size',
      `From 192.0.2.1 icmp_seq=1 Frag needed and DF set (mtu = 0)
From 192.0.2.1 icmp_seq=1 Frag needed and DF set (mtu = 4294967295)
556 bytes from 192.0.2.1: frag needed and DF set (MTU 1400)
ping: sendto: Message too long`,
      [tooBig('192.0.2.1', null), tooBig('192.0.2.1', null), tooBig('192.0.2.1', 1400), tooBig('local', null)],
    ],
    [
      'BusyBox',
      `PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.022 ms
64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.062 ms
64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.070 ms (DUP!)

--- 127.0.0.1 ping statistics ---
2 packets transmitted, 2 packets received, 1 duplicates, 0% packet loss
round-trip min/avg/max = 0.022/0.042/0.062 ms`,
      [reply(0, 0.022), reply(1, 0.062), reply(1, 0.07, true), { kind: 'summary', sent: 2 }],
    ],
    [
      'macOS',
      `PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: icmp_seq=0 ttl=64 time=0.049 ms
Request timeout for icmp_seq 1
92 bytes from 192.0.2.1: Destination Host Unreachable
Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
 4  5  00 5400 d26c   0 0000  40  01 9a1e 192.0.2.2  198.51.100.7
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.143 ms

--- 127.0.0.1 ping statistics ---
3 packets transmitted, 2 packets received, 33.3% packet loss
round-trip min/avg/max/stddev = 0.049/0.104/0.143/0.035 ms`,
      [reply(0, 0.049), { kind: 'icmp-error', from: '192.0.2.1', type: 3, code: 1 }, reply(2, 0.143), { kind: 'summary', sent: 3 }],
    ],
    [
      'macOS over IPv6',
      `PING6(56=40+8+8 bytes) ::1 --> ::1
16 bytes from ::1, icmp_seq=0 hlim=64 time=0.089 ms

--- ::1 ping6 statistics ---
1 packets transmitted, 1 packets received, 0.0% packet loss
round-trip min/avg/max/std-dev = 0.089/0.089/0.089/0.000 ms`,
      [reply(0, 0.089), { kind: 'summary', sent: 1 }],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('Windows, where a time below 1 ms is not told', () => {
    const text = `\r
Pinging 192.0.2.1 with 56 bytes of data:\r
Reply from 192.0.2.1: bytes=56 time<1ms TTL=64\r
Request timed out.\r
Reply from 192.0.2.9: Destination host unreachable.\r
Reply from 192.0.2.1: bytes=56 time=12ms TTL=64\r
\r
Ping statistics for 192.0.2.1:\r
    Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),\r
Approximate round trip times in milli-seconds:\r
    Minimum = 0ms, Maximum = 12ms, Average = 6ms\r
`;
    expect(read(text, 'windows')).toEqual([
      reply(0, null),
      { kind: 'icmp-error', from: '192.0.2.9', type: 3, code: 1 },
      reply(3, 12),
      { kind: 'summary', sent: 4 },
    ]);
  });

  it('Windows in German, over IPv6', () => {
    const text = `
Ping wird ausgeführt für ::1 mit 32 Bytes Daten:
Antwort von ::1: Zeit<1ms
Zeitüberschreitung der Anforderung.
Antwort von ::1: Zeit=3ms

Ping-Statistik für ::1:
    Pakete: Gesendet = 3, Empfangen = 2, Verloren = 1
    (33% Verlust),`;
    expect(read(text, 'windows', 6)).toEqual([reply(0, null), reply(2, 3)]);
  });

  it.each([
    ['Packet needs to be fragmented but DF set.', null],
    ['Reply from 192.0.2.9: Packet needs to be fragmented but DF set.', '192.0.2.9'],
    ['Paket müsste fragmentiert werden, DF-Flag ist jedoch gesetzt.', null],
    ['È necessario frammentare il pacchetto ma DF è attivo.', null],
  ])('Windows, with a packet that is too large: %s', (line, from) => {
    expect(read(`\nPinging 192.0.2.1 with 1472 bytes of data:\n${line}`, 'windows')).toEqual([tooBig(from, null)]);
    expect(read('\nPinging 192.0.2.1 with 1472 bytes of data:\nRequest timed out.', 'windows')).toEqual([]);
  });

  it('numbers ICMPv6 errors as ICMPv6 does', () => {
    expect(read('From 2001:db8::1 icmp_seq=1 Destination unreachable: No route', 'unix', 6)).toEqual([
      { kind: 'icmp-error', from: '2001:db8::1', type: 1, code: 0 },
    ]);
  });

  it('takes no line of another kind for a packet, and never throws', () => {
    for (const line of [
      '',
      'PING',
      '64 bytes from x: icmp_seq=99999999999 ttl=1 time=1 ms',
      'time=5 ms',
      '9 packets transmitted',
      '64 bytes from 1.2.3.4: icmp_seq=1 ttl=64 time=abc ms',
    ]) {
      expect(read(line), line).toEqual([]);
    }
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 200 }), { maxLength: 20 }), fc.boolean(), (lines, windows) => {
        for (const line of read(lines.join('\n'), windows ? 'windows' : 'unix')) {
          if (line.kind === 'reply' && line.rttMs !== null) expect(line.rttMs).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
