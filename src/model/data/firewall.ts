import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: which packet filters are in force on this machine, and what they let through. */
export const firewallData = z.strictObject({ absent: absences });
