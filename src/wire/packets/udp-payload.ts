/**
 * What to send to a UDP port so that the service which the number stands for answers: most stay silent to bytes that they do not
 * understand. Each asks for as little as its protocol allows, logs in nowhere and changes nothing.
 */

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s+/g, ''), 'hex'));

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}

/** RFC 1035: the name servers of the root, without recursion. Every server says something, if only that it refuses. */
const DNS = hex('6e64 0000 0001 0000 0000 0000 00 0002 0001');

/** RFC 5905: version 4, client mode, with a transmit time stamp that is no time. */
const NTP = (() => {
  const message = padded(hex('e3 00 06 ec'), 48);
  message.set(hex('6e65 7464 6961 6701'), 40);
  return message;
})();

/** RFC 3414 section 4: the discovery of an SNMPv3 engine, which needs no community and no user. */
const SNMP = hex(`
  30 3a 02 01 03
  30 0f 02 02 4a 69 02 03 00 ff e3 04 01 04 02 01 03
  04 10 30 0e 04 00 02 01 00 02 01 00 04 00 04 00 04 00
  30 12 04 00 04 00 a0 0c 02 02 37 f0 02 01 00 02 01 00 30 00`);

/** RFC 1002 section 4.2.17: node status of the name "*", in the first-level encoding of RFC 1001. */
const NETBIOS_NS = Uint8Array.from([...hex('6e64 0000 0001 0000 0000 0000 20'), ...ascii(`CK${'A'.repeat(30)}`), ...hex('00 0021 0001')]);

/** RFC 6763 section 9: all service types, with the wish for a unicast answer (RFC 6762 section 5.4). */
const MDNS = Uint8Array.from([
  ...hex('0000 0000 0001 0000 0000 0000'),
  ...['_services', '_dns-sd', '_udp', 'local'].flatMap((label) => [label.length, ...ascii(label)]),
  ...hex('00 000c 8001'),
]);

/** UPnP Device Architecture 2.0, section 1.3.2. */
const SSDP = ascii('M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n');

/** RFC 2408, RFC 2409: main mode with one proposal. A peer that wants none of it says so. */
const IKE = hex(`
  6e65746469616701 0000000000000000 01 10 02 00 00000000 00000050
  00 00 0034 00000001 00000001
  00 00 0028 01 01 00 01
  00 00 0020 01 01 0000 80010005 80020002 80030001 80040002 800b0001 800c7080`);

/** RFC 3948 section 2.2: the marker that tells IKE from ESP. */
const IKE_BEHIND_NAT = Uint8Array.from([0, 0, 0, 0, ...IKE]);

/** OpenVPN: P_CONTROL_HARD_RESET_CLIENT_V2, session, no acknowledgement, packet 0. One with tls-auth stays silent. */
const OPENVPN = hex('38 6e65746469616701 00 00000000');

/** RFC 8489 section 5: a binding request. */
const STUN = hex('0001 0000 2112a442 6e6574646961670000000001');

/** RFC 9000 section 6.3 and 17.2.1: a version that is kept for this, in a datagram of the least size. The server names those it speaks. */
const QUIC = padded(hex('c0 1a1a1a1a 08 6e65746469616701 08 6e65746469616702'), 1200);

/** RFC 3261 section 11. */
const SIP = ascii(
  'OPTIONS sip:netdiag SIP/2.0\r\nVia: SIP/2.0/UDP netdiag;branch=z9hG4bKnetdiag;rport\r\nFrom: <sip:netdiag@netdiag>;tag=netdiag\r\n' +
    'To: <sip:netdiag@netdiag>\r\nCall-ID: netdiag\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 0\r\nContent-Length: 0\r\n\r\n',
);

/** RFC 1350: to read a file that is not there. The answer comes from another port, which is not listened to. */
const TFTP = Uint8Array.from([0, 1, ...ascii('netdiag-none\0octet\0')]);

/** RFC 5531: the null procedure of a program. */
function remoteCall(program: number, version: number): Uint8Array {
  const message = new DataView(new ArrayBuffer(40));
  for (const [index, word] of [0x6e657464, 0, 2, program, version, 0].entries()) message.setUint32(4 * index, word);
  return new Uint8Array(message.buffer);
}

/** The version, behind the frame header that memcached has for UDP. */
const MEMCACHED = Uint8Array.from([...hex('6e64 0000 0001 0000'), ...ascii('version\r\n')]);

/** RFC 4511 section 4.5.1 over UDP: the root DSE. */
const CLDAP = Uint8Array.from([
  ...hex('30 25 02 01 01 63 20 04 00 0a 01 00 0a 01 00 02 01 00 02 01 00 01 01 00 87 0b'),
  ...ascii('objectclass'),
  ...hex('30 00'),
]);

/** RFC 7252, RFC 6690: GET /.well-known/core. */
const COAP = Uint8Array.from([...hex('40 01 6e64 bb'), ...ascii('.well-known'), 0x04, ...ascii('core')]);

/** RFC 5997: Status-Server. Without a shared secret most servers drop it. */
const RADIUS = padded(hex('0c 6e 0014 6e65746469616701'), 20);

/** RFC 2453 section 3.9.1: the whole routing table. */
const RIP = hex('01 02 0000 0000 0000 00000000 00000000 00000000 00000010');

/** DMTF ASF 2.0: presence ping, which IPMI controllers answer. */
const RMCP = hex('06 00 ff 06 000011be 80 00 00 00');

/** RFC 6886 section 3.2: the external address. */
const NAT_PMP = hex('00 00');

/** MC-SQLR section 2.2.2: the instances of the server. */
const SQL_BROWSER = hex('03');

const PAYLOADS: Readonly<Record<number, Uint8Array>> = {
  53: DNS,
  69: TFTP,
  111: remoteCall(100_000, 2),
  123: NTP,
  137: NETBIOS_NS,
  161: SNMP,
  389: CLDAP,
  443: QUIC,
  500: IKE,
  520: RIP,
  623: RMCP,
  853: QUIC,
  1194: OPENVPN,
  1434: SQL_BROWSER,
  1645: RADIUS,
  1812: RADIUS,
  1813: RADIUS,
  1900: SSDP,
  2049: remoteCall(100_003, 3),
  3478: STUN,
  4500: IKE_BEHIND_NAT,
  5060: SIP,
  5351: NAT_PMP,
  5353: MDNS,
  5355: DNS,
  5683: COAP,
  11211: MEMCACHED,
};

const NOTHING = new Uint8Array();

/** The question for a UDP port; an empty datagram where the number stands for no service with one. */
export function udpPayload(port: number): Uint8Array {
  return PAYLOADS[port] ?? NOTHING;
}
