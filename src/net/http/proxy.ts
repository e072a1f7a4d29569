import net, { type Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, reasonOf, skipped } from '../../model/attempt.js';
import {
  CREDENTIALS_WITHHELD,
  PROXY_NOT_SPOKEN,
  PROXY_REFUSED,
  PROXY_SILENT,
  PROXY_UNREACHABLE,
  PROXY_UNTRUSTED,
} from '../../model/failure-code.js';
import { type ProxyHop, proxyLogin, proxyName } from '../../model/proxy.js';
import { basicAuthorization, createConnectReader } from '../../wire/http/proxy-connect.js';
import type { ProxyAnswer, ProxyDialogue } from '../../wire/http/proxy-dialogue.js';
import { createSocksReader } from '../../wire/http/socks.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, Names, Proxies, ProxyDestination, ProxyOptions, ProxyReached, TcpFacts } from '../port.js';
import { connectTcp } from '../tcp/tcp-connect.js';
import type { ReadTcpFacts } from '../tcp/tcp-facts.js';
import { certificateNames } from '../tls/certificate.js';
import { connectTls } from '../tls/connect.js';
import type { TrustStore } from '../tls/trust-store.js';

/** What connections to proxies are made with. */
export interface ProxyParts {
  clock: Clock;
  trust: TrustStore;
  facts: ReadTcpFacts;
  /** The name of a proxy is looked up here. */
  names: Pick<Names, 'resolve'>;
}

export interface ProxyConnection {
  /** The caller destroys it. It has an `error` listener that does nothing, and nobody reads from it yet. */
  socket: Socket;
  tcpMs: number;
  tlsMs: number | null;
  /** `null` where the proxy was only connected to. */
  proxyMs: number | null;
  kernel: TcpFacts | null;
}

export type ProxyOutcome = Attempt<ProxyConnection> & { reached: ProxyReached };

/** The port's view: each way is opened and closed at once. */
export function createProxies(parts: ProxyParts): Proxies {
  const closed = ({ reached, ...outcome }: ProxyOutcome) => {
    if (outcome.kind !== 'measured') return { outcome, reached };
    outcome.value.socket.destroy();
    return { outcome: measured(null), reached };
  };
  return {
    reach: async (hop, options) => closed(await connectToProxy(parts, hop, options)),
    tunnel: async (hop, destination, options) => closed(await connectThroughProxy(parts, hop, destination, options)),
  };
}

const NOTHING: ProxyReached = {
  dnsMs: null,
  address: null,
  tcpMs: null,
  kernel: null,
  tlsMs: null,
  proxyMs: null,
  answer: null,
  authentication: null,
};

/** So many addresses of a proxy are tried. */
const ADDRESS_LIMIT = 4;

/**
 * A way through a proxy to a destination: by CONNECT (RFC 9110 section 9.3.6), or by SOCKS 5 (RFC 1928, RFC 1929). What is written to the
 * socket then goes to the destination.
 *
 * Failures have step `connect` (of the way to the destination) and a code of `failure-code.ts` that begins with `proxy-`, step `configure`
 * where a `socks5` destination has no address.
 */
export async function connectThroughProxy(
  parts: ProxyParts,
  hop: ProxyHop,
  destination: ProxyDestination,
  options: ProxyOptions,
): Promise<ProxyOutcome> {
  const endsMs = parts.clock.nowMs() + options.timeoutMs;
  const dialogue = dialogueWith(hop, destination);
  if (dialogue === null) {
    return {
      ...failed(
        'configure',
        'EINVAL',
        'a socks5 proxy is told an address, and the name was not resolved; socks5h leaves that to the proxy',
      ),
      reached: NOTHING,
    };
  }
  const opened = await connectToProxy(parts, hop, options);
  if (opened.kind !== 'measured') return opened;
  const { socket } = opened.value;
  const left = { timeoutMs: Math.max(0, endsMs - parts.clock.nowMs()), signal: options.signal };
  const startedMs = parts.clock.nowMs();
  const agreed = withoutLogin(await converse(socket, dialogue, left), hop.credentials);
  const reached = { ...opened.reached, answer: agreed.answer, authentication: agreed.authentication };
  if (agreed.answer !== null) reached.proxyMs = parts.clock.nowMs() - startedMs;
  if (agreed.kind === 'through') return { ...measured({ ...opened.value, proxyMs: reached.proxyMs }), reached };
  socket.destroy();
  return { ...(agreed.kind === 'interrupted' ? skipped('interrupted') : refusalOf(hop, agreed, options.timeoutMs)), reached };
}

