import { formatMs, formatSpan } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

type ClockData = DataOf<'clock'>;

/** Servers and facts that are named one by one. */
const SHOWN = 8;

/** The clock of this machine against others. */
export function clockLines(data: ClockData): string[] {
  return [
    ...offsetLine(data),
    ...data.servers.slice(0, SHOWN).map(serverLine),
    ...data.pages.map(pageLine),
    ...stateLine(data),
    ...configuredLine(data),
    ...data.absent.slice(0, SHOWN).map(({ fact, because }) => `${fact}: not known, ${because}`),
  ];
}

function offsetLine({ ntp }: ClockData): string[] {
  return ntp === null ? [] : [`${offsetText(ntp.offsetMs)} ± ${formatMs(ntp.uncertaintyMs)}, by ${counted(ntp.agreeing, 'time server')}`];
}

/** Of this machine: `0.4 ms behind`. */
function offsetText(offsetMs: number): string {
  const size = Math.abs(offsetMs) < 1000 ? formatMs(Math.abs(offsetMs)) : formatSpan(Math.abs(offsetMs) / 1000);
  return `${size} ${offsetMs < 0 ? 'ahead' : 'behind'}`;
}

function serverLine(server: ClockData['servers'][number]): string {
  const { host, address, port, from, source, because, stratum, offsetMs, uncertaintyMs, delayMs, agrees } = server;
  const place = `${host}${port === 123 ? '' : ` port ${port}`}${address === null || address === host ? '' : ` ${address}`}`;
  const told =
    offsetMs === null || uncertaintyMs === null
      ? [because ?? 'not asked']
      : [
          `${offsetText(offsetMs)} ± ${formatMs(uncertaintyMs)}`,
          delayMs === null ? '' : `round trip ${formatMs(delayMs)}`,
          stratum === null ? '' : `stratum ${stratum}`,
          agrees === false ? 'wrong' : '',
        ];
  return [`${place}: ${told[0]}`, ...told.slice(1), source ?? (from === 'given' ? '' : from)].filter((part) => part !== '').join(' · ');
}

function pageLine({ url, clock, because }: ClockData['pages'][number]): string {
  if (clock === null) return `${url}: ${because ?? 'told no time'}`;
  return `${url}: ${offsetText(clock.offsetMs)} ± ${formatMs(clock.uncertaintyMs)}`;
}

function stateLine({ kernel, tracking, services, belongsTo, clockSource, precisionClocks }: ClockData): string[] {
  const parts = [
    kernel === null ? '' : kernel.synchronized ? 'synchronised' : 'not synchronised',
    kernel?.maximumErrorMs == null ? '' : `within ${formatMs(kernel.maximumErrorMs)}`,
    services.length === 0 ? '' : `by ${services.map(({ name }) => name).join(', ')}`,
    tracking?.reference == null ? '' : `following ${tracking.reference}`,
    belongsTo === null ? '' : 'set by Windows',
    clockSource === null ? '' : `counts by ${clockSource}`,
    precisionClocks.length === 0 ? '' : `precision clocks ${precisionClocks.join(', ')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function configuredLine({ configured, referenceClocks }: ClockData): string[] {
  const names = [...new Set([...configured.map(({ host }) => host), ...referenceClocks.map(({ name }) => name)])];
  if (names.length === 0) return [];
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return [`configured: ${names.slice(0, SHOWN).join(', ')}${more}`];
}
