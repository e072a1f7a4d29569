/** `0.70 s`, `12.3 s`: the time over which counters were watched. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
