import type { DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

type Firewall = DataOf<'firewall'>;

const LISTED = 12;

/** The packet filters of this machine: whose they are, what they do by default, who gets in, what is handed on. Never whole rule sets. */
export function firewallLines(data: Firewall): string[] {
  return [...engines(data), ...defaults(data), ...listeners(data), ...published(data), ...outgoing(data), ...absent(data)];
}

function engines({ rules, engines: found, managers }: Firewall): string[] {
  const parts = [
    ...found.map(({ name, rules: number }) => `${name}: ${counted(number, 'rule')}`),
    ...(rules !== null && found.length === 0 ? ['no rules'] : []),
    ...managers.map(({ name, state, detail }) => {
      const more = [state === 'in-force' ? '' : state, detail ?? ''].filter((text) => text !== '').join(', ');
      return more === '' ? name : `${name} (${more})`;
    }),
  ];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

const WORDS = { accept: 'let in', drop: 'dropped', reject: 'rejected', depends: 'depends' } as const;

function defaults({ defaults: found }: Firewall): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = found.filter((one) => one.family === family);
    if (own.length === 0) return [];
    const hooks = own.map(({ hook, verdict }) => `${hook} ${verdict === 'accept' ? 'accepted' : WORDS[verdict]}`);
    return [`IPv${family}, what no rule names: ${hooks.join(' · ')}`];
  });
}

function listeners({ listeners: found }: Firewall): string[] {
  if (found === null || found.length === 0) return [];
  const lines = found.slice(0, LISTED).map((one) => {
    const by = one.interfaces.length === 0 ? '' : ` by ${one.interfaces.slice(0, 4).join(', ')}`;
    const only = one.networks.length === 0 ? '' : `, except from ${one.networks.join(', ')}`;
    const because = one.because.length === 0 ? '' : ` on ${one.because.join(', ')}`;
    return `${one.port}/${one.protocol} IPv${one.family}${by}: ${WORDS[one.verdict]}${because}${only}`;
  });
  return found.length > LISTED ? [...lines, `and ${found.length - LISTED} more`] : lines;
}

function published({ published: found }: Firewall): string[] {
  if (found === null) return [];
  const lines = found.slice(0, LISTED).map(({ port, protocol, family, to, toPort, verdict }) => {
    const where = to === null ? 'elsewhere' : `${to.includes(':') ? `[${to}]` : to}${toPort === null ? '' : `:${toPort}`}`;
    return `${port}/${protocol} IPv${family} is handed on to ${where}: ${WORDS[verdict]}`;
  });
  return found.length > LISTED ? [...lines, `and ${found.length - LISTED} more`] : lines;
}

function outgoing({ outgoing: found }: Firewall): string[] {
  return found
    .filter(({ verdict }) => verdict !== 'accept')
    .slice(0, LISTED)
    .map(({ protocol, port, address, direction, verdict, because }) => {
      const what = `${protocol === 'icmp' ? 'echo' : `${protocol.toUpperCase()} ${port ?? ''}`.trim()}`;
      return `${direction === 'neighbors' ? 'neighbour discovery for ' : ''}${what} ${direction === 'back' ? 'answers from' : 'to'} ${address}: ${WORDS[verdict]}${because.length === 0 ? '' : ` on ${because.join(', ')}`}`;
    });
}

function absent({ rules, absent: found }: Firewall): string[] {
  if (rules !== null && found.length === 0) return [];
  return found.slice(0, 4).map(({ fact, because }) => `${fact}: ${because}`);
}
