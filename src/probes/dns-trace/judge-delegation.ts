import type { Check } from '../../model/report.js';
import {
  type AskedAddress,
  addressesOf,
  called,
  isLast,
  listed,
  type Server,
  type Step,
  type Trace,
  zoneLine,
  zoneName,
} from './zone-line.js';

/** A family counts as down only where so many of its addresses were asked. */
const FAMILY_ADDRESSES = 3;

/**
 * The family of which no address answered anything in the whole walk, while the other did: then the way is at fault, and no server is
 * accused for it. `null` where there is none.
 */
export function deadFamily({ data }: Trace): 4 | 6 | null {
  const asked = new Map<string, AskedAddress>();
  for (const step of data.steps) for (const address of addressesOf(step)) if (address.state !== null) asked.set(address.address, address);
  const answered = (family: 4 | 6) => {
    const own = [...asked.values()].filter(({ address }) => address.includes(':') === (family === 6));
    return { count: own.length, some: own.some(({ state, lame }) => state === 'answers' || (lame !== 'silent' && lame !== 'unreachable')) };
  };
  const [four, six] = [answered(4), answered(6)];
  if (six.count >= FAMILY_ADDRESSES && !six.some && four.some) return 6;
  return four.count >= FAMILY_ADDRESSES && !four.some && six.some ? 4 : null;
}

/** `l7.delegation`: do the servers that were named for a zone serve it. */
export function judgeDelegation(measurement: Trace, step: Step, dead: 4 | 6 | null): Check[] {
  const line = {
    kind: 'l7.delegation',
    title: step.zone === '.' ? 'root servers' : `delegation of ${step.zone}`,
    expected: 'all serve it',
  };
  const asked = addressesOf(step).filter(({ state }) => state !== null);
  const ofFamily = asked.filter(({ address }) => dead === null || address.includes(':') !== (dead === 6));
  const addresses = ofFamily.filter((address) => !isOutdated(address));
  const nameless = step.servers.filter(({ failure }) => isNameless(failure));
  const lame = addresses.filter(({ state }) => state === 'lame');
  const troubles = [...lame.map((address) => `${called(address)}: ${lameText(address)}`), ...nameless.map(failureText)];
  if (addresses.length === 0 && nameless.length === 0) return [];
  const unasked = addressesOf(step).length - asked.length;
  const unheard = asked.length - ofFamily.length;
  const outdated = ofFamily.length - addresses.length;
  const remarksOnAsking = [
    unasked === 0 ? '' : `; ${unasked} not asked`,
    unheard === 0 ? '' : `; ${unheard} not heard over IPv${dead}`,
    outdated === 0 ? '' : `; ${outdated} out of date`,
  ];
  const beside = remarksOnAsking.join('');
  if (troubles.length === 0) {
    const observed = `${count(addresses.length, 'address', 'addresses')} of ${count(step.servers.length, 'server')} ${addresses.length === 1 ? 'answers' : 'answer'}${beside}${remarks(step)}`;
    return [zoneLine(measurement, step, { ...line, status: 'pass', observed })];
  }
  const all = lame.length === addresses.length;
  const silent = all && step.zone === '.' && lame.every((address) => address.lame === 'silent' || address.lame === 'unreachable');
  const replaced = all && isRootReplaced(measurement, step, lame);
  const who = replaced ? 'somebody answers in the place of the root servers' : zoneName(step.zone);
  const observed = `${who}: ${listed(troubles, '; ')}${beside}`;
  return [
    zoneLine(measurement, step, {
      ...line,
      status: all ? 'fail' : 'warn',
      // With no word from any root server, it is this machine's way to servers at all that is missing.
      code: silent ? 'dns-unreachable' : replaced ? 'dns-hijacked' : 'dns-lame-delegation',
      observed,
    }),
  ];
}

/** Whether an address is one that the server has no longer, as it answers at its own: the glue is at fault, and judged as such. */
function isOutdated({ state, from, server }: AskedAddress): boolean {
  const answers = server.addresses.some((own) => own.state === 'answers' && own.from.includes('records'));
  return state === 'lame' && server.glue === 'stale' && from.every((source) => source === 'glue') && answers;
}

/** Servers that must say something before they are held to be others than the root servers. */
const FEWEST_REPLACED = 2;

/**
 * Whether none of the real root servers serves the root, though answers come from their addresses: a network that leads all of port 53 to a
 * resolver of its own. Such a one refuses questions without RD, or answers them without authority.
 */
function isRootReplaced({ data }: Trace, step: Step, lame: readonly AskedAddress[]): boolean {
  if (step.zone !== '.' || data.rootHints !== 'built-in') return false;
  return lame.filter((address) => address.lame !== 'silent' && address.lame !== 'unreachable').length >= FEWEST_REPLACED;
}

/** Whether the name of a server leads to no address, by the word of its own zone. */
function isNameless(failure: Server['failure']): boolean {
  return failure === 'no-name' || failure === 'no-address' || failure === 'alias';
}

