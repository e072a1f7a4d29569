import { measured } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { isBesideRadio } from '../../wire/darwin/links.js';
import type { Observation } from '../probe.js';

type Host = DataOf<'host'>;
type Radio = DataOf<'wireless'>['radios'][number];

/** Why the signal is not known, by platform. */
const REASONS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS tells it to root alone (wdutil), or after seconds (system_profiler)',
  win32: 'Windows tells it in the display language (netsh wlan), and not in dBm',
};

/** The radios of macOS and Windows as far as links tell: whether they are connected, and at what rate. Pure. */
export function radiosOf({ interfaces }: Host, platform: NodeJS.Platform): Observation<'wireless'> {
  const radios = interfaces
    .filter(({ name, kind }) => kind === 'wireless' && !isBesideRadio(name))
    .map(
      (link): Radio => ({
        interface: link.name,
        connected: link.up === false ? false : link.carrier,
        signalDbm: null,
        noiseDbm: null,
        frequencyMhz: null,
        band: null,
        channelWidthMhz: null,
        receiveMbit: null,
        sendMbit: link.speedMbit,
        missedBeacons: null,
        sources: [link.source],
      }),
    );
  const absent = radios.length === 0 ? [] : [{ fact: 'signal, noise and channel', because: REASONS[platform] ?? 'it is not read here' }];
  return { attempt: measured(null), method: 'system', data: { radios, absent } };
}
