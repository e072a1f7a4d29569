import type { DataOf } from '../../model/measurement.js';

type ClockData = DataOf<'clock'>;

/** What this machine itself knows of its clock, without asking anybody. */
export type LocalClock = Pick<
  ClockData,
  'configured' | 'referenceClocks' | 'kernel' | 'services' | 'tracking' | 'belongsTo' | 'clockSource' | 'precisionClocks' | 'absent'
>;

/** Nothing is known, for these reasons. */
export function unknownClock(absent: ClockData['absent']): LocalClock {
  return {
    configured: [],
    referenceClocks: [],
    kernel: null,
    services: [],
    tracking: null,
    belongsTo: null,
    clockSource: null,
    precisionClocks: [],
    absent,
  };
}

export function emptyClockData(absent: ClockData['absent'] = []): ClockData {
  return { ntp: null, servers: [], pages: [], ...unknownClock(absent) };
}
