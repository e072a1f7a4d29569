import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: whether another machine on the link claims an address of this one. */
export const duplicateAddressData = z.strictObject({ absent: absences });
