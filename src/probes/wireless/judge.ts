import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';

/**
 * Below this a Mac looks for another access point (Apple, "Wi-Fi roaming support"; iPhones do at −70 dBm, and Cisco plans speech for −67 dBm).
 * Many radios still work at it, slowly.
 */
const WEAK_DBM = -75;

/** `l1.wireless@IF`: does enough of the signal arrive. A radio without an access point is judged by its carrier. */
export function judgeWireless(measurement: MeasurementOf<'wireless'>, { scope, interfaces }: MachineJudgeContext): Check[] {
  const { attempt, data } = measurement;
  if (attempt.kind !== 'measured') {
    const line = { kind: 'l1.wireless', layer: 1, title: 'Wi-Fi signal', measurement } as const;
    return scope === 'all' ? [skippedCheck(line, reasonOf(attempt))] : [];
  }
  return data.radios.flatMap((radio) => {
    const { interface: name, connected, signalDbm, band } = radio;
    const line = { kind: 'l1.wireless', layer: 1, title: `${name} signal`, measurement } as const;
    const named = (made: Check): Check[] => [{ ...made, id: `l1.wireless@${name}` }];
    if (signalDbm === null) {
      const because = connected === false ? 'it is not connected' : 'the system does not tell the signal in dBm';
      return scope === 'all' ? named(skippedCheck(line, because)) : [];
    }
    const observed = `${minus(signalDbm)} dBm${band === null ? '' : `, ${band}`}${rateOf(radio.sendMbit)}`;
    const expected = `over ${minus(WEAK_DBM)} dBm`;
    if (signalDbm >= WEAK_DBM) return scope === 'all' ? named(check({ ...line, status: 'pass', observed, expected })) : [];
    // One that carries nothing harms nobody.
    const used = interfaces.size === 0 || interfaces.has(name);
    if (!used) return scope === 'all' ? named(check({ ...line, status: 'pass', observed: `${observed}; not in use`, expected })) : [];
    return named(check({ ...line, status: 'warn', code: 'wifi-weak', observed, expected }));
  });
}

function minus(decibels: number): string {
  return String(decibels).replace('-', '−');
}

function rateOf(sendMbit: number | null): string {
  return sendMbit === null ? '' : `, ${sendMbit} Mbit/s`;
}
