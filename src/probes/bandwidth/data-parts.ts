import type { DataOf } from '../../model/measurement.js';

/** Parts of what is measured, by their names. */

export type Direction = NonNullable<DataOf<'bandwidth'>['down']>;

export type RoundTrips = NonNullable<DataOf<'bandwidth'>['idle']>;
