import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import dnsPacket from 'dns-packet';
import { parseDurationMs } from '../../../src/model/duration.js';
import { noProxyEntry } from '../../../src/model/no-proxy.js';
import type { StartTlsProtocol } from '../../../src/model/probe-options.js';
import { parseProxyUrl } from '../../../src/model/proxy-environment.js';
import { parseHostOrUrl, parsePort, parseTarget } from '../../../src/model/target.js';
import { followAliases } from '../../../src/wire/dns/cname-chain.js';
import { claimsToAnswer, encodeQuery, isAnswerTo, parseMessage } from '../../../src/wire/dns/dns.js';
import { encodeName, nameKey, sameName } from '../../../src/wire/dns/name.js';
import { reverseName } from '../../../src/wire/dns/reverse-name.js';
import { isIpAddress, parseDnsServer } from '../../../src/wire/dns/server.js';
import { dnsTypeNumber } from '../../../src/wire/dns/type.js';
import { parseTrustAnchors, ROOT_ANCHORS } from '../../../src/wire/dnssec/anchor.js';
import { canonicalData, signedBytes } from '../../../src/wire/dnssec/canonical.js';
import { verifySignature } from '../../../src/wire/dnssec/crypto.js';
import { compareNames, readWireName } from '../../../src/wire/dnssec/name.js';
import { parseDnskey, parseDs, parseHashLabel, parseNsec, parseNsec3, parseRrsig } from '../../../src/wire/dnssec/records.js';
import { exposureOf } from '../../../src/wire/exposure.js';
import { offersHttp3, parseAltSvc, splitOutsideQuotes } from '../../../src/wire/http/alt-svc.js';
import { parseHttpDate } from '../../../src/wire/http/date.js';
import { createConnectReader, offeredSchemes } from '../../../src/wire/http/proxy-connect.js';
import { parseRetryAfter, readRateLimit } from '../../../src/wire/http/rate-limit.js';
import { isSecretField, redactField, redactUrl } from '../../../src/wire/http/redaction.js';
import { createResponseHeadReader } from '../../../src/wire/http/response-head.js';
import { parseSetCookie } from '../../../src/wire/http/set-cookie.js';
import { createSocksReader } from '../../../src/wire/http/socks.js';
import { createWebSocketReader } from '../../../src/wire/http/websocket-frame.js';
import * as abi from '../../../src/wire/linux/abi.js';
import { parseControlMessages } from '../../../src/wire/linux/control-message.js';
import { parseDhclientLeases, parseNetworkdLease } from '../../../src/wire/linux/dhcp-lease.js';
import { parseIpAddresses, parseIpNeighbors, parseIpRoutes, parseIpRules, parseRouteTableNames } from '../../../src/wire/linux/ip-json.js';
import { parseLinkStatistics, parseProcDevCounters, parseQueueStatistics } from '../../../src/wire/linux/link-statistics.js';
import { parseListenQueues } from '../../../src/wire/linux/listen-queues.js';
import {
  buildNetlinkAttribute,
  buildNetlinkRequest,
  parseNetlinkAttributeList,
  parseNetlinkAttributes,
  parseNetlinkError,
  parseNetlinkMessages,
} from '../../../src/wire/linux/netlink.js';
import { matchRoute, parseProcArp, parseProcDev, parseProcIpv6Route, parseProcRoute } from '../../../src/wire/linux/proc-net.js';
import { createConnectionReader } from '../../../src/wire/linux/proc-net-connections.js';
import { parseListeningSockets, parseProcessName, parseSocketLink } from '../../../src/wire/linux/proc-net-sockets.js';
import { parseCpuTable, parseRouteCacheEntries, parseSockstat } from '../../../src/wire/linux/proc-net-stat.js';
import {
  namesModule,
  parseKernelVersion,
  parseNumbers,
  parseOpenFilesLimit,
  parsePortList,
  parsePortRange,
  parseSetting,
  parseSettingsReadOnly,
  parseTickHz,
} from '../../../src/wire/linux/proc-sys.js';
import { parseProtocolCounters, parseProtocolCounters6, parseSoftnetCounters } from '../../../src/wire/linux/protocol-counters.js';
import {
  linkRequest,
  parseRtnetlinkMessage,
  readAddress,
  readFamily,
  readNumber16,
  readNumber32,
  readNumber64,
  readText,
  routeRequest,
} from '../../../src/wire/linux/rtnetlink.js';
import { parseAddress, parseLink } from '../../../src/wire/linux/rtnetlink-link.js';
import { parseRoute } from '../../../src/wire/linux/rtnetlink-route.js';
import { linkAddressKind, parseNeighbor, parseRule } from '../../../src/wire/linux/rtnetlink-rule.js';
import { parseTcpInfo } from '../../../src/wire/linux/tcp-info.js';
import { parseTcpProgress } from '../../../src/wire/linux/tcp-progress.js';
import { parseTcpSegments } from '../../../src/wire/linux/tcp-segments.js';
import { parseQueueingDisciplines } from '../../../src/wire/linux/traffic-control.js';
import { parseIwLink, parseProcWireless } from '../../../src/wire/linux/wireless-output.js';
import { addressesInHostsFile } from '../../../src/wire/names/hosts-file.js';
import { parseResolvConf, searchCandidates } from '../../../src/wire/names/resolv-conf.js';
import { parseArp } from '../../../src/wire/packets/arp.js';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { encodeEchoRequest, parseEcho, parseIpv4Packet } from '../../../src/wire/packets/icmp.js';
import { parseIcmpExtensions, quotedLabels } from '../../../src/wire/packets/icmp-extension.js';
import { parseLinkAddress } from '../../../src/wire/packets/link-address.js';
import { parseNeighborAdvertisement } from '../../../src/wire/packets/neighbor-discovery.js';
import { carriesCookie, encodeProbePayload, probeNumber } from '../../../src/wire/packets/probe-payload.js';
import { encodeSocketAddress, parseSocketAddress } from '../../../src/wire/packets/socket-address.js';
import { readCertificateExtensions } from '../../../src/wire/tls/certificate-extensions.js';
import { parseCertificateOutline, readCertificateSubject } from '../../../src/wire/tls/certificate-outline.js';
import { derAt, derChildren, derOf, generalizedTime, objectIdentifier, smallInteger } from '../../../src/wire/tls/der.js';
import { forbiddenName } from '../../../src/wire/tls/name-constraints.js';
import { parseOcspResponse } from '../../../src/wire/tls/ocsp-response.js';
import { readServerFlight } from '../../../src/wire/tls/server-flight.js';
import { encodeSsl2ClientHello, parseSsl2ServerHello } from '../../../src/wire/tls/ssl2.js';
import { startTlsExchanges } from '../../../src/wire/tls/start-tls.js';
import { ldapAnswer, mysqlGreeting, postgresAnswer } from '../../../src/wire/tls/start-tls-binary.js';
import { fileTransferReply, mailboxGreeting, mailReply, postOfficeReply, taggedReply } from '../../../src/wire/tls/start-tls-lines.js';
import { streamAnswer, streamFeatures } from '../../../src/wire/tls/start-tls-xmpp.js';
import { createPingReader } from '../../../src/wire/tools/ping-output.js';
import { parseTraceLine, type TraceTool } from '../../../src/wire/tools/trace-output.js';
import { LEASES, listed, TOOLS } from '../../fakes/recorded-links.js';
import { DIALOGUES } from '../../fakes/start-tls-server.js';
import * as flights from '../../fakes/tls-flight.js';
import { makeLeaf, makeOcspAnswer, makeRoot } from '../../fakes/x509.mjs';
import { CLOCK_SUBJECTS } from './clock-subjects.js';
import { FIREWALL_SUBJECTS } from './firewall-subjects.js';
import { NAME_SUBJECTS } from './name-subjects.js';
import { PLACE_SUBJECTS } from './place-subjects.js';
import { PLATFORM_SUBJECTS } from './platform-subjects.js';
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

