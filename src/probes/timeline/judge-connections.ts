import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { type Attempted, cleanEcho, connectionsOf, refusedStretches } from './connections.js';
import type { Places } from './places.js';

/** From this share of refused connections on, the service is not there for its users. */
const FAILING_SHARE = 0.25;
/** Where the way takes as long, a SYN is sent again although nothing was lost. */
const LONGEST_WAY_MS = 800;

/**
 * `l4.connections`: did every connection to the port of a target fare alike. Some refused and others accepted, and the service comes and goes, or
 * one of several servers is away. Some that lost their first segment while echo to the same host lost none: TCP alone is dropped, by a limit, a
 * full queue or a filter. A line is there only where something was found.
 */
export function judgeConnections(places: Places, measurements: readonly Measurement[]): Check[] {
  return places.targets.flatMap(({ target, tracks }): Check[] => {
    const address = tracks[0]?.address;
    if (address === undefined) return [];
    const echo = cleanEcho(tracks, address);
    const rtts = (echo?.packets ?? []).flatMap(({ rttMs }) => (rttMs === null || Number.isNaN(rttMs) ? [] : [rttMs])).sort((a, b) => a - b);
    const usualMs = rtts.length === 0 ? 0 : percentile(rtts, 50);
    const attempts = connectionsOf(target, address, usualMs, measurements);
    const count = (outcome: Attempted['outcome']) => attempts.filter((one) => one.outcome === outcome).length;
    const [open, refused, resent] = [count('open'), count('refused'), count('resent')];
    const line = {
      id: `l4.connections@${target}`,
      layer: 4 as const,
      title: 'connections',
      target,
      remedy: null,
      because: null,
      measurements: [...new Set(attempts.map(({ measurement }) => measurement))],
    };
    if (refused > 0 && open > 0) {
      const when = refusedStretches(attempts).map(({ fromMs, toMs }) => ({
        from: new Date(fromMs).toISOString(),
        to: toMs === null ? null : new Date(toMs).toISOString(),
      }));
      const status = refused >= FAILING_SHARE * attempts.length ? ('fail' as const) : ('warn' as const);
      const observed = `${refused} of ${attempts.length} connections were refused, ${open} were accepted`;
      const expected = 'all of them are accepted';
      const timed = when.length === 0 ? {} : { when };
      return [{ ...line, status, code: 'connectivity-intermittent', observed, expected, basis: 'stated', ...timed }];
    }
    if (resent === 0 || open === 0 || echo === null || usualMs > LONGEST_WAY_MS) return [];
    const observed = `${resent} of ${attempts.length} connections lost their first segment, and none of ${echo.packets.length} echoes was lost`;
    return [
      {
        ...line,
        measurements: [...line.measurements, ...echo.measurements],
        status: 'warn',
        code: 'tcp-retransmissions',
        observed,
        expected: 'the first segment is answered',
        basis: 'measured',
      },
    ];
  });
}
