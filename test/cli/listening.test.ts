import { describe, expect, it } from 'vitest';
import { expectedListeners, readListening } from '../../src/cli/listening.js';
import { portList } from '../../src/cli/port-list.js';
import { UsageError } from '../../src/cli/usage-error.js';

const entry = (port: number, fields: object = {}) => ({ port, protocol: 'tcp', process: null, place: null, ...fields });

describe('--expect', () => {
  it.each([
    ['8080', [entry(8080)]],
    ['53/udp', [entry(53, { protocol: 'udp' })]],
    ['5432/tcp:postgres@loopback,8080', [entry(5432, { process: 'postgres', place: 'loopback' }), entry(8080)]],
    ['80:nginx@all, 443@ALL', [entry(80, { process: 'nginx', place: 'all' }), entry(443, { place: 'all' })]],
    ['80@192.0.2.7', [entry(80, { place: '192.0.2.7' })]],
    ['80:x@2001:DB8:0::7', [entry(80, { process: 'x', place: '2001:db8::7' })]],
    ['80@0.0.0.0,81@::', [entry(80, { place: 'all' }), entry(81, { place: 'all' })]],
  ])('%s', (text, entries) => {
    expect(expectedListeners.parse(text)).toEqual({ entries });
  });
  it.each(['', ',', '0', '65536', '80/sctp', '80:', '80@', '80@home', '80@1.2.3', 'http', '80:a b', '80@::1%lo', '80:a@b@c', '80,,81'])(
    'refuses %j',
    (text) => {
      expect(expectedListeners.parse(text)).toBeNull();
    },
  );
  it('is bounded', () => {
    expect(expectedListeners.parse(Array(1000).fill('80').join(','))?.entries).toHaveLength(1000);
    expect(expectedListeners.parse(Array(1001).fill('80').join(','))).toBeNull();
  });
});

describe('readListening', () => {
  const ports = (text: string) => [portList.parse(text)].filter((list) => list !== null);
  it('is nothing without --listening', () => {
    expect(readListening({ listening: false }, ['192.0.2.7'])).toBeNull();
  });
  it('asks for everything, or for the ports named, with what is expected', () => {
    expect(readListening({ listening: true }, [])).toEqual({ asked: null, expected: null });
    expect(readListening({ listening: true, ports: ports('8000-8003,8002,22'), expect: [{ entries: [] }] }, [])).toEqual({
      asked: [
        { first: 22, last: 22 },
        { first: 8000, last: 8001 },
        { first: 8002, last: 8002 },
        { first: 8003, last: 8003 },
      ],
      expected: [],
    });
  });
  it.each([
    ['a target', { listening: true }, ['127.0.0.1'], /no TARGET/],
    ['--top', { listening: true, top: 3 }, [], /--top/],
    ['--lab', { listening: true, lab: true }, [], /--lab/],
    ['-4', { listening: true, ipv4: true, lab: false }, [], /--ipv4/],
    ['--expect alone', { listening: false, expect: [{ entries: [] }] }, [], /--listening/],
  ])('refuses %s', (_, flags, argv, message) => {
    expect(() => readListening(flags, argv)).toThrow(UsageError);
    expect(() => readListening(flags, argv)).toThrow(message);
  });
});