const FUZZED_ROOT = makeRoot('CN=Root', {
  constraints: { permitted: ['example.org'], excluded: ['app.example.net'] },
  crl: 'http://crl.example.net/1',
});
const FUZZED_LEAF = makeLeaf(FUZZED_ROOT, {
  ocsp: 'http://ocsp.example.net',
  issuerUrl: 'http://example.net/ca',
  crl: 'http://crl.example.net/2',
  mustStaple: true,
  critical: '1.2.3.4',
});
const ODD_CERTIFICATES = [FUZZED_ROOT.der, FUZZED_LEAF.der];
const OCSP_ANSWERS = [
  makeOcspAnswer(FUZZED_LEAF, FUZZED_ROOT, { status: 'revoked', certificates: [FUZZED_ROOT] }),
  makeOcspAnswer(FUZZED_LEAF, FUZZED_ROOT, { failure: 3 }),
];
const START_TLS = Object.keys(DIALOGUES) as StartTlsProtocol[];
const START_TLS_ANSWERS = Object.values(DIALOGUES).flatMap(({ greeting, answers }) =>
  [greeting, ...answers].map((said) => Buffer.from(said)),
);

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
/** One message with an attribute in an attribute, and two messages in a row. */
const NETLINK = [
  buildNetlinkRequest(16, 2, 1, buildNetlinkAttribute(18, buildNetlinkAttribute(1, new TextEncoder().encode('veth\0')))),
  Uint8Array.from([...buildNetlinkRequest(16, 2, 1, new Uint8Array(20)), ...buildNetlinkRequest(3, 2, 1, new Uint8Array(4))]),
];

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
const u16 = (number: number): string => number.toString(16).padStart(4, '0');
/** Data of types that the other implementation does not know: type and octets. */
const RARE_DATA: readonly (readonly [number, string])[] = [
  [29, '00121613800000017fffffff0098967f'],
  [46, '0001080200000e1069af3b80698f97805ba0016100aabb'],
  [47, '016100000722010000000290'],
  [50, '0101000c04aabbccdd14174eb2409fe28bcb4887a1836f957f0a8425e27b000722010000000290'],
  [51, '0100000c04aabbccdd'],
  [55, '040200020102030405060161000162 00'.replace(' ', '')],
  [62, '000000420003000460000008'],
  [65, '0001000001000603026832016100030002005000040004c0000201'],
  [65, '000103737663 00 0000000400010003 0001000302683200030002003500060010 20010db8000000000000000000000001 029b0000'.replaceAll(' ', '')],
  [108, '00005e00532a'],
  [256, '000a00016674703a2f2f61'],
];
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
  // EDNS: identity, subnet, an extended error with text.
  hex('1234 8180 0000 0000 0000 0001 00 0029 04d0 00008000 001f 0003000461622d31 0008000700011818c00002 000f000800064f6f6f6f6f6f'),
  ...RARE_DATA.map(([type, data]) => hex(`1234 8180 0000 0001 0000 0000 00 ${u16(type)} 0001 0000003c ${u16(data.length / 2)} ${data}`)),
  // Pointers: one name, and each answer that points to it.
  hex(
    '1234 8180 0001 0002 0000 0000 03777777 07 6578616d706c65 03 6e6574 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000207 c010 0005 0001 0000003c 0002 c00c',
  ),
];

