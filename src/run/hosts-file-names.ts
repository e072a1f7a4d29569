import { addressFamily, type Target } from '../model/target.js';
import type { RunEnvironment, RunRequest } from './request.js';

/**
 * The targets whose names only a resolver can tell: addresses need none, and for a name that the hosts file lists no program here asks one
 * (nsswitch.conf(5), `files` before `dns`). A resolver that nothing needs is no matter of the targets, be it well or dead.
 */
export async function targetsWithoutHostsFile({ targets, family }: RunRequest, { network }: RunEnvironment): Promise<Target[]> {
  const names = targets.map(({ host }) => host).filter((host) => addressFamily(host) === null);
  const listed = names.length === 0 ? undefined : await network.names.listed?.(names);
  if (listed === undefined) return [...targets];
  return targets.filter(
    ({ host }) => !(listed.addresses.get(host) ?? []).some((address) => family === null || addressFamily(address) === family),
  );
}
