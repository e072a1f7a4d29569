import { z } from 'zod';
import { absences, count } from './quantities.js';

/** Shape of: how well the radios of this machine hear their access points. Names of networks and access points are left out: they are private. */
export const wirelessData = z.strictObject({
  radios: z.array(
    z.strictObject({
      interface: z.string(),
      /** To an access point; `null`: not told. */
      connected: z.boolean().nullable(),
      signalDbm: z.number().max(0).nullable(),
      noiseDbm: z.number().max(0).nullable(),
      frequencyMhz: count.nullable(),
      band: z.enum(['2.4 GHz', '5 GHz', '6 GHz', '60 GHz']).nullable(),
      channelWidthMhz: count.nullable(),
      /** Rates of the last frames. */
      receiveMbit: z.number().min(0).nullable(),
      sendMbit: z.number().min(0).nullable(),
      /** Since the interface exists. */
      missedBeacons: count.nullable(),
      sources: z.array(z.string()),
    }),
  ),
  absent: absences,
});
