import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import dnsPacket from 'dns-packet';
import { parseDurationMs } from '../../../src/model/duration.js';
import { parseHostOrUrl, parsePort, parseTarget } from '../../../src/model/target.js';
import { parseCertificateOutline } from '../../../src/wire/certificate-outline.js';
import { internetChecksum } from '../../../src/wire/checksum.js';
import { followAliases } from '../../../src/wire/cname-chain.js';
import { parseControlMessages } from '../../../src/wire/control-message.js';
import { claimsToAnswer, encodeQuery, isAnswerTo, parseMessage } from '../../../src/wire/dns.js';
import { encodeName, nameKey, sameName } from '../../../src/wire/dns-name.js';
import { isIpAddress, parseDnsServer } from '../../../src/wire/dns-server.js';
import { dnsTypeNumber } from '../../../src/wire/dns-type.js';
import { exposureOf } from '../../../src/wire/exposure.js';
import { addressesInHostsFile } from '../../../src/wire/hosts-file.js';
import { encodeEchoRequest, parseEcho, parseIpv4Packet } from '../../../src/wire/icmp.js';
import { parseIcmpExtensions, quotedLabels } from '../../../src/wire/icmp-extension.js';
import * as abi from '../../../src/wire/linux-abi.js';
import { createPingReader } from '../../../src/wire/ping-output.js';
import { carriesCookie, encodeProbePayload, probeNumber } from '../../../src/wire/probe-payload.js';
import { matchRoute, parseProcArp, parseProcDev, parseProcIpv6Route, parseProcRoute } from '../../../src/wire/proc-net.js';
import { parseListeningSockets, parseProcessName, parseSocketLink } from '../../../src/wire/proc-net-sockets.js';
import { parseResolvConf, searchCandidates } from '../../../src/wire/resolv-conf.js';
import { reverseName } from '../../../src/wire/reverse-name.js';
import { encodeSocketAddress, parseSocketAddress } from '../../../src/wire/socket-address.js';
import { parseTcpInfo } from '../../../src/wire/tcp-info.js';
import { parseTcpSegments } from '../../../src/wire/tcp-segments.js';
import { parseTraceLine, type TraceTool } from '../../../src/wire/trace-output.js';
import type { BytesSubject, Subject, TextSubject } from './run.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const bytes = (read: BytesSubject['read'], ...seeds: Uint8Array[]): BytesSubject => ({ kind: 'bytes', read, seeds });
const text = (read: TextSubject['read'], ...seeds: string[]): TextSubject => ({ kind: 'text', read, seeds });

const ECHOES = [
  encodeEchoRequest(4, 7, 9, hex('61626364')),
  encodeEchoRequest(6, 7, 9, hex('61626364')),
  hex('00000000000700096162'),
  hex('8100000000070009'),
];
const IPV4 = hex('4500001c 00000000 40010000 c0000201 c0000202 00000000 00070009');
const IPV4_OPTIONS = hex('46000020 00000000 40010000 c0000201 c0000202 94040000 deadbeef');

/** Two labels (RFC 4950), without a checksum and with the right one, and behind an object of another class. */
const EXTENSIONS = [
  hex('20000000 000c0101 000c8040 000c9140'),
  withSum(hex('20000000 000c0101 000c8040 000c9140')),
  hex('20000000 00080203 00000000 00080101 000c9140'),
];

function withSum(structure: Uint8Array): Uint8Array {
  const sum = internetChecksum(structure);
  structure.set([sum >> 8, sum & 0xff], 2);
  return structure;
}

function controlMessage(level: number, type: number, data: Uint8Array): Uint8Array {
  const message = new Uint8Array(16 + Math.ceil(data.length / 8) * 8);
  const view = new DataView(message.buffer);
  view.setBigUint64(0, BigInt(16 + data.length), true);
  view.setInt32(8, level, true);
  view.setInt32(12, type, true);
  message.set(data, 16);
  return message;
}

