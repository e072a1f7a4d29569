import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: settings, tables and limits of the kernel that concern the network. */
export const kernelData = z.strictObject({ absent: absences });
