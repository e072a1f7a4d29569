import type { DataOf } from '../../model/measurement.js';

type Wsl = NonNullable<DataOf<'surroundings'>['wsl']>;

const RELEASE = '/proc/sys/kernel/osrelease';

/**
 * WSL by the name of its kernel: `4.4.0-19041-Microsoft` of version 1, `5.15.153.1-microsoft-standard-WSL2` of version 2. One that somebody
 * built has what name they like; then what WSL itself puts there tells (`mark`).
 *
 * @param networking what `wslinfo --networking-mode` says; `null`: it is not there
 */
export function wslKind(release: string | null, mark: boolean, networking: string | null, host: DataOf<'host'>): Wsl | null {
  const evidence: Wsl['evidence'] = [];
  const version = /WSL2|microsoft-standard/i.test(release ?? '') ? 2 : /-Microsoft$/.test(release ?? '') ? 1 : mark ? 2 : null;
  if (version === null) return null;
  if (/microsoft|WSL2/i.test(release ?? '')) evidence.push({ says: `the kernel is ${release}`, source: RELEASE });
  if (mark) evidence.push({ says: 'WSL has a folder of its own', source: '/run/WSL' });
  // Version 1 has no network of its own: it shows that of Windows.
  if (version === 1) return { version, networking: 'shared', evidence };
  const mode = networking?.trim().toLowerCase() ?? '';
  if (mode === 'nat' || mode === 'mirrored' || mode === 'bridged' || mode === 'virtioproxy' || mode === 'none') {
    evidence.push({ says: `its networking mode is ${mode}`, source: 'wslinfo --networking-mode' });
    return { version, networking: mode, evidence };
  }
  if (host.interfaces.some(({ name }) => name === 'loopback0')) {
    evidence.push({ says: 'loopback0 is there, which only the mirrored mode has', source: 'interfaces' });
    return { version, networking: 'mirrored', evidence };
  }
  const nat = host.interfaces.find(({ name, addresses }) => name === 'eth0' && addresses.some(isOfNat));
  if (nat !== undefined) {
    evidence.push({ says: 'eth0 alone has an address as its NAT gives them, a /20 of 172.16.0.0/12', source: 'interfaces' });
    return { version, networking: 'nat', evidence };
  }
  return { version, networking: null, evidence };
}

function isOfNat({ address, prefixLength }: DataOf<'host'>['interfaces'][number]['addresses'][number]): boolean {
  return prefixLength === 20 && /^172\.(1[6-9]|2\d|3[01])\./.test(address);
}