const RRSIG = hex('0001 0d 03 00000e10 6a2b0000 6a000000 d9a0 07457861 6d706c65 036e6574 00 00112233445566778899aabbccddeeff');
const DNSKEY = hex(`0101 03 0d ${'5a'.repeat(64)}`);
const DS = hex(`d9a0 0d 02 ${'07'.repeat(32)}`);
const NSEC = hex('03777777 07657861 6d706c65 036e6574 00 0006400100000003 0101ff');
const NSEC3 = hex(`01 01 000c 04 aabbccdd 14 ${'42'.repeat(20)} 000722010000000280`);

const CERTIFICATES = rootCertificates.slice(0, 6).map((pem) => Uint8Array.from(new X509Certificate(pem).raw));

const TLS12_FLIGHT = [
  ...flights.serverHello({ version: 0x0303, cipher: 0xc02f, extensions: [{ type: 0xff01, data: [0] }] }),
  ...flights.handshake(11, Array(40).fill(1)),
];
const FLIGHTS = [
  flights.record(22, [...TLS12_FLIGHT, ...flights.ecdheKeyExchange(29, 0x0804), ...flights.HELLO_DONE]),
  joined(flights.record(22, TLS12_FLIGHT.slice(0, 30)), flights.record(22, [...TLS12_FLIGHT.slice(30), ...flights.HELLO_DONE])),
  flights.record(22, [...flights.serverHello({ version: 0x0301, cipher: 0x33 }), ...flights.dheKeyExchange(Array(128).fill(255), null)]),
  flights.record(22, flights.serverHello13(0x1301, 0x11ec, null)),
  joined(
    flights.record(22, flights.serverHello13(0x1301, 29, Array(32).fill(5))),
    flights.record(20, [1]),
    flights.record(23, Array(50).fill(3)),
  ),
  flights.alert(70),
];
const SSL2 = [hex('8027 04 00 01 0002 0008 0006 0010 aabbccddeeff0011 010080 0700c0 00112233445566778899aabbccddeeff')];
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