function remarks(step: Step): string {
  const absent = addressesOf(step).filter(({ edns }) => edns === 'absent').length;
  const omitted = step.omittedServers === 0 ? '' : `; ${count(step.omittedServers, 'further server')} not looked at`;
  const ignored = step.ignoredRecords === 0 ? '' : `; ${count(step.ignoredRecords, 'record')} beside the delegation not believed`;
  return `${absent === 0 ? '' : `; ${absent} without EDNS`}${omitted}${ignored}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** In what way it is lame, in words. */
export function lameText({ lame, detail, rcode }: Pick<AskedAddress, 'lame' | 'detail' | 'rcode'>): string {
  switch (lame) {
    case 'refused':
    case 'servfail':
    case 'error':
      return `answers ${rcode ?? detail ?? 'with an error'}`;
    case 'not-authoritative':
      return detail ?? 'answers without authority';
    case 'upward-referral':
      return detail ?? 'refers upwards';
    case 'silent':
      return 'silent';
    case 'malformed':
      return detail ?? 'its answer cannot be read';
    default:
      return detail ?? 'cannot be reached';
  }
}

function failureText({ name, failure }: Server): string {
  if (failure === 'no-name') return `${name}: there is no such name`;
  return failure === 'alias' ? `${name}: it is an alias, which the name of a server may not be` : `${name}: it has no address`;
}

/** `l7.glue`: are the addresses beside the delegation there where they are needed, and those that the servers have themselves. */
export function judgeGlue(measurement: Trace, step: Step): Check[] {
  const line = { kind: 'l7.glue', title: `glue of ${step.zone}`, expected: 'their own addresses' };
  // A name that does not exist needs no glue: it is a lame server.
  const missing = step.servers.filter(
    ({ glue, failure }) => (glue === 'missing' && !isNameless(failure)) || failure === 'cyclic' || failure === 'missing-glue',
  );
  if (missing.length > 0) {
    const reachable = addressesOf(step).length > 0;
    const texts = missing.map(({ name, failure }) =>
      failure === 'cyclic' ? `${name}: ${circleOf(measurement, name)}` : `${name}: its address is missing beside the delegation`,
    );
    return [
      zoneLine(measurement, step, {
        ...line,
        status: reachable ? 'warn' : 'fail',
        code: 'dns-glue-missing',
        observed: `${zoneName(step.zone)}: ${listed(texts, '; ')}`,
      }),
    ];
  }
  const compared = step.servers.filter(({ glue }) => glue === 'matches' || glue === 'stale' || glue === 'incomplete');
  if (compared.length === 0) return [];
  const stale = compared.filter(({ glue }) => glue === 'stale');
  if (stale.length > 0) {
    const texts = stale.map(
      (server) =>
        `${server.name}: ${glueOf(server).join(', ')} beside the delegation, ${(server.recordAddresses ?? []).join(', ')} by its own records`,
    );
    const observed = `${zoneName(step.zone)}: ${listed(texts, '; ')}`;
    return [zoneLine(measurement, step, { ...line, status: 'warn', code: 'dns-glue-stale', observed })];
  }
  const incomplete = compared.filter(({ glue }) => glue === 'incomplete').length;
  const observed = `of ${count(compared.length, 'server')} as in their own records${incomplete === 0 ? '' : `; of ${incomplete} not all addresses`}`;
  return [zoneLine(measurement, step, { ...line, status: 'pass', observed })];
}

function circleOf({ data }: Trace, name: string | null): string {
  const circle = data.cycles.find((names) => name !== null && names.includes(name));
  return circle === undefined
    ? 'its address can only be found by way of itself'
    : `found only by way of ${circle.filter((other) => other !== name).join(', ')}, and those by way of it`;
}

function glueOf({ addresses }: Server): string[] {
  return addresses.filter(({ from }) => from.includes('glue')).map(({ address }) => address);
}

/** `l7.nameservers`: do the zone above and the zone itself name the same servers. */
export function judgeNameServers(measurement: Trace, step: Step): Check[] {
  if (step.by === 'hints' || step.parent === null) return [];
  const line = { kind: 'l7.nameservers', title: `servers of ${step.zone}`, expected: 'the same' };
  const known = step.servers.filter(({ inParent, inChild }) => inParent !== null && inChild !== null);
  if (known.length === 0 || step.omittedServers > 0) return [];
  const above = known.filter(({ inParent, inChild }) => inParent === true && inChild === false).map(({ name }) => String(name));
  const below = known.filter(({ inParent, inChild }) => inParent === false && inChild === true).map(({ name }) => String(name));
  const lists = new Set(addressesOf(step).flatMap(({ nameServers }) => (nameServers === null ? [] : nameServers.join(' '))));
  const texts = [
    above.length === 0 ? '' : `only ${zoneName(step.parent)} names ${listed(above)}`,
    below.length === 0 ? '' : `only the zone itself names ${listed(below)}`,
    lists.size > 1 ? 'its own servers list them differently' : '',
  ].filter((text) => text !== '');
  if (texts.length === 0)
    return [zoneLine(measurement, step, { ...line, status: 'pass', observed: `${count(known.length, 'server')}, the same in both` })];
  const observed = `${zoneName(step.zone)}: ${texts.join('; ')}`;
  return [zoneLine(measurement, step, { ...line, status: 'warn', code: 'dns-delegation-mismatch', observed })];
}

/** Whether a step is to have a line although nothing is wrong: the zones at the end of the walk are what was asked about. */
export function isWorthALine(step: Step, made: Check): boolean {
  return made.status !== 'pass' || isLast(step);
}
