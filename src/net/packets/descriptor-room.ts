import { readdirSync, readFileSync } from 'node:fs';

/** For files, resolvers, standard streams and whatever else runs beside a scan. */
const SET_ASIDE = 64;
/** More connections under way than this fill the tables of firewalls, not the network. */
const MAXIMUM = 4096;
/** Where the system does not tell. macOS gives a process 256 unless it asks for more, which Node does. */
const UNTOLD = 192;

/**
 * How many more descriptors this process may open (`RLIMIT_NOFILE`), some set aside, between 1 and 4096. Node raises the soft limit to the
 * hard one when it starts.
 */
export function descriptorRoom(): number {
  try {
    const limit = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    if (limit === undefined) return UNTOLD;
    const open = readdirSync('/proc/self/fd').length;
    const room = limit === 'unlimited' ? MAXIMUM : Number(limit) - open - SET_ASIDE;
    return Math.min(MAXIMUM, Math.max(1, room));
  } catch {
    return UNTOLD;
  }
}
