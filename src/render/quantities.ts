/** Numbers as the table prints them. Single values and ratios are formatted as in the texts of checks: see `model/format.ts`. */

/** Milliseconds without their unit, for a row of several: `0.035`, `2.13`, `21.3`, `1204`. Digits as of `formatMs`. */
export function milliseconds(value: number): string {
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(value >= 1 ? 2 : 3);
}

/** How long a run took: `2.1 s`, `3 min 20 s`; milliseconds below a second. */
export function elapsed(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 packet`, `3 packets`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
