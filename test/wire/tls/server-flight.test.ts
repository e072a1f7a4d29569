import { describe, expect, it } from 'vitest';
import { downgradeMarkOf, type FlightOptions, readServerFlight } from '../../../src/wire/tls/server-flight.js';
import {
  alert,
  dheKeyExchange,
  ecdheKeyExchange,
  HELLO_DONE,
  handshake,
  record,
  serverHello,
  serverHello13,
} from '../../fakes/tls-flight.js';

const form = (name: 'ecdhe' | 'dhe' | 'other', hint = false): FlightOptions => ({ formOf: () => ({ form: name, hint, signed: true }) });
const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const EXTENSIONS = [
  { type: 0xff01, data: [0] },
  { type: 23, data: [] },
];

describe('readServerFlight', () => {
  const flight = [
    ...serverHello({ version: 0x0303, cipher: 0xc02f, compression: 1, extensions: EXTENSIONS }),
    ...handshake(11, Array(300).fill(1)),
    ...ecdheKeyExchange(29, 0x0804),
    ...handshake(13, [1, 1, 0, 2, 4, 3, 0, 0]),
    ...HELLO_DONE,
  ];

  it('reads hello, key exchange and certificate request of TLS 1.2', () => {
    expect(readServerFlight(record(22, flight), form('ecdhe'))).toMatchObject({
      hello: { version: 0x0303, cipher: 0xc02f, compression: 1, retry: false, group: null, extensions: [0xff01, 23] },
      certificateSent: true,
      keyExchange: { group: 29, dhBits: null, scheme: 0x0804 },
      certificateRequested: true,
      alert: null,
      complete: true,
    });
  });

  it('puts together messages that come in records of one byte', () => {
    const split = joined(...flight.map((byte) => record(22, [byte])));
    expect(readServerFlight(split, form('ecdhe'))).toEqual(readServerFlight(record(22, flight), form('ecdhe')));
  });

  it('is not complete before its end, wherever it is cut', () => {
    const whole = record(22, flight);
    for (let length = 0; length < whole.length; length++) {
      expect(readServerFlight(whole.subarray(0, length), form('ecdhe'))).toMatchObject({ complete: false });
    }
  });

  it.each([
    ['a prime of 2048 bits', [0x80, ...Array(255).fill(0)], 2048, false],
    ['one whose first bits are not set', [0, 0x1f, ...Array(126).fill(1)], 1013, false],
    ['one of RFC 7919', [...Buffer.from('ffffffffffffffffadf85458a2bb4a9a', 'hex'), ...Array(368).fill(3)], 3072, true],
  ] as const)('measures %s', (_what, prime, dhBits, dhNamed) => {
    const bytes = record(22, [...serverHello({ version: 0x0303, cipher: 0x9e }), ...dheKeyExchange(prime, 0x0401)]);
    expect(readServerFlight(bytes, form('dhe'))?.keyExchange).toEqual({ group: null, dhBits, dhNamed, scheme: 0x0401 });
  });

  it('knows no signature scheme before TLS 1.2', () => {
    const bytes = record(22, [...serverHello({ version: 0x0301, cipher: 0xc013 }), ...ecdheKeyExchange(23, null)]);
    expect(readServerFlight(bytes, form('ecdhe'))?.keyExchange).toEqual({ group: 23, dhBits: null, dhNamed: false, scheme: null });
  });

  it('reads a HelloRetryRequest, which names suite and group', () => {
    expect(readServerFlight(record(22, serverHello13(0x1302, 0x11ec, null)), form('other'))).toMatchObject({
      hello: { version: 0x0304, cipher: 0x1302, retry: true, group: 0x11ec },
      complete: true,
    });
  });

  it('reads a ServerHello of TLS 1.3', () => {
    expect(readServerFlight(record(22, serverHello13(0x1301, 29, Array(32).fill(1))), form('other'))).toMatchObject({
      hello: { version: 0x0304, retry: false, group: 29 },
      complete: true,
    });
  });

  it('goes on behind a warning, and ends with what is fatal', () => {
    const hello = record(22, serverHello({ version: 0x0303, cipher: 0x2f }));
    expect(readServerFlight(joined(alert(112, 1), hello), form('other'))).toMatchObject({ hello: { cipher: 0x2f }, complete: false });
    expect(readServerFlight(joined(alert(112, 1), alert(40)), form('other'))).toMatchObject({
      hello: null,
      alert: { level: 2, description: 40 },
      complete: true,
    });
  });

  it.each([
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
    ['a record without end', Uint8Array.from([22, 3, 3, 0xff, 0xff, 1])],
  ])('takes %s for no TLS', (_what, bytes) => expect(readServerFlight(Uint8Array.from(bytes), form('other'))).toBeNull());
});

describe('downgradeMarkOf', () => {
  const marked = (end: string) => {
    const random = Uint8Array.from([...new Uint8Array(24), ...Buffer.from(end, 'hex')]);
    const hello = readServerFlight(record(22, serverHello({ version: 0x0303, cipher: 0x2f, random })), form('other'))?.hello;
    return hello == null ? null : downgradeMarkOf(hello);
  };
  it.each([
    ['444f574e47524401', true],
    ['444f574e47524400', true],
    ['444f574e47524402', false],
  ])('%s: %s', (end, expected) => expect(marked(end)).toBe(expected));
});
