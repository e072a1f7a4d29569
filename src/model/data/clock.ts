import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: how right the clock of this machine is. */
export const clockData = z.strictObject({ absent: absences });