const HEADS = [
  'HTTP/1.1 200 Connection established\r\nVia: 1.1 x\r\n\r\nrest',
  'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.0 407 No\r\nProxy-Authenticate: Basic realm="x"\r\n folded\r\n\r\n',
].map((head) => Uint8Array.from(Buffer.from(head, 'latin1')));

/** Read in three pieces, up to the last step. */
function inPieces<T extends { kind: string }>(make: () => { push(chunk: Uint8Array): T }, input: Uint8Array): T[] {
  const reader = make();
  const steps: T[] = [];
  const third = Math.ceil(input.length / 3);
  for (let offset = 0; offset < input.length; offset += third) {
    steps.push(reader.push(input.subarray(offset, offset + third)));
    for (let turn = 0; turn < 4 && steps.at(-1)?.kind === 'send'; turn++) steps.push(reader.push(new Uint8Array(0)));
    if (steps.at(-1)?.kind !== 'more') break;
  }
  return steps;
}

/** Both dialects and families are given the whole output, line by line, as from a pipe. */
function readPing(output: string): unknown {
  return (['unix', 'windows'] as const).flatMap((dialect) =>
    ([4, 6] as const).map((family) => output.split('\n').map(createPingReader(dialect, family))),
  );
}

/** Every reader of what others wrote, by the name of its function. */
const RATE_LIMITS = [
  'x-ratelimit-limit: 60\nx-ratelimit-remaining: 57\nx-ratelimit-reset: 1795305600\nretry-after: 5',
  'ratelimit: "burst";r=50;t=30\nratelimit-policy: "burst";q=100;w=60,"daily";q=1000;w=86400',
  'x-mbx-used-weight-1m: 12\nx-ratelimit-reset-requests: 6m0s\nx-shopify-shop-api-call-limit: 32/40',
];

