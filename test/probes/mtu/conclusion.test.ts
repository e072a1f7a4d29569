import { describe, expect, it } from 'vitest';
import { concludeMtu, usableMtuBytes } from '../../../src/probes/mtu/conclusion.js';
import { mtuNotTried } from '../../../src/probes/mtu/measure.js';
import type { SearchResult } from '../../../src/probes/mtu/search.js';
import type { SegmentEvidence } from '../../../src/probes/mtu/segment-evidence.js';

const WHOLE: SearchResult = { passed: 1500, failed: null, exact: true, silent: false, limitedBy: 'local' };
const HOLE: SearchResult = { passed: 1400, failed: 1401, exact: true, silent: true, limitedBy: null };
const ANNOUNCED: SearchResult = { passed: 1400, failed: 1401, exact: true, silent: false, limitedBy: '10.0.0.1' };

const unknown = { passedBytes: null, failedBytes: null };
const passes = (passedBytes: number, failedBytes: number | null = null) => ({ passedBytes, failedBytes });

function segments(toTarget: SegmentEvidence['toTarget'], fromTarget: SegmentEvidence['fromTarget'], pathMtuBytes = 1500): SegmentEvidence {
  return { sendSegmentBytes: 1448, announcedMssBytes: 1460, pathMtuBytes, toTarget, fromTarget, connections: 4 };
}

describe('concludeMtu', () => {
  it.each<[string, SearchResult | null, SegmentEvidence | null, object]>([
    ['nothing', null, null, { pathMtuBytes: null, exact: null, blackhole: null, direction: null }],
    ['a whole path', WHOLE, null, { pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local' }],
    [
      'an announced limit',
      ANNOUNCED,
      segments(passes(1400), unknown, 1400),
      { pathMtuBytes: 1400, blackhole: false, limitedBy: '10.0.0.1' },
    ],
    ['a black hole by packets alone', HOLE, null, { pathMtuBytes: 1400, blackhole: true, direction: null, largeEchoFiltered: null }],
    [
      'a black hole on the way there',
      HOLE,
      segments(passes(1400, 1401), passes(1500)),
      { pathMtuBytes: 1400, blackhole: true, direction: 'to-target', smallestFailedBytes: 1401, largeEchoFiltered: false },
    ],
    [
      'no black hole where small segments are swallowed as well as large ones',
      WHOLE,
      segments({ passedBytes: null, failedBytes: 576 }, unknown),
      { pathMtuBytes: 1500, blackhole: false, direction: null },
    ],
    ['in both directions', HOLE, segments(passes(1400, 1401), passes(1400, 1401)), { blackhole: true, direction: 'both' }],
    [
      'on the way back, which IPv4 breaks up echo replies for',
      WHOLE,
      segments(passes(1500), passes(1400, 1401)),
      { pathMtuBytes: 1500, blackhole: true, direction: 'from-target', smallestFailedBytes: 1401 },
    ],
    [
      'a filter of large echoes',
      { ...HOLE, passed: 900, failed: 901 },
      segments(passes(1500), passes(1500)),
      { pathMtuBytes: 1500, exact: true, blackhole: false, largeEchoFiltered: true, limitedBy: 'local', smallestFailedBytes: null },
    ],
    [
      'a filter or not: only one direction was shown',
      { ...HOLE, passed: 900, failed: 901 },
      segments(passes(1500), unknown),
      { pathMtuBytes: 900, blackhole: true, largeEchoFiltered: null },
    ],
    [
      'TCP alone, all passes',
      null,
      segments(passes(1500), passes(1500)),
      { pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local' },
    ],
    [
      'TCP alone, a black hole',
      null,
      segments(passes(1400, 1401), unknown),
      { pathMtuBytes: 1400, exact: true, blackhole: true, direction: 'to-target' },
    ],
    ['TCP alone, only narrowed down', null, segments(passes(1392, 1401), unknown), { pathMtuBytes: 1392, exact: false, blackhole: true }],
    [
      'TCP alone, the kernel was told',
      null,
      segments(passes(1400), unknown, 1400),
      { pathMtuBytes: 1400, exact: true, blackhole: false, limitedBy: null },
    ],
    [
      'TCP alone, segments that the target keeps small',
      null,
      segments(passes(1300), unknown),
      { pathMtuBytes: 1300, exact: false, blackhole: null },
    ],
    ['TCP alone, nothing shown', null, segments(unknown, unknown), { pathMtuBytes: null, blackhole: null }],
  ])('%s', (_, packets, tcp, expected) => {
    expect(concludeMtu(packets, tcp, 1500)).toMatchObject(expected);
  });
});

describe('datagrams, of which a target answers few', () => {
  const silentAt1400 = { ...HOLE, passed: 1399, failed: 1400 };

  it('have met no black hole where TCP gets that size there', () => {
    expect(concludeMtu(silentAt1400, segments(passes(1400), unknown, 1400), 1500, true)).toMatchObject({
      pathMtuBytes: 1400,
      exact: true,
      blackhole: false,
      smallestFailedBytes: null,
    });
  });

  it('have, where it does not', () => {
    expect(concludeMtu(silentAt1400, segments(passes(1399, 1400), unknown), 1500, true)).toMatchObject({
      pathMtuBytes: 1399,
      blackhole: true,
    });
  });
});

describe('usableMtuBytes', () => {
  const data = mtuNotTried('192.0.2.1', { kind: 'skipped', because: 'a test' }).data;
  const tcp = { announcedMssBytes: 1460, kernelPathMtuBytes: 1500, connections: 4 };

  it('is what passes in both directions', () => {
    expect(usableMtuBytes(data)).toBeNull();
    expect(usableMtuBytes({ ...data, pathMtuBytes: 1400 })).toBe(1400);
    const back = { ...tcp, toTarget: passes(1500), fromTarget: passes(1400, 1401) };
    expect(usableMtuBytes({ ...data, pathMtuBytes: 1500, tcp: back })).toBe(1400);
  });

  it('takes no short answer for a narrow path', () => {
    const short = { ...tcp, toTarget: passes(1500), fromTarget: passes(700) };
    expect(usableMtuBytes({ ...data, pathMtuBytes: 1500, tcp: short })).toBe(1500);
  });
});
