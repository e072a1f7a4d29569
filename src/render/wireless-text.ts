import type { DataOf } from '../model/measurement.js';

/** Radios and how well they hear. */
export function wirelessLines({ radios, absent }: DataOf<'wireless'>): string[] {
  const lines = radios.map((radio) => {
    const { interface: name, connected, signalDbm, noiseDbm, band, frequencyMhz, channelWidthMhz, receiveMbit, sendMbit } = radio;
    const rates = [
      ['in', receiveMbit],
      ['out', sendMbit],
    ] as const;
    const parts = [
      connected === false ? 'not connected' : '',
      signalDbm === null ? '' : `signal ${signalDbm} dBm`,
      noiseDbm === null ? '' : `noise ${noiseDbm} dBm`,
      frequencyMhz === null ? '' : `${frequencyMhz} MHz${band === null ? '' : ` (${band})`}`,
      channelWidthMhz === null ? '' : `channel of ${channelWidthMhz} MHz`,
      ...rates.map(([way, rate]) => (rate === null ? '' : `${rate} Mbit/s ${way}`)),
    ].filter((part) => part !== '');
    return `${name}: ${parts.length === 0 ? 'nothing known' : parts.join(' · ')}`;
  });
  return [...lines, ...(radios.length === 0 ? [] : absent.slice(0, 4).map(({ fact, because }) => `not known: ${fact} (${because})`))];
}