const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const OFFENDER = joined(hex('6f000000 02 0b 00 00 78050000 10000000'), encodeSocketAddress('192.0.2.1', 0));
const OFFENDER6 = joined(hex('71000000 03 03 00 00 78050000 10000000'), encodeSocketAddress('2001:db8::1', 0, 3));
const CONTROL = [
  joined(
    controlMessage(abi.SOL_SOCKET, abi.SO_TIMESTAMPING, hex(`8047f36700000000 15cd5b0700000000 ${'00'.repeat(32)}`)),
    controlMessage(abi.IPPROTO_IP, abi.IP_TTL, hex('40000000')),
    controlMessage(abi.IPPROTO_IP, abi.IP_RECVERR, OFFENDER),
  ),
  joined(
    controlMessage(abi.IPPROTO_IPV6, abi.IPV6_HOPLIMIT, hex('40000000')),
    controlMessage(abi.IPPROTO_IPV6, abi.IPV6_RECVERR, OFFENDER6),
  ),
];

const QUERY = { id: 0x1234, name: 'www.example.net', type: 'A', recursionDesired: true, edns: { udpPayloadSize: 1232, dnssecOk: true } };
const flags = dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | dnsPacket.AUTHORITATIVE_ANSWER;
const ANSWERS = [
  { type: 'CNAME', name: 'www.example.net', ttl: 60, data: 'web.example.net' },
  { type: 'A', name: 'web.example.net', ttl: 60, data: '192.0.2.7' },
  { type: 'AAAA', name: 'web.example.net', ttl: 60, data: '2001:db8::7' },
  { type: 'MX', name: 'example.net', ttl: 60, data: { preference: 10, exchange: 'mail.example.net' } },
  { type: 'TXT', name: 'example.net', ttl: 60, data: ['v=spf1 -all', 'a "quoted" one'] },
  { type: 'SRV', name: '_x._tcp.example.net', ttl: 60, data: { port: 1, priority: 2, weight: 3, target: 'web.example.net' } },
  { type: 'CAA', name: 'example.net', ttl: 60, data: { flags: 0, tag: 'issue', value: 'ca.example' } },
  { type: 'DS', name: 'example.net', ttl: 60, data: { keyTag: 1, algorithm: 8, digestType: 2, digest: Buffer.alloc(32, 7) } },
  { type: 'DNSKEY', name: 'example.net', ttl: 60, data: { flags: 257, algorithm: 8, key: Buffer.alloc(20, 7) } },
  {
    type: 'SOA',
    name: 'example.net',
    ttl: 60,
    data: { mname: 'ns.example.net', rname: 'host.example.net', serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 },
  },
] as dnsPacket.Answer[];
const question = { type: 'A', name: 'www.example.net' } as const;
const packet = (parts: dnsPacket.Packet): Uint8Array =>
  Uint8Array.from(dnsPacket.encode({ id: 0x1234, type: 'response', flags, questions: [question], ...parts }));
const MESSAGES = [
  encodeQuery(QUERY),
  packet({
    answers: ANSWERS,
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: 1232,
        flags: 0,
        options: [],
        extendedRcode: 0,
        ednsVersion: 0,
        flag_do: true,
      } as dnsPacket.Answer,
    ],
  }),
  ...ANSWERS.map((answer) => packet({ answers: [answer] })),
  packet({ flags: flags | 3, authorities: ANSWERS.slice(-1) }),
  packet({ flags: flags | dnsPacket.TRUNCATED_RESPONSE, answers: ANSWERS.slice(0, 2) }).slice(0, 60),
  // Pointers: one name, and each answer that points to it.
  hex(
    '1234 8180 0001 0002 0000 0000 03777777 07 6578616d706c65 03 6e6574 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000207 c010 0005 0001 0000003c 0002 c00c',
  ),
];

const CERTIFICATES = rootCertificates.slice(0, 6).map((pem) => Uint8Array.from(new X509Certificate(pem).raw));

const TCP_INFO = Uint8Array.from({ length: 248 }, (_, index) => (index * 37) & 0xff);
const COOKIE = hex('00112233445566778899aabb');
const PAYLOAD = encodeProbePayload({ cookie: COOKIE, number: 77, payloadBytes: 32, sum: 5, varying: 9 });

