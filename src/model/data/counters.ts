import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: how error, drop and retransmission counters of this machine grew over the run. */
export const countersData = z.strictObject({ absent: absences });
