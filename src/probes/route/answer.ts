import type { ClockSource } from '../../model/measurement.js';
import type { MplsLabel, PacketEvent } from '../../net/port.js';

/** What a packet with a limited time to live was answered. */
export interface Answer {
  /** `router`: it met its limit there, and the path goes on. `refusal`: somebody on the way lets it go no further. */
  kind: 'target' | 'router' | 'refusal';
  /** `null` where the system does not say who it was. */
  from: string | null;
  rttMs: number | null;
  clock: ClockSource | null;
  mpls: readonly MplsLabel[];
  /** Of an ICMP message that is not "time exceeded". */
  error: { type: number; code: number; meaning: string } | null;
}

/** Reads an event of a packet to `target`; `null` for a packet that never left. */
export function answerOf(event: PacketEvent, target: string): Answer | null {
  if (event.kind === 'send-failed') return null;
  if (event.kind === 'reply') {
    const { from, rttMs, clock } = event;
    return { kind: 'target', from, rttMs, clock, mpls: [], error: null };
  }
  const { from, type, code, meaning, rttMs, clock, mpls } = event;
  const common = { from, rttMs, clock, mpls };
  if (meaning === 'time-exceeded') return { ...common, kind: 'router', error: null };
  const error = { type, code, meaning };
  // Too large for a link, or something this program does not know: somebody spoke, but not of the end of the path.
  if (meaning === 'packet-too-big' || meaning === 'other') return { ...common, kind: 'router', error };
  return { ...common, kind: from !== null && withoutZone(from) === withoutZone(target) ? 'target' : 'refusal', error };
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] as string;
}