const ROUTES = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0100000A	0003	0	0	100	00000000	0	0	0
*	0000640A	00000000	0201	0	0	0	0000FFFF	0	0	0
`;
const IPV6_ROUTES = `20010db8000000000000000000000000 40 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000100 00000001 00000000 00000003     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;
const DEVICES = ` face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
  eth0: 2000 20 1 2 0 0 0 0 3000 30 4 8 0 0 0 0
`;
const ARP = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         aa:bb:cc:dd:ee:ff     *        eth0
`;
const SOCKETS = [
  `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   108        0 28764 1 00000000e38b7428 100 0 0 10 0
   1: 0701000A:0016 0201000A:D431 01 00000000:00000000 02:000A7214 00000000     0        0 90125 2 0000000000000000 20 4 29 10 -1
`,
  '   3: 000080FE00000000FF005450785634FE:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30003 1',
  '  321: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 17404 2 0000000000000000 0\n',
];
const RESOLV_CONF = `# made by hand
nameserver 192.0.2.53
nameserver fe80::1%eth0 # router
search example.net corp.example.
options ndots:2 timeout:3 attempts:2 rotate
domain lan
`;
const HOSTS = `127.0.0.1	localhost
192.0.2.7 www.example.net www # web
2001:db8::7	WWW.example.net.
`;
const ADDRESSES = ['192.0.2.7', '2001:db8::7', 'fe80::1%eth0', '::ffff:192.0.2.7', '0.0.0.0', '::'];
const NAMES = ['example.net', 'a\\.b.example.', '\\007.example', '.', `${'a'.repeat(63)}.example`, 'xn--bcher-kva.example'];
const TARGETS = [
  'example.net',
  'example.net:443',
  '[2001:db8::7]:8443',
  'https://user:pass@example.net:8443/path?query#part',
  'wss://example.net/stream',
  '192.0.2.7',
  'fe80::1%eth0',
  'bücher.example',
  '１２７.0.0.1',
];

const PING = [
  'PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.\n64 bytes from 192.0.2.7: icmp_seq=1 ttl=57 time=12.3 ms\n64 bytes from 192.0.2.7: icmp_seq=1 ttl=57 time=12.4 ms (DUP!)\nFrom 192.0.2.1 icmp_seq=2 Destination Host Unreachable\n3 packets transmitted, 1 received, 66% packet loss, time 400ms\n',
  'PING 192.0.2.7 (192.0.2.7) 1373(1401) bytes of data.\nFrom 192.0.2.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)\nping: local error: message too long, mtu=1400\nFrom 2001:db8:1::1 icmp_seq=1 Packet too big: mtu=1400\n',
  'PING 192.0.2.7 (192.0.2.7): 56 data bytes\n64 bytes from 192.0.2.7: seq=0 ttl=42 time=0.345 ms\n36 bytes from 192.0.2.1: Time to live exceeded\n',
  'PING6(56=40+8+8 bytes) 2001:db8::1 --> 2001:db8::7\n16 bytes from 2001:db8::7, icmp_seq=0 hlim=57 time=1.234 ms\n',
  'Pinging 192.0.2.7 with 32 bytes of data:\nReply from 192.0.2.7: bytes=32 time=12ms TTL=57\nReply from 192.0.2.1: Destination host unreachable.\nRequest timed out.\n\nPing statistics for 192.0.2.7:\n    Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),\n',
];
const TRACE = [
  ' 1  192.0.2.1  0.345 ms  0.300 ms 192.0.2.9  0.290 ms !H *',
  ' 2:  192.0.2.1                                             0.089ms pmtu 1400',
  '  3    <1 ms    12 ms     *     host.example.net [192.0.2.1]',
  ' 4  2001:db8::7  1.5 ms * 2.5 ms',
];

/** Both dialects and families are given the whole output, line by line, as from a pipe. */
function readPing(output: string): unknown {
  return (['unix', 'windows'] as const).flatMap((dialect) =>
    ([4, 6] as const).map((family) => output.split('\n').map(createPingReader(dialect, family))),
  );
}

/** Every reader of what others wrote, by the name of its function. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  parseEcho: bytes((input) => [parseEcho(4, input), parseEcho(6, input)], ...ECHOES),
  parseIpv4Packet: bytes(parseIpv4Packet, IPV4, IPV4_OPTIONS),
  internetChecksum: bytes(internetChecksum, IPV4, ...ECHOES),
  parseIcmpExtensions: bytes(parseIcmpExtensions, ...EXTENSIONS),
  quotedLabels: bytes(
    (input) => [
      quotedLabels(input, 28, null),
      quotedLabels(input, 8, { offset: input[0] ?? 0, valid: true }),
      quotedLabels(input, 200, { offset: 0xffff, valid: false }),
    ],
    ...EXTENSIONS.flatMap((extensions) => [joined(new Uint8Array(100), extensions), joined(hex('10'), new Uint8Array(15), extensions)]),
  ),
  parseControlMessages: bytes(parseControlMessages, ...CONTROL),
  parseSocketAddress: bytes(parseSocketAddress, ...['192.0.2.1', '2001:db8::1'].map((address) => encodeSocketAddress(address, 443, 2))),
  parseTcpInfo: bytes(parseTcpInfo, TCP_INFO, TCP_INFO.slice(0, 104)),
  parseTcpSegments: bytes(parseTcpSegments, TCP_INFO, TCP_INFO.slice(0, 104), TCP_INFO.slice(0, 150)),
  probeNumber: bytes(probeNumber, PAYLOAD),
  carriesCookie: bytes((input) => [carriesCookie(input, COOKIE), carriesCookie(input, COOKIE, 8)], PAYLOAD),
  parseMessage: bytes(
    (input) => {
      const message = parseMessage(input);
      if (!message.ok) return message;
      return { ...message, answers: isAnswerTo(QUERY, message.value), data: followAliases(QUERY.name, 'A', message.value.answers) };
    },
    ...MESSAGES,
  ),
  claimsToAnswer: bytes((input) => claimsToAnswer(0x1234, input), ...MESSAGES),
  parseCertificateOutline: bytes(parseCertificateOutline, ...CERTIFICATES),

  parseDnsServer: text(parseDnsServer, '192.0.2.53', '192.0.2.53:5353', '[2001:db8::53]:5353', 'fe80::1%eth0'),
  isIpAddress: text(isIpAddress, ...ADDRESSES),
  exposureOf: text(exposureOf, ...ADDRESSES),
  reverseName: text(reverseName, ...ADDRESSES),
  encodeName: text(encodeName, ...NAMES),
  nameKey: text(nameKey, ...NAMES),
  sameName: text((input) => sameName(input, 'Example.net.'), ...NAMES),
  dnsTypeNumber: text(dnsTypeNumber, 'AAAA', 'TYPE65', 'any'),
  parseResolvConf: text(parseResolvConf, RESOLV_CONF),
  searchCandidates: text((input) => searchCandidates(input, { search: ['example.net', '.', input], ndots: 2 }), ...NAMES),
  addressesInHostsFile: text((input) => addressesInHostsFile(input, 'www.example.net'), HOSTS),
  parseProcRoute: text((input) => [parseProcRoute(input), matchRoute(parseProcRoute(input), '10.0.0.9')], ROUTES),
  parseProcIpv6Route: text((input) => [parseProcIpv6Route(input), matchRoute(parseProcIpv6Route(input), '2001:db8::9')], IPV6_ROUTES),
  matchRoute: text((input) => matchRoute(parseProcRoute(ROUTES), input), ...ADDRESSES),
  parseProcDev: text(parseProcDev, DEVICES),
  parseProcArp: text(parseProcArp, ARP),
  parseListeningSockets: text(
    (input) => [parseListeningSockets(input, 'tcp', true), parseListeningSockets(input, 'udp', false)],
    ...SOCKETS,
  ),
  parseSocketLink: text(parseSocketLink, 'socket:[28764]', '/dev/null'),
  parseProcessName: text(parseProcessName, 'nginx: worker\n'),
  createPingReader: text(readPing, ...PING),
  parseTraceLine: text(
    (input) => (['traceroute', 'tracepath', 'tracert'] satisfies TraceTool[]).map((tool) => parseTraceLine(tool, input)),
    ...TRACE,
  ),

  parseTarget: text(parseTarget, ...TARGETS),
  parseHostOrUrl: text(parseHostOrUrl, ...TARGETS),
  parsePort: text(parsePort, '443', '65535', '0'),
  parseDurationMs: text(parseDurationMs, '200ms', '2s', '1m'),
};
