import { networkInterfaces } from 'node:os';

export type LocalInterfaces = ReturnType<typeof networkInterfaces>;

/** `os.networkInterfaces()`; `null` where the system does not tell, as sandboxes that refuse netlink sockets (Android): Node throws there. */
export function localInterfaces(): LocalInterfaces | null {
  try {
    return networkInterfaces();
  } catch {
    return null;
  }
}
