import { addressFamily, isLoopback, parseTarget, type Target } from '../model/target.js';
import type { CauseFacts } from './cause.js';
import { shellWord } from './shell-word.js';

/**
 * The facts of a run as words that are safe in a command line. What is not known, or not safe to paste, is a placeholder in capitals that
 * the reader replaces.
 */
export interface CommandWords {
  /** Host name in ASCII, or IP address without brackets; else `TARGET`. */
  host: string;
  /** The host where it is an IP address, the address that was asked for it, or that of the route; else `ADDRESS`. For commands that take no name. */
  address: string;
  /** The host where it is a name; else `NAME`, for questions to the DNS. */
  name: string;
  /** Number of the one port that the cause is about, or of the target's; else `PORT`. */
  port: string;
  /** `host:port`, or the host alone where no port is known. Quoted where brackets need it. */
  endpoint: string;
  /** `https://host:port/` without the path of the target, which can hold what a shell would expand. */
  url: string;
  /** Name of the interface; else `INTERFACE`. */
  interface: string;
  /** Address of the gateway without zone; else `GATEWAY`. */
  gateway: string;
  /** Whether the target is this machine. */
  local: boolean;
}

export function commandWords(facts: CauseFacts): CommandWords {
  const named = facts.target ?? facts.example ?? null;
  const parsed = named === null ? null : parseTarget(named);
  const target = parsed?.ok === true && shellWord(parsed.target.host) !== null ? parsed.target : null;
  const family = target === null ? null : addressFamily(target.host);
  const gateway = facts.gateway?.split('%', 1)[0] ?? null;
  return {
    host: target?.host ?? 'TARGET',
    address:
      target !== null && family !== null
        ? target.host
        : (shellWord(facts.target === null ? null : (facts.targetAddress ?? null)) ?? shellWord(facts.route?.address ?? null) ?? 'ADDRESS'),
    name: target !== null && family === null ? target.host : 'NAME',
    port: portOf(facts, target),
    endpoint: target === null ? 'TARGET' : endpointOf(target),
    url: target === null ? 'https://TARGET/' : urlOf(target),
    interface: shellWord(facts.interface) ?? 'INTERFACE',
    gateway: shellWord(gateway) ?? 'GATEWAY',
    local: target !== null && (target.host === 'localhost' || isLoopback(target.host)),
  };
}

function portOf({ ports = [] }: CauseFacts, target: Target | null): string {
  if (ports.length > 1) return 'PORT';
  return String(ports[0]?.number ?? target?.port ?? 'PORT');
}

/** Chooses by platform; those that are none of the three are Unix systems with BSD tools, except for Android. */
export function onPlatform(facts: CauseFacts, commands: { linux: string; darwin: string; win32: string }): string {
  switch (facts.platform) {
    case 'win32':
      return commands.win32;
    case 'linux':
    case 'android':
      return commands.linux;
    default:
      return commands.darwin;
  }
}

/** `203.0.113.10/32 via 192.0.2.77 dev eth0`: the route that the cause was read from; `null` where it is a default route, or not known. */
export function routeWords({ route }: CauseFacts): string | null {
  const [destination = null, length = null] = route?.prefix?.split('/') ?? [];
  const address = shellWord(destination);
  if (route == null || address === null || length === null || !/^[1-9]\d{0,2}$/.test(length)) return null;
  const gateway = shellWord(route.gateway);
  const name = shellWord(route.interface);
  const hop = [...(gateway === null ? [] : ['via', gateway]), ...(name === null ? [] : ['dev', name])];
  return [`${address}/${length}`, ...hop].join(' ');
}

/** The command that lists the routers on the way to the target, without root. */
export function traceCommand(facts: CauseFacts): string {
  return `netdiag route ${commandWords(facts).host}`;
}

function endpointOf(target: Target): string {
  if (target.port === null) return target.host;
  // An unquoted bracket is a file name pattern to a shell.
  return target.host.includes(':') ? `"[${target.host}]:${target.port}"` : `${target.host}:${target.port}`;
}

/** Needs no quotes in any shell. */
const PLAIN_PATH = /^\/[\w./-]{0,200}$/;

function urlOf(target: Target): string {
  const secure = target.scheme !== 'http' && target.scheme !== 'ws' && target.port !== 80;
  const implied = target.port === null || target.port === (secure ? 443 : 80);
  const port = implied ? '' : `:${target.port}`;
  const scheme = secure ? 'https' : 'http';
  // With a query it would be another request without it, and with it would hold its values.
  const path = PLAIN_PATH.test(target.path ?? '') ? target.path : '/';
  return target.host.includes(':') ? `"${scheme}://[${target.host}]${port}${path}"` : `${scheme}://${target.host}${port}${path}`;
}
