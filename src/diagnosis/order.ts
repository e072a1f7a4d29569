import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';

/**
 * Kinds of checks in the order in which a packet needs them to be well. A name is looked up before a packet goes to the target, so the
 * resolver stands before the path, though DNS is layer 7.
 */
const DEPTHS: readonly string[] = [
  'l2.interface',
  'l1.carrier',
  'l2.address',
  'l3.route',
  'l3.gateway',
  // It answers from this network, and lets nothing beyond itself.
  'l7.captive-portal',
  'l3.upstream',
  'l7.resolver',
  'l7.transport',
  'l7.nxdomain',
  'l7.server',
  'l7.dns',
  'l7.agreement',
  'l7.delegation',
  'l7.glue',
  'l7.nameservers',
  'l7.answers',
  'l7.serials',
  'l7.tcp',
  'l7.edns',
  'l7.trace',
  'l7.name',
  'l3.family',
  'l3.path',
  'l3.hops',
  'l3.sending',
  'l3.latency',
  'l3.addresses',
  'l3.jitter',
  'l3.loss',
  'l3.answers',
  'l3.order',
  'l3.duplicates',
  'l3.mtu',
  'l4.listening',
  'l4.listener',
  'l4.sharing',
  'l4.exposure',
  'l4.ports',
  'l4.port',
  'l4.addresses',
  'l4.exchanges',
  'l4.survey',
  'l6.handshake',
  'l6.protocol',
  'l6.revocation',
  'l6.certificate',
  'l6.use',
  'l6.names',
  'l6.hostname',
  'l6.validity',
  'l6.chain',
  'l6.pin',
  'l6.enumeration',
  'l6.enumeration-protocols',
  'l6.enumeration-ciphers',
  'l6.enumeration-compression',
  'l6.enumeration-renegotiation',
  // Rules of a policy: what is dangerous before what is merely not of the policy.
  'l6.policy-protocols',
  'l6.policy-ciphers',
  'l7.proxy',
  'l7.websocket',
  'l7.websocket-answers',
  'l7.websocket-end',
  'l7.http',
  'l7.http-status',
  'l7.redirects',
  'l7.http-time',
  'l7.body',
  'l7.json',
  'l7.http-header',
  'l7.http-header-forbidden',
  'l7.security-headers',
  'l7.rate-limit',
  'l7.burst',
  'l7.clock',
];

/** `l3.latency` for `l3.latency@example.net:443`. */
export function kindOf(check: Pick<Check, 'id'>): string {
  return check.id.split('@', 1)[0] as string;
}

/**
 * Whether it is about another address than the one that the other checks of its target are about: what is wrong there takes nothing from
 * them, and what is wrong with them takes nothing from it.
 */
export function isBesideTheWay(check: Pick<Check, 'id'>): boolean {
  return /^l[34]\.addresses@/.test(check.id) || /#ipv[46]$/.test(check.id);
}

/** Place in the order of need: smaller is deeper. A kind that is not listed comes last. */
export function depthOf(check: Pick<Check, 'id'>): number {
  const depth = DEPTHS.indexOf(kindOf(check));
  return depth === -1 ? DEPTHS.length : depth;
}

/** Faults behind which nothing works: whatever needs the same way fails with them. */
export const BLOCKING_CODES: ReadonlySet<Code> = new Set<Code>([
  'interface-down',
  'no-carrier',
  'no-address',
  'neighbor-unresolved',
  'no-default-route',
  'gateway-unreachable',
  'upstream-unreachable',
  'host-unreachable',
  'route-prohibited',
  'ipv4-broken',
  'ipv6-broken',
  'routing-loop',
  'route-wrong',
  'port-closed',
  'port-filtered',
  'port-rejected',
  'ephemeral-ports-exhausted',
  'dns-no-resolver',
  'dns-unreachable',
  'dns-refused',
  'dns-servfail',
  'dns-nxdomain',
  'tls-not-spoken',
  'tls-handshake-failed',
  'tls-message-too-long',
  'starttls-refused',
  'starttls-not-spoken',
  'starttls-injected',
  'tls-client-certificate-required',
  'service-silent',
]);

/**
 * Faults that an answer from the other side shows: no broken path below can be their reason, since the answer came through it. Those of
 * this machine's own listeners are read off its tables, and need no path at all.
 */
export const ANSWERED_CODES: ReadonlySet<Code> = new Set<Code>([
  'port-closed',
  'listener-conflict',
  'listener-exposed',
  'dns-nxdomain',
  'dns-refused',
  'dns-servfail',
  'dns-lame-delegation',
  'dns-glue-missing',
  'dns-glue-stale',
  'dns-delegation-mismatch',
  'dns-serial-mismatch',
  'dns-edns-broken',
  'tls-protocol-obsolete',
  'tls-cipher-weak',
  'tls-compression',
  'tls-renegotiation-insecure',
  'tls-answers-invalid',
  'cert-expired',
  'cert-not-yet-valid',
  'cert-expiring',
  'cert-hostname-mismatch',
  'cert-self-signed',
  'cert-untrusted',
  'cert-chain-incomplete',
  'cert-key-weak',
  'cert-signature-weak',
  'cert-signature-invalid',
  'cert-intermediate-expired',
  'cert-lifetime-too-long',
  'cert-version-obsolete',
  'cert-san-missing',
  'cert-wildcard-misused',
  'cert-usage-wrong',
  'cert-is-authority',
  'cert-issuer-not-authority',
  'cert-path-length-exceeded',
  'cert-name-constraint-violated',
  'cert-extension-unknown',
  'cert-chain-order',
  'cert-chain-unrelated',
  'cert-chain-too-long',
  'cert-staple-missing',
  'cert-staple-invalid',
  'cert-revoked',
  'cert-pin-mismatch',
  'http-status',
  'http-not-spoken',
  'http-rate-limited',
  'http-unauthorized',
  'http-header-missing',
  'http-header-mismatch',
  'http-header-forbidden',
  'http-body-mismatch',
  'http-redirect-loop',
  'http-redirect-downgrade',
  'http-redirect-invalid',
  'websocket-refused',
  'websocket-closed',
  'websocket-protocol-error',
  'captive-portal',
]);
