import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: how this machine turns names into addresses: its files, its stub resolver and whom that asks. */
export const nameServiceData = z.strictObject({ absent: absences });
