import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: where this machine stands: on metal, in a virtual machine or container, behind which translations. */
export const surroundingsData = z.strictObject({ absent: absences });
