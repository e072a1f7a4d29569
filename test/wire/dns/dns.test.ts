import dnsPacket, { type Answer } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkQuestion,
  claimsToAnswer,
  type DnsMessage,
  type DnsResourceRecord,
  encodeQuery,
  isAnswerTo,
  parseMessage,
} from '../../../src/wire/dns/dns.js';
import { isClientSubnet, presentNameServerId } from '../../../src/wire/dns/edns.js';
import { dnsRcodeName, dnsTypeName, dnsTypeNumber } from '../../../src/wire/dns/type.js';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function read(bytes: Uint8Array): DnsMessage {
  const outcome = parseMessage(bytes);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

function refusalOf(bytes: Uint8Array): string | null {
  const outcome = parseMessage(bytes);
  return outcome.ok ? null : outcome.refusal;
}

/** A response with one answer: owner `a`, the type and data given, in class IN. */
function withData(type: number, data: readonly number[] | Uint8Array, recordClass = 1, length = data.length): Buffer {
  const header = Buffer.from('abcd81800001000100000000', 'hex');
  const question = Buffer.from([1, 97, 0, type >> 8, type & 0xff, 0, 1]);
  const record = Buffer.from([
    0xc0,
    12,
    type >> 8,
    type & 0xff,
    recordClass >> 8,
    recordClass & 0xff,
    0,
    0,
    0,
    60,
    length >> 8,
    length & 0xff,
  ]);
  return Buffer.concat([header, question, record, Buffer.from(data)]);
}

const dataOf = (type: number, data: readonly number[] | Uint8Array, recordClass = 1) =>
  read(withData(type, data, recordClass)).answers[0]?.data;

describe('encodeQuery', () => {
  test('without EDNS', () => {
    const query = encodeQuery({ id: 0x1234, name: 'a.example', type: 'A', recursionDesired: true, edns: null });
    expect(hexOf(query)).toBe('1234010000010000000000000161076578616d706c650000010001');
  });

  test('with EDNS, DNSSEC OK and AD', () => {
    const edns = { udpPayloadSize: 1232, dnssecOk: true };
    const query = encodeQuery({ id: 0xffff, name: '.', type: 'ns', recursionDesired: false, authenticData: true, edns });
    expect(hexOf(query)).toBe('ffff002000010000000000010000020001000029' + '04d0000080000000');
  });

  test('is understood by another implementation', () => {
    const query = dnsPacket.decode(
      Buffer.from(
        encodeQuery({
          id: 7,
          name: 'www.example.net.',
          type: 'TYPE65',
          recursionDesired: true,
          edns: { udpPayloadSize: 512, dnssecOk: false },
        }),
      ),
    );
    expect(query).toMatchObject({ id: 7, type: 'query', flag_rd: true, flag_ad: false });
    expect(query.questions).toEqual([{ name: 'www.example.net', type: 'UNKNOWN_65', class: 'IN' }]);
    expect(query.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 512, flag_do: false }]);
  });

  test('refuses what cannot be asked', () => {
    expect(() => encodeQuery({ id: 1, name: 'a..b', type: 'A', recursionDesired: true, edns: null })).toThrow(RangeError);
    expect(() => encodeQuery({ id: 1, name: 'a', type: 'TYPE70000', recursionDesired: true, edns: null })).toThrow(RangeError);
    expect(checkQuestion('a', 'A')).toEqual({ ok: true, value: null });
    expect(checkQuestion('', 'A').ok).toBe(false);
    expect(checkQuestion('a', 'constructor').ok).toBe(false);
  });
});

describe('types and rcodes', () => {
  test.each([
    ['a', 1],
    ['ANY', 255],
    ['https', 65],
    ['TYPE1234', 1234],
    ['type65', 65],
    ['TYPE0', null],
    ['TYPE65536', null],
    ['toString', null],
    ['', null],
  ])('%s is %s', (name, number) => {
    expect(dnsTypeNumber(name)).toBe(number);
  });

  test('have names', () => {
    expect([1, 65, 255, 1234].map(dnsTypeName)).toEqual(['A', 'HTTPS', 'ANY', 'TYPE1234']);
    expect([0, 3, 5, 16, 24].map(dnsRcodeName)).toEqual(['NOERROR', 'NXDOMAIN', 'REFUSED', 'BADVERS', 'RCODE24']);
  });
});

