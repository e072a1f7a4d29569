import { describe, expect, it } from 'vitest';
import { parseCpuTable, parseRouteCacheEntries, parseSockstat } from '../../../src/wire/linux/proc-net-stat.js';

describe('tables with a line for each CPU', () => {
  it('are summed in hexadecimal, and say what each CPU repeats once', () => {
    const table = parseCpuTable('entries  drop early_drop\n000000d4 0000000a 00000000\n000000d4 00000010 00000001\n');
    expect(Object.fromEntries(table ?? [])).toEqual({
      entries: { total: 424, first: 212 },
      drop: { total: 26, first: 10 },
      early_drop: { total: 1, first: 0 },
    });
  });

  it('leave out lines that do not fit their heading; without one that does there is no table', () => {
    expect(parseCpuTable('entries drop\n1\nzz 3\n00000002 00000003\n1 2 3\n')?.get('drop')).toEqual({ total: 3, first: 3 });
    for (const text of ['', '\n', 'entries drop\n', '<html>\n1\n', 'entries\nGG\n']) expect(parseCpuTable(text)).toBeNull();
  });
});

it('sockstat by protocol and word', () => {
  const read = parseSockstat('sockets: used 178\nTCP: inuse 4 orphan 2 tw 1 alloc 6 mem 17\nFRAG: inuse 0 memory 0\nUDP: inuse x\njunk\n');
  expect(read.get('TCP')).toEqual(new Map(Object.entries({ inuse: 4, orphan: 2, tw: 1, alloc: 6, mem: 17 })));
  expect(read.get('sockets')?.get('used')).toBe(178);
  expect(read.has('UDP')).toBe(false);
});

it('entries of the route cache are the sixth number', () => {
  expect(parseRouteCacheEntries('0009 0006 0030 0007 0000 00ff 0000\n')).toBe(255);
  for (const text of ['', '0009 0006', 'zzzz 0006 0030 0007 0000 00ff 0000']) expect(parseRouteCacheEntries(text)).toBeNull();
});
