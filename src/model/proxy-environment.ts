import { noProxyEntry } from './no-proxy.js';
import { fitsSocksLogin, type ProxyHop, proxyLogin, proxyName } from './proxy.js';
import { parseTarget, type Target } from './target.js';

/** What says through which proxy this machine goes out. It holds credentials, so it never enters a report or a log. */
export interface ProxySettings {
  /** Named on the command line, which goes before the environment; `direct`: no proxy, whatever the environment says; `null`: neither. */
  given: ProxyHop | 'direct' | null;
  /** The variables of the environment that concern proxies, as {@link proxyVariables} picks them. */
  variables: Readonly<Record<string, string>>;
}

export const NO_PROXIES: ProxySettings = { given: null, variables: {} };

export interface ProxyChoice {
  /** `null`: the way is direct. */
  hop: ProxyHop | null;
  /** In words for people, without credentials. */
  because: string;
  /** The variable that names a proxy and cannot be read; `null` where all is well. Its value is not shown: it can hold a password. */
  fault: { variable: string; reason: string } | null;
}

export type ProxyUrlOutcome = { ok: true; hop: ProxyHop } | { ok: false; reason: string };

const KINDS = ['http', 'https', 'socks5', 'socks5h'] as const;
/** As curl has them; `http` has none of its own in any standard. */
const DEFAULT_PORTS = { http: 1080, https: 443, socks5: 1080, socks5h: 1080 } as const;
const LONGEST_URL = 2048;

export const ACCEPTED_PROXIES =
  'a proxy as in http://proxy.example.net:3128, https://, socks5:// or socks5h://, with user:password@ where it wants a login';

/**
 * Reads the URL of a proxy as curl does: without a scheme it is an HTTP proxy, and without a port one at 1080 (443 for `https`). User and
 * password are percent-decoded. The reason of a refusal never quotes the input.
 *
 * @param from who named it
 */
export function parseProxyUrl(text: string, from: string): ProxyUrlOutcome {
  if (text === '' || text.length > LONGEST_URL) return { ok: false, reason: text === '' ? 'it is empty' : 'it is too long' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\s\u0000-\u001f\u007f]/.test(text)) return { ok: false, reason: 'it contains a space or a control character' };
  const [, schemeText = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  const kind = KINDS.find((known) => known === schemeText.toLowerCase());
  if (kind === undefined) return { ok: false, reason: `its scheme is not one of ${KINDS.join(', ')}` };
  const at = rest.lastIndexOf('@');
  const behind = rest.slice(at + 1);
  const hostPort = behind.replace(/\/$/, '');
  if (/[/?#\\]/.test(hostPort))
    return { ok: false, reason: 'it has a path, a query or a fragment, or its password has a / ? or # that is not percent-encoded' };
  const bare = /:\d*$/.test(hostPort.replace(/^\[[^\]]*\]/, ''));
  const outcome = parseTarget(`tcp://${bare ? hostPort : `${hostPort}:${DEFAULT_PORTS[kind]}`}`);
  if (!outcome.ok || outcome.target.port === null) return { ok: false, reason: 'its host or its port cannot be read' };
  const credentials = at < 0 ? null : decoded(rest.slice(0, at));
  if (credentials === undefined) return { ok: false, reason: 'the percent-encoding of its user or password is wrong' };
  const login = proxyLogin(credentials);
  if (login !== null && kind.startsWith('socks') && !fitsSocksLogin(login)) {
    return { ok: false, reason: 'SOCKS takes a user and a password of 1 to 255 bytes each' };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (credentials !== null && /[\u0000-\u001f\u007f]/.test(credentials))
    return { ok: false, reason: 'its user or password has a control character' };
  return { ok: true, hop: { kind, host: outcome.target.host, port: outcome.target.port, credentials, from } };
}

/** `user:password`, without a colon where there is none; `undefined` where it cannot be decoded. */
function decoded(text: string): string | null | undefined {
  try {
    const credentials = decodeURIComponent(text);
    if (credentials === '') return null;
    return credentials.includes(':') ? credentials : `${credentials}:`;
  } catch {
    return undefined;
  }
}

const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'] as const;

/**
 * Picks what concerns proxies out of an environment. HTTP_PROXY in capitals is left out where the program runs behind a web server
 * (CGI, RFC 3875), which makes it of a header that anybody can send (CVE-2016-5385, httpoxy).
 */
export function proxyVariables(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const behindServer = environment['REQUEST_METHOD'] !== undefined || environment['GATEWAY_INTERFACE'] !== undefined;
  const picked: Record<string, string> = {};
  for (const name of NAMES.flatMap((lower) => [lower, lower.toUpperCase()])) {
    const value = environment[name];
    // An empty one is as good as none, as for curl.
    if (value !== undefined && value !== '' && !(behindServer && name === 'HTTP_PROXY')) picked[name] = value;
  }
  return picked;
}

/**
 * Through which proxy a target is reached, as curl decides it: what was named for this run; otherwise no_proxy, then the variable of the
 * scheme (`ws` goes by http_proxy, `wss` by https_proxy), then all_proxy. Small letters go before capitals.
 */
export function proxyFor({ scheme, host, port }: Pick<Target, 'scheme' | 'host' | 'port'>, settings: ProxySettings): ProxyChoice {
  const { given, variables } = settings;
  if (given === 'direct') return direct('--no-proxy asks for the direct way');
  if (given !== null) return { hop: given, because: `${given.from} names ${proxyName(given)}`, fault: null };
  const variable = variableOf(scheme, port);
  if (variable === null) return direct('no proxy is used for this kind of target');
  const [name, value] = settingOf(variable, variables) ?? settingOf('all_proxy', variables) ?? [null, ''];
  if (name === null) return direct('no variable of the environment names a proxy for it');
  const [exceptions, list] = settingOf('no_proxy', variables) ?? [null, ''];
  const entry = exceptions === null ? null : noProxyEntry(list, host, port);
  if (entry !== null) return direct(`${exceptions} has ${entry}`);
  const outcome = parseProxyUrl(value, name);
  if (!outcome.ok) return { ...direct(`${name} cannot be read`), fault: { variable: name, reason: outcome.reason } };
  return { hop: outcome.hop, because: `${name} names ${proxyName(outcome.hop)}`, fault: null };
}

/** Without a scheme the ports of the web go where a browser would. */
function variableOf(scheme: Target['scheme'], port: number | null): 'http_proxy' | 'https_proxy' | null {
  if (scheme === 'https' || scheme === 'wss' || (scheme === 'tls' && port === 443)) return 'https_proxy';
  return scheme === 'http' || scheme === 'ws' || (scheme === 'tcp' && port === 80) ? 'http_proxy' : null;
}

function direct(because: string): ProxyChoice {
  return { hop: null, because, fault: null };
}

/** `user:password` of every proxy that is named. */
export function proxyCredentials({ given, variables }: ProxySettings): string[] {
  const named = Object.entries(variables).flatMap(([name, value]) => {
    const outcome = name.toLowerCase() === 'no_proxy' ? null : parseProxyUrl(value, name);
    return outcome?.ok === true ? [outcome.hop] : [];
  });
  const hops = given === null ? named : given === 'direct' ? [] : [given];
  return [...new Set(hops.flatMap(({ credentials }) => credentials ?? []))];
}

/** A variable as it is spelt there, in small letters or capitals. */
function settingOf(lower: string, variables: Readonly<Record<string, string>>): [string, string] | null {
  for (const name of [lower, lower.toUpperCase()]) {
    const value = variables[name];
    if (value !== undefined && value !== '') return [name, value];
  }
  return null;
}
