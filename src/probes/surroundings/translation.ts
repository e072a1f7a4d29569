import type { DataOf } from '../../model/measurement.js';
import { addressKind } from '../../wire/prefix.js';
import { isTunnel } from './local-networks.js';

type Host = DataOf<'host'>;
type Surroundings = DataOf<'surroundings'>;
type Translation = NonNullable<Surroundings['translation']>;
type Source = Translation['sources'][number];
type Outside = Translation['outside'][number];
type Layer = Translation['layers'][number];

/** The addresses with which this machine turns to the outside, by the default route of each family. Pure. */
export function sourcesOf({ interfaces, defaultRoutes, routes }: Host): Source[] {
  const found: Source[] = [];
  for (const family of [4, 6] as const) {
    const [route] = defaultRoutes.filter((candidate) => candidate.family === family).sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
    if (route === undefined) continue;
    const link = interfaces.find(({ name }) => name === route.interface);
    const preferred = routes?.find(
      (candidate) => candidate.family === family && candidate.prefixLength === 0 && candidate.preferredSource !== null,
    )?.preferredSource;
    const usable = (link?.addresses ?? []).filter(
      (entry) =>
        entry.family === family && entry.deprecated !== true && entry.duplicate !== true && addressKind(entry.address) !== 'link-local',
    );
    // Of several IPv6 addresses the temporary one leaves (RFC 6724 rule 7), and a public one goes before a local one towards the outside.
    const best = [...usable].sort((a, b) => rank(a) - rank(b))[0]?.address;
    const address = preferred ?? best;
    const kind = address === undefined ? null : addressKind(address);
    if (address === undefined || kind === null) continue;
    const gatewayKind = route.gateway === null ? null : addressKind(route.gateway);
    found.push({ family, interface: route.interface, address, kind, gateway: route.gateway, gatewayKind });
  }
  return found;
}

function rank({ address, temporary }: Host['interfaces'][number]['addresses'][number]): number {
  return (addressKind(address) === 'unique-local' ? 2 : 0) + (temporary === true ? 0 : 1);
}

/** Where the machine stands, as far as a translation follows from it. */
export interface Place {
  machine: Surroundings['machine'];
  container: Surroundings['container'];
  wsl: Surroundings['wsl'];
}

/** Layers of address translation, and how many there are at least, for IPv4. It says no more than what follows. Pure. */
export function translationOf(
  sources: readonly Source[],
  place: Place,
  outside: readonly Outside[],
  { routesKnown = true, stunFailure = null }: { routesKnown?: boolean; stunFailure?: string | null } = {},
): Translation {
  const layers = layersOf(sources, place, outside);
  const told = verdictOf(sources, layers, outside, stunFailure);
  // Without routes nobody knows which way is the way out.
  const verdict = routesKnown || sources.some(({ family }) => family === 4) ? told : UNKNOWN_WAY;
  return { sources: [...sources], layers, outside: [...outside], ...verdict };
}

const UNKNOWN_WAY = { verdict: 'cannot tell', because: 'the way out over IPv4 is not known' } as const;

const KIND_NAMES: Readonly<Record<Source['kind'], string>> = {
  public: 'public',
  private: 'private (RFC 1918)',
  'unique-local': 'unique local (RFC 4193)',
  shared: 'of the space that carriers share (RFC 6598)',
  'link-local': 'link-local',
  loopback: 'of this machine alone',
  documentation: 'for documentation (RFC 5737)',
  benchmark: 'for benchmarks (RFC 2544)',
  nat64: 'of a translator (RFC 6052)',
  '464xlat': 'between two translators (RFC 7335)',
  special: 'for special use',
};

