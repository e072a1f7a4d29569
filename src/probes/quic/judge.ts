import { reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { QUIC_REFERENCES } from './references.js';

const EXPECTED = 'where QUIC is to be expected, an answer';

/** As many packets to another port must have been answered: one alone can be chance, since hosts limit what they refuse. */
const ENOUGH_OTHERS = 2;

/**
 * Why QUIC does not get through although it should, in words; `null` where nothing says so. A server without QUIC is in order: it refuses the
 * port, is silent behind a filter, or has something else there, such as a VPN. It is held against the network only where TCP connects at the
 * same port, and the server offers HTTP/3, or somebody on the way refuses this port and not all of UDP; of servers that are known for their
 * QUIC also where their other ports answer while this one does not.
 */
export function quicFault(data: DataOf<'quic'>): string | null {
  const { outcome, tcp, refusedBy, refusedByTarget, reason, otherPort } = data;
  if (tcp?.opened !== true) return null;
  const offered = tcp.offersHttp3 === true ? ', although the service offers HTTP/3' : '';
  switch (outcome) {
    case 'refused': {
      if (refusedByTarget === true) return offered === '' ? null : `the host refuses UDP ${data.port} (${reason})${offered}`;
      if (offered === '' && otherPort?.answered === 0) return null;
      const by = refusedBy === null ? '' : ` by ${refusedBy}`;
      return `UDP ${data.port} is refused on the way${by} (${reason}), while TCP connects${offered}`;
    }
    case 'not-sent':
      // Where no UDP leaves for another port either, it is not QUIC that is meant, and nothing says that the host has it.
      if (offered === '' && otherPort?.sent === 0) return null;
      return reason === 'EPERM' || reason === 'EACCES'
        ? `this machine lets no UDP to port ${data.port} out (${reason}), while TCP connects${offered}`
        : null;
    case 'silent': {
      const known = QUIC_REFERENCES.includes(data.address ?? '');
      const singledOut = known && otherPort !== null && otherPort.answered >= ENOUGH_OTHERS;
      if (offered === '' && !singledOut) return null;
      const others = singledOut ? `, and the host answers at UDP ${otherPort.port}` : '';
      return `no answer on UDP ${data.port} to ${data.sent} packets, while TCP connects${others}${offered}`;
    }
    default:
      return null;
  }
}

/** `l4.quic`: fails never, since whoever has QUIC has TCP besides. */
export function judgeQuic(measurement: MeasurementOf<'quic'>): Check[] {
  const line = { kind: 'l4.quic', layer: 4, title: 'QUIC', measurement } as const;
  const { attempt, data } = measurement;
  if (data.outcome === 'answered') return [check({ ...line, status: 'pass', observed: quicAnswer(data) })];
  const fault = quicFault(data);
  if (fault !== null) return [check({ ...line, status: 'warn', code: 'quic-blocked', observed: fault, expected: EXPECTED })];
  return [skippedCheck(line, withoutQuic(data) ?? (attempt.kind === 'measured' ? 'no QUIC is spoken' : reasonOf(attempt)))];
}

/** What was found at several well-known servers, as one line about the network; none where fewer than two could be told anything of. */
export function judgeQuicReferences(measurements: readonly MeasurementOf<'quic'>[]): Check[] {
  const [first] = measurements;
  if (first === undefined) return [];
  const line = { kind: 'l4.quic', layer: 4, title: 'QUIC', measurement: first } as const;
  const all = { measurements: measurements.map(({ id }) => id) };
  const answered = measurements.filter(({ data }) => data.outcome === 'answered');
  if (answered[0] !== undefined) {
    const observed = `${answered.map(({ data }) => data.address).join(', ')}: ${quicAnswer(answered[0].data)}`;
    return [{ ...check({ ...line, status: 'pass', observed }), ...all }];
  }
  const faults = measurements.map(({ data }) => quicFault(data));
  // One of them alone can be without QUIC.
  if (measurements.length > 1 && faults.every((fault) => fault !== null)) {
    const places = measurements.map(({ data }) => data.address).join(' and ');
    const observed = `${places}: ${faults[0]}`;
    return [{ ...check({ ...line, status: 'warn', code: 'quic-blocked', observed, expected: EXPECTED }), ...all }];
  }
  return [{ ...skippedCheck(line, 'nothing says that it should be answered'), ...all }];
}

function quicAnswer({ rttMs, versions }: DataOf<'quic'>): string {
  const named = versions === null || versions.length === 0 ? '' : `: ${versions.join(', ')}`;
  return `answered${rttMs === null ? '' : ` in ${formatMs(rttMs)}`}${named}`;
}

/** Why there is nothing to hold against it. */
function withoutQuic({ outcome, reason, refusedByTarget }: DataOf<'quic'>): string | null {
  switch (outcome) {
    case 'refused':
      return refusedByTarget === true
        ? 'the host has no QUIC: it refuses the port'
        : 'no UDP is let through, and nothing says that QUIC is spoken there';
    case 'not-sent':
      return reason === 'EPERM' || reason === 'EACCES' ? 'this machine lets no UDP out, and nothing says that QUIC is spoken there' : null;
    case 'silent':
      return 'no answer, and nothing says that QUIC is spoken there';
    case 'other':
      return `what answers on the port is no QUIC: ${reason}`;
    default:
      return null;
  }
}
