import type { ResolverWatchOptions } from '../../model/probe-options.js';
import type { ProxySettings } from '../../model/proxy-environment.js';
import { proxyFor } from '../../model/proxy-environment.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { DnsQuestion } from '../../net/port.js';
import { DNS_OVER_TLS_PORT, type DnsServer, parseDnsServer, stubLabel } from '../../wire/dns/server.js';
import type { DnsPlan } from '../dns/plan.js';
import { isPublicName } from './public-name.js';

/** One question, put to one server again and again. */
export interface SeriesPlan {
  question: Omit<DnsQuestion, 'timeoutMs' | 'attempts'>;
  label: string | null;
  count: number;
  intervalMs: number;
  /** For each datagram. */
  timeoutMs: number;
}

/**
 * As long as the packets of the sweep go: what a resolver drops, and when it drops it, shows beside them and takes no time of its own. Ten
 * questions of a name that is in its cache are less than a page of a browser asks.
 */
const SWEEP_SERIES = { count: 10, intervalMs: 110, timeoutMs: 900 } as const;

/** When the last question of it is sent, in milliseconds from the first. */
export const SWEEP_SERIES_SPAN_MS = (SWEEP_SERIES.count - 1) * SWEEP_SERIES.intervalMs;

/** Once more, where there is a doubt: after a pause of their own, with the patience of the C library's first try. */
const AGAIN_SERIES = { count: 8, intervalMs: 120, timeoutMs: 1400 } as const;

/** Programs ask the first, and others where it fails. */
export const WATCHED_RESOLVERS = 2;

/** A reference that is silent is far away, blocked or not there at all, and is not waited for longer than the rest of the sweep takes. */
const REFERENCE_QUESTION = { timeoutMs: 550, attempts: 2 } as const;
/** A little over a second, in which the kernel sends the SYN twice (RFC 6298): no second try is needed. */
export const REFERENCE_PORT_TIMEOUT_MS = 1300;

/** As long: a connection to a resolver whose datagrams are answered takes no longer than those, but where a segment was lost. */
export const RESOLVER_PORT_TIMEOUT_MS = 1250;

/** Names of one run that references hear of. */
const ASKED_NAMES = 4;

/** The names of targets that their own resolvers are asked for, each once: no address, and none that a proxy looks up itself. */
export function namesLookedUp(targets: readonly Target[], proxies: ProxySettings | null): Target[] {
  const named = targets.filter((target) => {
    if (addressFamily(target.host) !== null || target.host === 'localhost' || target.host.endsWith('.localhost')) return false;
    const hop = proxies === null ? null : proxyFor(target, proxies).hop;
    return hop === null || hop.kind === 'socks5';
  });
  return named.filter((target, index) => named.findIndex((other) => other.host === target.host) === index);
}

/** Those of them that references may be asked for. */
export function namesForReferences(targets: readonly Target[], proxies: ProxySettings | null): string[] {
  return namesLookedUp(targets, proxies)
    .map(({ host }) => host)
    .filter(isPublicName)
    .slice(0, ASKED_NAMES);
}

/** Which references are asked: none that is a resolver of this machine already, and of one family, IPv4 where there is a way. */
export function chooseReferences(
  { references }: ResolverWatchOptions,
  resolvers: readonly string[],
  reachable: ReadonlySet<string>,
): ResolverWatchOptions['references'] {
  const own = new Set(resolvers.map((text) => parseDnsServer(text)?.address));
  const usable = references.filter(({ address }) => reachable.has(address) && !own.has(address));
  const ofIpv4 = usable.filter(({ address }) => !address.includes(':'));
  return ofIpv4.length > 0 ? ofIpv4 : usable;
}

/** What references are asked in the sweep: both families of each name, by datagrams. */
export function referenceQuestions(names: readonly string[], references: ResolverWatchOptions['references']): DnsPlan[] {
  return names.flatMap((name) =>
    references.flatMap(({ address, port, label }) =>
      ['A', 'AAAA'].map((type): DnsPlan => {
        const question = { server: address, port, transport: 'udp', name, type, role: 'resolver', from: 'well-known' } as const;
        return { ...question, ...REFERENCE_QUESTION, ...(label === undefined ? {} : { label }) };
      }),
    ),
  );
}

/** A name that exists nowhere (RFC 6761 section 6.4), so that no server but the resolver need hear of it. */
export function nowhere(label: string): string {
  return `${label}.invalid`;
}

export function isNowhere(name: string): boolean {
  return /\.invalid\.?$/i.test(name);
}

/** Encrypted DNS has a port of its own: whether it opens tells whether it is filtered. */
export const ENCRYPTED_PORT = DNS_OVER_TLS_PORT;

export function sweepSeries(server: DnsServer, name: string): SeriesPlan {
  return { ...seriesOf(server, name), ...SWEEP_SERIES };
}

export function againSeries(server: DnsServer, name: string): SeriesPlan {
  return { ...seriesOf(server, name), ...AGAIN_SERIES };
}

function seriesOf({ address, port }: DnsServer, name: string): Pick<SeriesPlan, 'question' | 'label'> {
  // The C library announces no EDNS.
  return { question: { server: address, port, transport: 'udp', name, type: 'A', edns: null }, label: stubLabel(address) };
}

/** Long enough for a resolver that is slow and not dead, as programs wait 5 s for one. */
const PATIENCE_MS = 2500;

/**
 * One resolver once more: over TCP, without validation, and for what exists for good, the root itself, which says whether it finds out
 * anything at all. Each with the patience of a program.
 */
export function questionsAgain(server: DnsServer, name: string, leftMs: number): DnsPlan[] {
  const asked = askedOnce(server, Math.max(200, Math.min(PATIENCE_MS, leftMs - 100)));
  return [
    { ...asked, transport: 'udp', name, type: 'A' },
    { ...asked, transport: 'tcp', name, type: 'A' },
    { ...asked, transport: 'udp', name, type: 'A', checkingDisabled: true },
    { ...asked, transport: 'udp', name: '.', type: 'NS' },
  ];
}

/** Beside the sweep and the closer look, which are over before it is: programs wait 5 s. */
const PATIENT_MS = 3000;

/** The question of a program to a resolver that was silent, with more patience than anything else of a run has. */
export function patientQuestion(server: DnsServer, name: string): DnsPlan {
  return { ...askedOnce(server, PATIENT_MS), transport: 'udp', name, type: 'A' };
}

function askedOnce({ address, port }: DnsServer, timeoutMs: number) {
  const label = stubLabel(address);
  return { server: address, port, role: 'resolver', from: 'system', timeoutMs, attempts: 1, ...(label === null ? {} : { label }) } as const;
}