/** Connects to the proxy itself, with TLS where it is an `https` proxy, and says nothing: for requests in absolute form. */
export async function connectToProxy(parts: ProxyParts, hop: ProxyHop, options: ProxyOptions): Promise<ProxyOutcome> {
  const endsMs = parts.clock.nowMs() + options.timeoutMs;
  const { signal } = options;
  const leftMs = () => Math.max(0, endsMs - parts.clock.nowMs());
  const reached: ProxyReached = { ...NOTHING };
  let addresses = [hop.host];
  if (net.isIP(hop.host.replace(/%.*$/, '')) === 0) {
    const { outcome } = await parts.names.resolve(hop.host, { family: null, timeoutMs: leftMs(), signal });
    if (outcome.kind === 'skipped') return { ...outcome, reached };
    if (outcome.kind !== 'measured') return { ...unreachable(hop, `its name was not resolved: ${reasonOf(outcome)}`), reached };
    addresses = outcome.value.addresses.slice(0, ADDRESS_LIMIT);
    reached.dnsMs = outcome.value.elapsedMs;
  }
  let last: NotMeasured = unreachable(hop, 'it has no address');
  for (const [index, address] of addresses.entries()) {
    reached.address = address;
    // A silent address leaves its share to those behind it.
    const timeoutMs = leftMs() / (addresses.length - index);
    const outcome = await openAt(parts, hop, address, { ...options, timeoutMs }, reached);
    if (outcome.kind === 'measured') return { ...outcome, reached };
    last = outcome;
    if (outcome.kind === 'skipped' || reached.tcpMs !== null) break;
  }
  return { ...last, reached };
}

async function openAt(
  { clock, trust, facts }: ProxyParts,
  hop: ProxyHop,
  address: string,
  { source, interface: link, ca, timeoutMs, signal }: ProxyOptions,
  reached: ProxyReached,
): Promise<Attempt<ProxyConnection>> {
  const origin = { ...(source === undefined ? {} : { source }), ...(link === undefined ? {} : { interface: link }) };
  const where = { ...origin, address, port: hop.port, timeoutMs, signal };
  if (hop.kind !== 'https') {
    const tcp = await connectTcp(clock, where, facts);
    if (tcp.kind !== 'measured') return notConnected(hop, tcp);
    const { socket, connectMs: tcpMs, kernel } = tcp.value;
    Object.assign(reached, { tcpMs, kernel });
    return measured({ socket, tcpMs, tlsMs: null, proxyMs: null, kernel });
  }
  const options = { ...where, servername: hop.host, ca: [...(ca ?? [])], cert: null, key: null, alpn: ['http/1.1'] };
  const { outcome, tcpMs, kernel } = await connectTls(clock, trust, options, { settleTrust: true, awaitClientVerdict: false }, facts);
  Object.assign(reached, { tcpMs, kernel });
  if (tcpMs === null) return outcome.kind === 'measured' ? skipped('interrupted') : notConnected(hop, outcome);
  if (outcome.kind === 'skipped') return outcome;
  if (outcome.kind === 'unanswered')
    return failed('connect', PROXY_SILENT, `${said(hop)} does not answer the TLS handshake within ${Math.round(outcome.waitedMs)} ms`);
  if (outcome.kind !== 'measured') return failed('connect', PROXY_NOT_SPOKEN, `no TLS with ${said(hop)}: ${reasonOf(outcome)}`);
  const { socket, handshakeMs, trustError, chain } = outcome.value;
  reached.tlsMs = handshakeMs;
  const leaf = chain[0];
  const named = leaf !== undefined && certificateNames(leaf, hop.host, net.isIP(hop.host) !== 0);
  if (trustError === null && named) return measured({ socket, tcpMs, tlsMs: handshakeMs, proxyMs: null, kernel });
  socket.destroy();
  const why = trustError === null ? 'is for another name' : `is not trusted (${trustError})`;
  return failed('connect', PROXY_UNTRUSTED, `the certificate of ${said(hop)} ${why}`);
}

/** What this machine itself cannot do says nothing of the proxy. */
function notConnected(hop: ProxyHop, outcome: NotMeasured): NotMeasured {
  if (outcome.kind === 'skipped' || outcome.kind === 'unavailable') return outcome;
  if (outcome.kind === 'failed' && (outcome.step === 'configure' || outcome.code === CREDENTIALS_WITHHELD)) return outcome;
  return unreachable(hop, outcome.kind === 'unanswered' ? `${reasonOf(outcome)} to a connection` : reasonOf(outcome));
}

function unreachable(hop: ProxyHop, why: string): NotMeasured {
  return failed('connect', PROXY_UNREACHABLE, `${said(hop)} cannot be connected to: ${why}`);
}

function said(hop: ProxyHop): string {
  return `the proxy ${proxyName(hop)}`;
}

