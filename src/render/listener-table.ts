import type { DataOf } from '../model/measurement.js';

/** As many as one screen or two can show; the JSON has them all. */
const LISTED_LISTENERS = 200;
const GAP = '  ';

const HEADING = ['port', 'address', 'process', 'exposure', 'service'] as const;

/**
 * What listens, a line each in columns that are as wide as they must be: `5432/tcp  127.0.0.1  postgres (812)  loopback  postgresql`.
 * With IPv4 or short addresses a line fits in 80 columns beside its label.
 */
export function listenerLines({ listeners }: DataOf<'listening'>): string[] {
  if (listeners.length === 0) return [];
  const rows = listeners
    .slice(0, LISTED_LISTENERS)
    .map((listener) => [
      `${listener.port}/${listener.protocol}`,
      listener.address,
      owner(listener),
      listener.exposure,
      listener.service ?? '',
    ]);
  const widths = HEADING.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [[...HEADING], ...rows].map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  const more = listeners.length - rows.length;
  return more === 0 ? lines : [...lines, `${more} more`];
}

function owner({ process, pid }: DataOf<'listening'>['listeners'][number]): string {
  if (pid === null) return 'not shown';
  return `${process ?? ''} (${pid})`.trimStart();
}
