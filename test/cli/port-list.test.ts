import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPortLists, portList } from '../../src/cli/port-list.js';

describe('a list of ports', () => {
  it('requires ports named by their number and surveys ranges', () => {
    expect(portList.parse('443, 22,8000-8002,22')).toEqual({ required: [22, 443], surveyed: [8000, 8001, 8002] });
  });

  it('requires a port that is named beside a range which holds it', () => {
    expect(portList.parse('80-82,81')).toEqual({ required: [81], surveyed: [80, 82] });
  });

  it('takes UDP ports behind U:, up to T:', () => {
    expect(portList.parse('22,U:53,100-102,T:80')).toEqual({
      required: [22, 80],
      surveyed: [],
      udp: { required: [53], surveyed: [100, 101, 102] },
    });
  });

  it('takes every port, and no more ports than there are', () => {
    expect(portList.parse('1-65535')?.surveyed).toHaveLength(65_535);
    expect(portList.parse('1-65535,1-2')).toBeNull();
  });

  it.each([
    '',
    '0',
    '70000',
    '9-1',
    '1-',
    '-1',
    '1-2-3',
    '22,',
    ',22',
    '22;80',
    'http',
    '1.5',
    '+1',
    '١',
    'U:',
    'X:53',
    'u:53',
    'U:53-',
    'U:T:5',
  ])('refuses %j', (text) => {
    expect(portList.parse(text)).toBeNull();
  });

  it('answers quickly and never throws, whatever comes', () => {
    const started = performance.now();
    expect(portList.parse(Array(16_000).fill('1-65534').join(','))).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void portList.parse(text)));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it('lists join: what one of them requires is required', () => {
  const joined = joinPortLists([
    { required: [80], surveyed: [22] },
    { required: [22], surveyed: [80, 443] },
  ]);
  expect(joined).toEqual({ required: [22, 80], surveyed: [443] });
  const udp = { required: [53], surveyed: [123] };
  expect(joinPortLists([{ required: [], surveyed: [], udp }, joined])).toEqual({ ...joined, udp });
});
