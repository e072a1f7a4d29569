import { describe, expect, it } from 'vitest';
import type { SegmentExchange, TcpSegmentFacts } from '../../../src/net/port.js';
import { readTrial } from '../../../src/probes/mtu/segment-trial.js';

const FACTS: TcpSegmentFacts = {
  sendSegmentBytes: 1448,
  largestReceivedSegmentBytes: 1448,
  receiveSegmentBytes: 1448,
  pathMtuBytes: 1500,
  optionBytes: 12,
  retransmissions: 0,
  acknowledgedBytes: 1,
  rttMs: 10,
  counters: null,
};

function exchange(facts: Partial<TcpSegmentFacts> = {}, parts: Partial<SegmentExchange> = {}): SegmentExchange {
  return {
    opened: FACTS,
    facts: { ...FACTS, ...facts },
    writtenBytes: 1648,
    acknowledgedBytes: 1648,
    receivedBytes: 3000,
    holesMs: null,
    ended: 'settled',
    ...parts,
  };
}

const small: SegmentExchange = exchange({ receiveSegmentBytes: 524, largestReceivedSegmentBytes: 524 });
const passed = { passedBytes: 1500, failedBytes: null };
const failed = { passedBytes: null, failedBytes: 1500 };
const nothing = { passedBytes: null, failedBytes: null };

describe('readTrial', () => {
  it.each<[string, SegmentExchange, object]>([
    ['full segments in both directions', exchange(), { toTarget: passed, fromTarget: passed }],
    [
      'ours is not acknowledged, however often it is sent',
      exchange({ retransmissions: 3 }, { acknowledgedBytes: 0, receivedBytes: 0, ended: 'still' }),
      { toTarget: failed },
    ],
    [
      'silence before anything was sent again shows nothing',
      exchange({}, { acknowledgedBytes: 0, receivedBytes: 0, ended: 'still' }),
      { toTarget: nothing },
    ],
    ['a reset shows nothing', exchange({ retransmissions: 1 }, { acknowledgedBytes: 0, ended: 'reset' }), { toTarget: nothing }],
    [
      'the kernel was told of a smaller MTU, and went on with it',
      exchange({ sendSegmentBytes: 1348, pathMtuBytes: 1400, retransmissions: 1 }),
      { toTarget: { passedBytes: 1400, failedBytes: null } },
    ],
    [
      'the kernel tried smaller ones by itself after silence',
      exchange({ sendSegmentBytes: 972, retransmissions: 4 }),
      { toTarget: { passedBytes: 1024, failedBytes: 1500 } },
    ],
    [
      'the answer stays away, which with small segments comes',
      exchange({ largestReceivedSegmentBytes: 536 }, { receivedBytes: 0, ended: 'still' }),
      { toTarget: passed, fromTarget: failed },
    ],
    [
      'the answer lacks a whole segment',
      exchange({ largestReceivedSegmentBytes: 536 }, { receivedBytes: 122, ended: 'still' }),
      { fromTarget: { passedBytes: 174, failedBytes: 1500 } },
    ],
    [
      'the answer is too short to fill a segment: no more is known than that it came',
      exchange({ largestReceivedSegmentBytes: 900 }, { receivedBytes: 900, ended: 'still' }),
      { fromTarget: { passedBytes: 952, failedBytes: null } },
    ],
    [
      'the service closed without a word',
      exchange({ largestReceivedSegmentBytes: 536 }, { receivedBytes: 0, ended: 'closed' }),
      { fromTarget: nothing },
    ],
    [
      'nothing was said to the service',
      exchange({ largestReceivedSegmentBytes: 536 }, { writtenBytes: 0, acknowledgedBytes: 0, receivedBytes: 0 }),
      { toTarget: nothing, fromTarget: nothing },
    ],
    ['the kernel does not tell what was acknowledged', exchange({}, { acknowledgedBytes: null }), { toTarget: nothing }],
  ])('%s', (_, made, expected) => {
    const control = made.receivedBytes === 900 ? { ...small, receivedBytes: 900 } : small;
    expect(readTrial(4, made, control)).toMatchObject(expected);
  });

  it('blames nothing on the way back where the control connection heard nothing either', () => {
    const silent = exchange({ largestReceivedSegmentBytes: 536 }, { receivedBytes: 0, ended: 'still' });
    expect(readTrial(4, silent, null).fromTarget).toEqual(nothing);
    expect(readTrial(4, silent, { ...small, receivedBytes: 0 }).fromTarget).toEqual(nothing);
  });

  it('counts the longer header of IPv6', () => {
    const facts = { ...FACTS, sendSegmentBytes: 1428, receiveSegmentBytes: 1428, largestReceivedSegmentBytes: 1428 };
    expect(readTrial(6, { ...exchange(facts), opened: facts }, small)).toEqual({ toTarget: passed, fromTarget: passed });
  });
});
