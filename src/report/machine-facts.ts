import type { MachineFacts } from '../diagnosis/cause.js';
import type { DataOf, Measurement } from '../model/measurement.js';

/** Containers that are given their network by their host; those of LXC and the like set theirs up themselves, as machines do. */
const OF_APPLICATIONS: ReadonlySet<string> = new Set(['docker', 'podman', 'containerd', 'cri-o', 'gvisor', 'other']);

/** Whose tools set this machine up, by the interface that a cause is about; `null` where nobody looked. */
export function machineFacts(measurements: readonly Measurement[]): ((name: string | null) => MachineFacts) | null {
  const host = measurements.find((measurement) => measurement.probe === 'host')?.data;
  const names = measurements.find((measurement) => measurement.probe === 'name-service')?.data;
  const place = measurements.find((measurement) => measurement.probe === 'surroundings')?.data;
  const management = host?.management;
  if (management === undefined) return null;
  const { distribution, systemd, root, netplan, links } = management;
  const known = {
    ...{ distribution, systemd, root, netplan },
    stub: stubOf(names),
    resolvConfWriter: names?.resolvConf?.writer?.name ?? null,
    container: isGivenItsNetwork(place?.container ?? null),
    wsl: place?.wsl?.version === 2 && place.wsl.networking !== 'mirrored',
  };
  return (name) => ({ ...known, manager: links.find((link) => link.interface === name)?.manager ?? null });
}

function stubOf(names: DataOf<'name-service'> | undefined): string | null {
  const own = names?.resolvConf?.nameservers.find(({ used, label }) => used && label !== null);
  const hop = names?.chain.find(({ askedBy, server }) => askedBy === null && server === own?.address);
  return hop?.software ?? (own?.label === 'local' ? null : (own?.label ?? null));
}

function isGivenItsNetwork(container: DataOf<'surroundings'>['container']): boolean {
  return container?.kind === 'container' && container.network !== 'host' && OF_APPLICATIONS.has(container.runtime ?? '');
}
