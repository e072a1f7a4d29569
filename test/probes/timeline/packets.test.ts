import { expect, it } from 'vitest';
import type { Measurement } from '../../../src/model/measurement.js';
import { outagesOf } from '../../../src/probes/timeline/outages.js';
import { tracksOf } from '../../../src/probes/timeline/packets.js';

/** A series of a hundred packets, 12 ms apart, of which some found no room in the queue of the interface. */
function tracks(hadNoRoom: (index: number) => boolean) {
  const all = Array.from({ length: 100 }, (_, seq) => seq);
  const samples = all.filter((seq) => !hadNoRoom(seq)).map((seq) => ({ seq, rttMs: 1, sentMs: seq * 12 }));
  const atMs = all.filter(hadNoRoom).map((seq) => seq * 12);
  const notSent = [{ code: 'ENOBUFS', count: atMs.length, atMs }];
  const made = { id: 'm1', probe: 'loss', method: 'icmp', target: 'a', startedAt: '2026-11-22T12:00:00.000Z' };
  return tracksOf([{ ...made, data: { address: '203.0.113.9', samples, notSent } } as unknown as Measurement]);
}

it('an interface that takes nothing for a while has lost its carrier, whatever the kernel calls it', () => {
  const [track] = tracks((seq) => seq >= 40 && seq < 70);
  expect(track?.packets).toHaveLength(100);
  expect(outagesOf(track?.packets ?? []).map(({ packets }) => packets)).toEqual([30]);
});

it('a queue that is full takes a packet now and then, and is no outage', () => {
  const [track] = tracks((seq) => seq >= 20 && seq < 90 && seq % 8 !== 0);
  expect(track?.packets.every(({ rttMs }) => rttMs !== null)).toBe(true);
});

/** The same, of which each was kept for so long before it left. */
function kept(heldMs: (index: number) => number | undefined) {
  const samples = Array.from({ length: 100 }, (_, seq) => ({ seq, rttMs: 1, sentMs: seq * 12, heldMs: heldMs(seq) }));
  const made = { id: 'm1', probe: 'loss', method: 'icmp', target: 'a', startedAt: '2026-11-22T12:00:00.000Z' };
  return tracksOf([{ ...made, data: { address: '203.0.113.9', samples, notSent: [] } } as unknown as Measurement])[0];
}

it('packets that were kept until the link address was known met no way, though the kernel timed each from when it left', () => {
  const track = kept((seq) => (seq < 50 ? 600 - seq * 12 : undefined));
  expect(outagesOf(track?.packets ?? [])).toMatchObject([{ packets: 50, held: true, toMs: Date.parse('2026-11-22T12:00:00.600Z') }]);
});

it('packets that were kept in a queue left one by one, and the way was there', () => {
  expect(kept(() => 400)?.packets.every(({ rttMs }) => rttMs === 1)).toBe(true);
});

it('a link address that is there at once is none that was awaited', () => {
  expect(kept((seq) => (seq < 8 ? 100 - seq * 12 : undefined))?.packets.every(({ rttMs }) => rttMs === 1)).toBe(true);
});
