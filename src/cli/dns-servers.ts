import type { DnsServerOption } from '../model/probe-options.js';
import { addressFamily, parseHostOrUrl, parseTarget } from '../model/target.js';
import type { ValueKind } from './value-kinds.js';

type Transport = 'udp' | 'tcp' | 'tls' | 'https';

/** A value of `--server`. */
export interface GivenServer {
  /** IP address, or a name where it came as a URL. */
  host: string;
  /** `null`: that of the transport. */
  port: number | null;
  /** `null`: that of `--transport`. */
  transport: Transport | null;
  /** Of an `https:` URL, query included; `null` where it names none. */
  path: string | null;
}

const USUAL_PORTS: Readonly<Record<Transport, number>> = { udp: 53, tcp: 53, tls: 853, https: 443 };

/** `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353`, `tls://dns.example.net`, `https://dns.example.net/dns-query`. */
export const dnsServer: ValueKind<GivenServer> = {
  accepted:
    'an IP address, with a port where it is not the usual one, or a URL with udp:, tcp:, tls: or https:, as in 192.0.2.53, [2001:db8::53]:5353, tls://dns.example.net or https://dns.example.net/dns-query',
  parse(text) {
    if (text.includes('://')) return parseServerUrl(text);
    const outcome = parseTarget(text);
    if (!outcome.ok || addressFamily(outcome.target.host) === null) return null;
    const { host, port } = outcome.target;
    return { host, port, transport: null, path: null };
  },
};

function parseServerUrl(text: string): GivenServer | null {
  const match = /^(udp|tcp|tls|https):\/\/([^/?#@\s]+)(\/[!-~]*)?$/i.exec(text);
  const transport = match?.[1]?.toLowerCase() as Transport | undefined;
  const authority = match?.[2];
  if (transport === undefined || authority === undefined) return null;
  const path = match?.[3] ?? '/';
  if ((transport !== 'https' && path !== '/') || path.includes('#') || path.length > 1024) return null;
  const outcome = addressFamily(authority.replace(/^\[(.*)\]$/, '$1')) === null ? parseHostOrUrl(authority) : parseTarget(authority);
  if (!outcome.ok) return null;
  const { host, port } = outcome.target;
  return { host, port, transport, path: path === '/' ? null : path };
}

/** The servers as a request has them. A server that was given by its name is looked up when the run begins, and its certificate must carry it. */
export function serverOptions(servers: readonly GivenServer[], usual: Transport): DnsServerOption[] {
  return servers.map(({ host, port, transport, path }) => {
    const by = transport ?? usual;
    const named = addressFamily(host) === null;
    return {
      ...(named ? { address: '', host, servername: host } : { address: host }),
      port: port ?? USUAL_PORTS[by],
      transport: by,
      ...(path === null ? {} : { path }),
    };
  });
}