/** `null` where the destination has no address that could be told. */
function dialogueWith(hop: ProxyHop, { host, address, port }: ProxyDestination): ProxyDialogue | null {
  if (hop.kind === 'http' || hop.kind === 'https') return createConnectReader({ host, port }, hop.credentials);
  const told = hop.kind === 'socks5h' ? host : address;
  return told === null ? null : createSocksReader({ host: told, port }, proxyLogin(hop.credentials));
}

interface Conversation {
  kind: 'through' | 'refused' | 'broken' | 'closed' | 'silent' | 'interrupted';
  reason: string;
  answer: ProxyAnswer | null;
  authentication: string[] | null;
  /** Whether anything came. */
  heard: boolean;
}

function read(socket: Socket): Uint8Array | null {
  return socket.read() as Uint8Array | null;
}

/** Drives the dialogue over the socket. What came for the next one is put back. */
function converse(socket: Socket, dialogue: ProxyDialogue, limits: { timeoutMs: number; signal: AbortSignal }): Promise<Conversation> {
  let heard = false;
  const end = (kind: Conversation['kind'], reason = ''): Conversation => ({ kind, reason, answer: null, authentication: null, heard });
  return boundedWait<Conversation>(limits, {
    begin(settle) {
      // By reading, not by flowing: whoever comes next on this socket gets all that is left, by whichever way he takes it.
      const onReadable = () => {
        for (let chunk = read(socket); chunk !== null; chunk = read(socket)) {
          heard = true;
          let step = dialogue.push(chunk);
          while (step.kind === 'send') {
            socket.write(step.bytes);
            step = dialogue.push(new Uint8Array(0));
          }
          if (step.kind === 'more') continue;
          if (step.kind === 'broken') settle(end('broken', step.reason));
          else {
            if (step.kind === 'through' && step.rest.length > 0) socket.unshift(step.rest);
            const { answer } = step;
            settle({ kind: step.kind, reason: '', heard, answer, authentication: step.kind === 'refused' ? step.authentication : null });
          }
          return;
        }
      };
      const onEnd = () => settle(end('closed', 'closed the connection'));
      const onError = () => settle(end('closed', 'reset the connection'));
      socket.on('readable', onReadable);
      socket.once('end', onEnd);
      socket.once('error', onError);
      socket.once('close', onEnd);
      socket.write(dialogue.begin);
      return () => {
        socket.off('readable', onReadable);
        socket.off('end', onEnd);
        socket.off('error', onError);
        socket.off('close', onEnd);
      };
    },
    timedOut: () => end('silent'),
    interrupted: () => end('interrupted'),
  });
}

function refusalOf(hop: ProxyHop, { kind, reason, answer, authentication, heard }: Conversation, timeoutMs: number): NotMeasured {
  const proxy = said(hop);
  if (kind === 'refused' && answer !== null) {
    const wanted = authentication === null || authentication.length === 0 ? '' : `; it wants a login (${authentication.join(', ')})`;
    return failed('connect', PROXY_REFUSED, `${proxy} refuses: ${answerText(hop, answer)}${wanted}`);
  }
  if (kind === 'broken') return failed('connect', PROXY_NOT_SPOKEN, `${proxy} does not speak as one: ${reason}`);
  if (kind === 'closed')
    return failed('connect', PROXY_SILENT, `${proxy} ${reason} ${heard ? 'in the middle of its answer' : 'without an answer'}`);
  const what = heard ? 'did not finish its answer' : 'did not answer';
  return failed('connect', PROXY_SILENT, `${proxy} was connected to, and ${what} within ${Math.round(timeoutMs)} ms`);
}

/** A proxy can say back what it was told. Shorter passwords than this are found in any text. */
const SHORTEST_SECRET = 4;

function withoutLogin(said: Conversation, credentials: string | null): Conversation {
  if (credentials === null) return said;
  const password = proxyLogin(credentials)?.password ?? '';
  const secrets = [basicAuthorization(credentials).replace('Basic ', ''), credentials, encodeURIComponent(password), password];
  const clean = (text: string) =>
    secrets.filter((secret) => secret.length >= SHORTEST_SECRET).reduce((kept, secret) => kept.replaceAll(secret, '***'), text);
  return {
    ...said,
    reason: clean(said.reason),
    answer: said.answer === null ? null : { ...said.answer, text: clean(said.answer.text) },
    authentication: said.authentication?.map(clean) ?? null,
  };
}

/** `status 407 Proxy Authentication Required`, `connection not allowed by ruleset (2)`. */
function answerText(hop: ProxyHop, { code, text }: ProxyAnswer): string {
  if (hop.kind === 'socks5' || hop.kind === 'socks5h') return `${text} (${code})`;
  return `status ${code}${text === '' ? '' : ` ${text.slice(0, LONGEST_REASON)}`}`;
}

/** A reason phrase is the proxy's own text. */
const LONGEST_REASON = 80;