describe('parseMessage', () => {
  test('reads what another implementation writes', () => {
    const answers: Answer[] = [
      { name: 'www.example.net', type: 'CNAME', ttl: 300, data: 'host.example.net' },
      { name: 'host.example.net', type: 'A', ttl: 60, data: '192.0.2.1' },
      { name: 'host.example.net', type: 'AAAA', ttl: 60, data: '2001:db8::1' },
      { name: 'example.net', type: 'NS', ttl: 0, data: 'ns1.example.net' },
      { name: '1.2.0.192.in-addr.arpa', type: 'PTR', ttl: 1, data: 'host.example.net' },
      { name: 'example.net', type: 'MX', ttl: 1, data: { preference: 10, exchange: 'mail.example.net' } },
      { name: '_sip._udp.example.net', type: 'SRV', ttl: 1, data: { priority: 1, weight: 2, port: 5060, target: 'sip.example.net' } },
      { name: 'example.net', type: 'TXT', ttl: 1, data: ['v=spf1 -all', 'a "quoted" \\ one'] },
      {
        name: 'example.net',
        type: 'SOA',
        ttl: 1,
        data: {
          mname: 'ns1.example.net',
          rname: 'host\\.master.example.net',
          serial: 2026010101,
          refresh: 2,
          retry: 3,
          expire: 4,
          minimum: 5,
        },
      },
      { name: 'example.net', type: 'CAA', ttl: 1, data: { flags: 0, tag: 'issue', value: 'ca.example; policy=ev' } },
      {
        name: 'example.net',
        type: 'DS',
        ttl: 1,
        data: { keyTag: 60485, algorithm: 5, digestType: 1, digest: Buffer.from('2bb183af', 'hex') },
      },
      { name: 'example.net', type: 'DNSKEY', ttl: 1, data: { flags: 257, algorithm: 13, key: Buffer.from('AwEAAcw=', 'base64') } },
    ];
    const message = read(
      dnsPacket.encode({
        type: 'response',
        id: 99,
        flags: dnsPacket.AUTHORITATIVE_ANSWER | dnsPacket.RECURSION_DESIRED | dnsPacket.AUTHENTIC_DATA,
        questions: [{ name: 'www.Example.net', type: 'A' }],
        answers,
        authorities: [{ name: 'example.net', type: 'NS', ttl: 1, data: 'ns1.example.net' }],
        additionals: [
          { type: 'OPT', name: '.', udpPayloadSize: 4096, extendedRcode: 1, ednsVersion: 0, flags: 0x8000, flag_do: true, options: [] },
        ],
      }),
    );
    const plain = ({ name, type, ttl, data }: DnsResourceRecord) => ({ name, type, ttl, data });
    expect(message.authorities.map(plain)).toEqual([{ name: 'example.net', type: 'NS', ttl: 1, data: 'ns1.example.net.' }]);
    expect(message.additionals).toEqual([]);
    expect({ ...message, answers: message.answers.map(plain), authorities: [] }).toEqual({
      id: 99,
      response: true,
      rcode: 'BADVERS',
      flags: { aa: true, tc: false, rd: true, ra: false, ad: true, cd: false },
      question: { name: 'www.Example.net', type: 'A', class: 1 },
      answers: [
        { name: 'www.example.net', type: 'CNAME', ttl: 300, data: 'host.example.net.' },
        { name: 'host.example.net', type: 'A', ttl: 60, data: '192.0.2.1' },
        { name: 'host.example.net', type: 'AAAA', ttl: 60, data: '2001:db8::1' },
        { name: 'example.net', type: 'NS', ttl: 0, data: 'ns1.example.net.' },
        { name: '1.2.0.192.in-addr.arpa', type: 'PTR', ttl: 1, data: 'host.example.net.' },
        { name: 'example.net', type: 'MX', ttl: 1, data: '10 mail.example.net.' },
        { name: '_sip._udp.example.net', type: 'SRV', ttl: 1, data: '1 2 5060 sip.example.net.' },
        { name: 'example.net', type: 'TXT', ttl: 1, data: '"v=spf1 -all" "a \\"quoted\\" \\\\ one"' },
        { name: 'example.net', type: 'SOA', ttl: 1, data: 'ns1.example.net. host\\.master.example.net. 2026010101 2 3 4 5' },
        { name: 'example.net', type: 'CAA', ttl: 1, data: '0 issue "ca.example; policy=ev"' },
        { name: 'example.net', type: 'DS', ttl: 1, data: '60485 5 1 2BB183AF' },
        { name: 'example.net', type: 'DNSKEY', ttl: 1, data: '257 3 13 AwEAAcw=' },
      ],
      authorities: [],
      additionals: [],
      edns: {
        udpPayloadSize: 4096,
        version: 0,
        dnssecOk: true,
        options: [],
        nameServerId: null,
        clientSubnet: null,
        extendedErrors: [],
      },
    });
  });

  test.each([
    ['TXT with control bytes', 16, [4, 0x1b, 0x5b, 0xff, 0x22], '"\\027[\\255\\""'],
    ['TXT of one empty string', 16, [0], '""'],
    ['an unknown type', 1234, [1, 2, 0xab], '\\# 3 0102AB'],
    ['an unknown type without data', 1234, [], '\\# 0'],
    ['HTTPS', 65, [0, 1, 0], '1 .'],
    ['HTTPS with a path', 65, [0, 1, 0, 0, 7, 0, 2, 0x2f, 0x1b], '1 . dohpath="/\\027"'],
    ['NSEC3 with a short hash', 50, [1, 0, 0, 0, 0, 3, 0x11, 0x22, 0x33], '1 0 0 - 24H36'],
    [
      'a location with fractions',
      29,
      [0, 0x12, 0x16, 0x13, 128, 0, 0, 1, 127, 255, 255, 255, 0, 0x98, 0x96, 0x7f],
      '0 0 0.001 N 0 0 0.001 W -0.01m 1m 10000m 10m',
    ],
    ['TXT of another class', 16, [2, 65, 66], '"AB"', 3],
    ['a mapped IPv6 address', 28, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1], '::ffff:192.0.2.1'],
    ['a CAA tag that is none', 257, [0, 2, 0x1b, 0x41, 0x42], '0 "\\027A" "B"'],
    ['the root', 2, [0], '.'],
    ['a compressed name', 5, [1, 98, 0xc0, 12], 'b.a.'],
  ] as [string, number, number[], string, number?][])('presents %s', (_, type, data, text, recordClass = 1) => {
    expect(dataOf(type, data, recordClass)).toBe(text);
  });

  test.each([
    // Each name `A.b` with its last label compressed away: `a` at 12 is the owner, and keeps its case.
    ['NS', 2, '0142c00c', '01420161 00'],
    ['MX', 15, '000a0142c00c', '000a01420161 00'],
    ['SOA', 6, 'c00c0142c00c0000000100000002000000030000000400000005', '016100 0142016100 0000000100000002000000030000000400000005'],
    ['SRV', 33, '000100020003c00c', '000100020003016100'],
    ['NAPTR', 35, '0001000201530000c00c', '0001000201530000 016100'],
    ['RRSIG', 46, '0001080200000e1069af3b80698f97805ba0c00caabb', '0001080200000e1069af3b80698f97805ba0 016100 aabb'],
    ['HIP', 55, '020200010102aac00c', '020200010102aa 016100'],
    ['NSEC', 47, 'c00c000140', '016100 000140'],
    ['A', 1, 'c0000201', 'c0000201'],
    ['TXT', 16, '02c00c', '02c00c'],
    ['an unknown type', 4711, 'c00c', 'c00c'],
  ])('gives the data of %s without compression', (_, type, sent, wire) => {
    const record = read(withData(type, Buffer.from(sent, 'hex'))).answers[0];
    expect(hexOf(record?.rdata ?? new Uint8Array())).toBe(wire.replaceAll(' ', ''));
    expect(record).toMatchObject({ class: 1, typeNumber: type });
  });

  test('keeps a copy of the data, which outlives the message', () => {
    const bytes = withData(16, [1, 65]);
    const record = read(bytes).answers[0];
    bytes.fill(0);
    expect(hexOf(record?.rdata ?? new Uint8Array())).toBe('0141');
  });

  test('takes data of another class for unknown', () => {
    expect(dataOf(1, [1, 2, 3, 4, 5, 6], 3)).toBe('\\# 6 010203040506');
  });

  test('counts a time to live with the highest bit as 0 (RFC 2181)', () => {
    const bytes = withData(1, [192, 0, 2, 1]);
    bytes.writeUInt32BE(0x80000001, bytes.length - 10);
    expect(read(bytes).answers[0]?.ttl).toBe(0);
  });

  test.each([
    ['nothing', new Uint8Array(), '0 bytes are too short for a DNS message'],
    ['a header cut short', new Uint8Array(11), '11 bytes are too short for a DNS message'],
    ['too much', new Uint8Array(65_536), '65536 bytes are too long for a DNS message'],
    ['two questions', Buffer.from(`000080000002000000000000${'0000010001'.repeat(2)}`, 'hex'), '2 questions in one message'],
    ['65535 records in no bytes', Buffer.from('00008000000000000000ffff', 'hex'), 'more records announced than there are bytes for'],
    ['A of 3 bytes', withData(1, [1, 2, 3]), '4 bytes wanted where 3 are left'],
    ['A of 5 bytes', withData(1, [1, 2, 3, 4, 5]), '1 bytes too many in the data of a record'],
    ['a bitmap of types with windows out of order', withData(47, [0, 1, 1, 0x40, 0, 1, 0x40]), 'a bitmap of types that is none'],
    ['a bitmap of types beyond the end', withData(47, [0, 0, 9, 0x40]), 'a bitmap of types that is none'],
    [
      'service parameters out of order',
      withData(65, [0, 1, 0, 0, 3, 0, 2, 0, 80, 0, 1, 0, 3, 2, 104, 50]),
      'service parameters out of order',
    ],
    ['a port of three bytes', withData(65, [0, 1, 0, 0, 3, 0, 3, 0, 80, 0]), '1 bytes too many in the data of a record'],
    ['no-default-alpn with a value', withData(64, [0, 1, 0, 0, 2, 0, 1, 0]), '1 bytes too many in the data of a record'],
    ['an empty list of addresses', withData(64, [0, 1, 0, 0, 4, 0, 0]), '4 bytes wanted where 0 are left'],
    ['a location of version 1', withData(29, [1, ...Array<number>(15).fill(0)]), 'a location of an unknown version'],
    ['a host identity without a tag', withData(55, [0, 2, 0, 1, 1]), 'a host identity without a tag or a key'],
    ['data beyond the end', withData(1, [1, 2, 3, 4], 1, 5), '5 bytes wanted where 4 are left'],
    ['TXT without a string', withData(16, []), '1 bytes wanted where 0 are left'],
    ['TXT beyond its data', withData(16, [5, 1]), '5 bytes wanted where 1 are left'],
    ['a pointer to itself', withData(5, [0xc0, 31]), 'a compression pointer leads forwards or to nothing'],
    ['a loop of two pointers', withData(5, [0xc0, 33, 0xc0, 31]), 'a compression pointer leads forwards or to nothing'],
    ['a loop through a label', withData(5, [1, 97, 0xc0, 31]), 'a compression pointer leads forwards or to nothing'],
    ['a pointer into the header', withData(5, [0xc0, 2]), 'a compression pointer leads forwards or to nothing'],
    ['half a pointer', withData(5, [0xc0]), 'a name runs over the end'],
    ['a name without an end', withData(5, [1, 97]), 'a name runs over the end'],
    ['a label beyond the data', withData(5, [9, 97, 97]), 'a name runs over the end'],
    ['a label of the kind 01', withData(5, [0x41, 0]), 'a label of an unknown kind'],
    ['a name of 256 octets', withData(5, [...Array<number[]>(127).fill([1, 97]).flat(), 1, 97, 0]), 'a name is longer than 255 octets'],
  ])('refuses %s', (_, bytes, refusal) => {
    expect(refusalOf(bytes)).toBe(refusal);
  });

  test('refuses two OPT records', () => {
    const opt: Answer = {
      type: 'OPT',
      name: '.',
      udpPayloadSize: 512,
      extendedRcode: 0,
      ednsVersion: 0,
      flags: 0,
      flag_do: false,
      options: [],
    };
    expect(refusalOf(dnsPacket.encode({ type: 'response', additionals: [opt, opt] }))).toBe('two OPT records in one message');
  });

  test('keeps what is whole of a truncated message', () => {
    const whole = dnsPacket.encode({
      type: 'response',
      id: 5,
      flags: dnsPacket.TRUNCATED_RESPONSE,
      questions: [{ name: 'a', type: 'A' }],
      answers: [
        { name: 'a', type: 'A', ttl: 1, data: '192.0.2.1' },
        { name: 'a', type: 'A', ttl: 1, data: '192.0.2.2' },
      ],
    });
    const message = read(whole.subarray(0, whole.length - 2));
    expect(message.flags.tc).toBe(true);
    expect(message.answers.map(({ data }) => data)).toEqual(['192.0.2.1']);
  });

  test('does not unfold a small message into a large one without bound', () => {
    // 255 octets of name, then records that are nothing but a pointer to it: 65,535 bytes stand for 1.3 MB.
    const name = [
      ...Array<number[]>(3)
        .fill([63, ...Array<number>(63).fill(0)])
        .flat(),
      61,
      ...Array<number>(61).fill(0),
      0,
    ];
    const record = Buffer.from([0xc0, 12, 0, 99, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
    const count = Math.floor((65_535 - 12 - name.length - 4) / record.length);
    const header = Buffer.from('000080000001000000000000', 'hex');
    header.writeUInt16BE(count, 6);
    const bytes = Buffer.concat([header, Buffer.from(name), Buffer.from([0, 1, 0, 1]), ...Array<Buffer>(count).fill(record)]);
    expect(refusalOf(bytes)).toBe('the names unfold to more than a message can mean');
  });
});

describe('EDNS', () => {
  const asked = (edns: Parameters<typeof encodeQuery>[0]['edns']) =>
    hexOf(encodeQuery({ id: 1, name: '.', type: 'A', recursionDesired: true, checkingDisabled: true, edns })).slice(34);

  test.each([
    ['nothing else', {}, '0000'],
    ['NSID', { nameServerId: true }, '0004' + '00030000'],
    ['an IPv4 subnet', { clientSubnet: { address: '192.0.2.255', prefixLength: 25 } }, '000c' + '0008000800011900c0000280'],
    ['an IPv6 subnet', { clientSubnet: { address: '2001:db8:ff00::1', prefixLength: 36 } }, '000d' + '0008000900022400' + '20010db8f0'],
    ['no subnet at all', { clientSubnet: { address: '0.0.0.0', prefixLength: 0 } }, '0008' + '0008000400010000'],
  ])('asks for %s', (_, more, options) => {
    expect(asked({ udpPayloadSize: 1400, dnssecOk: false, ...more })).toBe(`000029057800000000${options}`);
  });

  test('says what is no subnet', () => {
    expect(isClientSubnet({ address: '192.0.2.0', prefixLength: 32 })).toBe(true);
    for (const [address, prefixLength] of [
      ['192.0.2.0', 33],
      ['2001:db8::', 129],
      ['fe80::1%eth0', 64],
      ['192.0.2', 24],
      ['name.example', 24],
      ['192.0.2.0', 1.5],
      ['192.0.2.0', -1],
    ] as const) {
      expect(isClientSubnet({ address, prefixLength }), address).toBe(false);
      expect(() => asked({ udpPayloadSize: 512, dnssecOk: false, clientSubnet: { address, prefixLength } }), address).toThrow(RangeError);
    }
  });

  test('CD and a missing RD are sent', () => {
    const query = encodeQuery({ id: 1, name: '.', type: 'A', recursionDesired: false, checkingDisabled: true, edns: null });
    expect(hexOf(query).slice(4, 8)).toBe('0010');
  });

  /** A response with just an OPT record. */
  const withOptions = (hex: string) => {
    const length = (hex.length / 2).toString(16).padStart(4, '0');
    return Buffer.from(`000180000000000000000001${'0000290200' + '01008000'}${length}${hex}`, 'hex');
  };

  test('reads NSID, subnet and extended errors', () => {
    const nsid = '0003000461622d31';
    const subnet = '0008000700011818c00002';
    const errors = '000f0002000f' + '000f000500066f6b00' + '000f000403e70a1b';
    const { edns, rcode } = read(withOptions([nsid, subnet, errors, '000a00021234'].join('')));
    expect(rcode).toBe('BADVERS');
    expect(edns).toMatchObject({
      udpPayloadSize: 512,
      version: 0,
      dnssecOk: true,
      clientSubnet: { address: '192.0.2.0', sourcePrefixLength: 24, scopePrefixLength: 24 },
      extendedErrors: [
        { code: 15, name: 'Blocked', text: '' },
        { code: 6, name: 'DNSSEC Bogus', text: 'ok' },
        { code: 999, name: 'Code 999', text: '\n\u001b' },
      ],
    });
    expect(edns?.options.map(({ code }) => code)).toEqual([3, 8, 15, 15, 15, 10]);
    expect(presentNameServerId(edns?.nameServerId ?? new Uint8Array())).toBe('ab-1');
    expect(presentNameServerId(Uint8Array.of(0x61, 0x1b))).toBe('611b');
  });

  test.each([
    ['of an unknown family', '0008000700031818c00002'],
    ['longer than an address', '0008000900010808c000020101'],
    ['with more bits than there are', '000800080001ff00c0000201'],
    ['without its lengths', '000800020001'],
  ])('leaves out a subnet %s', (_, options) => {
    expect(read(withOptions(options)).edns).toMatchObject({ clientSubnet: null, options: [{ code: 8 }] });
  });

  test('bounds the text of an error, and the number of options', () => {
    const long = `000f${(60_002).toString(16)}0000${'41'.repeat(60_000)}`;
    expect(read(withOptions(long)).edns?.extendedErrors[0]?.text).toBe('A'.repeat(512));
    expect(refusalOf(withOptions('00030000'.repeat(65)))).toBe('more EDNS options than there are');
    expect(refusalOf(withOptions('00030001'))).toBe('1 bytes wanted where 0 are left');
    expect(refusalOf(withOptions('0003'))).toBe('2 bytes wanted where 0 are left');
  });
});

describe('isAnswerTo', () => {
  const query = { id: 4, name: 'Example.net', type: 'A' };
  const answer = read(dnsPacket.encode({ type: 'response', id: 4, questions: [{ name: 'eXample.NET', type: 'A' }] }));

  test('takes the same question in any case', () => {
    expect(isAnswerTo(query, answer)).toBe(true);
    expect(isAnswerTo({ ...query, type: 'type1', name: 'example.net.' }, answer)).toBe(true);
  });

  test.each([
    ['id', { ...answer, id: 5 }],
    ['query in place of a response', { ...answer, response: false }],
    ['name', { ...answer, question: { name: 'example.org', type: 'A', class: 1 } }],
    ['type', { ...answer, question: { name: 'example.net', type: 'AAAA', class: 1 } }],
    ['class', { ...answer, question: { name: 'example.net', type: 'A', class: 3 } }],
    ['missing question', { ...answer, question: null }],
  ])('refuses another %s', (_, message) => {
    expect(isAnswerTo(query, message)).toBe(false);
  });

  test('takes an error without a question', () => {
    expect(isAnswerTo(query, { ...answer, question: null, rcode: 'FORMERR' })).toBe(true);
    expect(isAnswerTo(query, { ...answer, question: null, rcode: 'NXDOMAIN' })).toBe(false);
  });

  test('broken bytes may still claim to be the answer', () => {
    expect(claimsToAnswer(0x0102, Uint8Array.of(1, 2, 0x80, 0))).toBe(true);
    expect(claimsToAnswer(0x0102, Uint8Array.of(1, 2, 0x00, 0))).toBe(false);
    expect(claimsToAnswer(0x0102, Uint8Array.of(1, 3, 0x80, 0))).toBe(false);
    expect(claimsToAnswer(0x0102, Uint8Array.of(1, 2))).toBe(false);
  });
});

describe('hostile bytes', () => {
  /** A value or a refusal, and no control character in any text of the value. */
  function survives(bytes: Uint8Array): void {
    const outcome = parseMessage(bytes);
    const texts = outcome.ok
      ? [outcome.value.question?.name ?? '', ...outcome.value.answers.flatMap(({ name, data }) => [name, data])]
      : [outcome.refusal];
    for (const text of texts) expect(text).toMatch(/^[ -~]*$/);
  }

  const valid = dnsPacket.encode({
    type: 'response',
    id: 1,
    questions: [{ name: 'www.example.net', type: 'A' }],
    answers: [
      { name: 'www.example.net', type: 'CNAME', ttl: 1, data: 'host.example.net' },
      { name: 'host.example.net', type: 'MX', ttl: 1, data: { preference: 1, exchange: 'm.example.net' } },
      { name: 'host.example.net', type: 'TXT', ttl: 1, data: ['one', 'two'] },
      {
        name: 'example.net',
        type: 'SOA',
        ttl: 1,
        data: { mname: 'a', rname: 'b', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
      },
    ],
    additionals: [
      { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
    ],
  });

  test('arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), survives), { numRuns: 300 });
  });

  test('arbitrary records behind a sound header', () => {
    const header = Buffer.from('00018180000100040001000a', 'hex');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => survives(Buffer.concat([header, Buffer.from([0, 0, 1, 0, 1]), rest]))),
      { numRuns: 300 },
    );
  });

  test('valid messages with bytes changed, cut and repeated', () => {
    const change = fc.record({ at: fc.nat(valid.length - 1), to: fc.oneof(fc.nat(255), fc.constantFrom(0xc0, 0xff, 0x3f, 0)) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(valid.length), (changes, cut) => {
        const bytes = Buffer.from(valid);
        for (const { at, to } of changes) bytes[at] = to;
        survives(bytes);
        survives(bytes.subarray(0, cut));
        survives(Buffer.concat([bytes, bytes]));
      }),
      { numRuns: 500 },
    );
  });

  test('pointers everywhere, in a message of the largest size, end quickly', () => {
    const bytes = new Uint8Array(65_535);
    bytes.set(Buffer.from('000180000001ffff00000000', 'hex'));
    for (let offset = 12; offset + 1 < bytes.length; offset += 2) {
      const target = Math.min(offset - 2, 0x3fff);
      bytes[offset] = 0xc0 | (target >> 8);
      bytes[offset + 1] = target & 0xff;
    }
    const startedMs = performance.now();
    expect(parseMessage(bytes).ok).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
