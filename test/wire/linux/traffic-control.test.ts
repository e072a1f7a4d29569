import { describe, expect, it } from 'vitest';
import { buildQueueRequest, parseQueueingDisciplines } from '../../../src/wire/linux/traffic-control.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

describe('queueing disciplines', () => {
  it('are asked for in a dump', () => {
    expect(Buffer.from(buildQueueRequest(1)).toString('hex')).toBe(`24000000${'2600'}${'0103'}01000000${'00000000'}${'00'.repeat(20)}`);
  });

  // As Linux 6.18 answers: eth0 (2) with pfifo_fast at its root, and what it takes in.
  const ROOT = hex('34000000 2400 0200 01000000 00000000 00000000 02000000 00000000 ffffffff 02000000 0f000100 706669666f5f66617374 00 00');
  const INGRESS = hex('30000000 2400 0200 01000000 00000000 00000000 02000000 0000ffff f1ffffff 01000000 0c000100 696e677265737300');

  it('are told by interface, kind and place', () => {
    expect(parseQueueingDisciplines(ROOT)).toEqual([{ interfaceIndex: 2, kind: 'pfifo_fast', root: true }]);
    expect(parseQueueingDisciplines(INGRESS)).toEqual([]);
  });

  it('nonsense is none', () => {
    expect(parseQueueingDisciplines(ROOT.subarray(0, 30))).toEqual([]);
    const other = Uint8Array.from(ROOT);
    other[4] = 16;
    expect(parseQueueingDisciplines(other)).toEqual([]);
    const named = Uint8Array.from(ROOT);
    named[40] = 0x1b;
    expect(parseQueueingDisciplines(named)).toEqual([]);
  });
});
