import type { Names } from '../../net/port.js';
import { parseDnsServer, SYSTEMD_RESOLVED, stubLabel } from '../../wire/dns/server.js';
import type { SystemServer } from './plan.js';

/** Whom the system asks: its resolvers, and those that the stub resolver systemd-resolved asks in its turn. */
export function systemServers({ servers, upstreams }: Awaited<ReturnType<Names['resolvers']>>): SystemServer[] {
  const own = servers.flatMap((text) => read(text, null));
  const stub = own.find(({ label }) => label === SYSTEMD_RESOLVED);
  return [...own, ...(stub === undefined ? [] : (upstreams ?? []).flatMap((text) => read(text, stub.address)))];
}

function read(text: string, behind: string | null): SystemServer[] {
  const server = parseDnsServer(text);
  return server === null ? [] : [{ ...server, label: stubLabel(server.address), behind }];
}