function layersOf(sources: readonly Source[], { machine, container, wsl }: Place, outside: readonly Outside[]): Layer[] {
  const layers: Layer[] = [];
  const ipv4 = sources.find(({ family }) => family === 4);
  if (ipv4 === undefined) return layers;
  const isLocal = outside.some((seen) => seen.family === 4 && seen.isLocal === true && !isOfInnerNetwork(seen.kind));
  if (isLocal) return layers;
  const from = `${ipv4.address} is ${KIND_NAMES[ipv4.kind]}`;

  if (ipv4.kind === '464xlat') {
    layers.push({ what: 'translation to IPv6 on this machine or its router', because: from });
    layers.push({ what: "translation back to IPv4 in the carrier's network", because: from });
    return layers;
  }
  if (ipv4.kind === 'shared') {
    // Clouds, clusters and VPN services take addresses of that space too.
    const isOfCarrier = container?.network !== 'own' && machine?.provider == null && !isTunnel({ name: ipv4.interface, kind: null });
    layers.push({
      what: isOfCarrier ? "a translation on the way out, as a rule the carrier's" : 'a translation on the way out',
      because: from,
    });
    return layers;
  }
  const engine = engineOf(ipv4, { machine, container, wsl });
  if (engine !== null) layers.push(engine);
  else if (ipv4.kind === 'private')
    layers.push({ what: 'a translation on the way out', because: `${from}, and no such address is known outside` });
  const seen = outside.find(({ family, isLocal: local }) => family === 4 && local === false);
  if (seen?.address == null) return layers;
  const saw = `${seen.server} saw ${seen.address}`;
  if (layers.length === 0) layers.push({ what: 'a translation on the way', because: `${saw} in place of ${seen.local ?? ipv4.address}` });
  // Translated already, it is still no address of the internet: whoever goes there from it is translated again.
  if (isOfInnerNetwork(seen.kind))
    layers.push({ what: 'another translation towards the internet', because: `${saw}, which is ${KIND_NAMES[seen.kind]}` });
  return layers;
}

/** Kinds of addresses from which nobody gets to the internet without a translation. */
function isOfInnerNetwork(kind: Outside['kind']): kind is 'private' | 'shared' | '464xlat' {
  return kind === 'private' || kind === 'shared' || kind === '464xlat';
}

/** The translation of the machine around this one. */
function engineOf({ address, gateway, kind }: Source, { machine, container, wsl }: Place): Layer | null {
  if (wsl?.version === 2 && wsl.networking === 'nat') return { what: 'Windows, for WSL2', because: 'WSL2 is joined to Windows by NAT' };
  if (machine?.hypervisor === 'virtualbox' && /^10\.0\.\d+\.15$/.test(address) && /^10\.0\.\d+\.2$/.test(gateway ?? ''))
    return { what: 'VirtualBox', because: `${address} by ${gateway} is what its NAT gives` };
  if (address === '10.0.2.15' && gateway === '10.0.2.2' && (machine?.hypervisor === 'qemu' || machine?.hypervisor === 'kvm'))
    return { what: 'QEMU', because: `${address} by ${gateway} is what its user network gives` };
  if (container?.kind === 'container' && container.network === 'own' && container.rootless === true && address === '10.0.2.100')
    return { what: 'the user network of the container', because: `${address} is what slirp4netns gives` };
  if (container?.kind === 'container' && container.network === 'own' && container.runtime === 'docker' && kind === 'private')
    return {
      what: 'a translation on the way out, as a rule by the machine that runs the container',
      because: `${address} is ${KIND_NAMES.private}`,
    };
  return null;
}

function verdictOf(
  sources: readonly Source[],
  layers: readonly Layer[],
  outside: readonly Outside[],
  stunFailure: string | null,
): Pick<Translation, 'verdict' | 'because'> {
  const ipv4 = sources.find(({ family }) => family === 4);
  if (ipv4 === undefined) return { verdict: 'cannot tell', because: 'there is no way out over IPv4' };
  const seen = outside.find(({ family, address }) => family === 4 && address !== null);
  if (seen?.isLocal === true && !isOfInnerNetwork(seen.kind))
    return { verdict: 'none', because: `${seen.server} saw ${seen.address}, which is an address of this machine` };
  const because = layers.map((layer) => `${layer.what}: ${layer.because}`).join('; ');
  const local = `${seen?.server} saw ${seen?.address} as it is: none on the way there`;
  const changed =
    seen?.isLocal === true
      ? local
      : seen?.address == null
        ? ''
        : `${seen.server} saw ${seen.address} in place of ${seen.local ?? ipv4.address}`;
  const added = changed === '' || because.includes(`${seen?.server} saw`) ? '' : `; ${changed}`;
  if (layers.length > 0) return { verdict: layers.length > 1 ? 'at least two' : 'at least one', because: `${because}${added}` };
  return { verdict: 'cannot tell', because: `${ipv4.address} is ${KIND_NAMES[ipv4.kind]}, and ${whyUnseen(outside, stunFailure)}` };
}

function whyUnseen(outside: readonly Outside[], failure: string | null): string {
  if (failure !== null) return `the STUN server could not be asked (${failure})`;
  if (outside.length === 0) return 'no STUN server was asked';
  return outside.some(({ family }) => family === 4) ? 'the STUN server gave no answer that counts' : 'the STUN server has no IPv4 address';
}
