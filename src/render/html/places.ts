import type { Report } from '../../model/report.js';

/** Anchors of the page. They are counted, never made of what the report calls things. */
export interface Places {
  check: (id: string) => string | null;
  measurement: (id: string) => string | null;
}

export function placesOf({ checks, measurements }: Report): Places {
  const ofChecks = anchors('check', checks);
  const ofMeasurements = anchors('measurement', measurements);
  return { check: (id) => ofChecks.get(id) ?? null, measurement: (id) => ofMeasurements.get(id) ?? null };
}

function anchors(kind: string, items: readonly { id: string }[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  // The first of several with one id: in a report of ours there are none.
  for (const [index, { id }] of items.entries()) if (!places.has(id)) places.set(id, `${kind}-${index + 1}`);
  return places;
}
