/** Where a setting can come from, the strongest first. This list is the one place that decides between them. */
export const SOURCES = ['flag', 'environment', 'file', 'profile', 'built-in'] as const;
export type Source = (typeof SOURCES)[number];

/** A value for a setting, and who gives it. */
export interface Setting<T> {
  value: T;
  source: Source;
  /** For people: `--timeout`, `NETDIAG_TIMEOUT`, `netdiag.yaml line 3`, `profile desk`, `built-in`. */
  from: string;
}

/** The one that counts among those that were given; `null` ones were not. */
export function decide<T>(builtIn: T, ...given: readonly (Setting<T> | null)[]): Setting<T> {
  const candidates = given.filter((setting) => setting !== null);
  for (const source of SOURCES) {
    const found = candidates.find((setting) => setting.source === source);
    if (found !== undefined) return found;
  }
  return { value: builtIn, source: 'built-in', from: 'built-in' };
}

/** Whether a setting comes from whoever calls the program, so that no file has a say in it. */
export function isCallers({ source }: Setting<unknown>): boolean {
  return SOURCES.indexOf(source) < SOURCES.indexOf('file');
}
