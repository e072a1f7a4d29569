import type { DataOf, ExpectedListener } from '../../model/measurement.js';

export type Listener = DataOf<'listening'>['listeners'][number];

/** `postgres (812)`, or that the system does not show whose it is. */
export function ownerText({ process, pid }: Pick<Listener, 'process' | 'pid'>): string {
  if (pid === null) return 'a process that is not shown';
  return process === null ? `process ${pid}` : `${process} (${pid})`;
}

/** `127.0.0.1 by postgres (812)`. */
export function placeAndOwner(listener: Listener): string {
  return `${listener.address} by ${ownerText(listener)}`;
}

/** The entry as the user may write it: `5432/tcp:postgres@loopback`. */
export function expectedText({ port, protocol, process, place }: ExpectedListener): string {
  return `${port}/${protocol}${process === null ? '' : `:${process}`}${place === null ? '' : `@${place}`}`;
}

/** At most `limit` of the texts, and how many more there are. */
export function listed(texts: readonly string[], limit = 8): string {
  const more = texts.length - limit;
  return more <= 0 ? texts.join(', ') : `${texts.slice(0, limit).join(', ')} and ${more} more`;
}
