import type { MeasurementOf } from '../../model/measurement.js';

export type Dns = MeasurementOf<'dns'>;

/** Whether it was put to a resolver that everybody knows, to hear what others say: none of this machine's. */
export function isWellKnown({ data }: Dns): boolean {
  return data.from === 'well-known';
}

/** Whether it asks what programs ask: by datagrams, to be validated, for a name and not for the root. */
export function isOrdinary({ data }: Dns): boolean {
  return data.checkingDisabled !== true && data.name !== '.' && (data.transport !== 'tcp' || data.truncated === true);
}
