import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

/** What came of the packets, and what TCP and another port said where nothing did. */
export function quicLines(data: DataOf<'quic'>): string[] {
  const { outcome, rttMs, versions, refusedBy, reason, otherPort, tcp } = data;
  if (outcome === null) return [];
  const after = rttMs === null ? '' : ` after ${formatMs(rttMs)}`;
  const where = `${data.address} UDP ${data.port}`;
  const words = {
    answered: `answered${after}${versions === null || versions.length === 0 ? '' : `: ${versions.join(', ')}`}`,
    other: `something else answered${after}: ${reason}`,
    refused: `refused${refusedBy === null ? '' : ` by ${refusedBy}`}${after} (${reason})`,
    silent: `silent (${counted(data.sent, 'packet')})`,
    'not-sent': `not sent (${reason})`,
  }[outcome];
  const further = [
    otherPort === null ? '' : `UDP ${otherPort.port}: ${otherPort.answered} of ${otherPort.sent} refused by the host`,
    tcp === null ? '' : `TCP ${data.port} ${tcp.opened ? 'connects' : 'does not connect'}`,
    tcp?.offersHttp3 == null ? '' : tcp.offersHttp3 ? 'HTTP/3 is offered' : 'HTTP/3 is not offered',
  ].filter((part) => part !== '');
  return [[`${where}: ${words}`, ...further].join(' · ')];
}
