import { readFileSync } from 'node:fs';
import { ACCEPTED_TARGETS, AT_SIGNS, addressFamily, isLoopback, parseTarget, speaksHttp, speaksTls, type Target } from '../model/target.js';
import { type LocalInterfaces, localInterfaces } from '../net/machine/local-interfaces.js';
import type { IpFamily, Origin } from '../net/port.js';
import { parseProcDev } from '../wire/linux/proc-net.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

const MAXIMUM_TARGETS = 1024;
const HAS_AT = new RegExp(`[${AT_SIGNS}]|%40`);

/** Reads one target. `where` names a place in a file; empty for arguments. */
export function readTarget(text: string, where = '', machine: () => Machine = localInterfaces): Target {
  const outcome = parseTarget(text);
  if (outcome.ok) {
    const zone = /%(.*)$/.exec(outcome.target.host)?.[1];
    if (zone !== undefined) requireZone(zone, `${where}target ${quotedValue(text)}`, machine());
    return outcome.target;
  }
  // A password with a "/" or ":" in it can be taken for a port, which the reason then quotes.
  const reason = HAS_AT.test(text) ? outcome.reason.replace(/ "[^"]*"/, '') : outcome.reason;
  throw new UsageError(`${where}target ${quotedValue(text)}: ${reason}; accepted: ${ACCEPTED_TARGETS}`);
}

/** The zone of a link-local address is an interface of this machine, by name or (RFC 4007 section 11.2) by number. */
function requireZone(zone: string, subject: string, machine: Machine): void {
  if (/^\d+$/.test(zone) || hasInterface(zone, machine)) return;
  throw new UsageError(`${subject}: this machine has no interface ${quotedValue(zone)}; it has ${interfaceNames(machine)}`);
}

/**
 * The targets of a command line, each once. Without any, the lab's are meant where `lab` is set; otherwise one is missing.
 */
export function readTargets(argv: readonly unknown[], flags: { lab?: boolean }, command: string): Target[] {
  if (argv.length === 0 && flags.lab !== true) throw new UsageError(`${command} needs a TARGET: ${ACCEPTED_TARGETS}`);
  return distinctTargets(argv.map((argument) => readTarget(String(argument))));
}

/** The same target named twice is one; the order stays. */
export function distinctTargets(targets: readonly Target[]): Target[] {
  const distinct = [...new Map(targets.map((target) => [target.id, target])).values()];
  if (distinct.length > MAXIMUM_TARGETS) throw new UsageError(`${distinct.length} targets: ${MAXIMUM_TARGETS} are the most in one run`);
  return distinct;
}

/** The family that was asked for; a target or a source of the other one is a contradiction, found before anything is sent. */
export function readFamily(
  flags: { ipv4?: boolean; ipv6?: boolean; source?: string | undefined },
  targets: readonly Target[],
  machine: () => Machine = localInterfaces,
): IpFamily | null {
  if (flags.ipv4 && flags.ipv6) throw new UsageError('-4 and -6: only one of them can be asked for');
  const asked = flags.ipv4 ? 4 : flags.ipv6 ? 6 : null;
  const sourceFamily = flags.source === undefined ? null : addressFamily(flags.source);
  if (asked !== null && sourceFamily !== null && asked !== sourceFamily) {
    throw new UsageError(
      `--source ${quotedValue(flags.source ?? '')}: -${asked} asks for IPv${asked}, and this is an IPv${sourceFamily} address`,
    );
  }
  const family = asked ?? sourceFamily;
  const fromLoopback = flags.source !== undefined && isLoopback(flags.source);
  for (const target of targets) {
    const ofTarget = addressFamily(target.host);
    if (family !== null && ofTarget !== null && family !== ofTarget) {
      const asker = asked === null ? `the source ${flags.source}` : `-${asked}`;
      throw new UsageError(`target ${quotedValue(target.id)}: it is an IPv${ofTarget} address, and ${asker} asks for IPv${family}`);
    }
    // An address of its own the machine reaches from loopback too.
    if (fromLoopback && ofTarget !== null && !isLoopback(target.host) && !addressesOf(machine()).includes(target.host)) {
      throw new UsageError(
        `--source ${quotedValue(flags.source ?? '')}: nothing sent from a loopback address leaves the machine, and target ${quotedValue(target.id)} is beyond it`,
      );
    }
  }
  return family;
}

/** Where packets are to leave from. What this machine does not have is refused before anything is sent. */
export function originOf(
  flags: { source?: string | undefined; interface?: string | undefined },
  machine: Machine = localInterfaces(),
): Origin {
  const { source, interface: name } = flags;
  const addresses = addressesOf(machine);
  if (machine !== null && source !== undefined && !isLoopback(source) && !addresses.includes(source)) {
    const outside = addresses.filter((address) => !isLoopback(address));
    const has = outside.length === 0 ? 'it has none beyond loopback' : `it has ${outside.slice(0, 6).join(', ')}`;
    throw new UsageError(`--source ${quotedValue(source)}: this machine has no such address; ${has}`);
  }
  if (name !== undefined && !hasInterface(name, machine)) {
    throw new UsageError(`--interface ${quotedValue(name)}: this machine has no such interface; it has ${interfaceNames(machine)}`);
  }
  return { ...(source === undefined ? {} : { source }), ...(name === undefined ? {} : { interface: name }) };
}

/** `null` where the system does not tell: then nothing is refused for not being there. */
type Machine = LocalInterfaces | null;

function addressesOf(machine: Machine): string[] {
  return Object.values(machine ?? {}).flatMap((entries) => entries?.map((entry) => entry.address) ?? []);
}

function hasInterface(name: string, machine: Machine): boolean {
  return machine === null || Object.hasOwn(machine, name) || listedDevices().includes(name);
}

function interfaceNames(machine: Machine): string {
  return [...new Set([...Object.keys(machine ?? {}), ...listedDevices()])].slice(0, 12).join(', ');
}

/** Interfaces of Linux that Node does not list, since they are down or have no address. */
function listedDevices(): string[] {
  try {
    return parseProcDev(readFileSync('/proc/net/dev', 'utf8')).map((device) => device.name);
  } catch {
    return [];
  }
}

/**
 * The target with TLS expected of it, whatever its port suggests: on 443 where no port was named. For `netdiag tls`.
 * @throws UsageError for a URL whose scheme says that there is none.
 */
export function expectingTls(target: Target): Target {
  if (target.scheme === 'http' || target.scheme === 'ws') {
    throw new UsageError(
      `target ${quotedValue(target.id)}: ${target.scheme}: is plain text without TLS; name it ${target.scheme}s: or host:port`,
    );
  }
  if (target.port === null) return readTarget(addressFamily(target.host) === 6 ? `[${target.host}]:443` : `${target.id}:443`);
  return speaksTls(target) ? target : { ...target, scheme: 'tls' };
}

/**
 * The target as an HTTP service: a bare host by https:, a port by https: where TLS is usual on it, otherwise by http:. For `netdiag http`.
 */
export function expectingHttp(target: Target): Target {
  if (speaksHttp(target)) return target;
  const scheme = target.scheme === 'tcp' ? 'http' : 'https';
  return readTarget(`${scheme}://${target.port === null && addressFamily(target.host) === 6 ? `[${target.host}]` : target.id}`);
}
