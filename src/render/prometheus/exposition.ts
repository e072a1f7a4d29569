import { visibleText } from '../visible.js';
import { FAMILIES, type FamilyName } from './families.js';
import type { Labels, Sample } from './sample.js';

/** No metric has more series than this: names that a peer chooses must not fill the database. */
const MAXIMUM_SERIES = 2000;
const LONGEST_LABEL = 200;

/**
 * Text format 0.0.4 of Prometheus, as its textfile collector reads it: without time stamps, which it refuses, each family in one block with
 * HELP and TYPE. Of two samples with the same labels the first stands: what was measured again to look closer is another question.
 *
 * @param common labels of every series
 */
export function exposition(samples: readonly Sample[], common: Labels): string {
  const families = new Map<FamilyName, Map<string, number>>();
  let leftOut = 0;
  for (const { name, labels, value } of samples) {
    const series = families.get(name) ?? new Map<string, number>();
    families.set(name, series);
    const key = labelText({ ...labels, ...common });
    if (series.has(key)) continue;
    if (series.size < MAXIMUM_SERIES) series.set(key, value);
    else leftOut++;
  }
  families.set('netdiag_series_left_out', new Map([[labelText(common), leftOut]]));
  const names = Object.keys(FAMILIES) as FamilyName[];
  return names.flatMap((name) => familyLines(name, families.get(name) ?? new Map())).join('');
}

function familyLines(name: FamilyName, series: ReadonlyMap<string, number>): string[] {
  if (series.size === 0) return [];
  return [
    `# HELP ${name} ${FAMILIES[name]}\n`,
    `# TYPE ${name} gauge\n`,
    ...[...series].map(([labels, value]) => `${name}${labels} ${value}\n`),
  ];
}

/** `{name="value",…}`; backslash, quote and line end are escaped in values. */
function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',')}}`;
}

function escapeLabel(value: string): string {
  return visibleText(value, LONGEST_LABEL).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