export const SUBJECTS: Readonly<Record<string, Subject>> = {
  ...CLOCK_SUBJECTS,
  ...PLACE_SUBJECTS,
  ...PLATFORM_SUBJECTS,
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
  parseNetlinkMessages: bytes(parseNetlinkMessages, ...NETLINK),
  parseNetlinkAttributes: bytes(parseNetlinkAttributes, ...NETLINK.map((message) => message.subarray(16))),
  parseNetlinkAttributeList: bytes(parseNetlinkAttributeList, ...NETLINK.map((message) => message.subarray(16))),
  parseRtnetlinkMessage: bytes((input) => parseRtnetlinkMessage(input, 16, 16), ...listed('links')),
  parseLink: bytes(parseLink, ...listed('links')),
  parseAddress: bytes(parseAddress, ...listed('addresses')),
  parseRoute: bytes(parseRoute, ...listed('routes').slice(0, 24)),
  parseRule: bytes(parseRule, ...listed('rules')),
  parseNeighbor: bytes(parseNeighbor, ...listed('neighbors')),
  readNumber16: bytes((input) => [readNumber16(input), readNumber16(input, 3)], new Uint8Array(4)),
  readNumber32: bytes((input) => [readNumber32(input), readNumber32(input, 3)], new Uint8Array(8)),
  readNumber64: bytes((input) => [readNumber64(input), readNumber64(input, 3)], new Uint8Array(16)),
  readText: bytes(readText, new TextEncoder().encode('eth0\0')),
  readAddress: bytes(readAddress, new Uint8Array(4), new Uint8Array(16)),
  readFamily: bytes((input) => readFamily(input[0]), Uint8Array.of(2), Uint8Array.of(10)),
  linkAddressKind: bytes(linkAddressKind, Uint8Array.of(0, 0, 0x5e, 0, 1, 7)),
  linkRequest: bytes((input) => linkRequest(readNumber32(input) ?? 0), new Uint8Array(4)),
  routeRequest: text(
    (input) => routeRequest({ address: input, source: input, interfaceIndex: 3, answer: 'entry' }),
    ...['192.0.2.1', 'fe80::1%eth0', '2001:db8::1'],
  ),
  parseIpAddresses: text((input) => parseIpAddresses(input, 'ip'), TOOLS['ip -j -d -s addr show'] ?? ''),
  parseIpRoutes: text(
    (input) => [parseIpRoutes(input, 4, new Map([['main', 254]])), parseIpRoutes(input, 6, new Map())],
    TOOLS['ip -j -d -4 route show table all'] ?? '',
    TOOLS['ip -j -d -6 route show table all'] ?? '',
  ),
  parseIpRules: text((input) => [parseIpRules(input, 4, new Map()), parseIpRules(input, 6, new Map())], TOOLS['ip -j -4 rule show'] ?? ''),
  parseIpNeighbors: text(parseIpNeighbors, TOOLS['ip -j neigh show'] ?? ''),
  parseRouteTableNames: text(parseRouteTableNames, '255\tlocal\n254\tmain\n# 1\tinr.ruhep\n0x64 vpn\n'),
  parseDhclientLeases: text(parseDhclientLeases, LEASES.dhclient),
  parseNetworkdLease: text(parseNetworkdLease, LEASES.networkd),
  parseNetlinkError: bytes(parseNetlinkError, new Uint8Array([161, 255, 255, 255]), new Uint8Array(4)),
  parseSocketAddress: bytes(parseSocketAddress, ...['192.0.2.1', '2001:db8::1'].map((address) => encodeSocketAddress(address, 443, 2))),
  parseTcpInfo: bytes(parseTcpInfo, TCP_INFO, TCP_INFO.slice(0, 104)),
  parseTcpProgress: bytes(parseTcpProgress, TCP_INFO, TCP_INFO.slice(0, 128), TCP_INFO.slice(0, 190)),
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
  readServerFlight: bytes(
    (input) =>
      (['ecdhe', 'dhe', 'other'] as const).map((form) => readServerFlight(input, { formOf: () => ({ form, hint: false, signed: true }) })),
    ...FLIGHTS,
  ),
  parseSsl2ServerHello: bytes(parseSsl2ServerHello, encodeSsl2ClientHello(new Uint8Array(16)), ...SSL2),
  parseCertificateOutline: bytes(parseCertificateOutline, ...CERTIFICATES),
  readCertificateSubject: bytes(readCertificateSubject, ...CERTIFICATES),
  readCertificateExtensions: bytes(
    (input) => {
      const outline = parseCertificateOutline(input);
      return outline.ok ? readCertificateExtensions(outline.value.extensions) : outline;
    },
    ...ODD_CERTIFICATES,
  ),
  forbiddenName: bytes(
    (input) => {
      const outline = parseCertificateOutline(input);
      const constraints = outline.ok ? readCertificateExtensions(outline.value.extensions).nameConstraints : null;
      return constraints === null ? null : forbiddenName(constraints, ['app.example.net', '192.0.2.1', '2001:db8::1']);
    },
    ...ODD_CERTIFICATES,
  ),
  derAt: bytes((input) => derAt(input, 0), ...CERTIFICATES),
  derOf: bytes((input) => derOf(input, 0, input.length, 0x30), ...CERTIFICATES),
  derChildren: bytes((input) => derChildren(input, { contentStart: 0, end: input.length }), ...CERTIFICATES),
  objectIdentifier: bytes(objectIdentifier, hex('2a864886f70d01010b')),
  smallInteger: bytes(smallInteger, hex('00ff'), hex('05')),
  generalizedTime: bytes(generalizedTime, Buffer.from('20261122040834Z')),
  parseOcspResponse: bytes(parseOcspResponse, ...OCSP_ANSWERS),
  startTlsExchanges: bytes(
    (input) => START_TLS.flatMap((protocol) => startTlsExchanges(protocol, 'example.net').map(({ read }) => read(input))),
    ...START_TLS_ANSWERS,
  ),
  mailReply: bytes((input) => [mailReply(input, 220, null), mailReply(input, 250, 'STARTTLS')], ...START_TLS_ANSWERS),
  fileTransferReply: bytes((input) => fileTransferReply(input, 220), ...START_TLS_ANSWERS),
  mailboxGreeting: bytes(mailboxGreeting, ...START_TLS_ANSWERS),
  taggedReply: bytes((input) => taggedReply(input, 'netdiag'), ...START_TLS_ANSWERS),
  postOfficeReply: bytes(postOfficeReply, ...START_TLS_ANSWERS),
  ldapAnswer: bytes(ldapAnswer, ...START_TLS_ANSWERS),
  postgresAnswer: bytes(postgresAnswer, ...START_TLS_ANSWERS),
  mysqlGreeting: bytes(mysqlGreeting, ...START_TLS_ANSWERS),
  streamFeatures: bytes(streamFeatures, ...START_TLS_ANSWERS),
  streamAnswer: bytes(streamAnswer, ...START_TLS_ANSWERS),

  parseRrsig: bytes((input) => {
    const rrsig = parseRrsig(input);
    if (!rrsig.ok) return rrsig;
    return [rrsig, signedBytes(rrsig.value, { owner: 'www.example.net', type: rrsig.value.typeCovered, class: 1, data: [input] })];
  }, RRSIG),
  parseDnskey: bytes((input) => {
    const key = parseDnskey(input);
    return key.ok ? [key, verifySignature(key.value.algorithm, key.value.publicKey, input, input.slice(0, 64))] : key;
  }, DNSKEY),
  parseDs: bytes(parseDs, DS),
  parseNsec: bytes(parseNsec, NSEC),
  parseNsec3: bytes(parseNsec3, NSEC3),
  readWireName: bytes((input) => {
    const name = readWireName(input, 0);
    return [name, readWireName(input, 7), name === null ? null : compareNames(name.name, 'www.example.net')];
  }, NSEC),
  canonicalData: bytes((input) => [2, 6, 15, 26, 35, 46].map((type) => canonicalData(type, input)), NSEC, RRSIG),
  parseHashLabel: text(parseHashLabel, '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom', 'W0'),
  parseTrustAnchors: text(parseTrustAnchors, ROOT_ANCHORS.join('\n'), 'example. 3600 IN DNSKEY 257 3 13 (\n AAEC\n AwQF ) ; key\n'),

  parseDnsServer: text(parseDnsServer, '192.0.2.53', '192.0.2.53:5353', '[2001:db8::53]:5353', 'fe80::1%eth0'),
  isIpAddress: text(isIpAddress, ...ADDRESSES),
  exposureOf: text(exposureOf, ...ADDRESSES),
  reverseName: text(reverseName, ...ADDRESSES),
  encodeName: text(encodeName, ...NAMES),
  nameKey: text(nameKey, ...NAMES),
  sameName: text((input) => sameName(input, 'Example.net.'), ...NAMES),
  dnsTypeNumber: text(dnsTypeNumber, 'AAAA', 'TYPE65', 'any'),
  ...NAME_SUBJECTS,
  ...FIREWALL_SUBJECTS,
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

  parseSetting: text(parseSetting, '4096\t131072\t6291456\n', 'reno cubic\n'),
  parseNumbers: text((input) => [parseNumbers(input, 1), parseNumbers(input, 3)], '1952\t0\t9223372036854775807\n', '4096\n'),
  parsePortRange: text(parsePortRange, '32768\t60999\n'),
  parsePortList: text((input) => parsePortList(input)?.size ?? null, '8080,9148-9150\n', '1-65535'),
  parseKernelVersion: text(parseKernelVersion, 'Linux version 6.1.0-25-rt-amd64 (a@b) (gcc-12) #1 SMP PREEMPT_RT Debian 6.1.106-3\n'),
  parseSettingsReadOnly: text(
    parseSettingsReadOnly,
    '557 743 0:91 /sys /proc/sys ro,relatime - proc proc rw\n28 1 254:1 / / rw - ext4 x rw\n',
  ),
  parseOpenFilesLimit: text(parseOpenFilesLimit, 'Max open files            1024                 524288               files     \n'),
  parseTickHz: text(
    (input) => [parseTickHz(input), namesModule(input, 'tcp_bbr')],
    'CONFIG_HZ_250=y\nCONFIG_HZ=250\n',
    'kernel/net/ipv4/tcp_bbr.ko.xz: kernel/x.ko\n',
  ),
  parseCpuTable: text(parseCpuTable, 'entries  drop early_drop\n000000d4 0000000a 00000000\n000000d4 00000010 00000001\n'),
  parseSockstat: text(parseSockstat, 'sockets: used 178\nTCP: inuse 4 orphan 2 tw 1 alloc 6 mem 17\nUDP: inuse 3 mem 2\n'),
  parseRouteCacheEntries: text(parseRouteCacheEntries, '0009 0006 0030 0007 0000 00ff 0000\n'),
  createConnectionReader: text(
    (input) =>
      [true, false].map((littleEndian) => {
        const reader = createConnectionReader((port) => port > 1023, littleEndian);
        for (let at = 0; at < input.length; at += 64) reader.push(input.slice(at, at + 64));
        return reader.count();
      }),
    '  sl  local_address rem_address   st\n   1: 0A00000A:9C42 196433C6:01BB 06 00000000:00000000 03:000013A1\n   2: 0000000000000000FFFF00000A00000A:9C42 0000000000000000FFFF0000196433C6:01BB 01 0:0\n',
  ),
  parseQueueingDisciplines: bytes(
    parseQueueingDisciplines,
    hex('34000000 2400 0200 01000000 00000000 00000000 02000000 00000000 ffffffff 02000000 0f000100 706669666f5f66617374 00 00'),
  ),

  parseArp: bytes(parseArp, hex('0001 0800 06 04 0002 02000000000a c0000207 020000000001 00000000')),
  parseNeighborAdvertisement: bytes(
    parseNeighborAdvertisement,
    hex('8800 0000 a0000000 20010db8000000000000000000000007 0201 02000000000a'),
  ),
  parseLinkStatistics: bytes(
    parseLinkStatistics,
    hex('38000000 1000 0000 01000000 00000000 00000000 07000000 00000000 00000000 09000300 6574683000 000000 0c001700 0100000000000000'),
  ),
  parseQueueStatistics: bytes(
    parseQueueStatistics,
    hex(
      '44000000 2400 0000 01000000 00000000 00000000 07000000 00000000 ffffffff 00000000 08000100 74626600 18000700 14000300 0300000005000000 0c000000 00000000',
    ),
  ),
  parseLinkAddress: text(parseLinkAddress, '02:00:5e:10:00:ff'),
  parseProcDevCounters: text(parseProcDevCounters, DEVICES),
  parseProtocolCounters: text(parseProtocolCounters, 'Tcp: RtoAlgorithm MaxConn RetransSegs\nTcp: 1 -1 3091\nUdp: InDatagrams\nUdp: 7\n'),
  parseProtocolCounters6: text(parseProtocolCounters6, 'Ip6InReceives                   \t9244\nUdp6RcvbufErrors\t0\n'),
  parseSoftnetCounters: text(parseSoftnetCounters, '00e6ddec 00000003 00000005 00000000\n010c1aec 00000000 0000000a 00000000\n'),
  parseListenQueues: text(parseListenQueues, 'LISTEN 2 1 [::]:9000 [::]:*\nLISTEN 0 4096 127.0.0.53%lo:53 0.0.0.0:*\n'),
  parseProcWireless: text(
    parseProcWireless,
    'Inter-| sta-|\n face |\nwlan0: 0000   54.  -56.  -256        0      0      0      0     46        0\n',
  ),
  parseIwLink: text(
    parseIwLink,
    'Connected to 02:00:00:00:00:aa (on wlan0)\n\tfreq: 5180\n\tsignal: -58 [-60, -62] dBm\n\trx bitrate: 866.7 MBit/s VHT-MCS 9 80MHz\n',
    'Not connected.\n',
  ),

  parseHttpDate: text(parseHttpDate, 'Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'),
  parseAltSvc: text((input) => [offersHttp3(parseAltSvc(input)), splitOutsideQuotes(input)], 'h3=":443"; ma=86400, h2="alt.example:8000"'),
  parseSetCookie: text(parseSetCookie, 'id=x; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60'),
  parseRetryAfter: text((input) => parseRetryAfter(input, 1e9), '120', 'Sun, 06 Nov 1994 08:49:37 GMT'),
  readRateLimit: text(
    (input) => {
      const fields = input.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1)] as const);
      return readRateLimit(fields, 1e9);
    },
    ...RATE_LIMITS,
  ),
  redactField: text(
    (input) => [isSecretField(input), redactUrl(input), redactField('link', input), redactField('x', input)],
    'https://u:p@example.net/a?b=c#d',
  ),

  createResponseHeadReader: bytes((input) => inPieces(() => createResponseHeadReader(2048), input), ...HEADS),
  createConnectReader: bytes((input) => inPieces(() => createConnectReader({ host: 'example.net', port: 443 }, 'me:x'), input), ...HEADS),
  createSocksReader: bytes(
    (input) =>
      [null, { user: 'me', password: 'x' }].map((login) =>
        inPieces(() => createSocksReader({ host: '192.0.2.7', port: 443 }, login), input),
      ),
    hex('0500 05000001 c0000207 01bb 4142'),
    hex('0502 0100 05000003 05 61626364 65 01bb'),
    hex('0500 05000004 20010db8000000000000000000000007 01bb'),
    hex('05ff'),
    hex('0502 0101'),
  ),
  offeredSchemes: text((input) => offeredSchemes([input]), 'Basic realm="a, b", Digest nonce=x, Negotiate', 'NTLM'),
  createWebSocketReader: bytes(
    (input) => {
      const reader = createWebSocketReader(4096);
      return [reader.push(input.subarray(0, input.length >> 1)), reader.push(input.subarray(input.length >> 1))];
    },
    hex('8105 48656c6c6f 8900 8a02 4142 8802 03e8'),
    hex('0103 48656c 8902 6869 8002 6c6f'),
    joined(hex('827e 0100'), new Uint8Array(256)),
    hex('827f 0000000000010000'),
  ),
  parseProxyUrl: text(
    (input) => parseProxyUrl(input, 'x'),
    'http://me:p%40ss@proxy.example.net:3128/',
    'socks5h://[2001:db8::1]:1080',
    'proxy:8080',
  ),
  noProxyEntry: text(
    (input) => [noProxyEntry(input, 'www.example.net', 443), noProxyEntry(input, '2001:db8::7', 80)],
    'localhost,.example.net, 10.0.0.0/8 [2001:db8::7]:80 2001:db8::/32',
    '*',
  ),
  parseTarget: text(parseTarget, ...TARGETS),
  parseHostOrUrl: text(parseHostOrUrl, ...TARGETS),
  parsePort: text(parsePort, '443', '65535', '0'),
  parseDurationMs: text(parseDurationMs, '200ms', '2s', '1m'),
};
