import { networkInterfaces } from 'node:os';

/** `os.networkInterfaces()`; empty where the system refuses to tell, as sandboxes without netlink sockets (Android) do: Node throws there. */
export function localInterfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    return {};
  }
}
