import { z } from 'zod';
import { absences } from './quantities.js';

/** Shape of: what this machine says about proxies. */
export const proxySettingsData = z.strictObject({ absent: absences });
