import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerMessage } from '../../src/lab/dns-message.js';
import { ZONE } from '../../src/lab/zone.js';

const FORMERR = 1;
const NOTIMP = 4;

function query(changes: Packet & { name?: string; recordType?: 'A' | 'TXT' | 'AAAA' } = {}): Buffer {
  const { name = `app.${ZONE}`, recordType = 'A', ...packet } = changes;
  return dnsPacket.encode({
    type: 'query',
    id: 0x1234,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ type: recordType, name, class: 'IN' }],
    ...packet,
  });
}

function edns(udpPayloadSize: number, ednsVersion = 0): Answer {
  return { type: 'OPT', name: '.', udpPayloadSize, extendedRcode: 0, ednsVersion, flags: 0, flag_do: false, options: [] };
}

function answered(message: Buffer, transport: 'udp' | 'tcp' = 'udp'): Buffer {
  const answer = answerMessage(message, transport);
  if (answer === null) throw new Error('no answer');
  return answer;
}

const rcode = (message: Buffer): number => message.readUInt16BE(2) & 0x0f;

describe('answerMessage', () => {
  test('an address, to the byte', () => {
    expect(answered(query()).toString('hex')).toBe(
      [
        '1234', // identity of the query
        '8500', // response, authoritative, recursion desired
        '0001000100000000',
        '03617070036c6162076e6574646961670474657374000001' + '0001',
        '03617070036c6162076e6574646961670474657374000001' + '0001' + '0000003c' + '0004' + '7f000001',
      ].join(''),
    );
  });

  test('the question comes back in the letter case in which it was asked (0x20 encoding)', () => {
    const message = query({ name: 'aPP.LaB.netDIAG.tEst' });
    expect(answered(message).subarray(12, message.length)).toEqual(message.subarray(12));
    expect(dnsPacket.decode(answered(message)).answers).toHaveLength(1);
  });

  test.each([
    ['without EDNS', [], 'udp', true],
    ['with EDNS of 512 bytes', [edns(512)], 'udp', true],
    ['with EDNS below the least size that is meaningful', [edns(1)], 'udp', true],
    ['with EDNS of 4096 bytes', [edns(4096)], 'udp', false],
    ['over TCP', [], 'tcp', false],
  ] as const)('a large answer %s', (_, additionals, transport, truncated) => {
    const bytes = answered(query({ name: `large.${ZONE}`, recordType: 'TXT', additionals: [...additionals] }), transport);
    const message = dnsPacket.decode(bytes);
    expect(message.flag_tc).toBe(truncated);
    if (truncated) expect(bytes.length).toBeLessThanOrEqual(512);
    expect(message.answers).toHaveLength(truncated ? 0 : 1);
    const [text] = message.answers ?? [];
    if (text?.type === 'TXT') expect(Buffer.concat(text.data as Buffer[]).length).toBe(2000);
    expect(message.additionals?.map((record) => record.type)).toEqual(additionals.map(() => 'OPT'));
  });

  test('an EDNS version that does not exist yet gets BADVERS', () => {
    const message = dnsPacket.decode(answered(query({ additionals: [edns(1232, 7)] })));
    expect(message.answers).toEqual([]);
    expect(message.additionals?.[0]).toMatchObject({ type: 'OPT', extendedRcode: 1, ednsVersion: 0 });
  });

  test('a response gets no answer, lest two servers talk for ever', () => {
    expect(answerMessage(answered(query()), 'udp')).toBeNull();
  });

  test('less than a header gets no answer', () => {
    for (let length = 0; length < 12; length += 1) expect(answerMessage(Buffer.alloc(length), 'udp')).toBeNull();
  });

  test('another operation is not implemented', () => {
    const message = query();
    message.writeUInt16BE(4 << 11, 2);
    expect(rcode(answered(message))).toBe(NOTIMP);
  });

  test.each([
    ['no question', query({ questions: [] })],
    [
      'two questions',
      query({
        questions: [
          { type: 'A', name: ZONE },
          { type: 'A', name: ZONE },
        ],
      }),
    ],
    ['a name cut short', query().subarray(0, 20)],
    ['a question without its class', query().subarray(0, -1)],
    ['a name that points to itself', Buffer.concat([query().subarray(0, 12), Buffer.from('c00c00010001', 'hex')])],
    ['a label of the reserved kind', Buffer.concat([query().subarray(0, 12), Buffer.from('4161000001' + '0001', 'hex')])],
    [
      'a name of more than 255 bytes',
      Buffer.concat([
        query().subarray(0, 12),
        Buffer.alloc(5 * 64, Buffer.from([63, ...Array(63).fill(97)])),
        Buffer.from('0000010001', 'hex'),
      ]),
    ],
    ['two EDNS records', query({ additionals: [edns(1232), edns(1232)] })],
    ['an EDNS record cut short', query({ additionals: [edns(1232)] }).subarray(0, -3)],
    ['an answer in the query', query({ answers: [{ type: 'A', name: ZONE, data: '127.0.0.1' }] })],
    ['65 535 records behind the question', (() => query().fill(0xff, 10, 12))()],
  ])('%s is a format error', (_, message) => {
    const answer = answered(message);
    expect(rcode(answer)).toBe(FORMERR);
    expect(answer.readUInt16BE(0)).toBe(0x1234);
    expect(dnsPacket.decode(answer).answers).toEqual([]);
  });

  test('a dot inside a label is not one between two', () => {
    // "app.lab" as one label below netdiag.test: a name of another zone.
    const name = Buffer.concat([
      Buffer.from([7]),
      Buffer.from('app.lab'),
      Buffer.from([7]),
      Buffer.from('netdiag'),
      Buffer.from([4]),
      Buffer.from('test\0'),
    ]);
    const message = Buffer.concat([query().subarray(0, 12), name, Buffer.from('00010001', 'hex')]);
    const answer = answered(message);
    expect(rcode(answer)).toBe(5);
    expect(answer.subarray(12)).toEqual(message.subarray(12));
  });

  test('whatever comes, it answers in bounds or not at all', () => {
    const header = fc.constant(query().subarray(0, 12));
    const mutated = fc
      .tuple(
        fc.constantFrom(query(), query({ name: `large.${ZONE}`, recordType: 'TXT', additionals: [edns(4096)] })),
        fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 6 }),
        fc.nat(90),
      )
      .map(([message, changes, length]) => {
        const bytes = Buffer.from(message);
        for (const [offset, value] of changes) if (offset < bytes.length) bytes[offset] = value;
        return bytes.subarray(0, Math.max(length, 12));
      });
    const arbitrary = fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      fc.tuple(header, fc.uint8Array({ maxLength: 300 })).map(([head, rest]) => Buffer.concat([head, rest])),
      mutated,
    );
    fc.assert(
      fc.property(arbitrary, fc.constantFrom('udp' as const, 'tcp' as const), (message, transport) => {
        const answer = answerMessage(message, transport);
        if (answer === null) return;
        expect(answer.readUInt16BE(0)).toBe(message.readUInt16BE(0));
        expect(answer.readUInt16BE(2) & 0x8000).toBe(0x8000);
        if (transport === 'udp') expect(answer.length).toBeLessThanOrEqual(4096);
      }),
      { numRuns: 2000 },
    );
  });
});
