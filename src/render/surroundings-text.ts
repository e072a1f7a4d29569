import type { DataOf } from '../model/measurement.js';
import { containerName, virtualizationName } from '../model/place-names.js';

type Surroundings = DataOf<'surroundings'>;

/** Where this machine stands, each claim with what speaks for it. */
export function surroundingsLines(data: Surroundings): string[] {
  return [
    ...placeLines(data),
    ...translationLines(data.translation),
    ...data.bridges.map(({ interface: name, prefixes, ports, carrier }) =>
      [`${name}${prefixes.length === 0 ? '' : ` ${prefixes.join(' ')}`}`, portsOf(ports, carrier)]
        .filter((part) => part !== '')
        .join(' · '),
    ),
    ...data.absent.map(({ fact, because }) => `not known: ${fact} (${because})`),
  ];
}

function placeLines({ machine, container, wsl, secondOpinion }: Surroundings): string[] {
  const lines: string[] = [];
  if (machine !== null) lines.push(claim(virtualizationName(machine) ?? 'metal or virtual: cannot be told', machine.because));
  if (container !== null) {
    const name = containerName(container, wsl);
    const kind = name === null ? 'container: cannot be told' : name === 'none' ? 'no container' : name;
    const network =
      container.network === null || container.kind === 'none' ? '' : `, ${container.network === 'own' ? 'own' : "machine's"} network`;
    lines.push(claim(`${kind}${network}`, container.because));
    if (container.kind === 'none' && container.network === 'own') lines.push('in a network namespace of its own');
  }
  if (wsl !== null) lines.push(`WSL${wsl.version}: network ${wsl.networking ?? 'cannot be told'}`);
  if (secondOpinion !== null)
    lines.push(`systemd-detect-virt says: machine ${secondOpinion.machine}, container ${secondOpinion.container}`);
  return lines;
}

function claim(what: string, because: string): string {
  return `${what}: ${because}`;
}

function translationLines(translation: Surroundings['translation']): string[] {
  if (translation === null) return [];
  const { sources, verdict, because, outside } = translation;
  const seen = outside.flatMap(({ server, address, port, local, localPort, portKept, because: why }) => {
    if (address === null) return [`${server} (STUN): ${why ?? 'no answer'}`];
    const kept = portKept === null ? '' : portKept ? ', port kept' : `, port ${localPort} became ${port}`;
    return [`${server} (STUN) sees ${address}${local === null ? '' : ` for ${local}`}${kept}`];
  });
  const from = sources.map(({ address, kind, gateway }) => `from ${address} (${kind})${gateway === null ? '' : ` by ${gateway}`}`);
  return [...(from.length === 0 ? [] : [from.join(' · ')]), `translations of IPv4: ${verdict} (${because})`, ...seen];
}

function portsOf(ports: readonly string[] | null, carrier: boolean | null): string {
  if (ports !== null && ports.length > 0)
    return `with ${ports.slice(0, 6).join(', ')}${ports.length > 6 ? ` and ${ports.length - 6} more` : ''}`;
  return carrier === false || ports?.length === 0 ? 'nothing on it' : '';
}
