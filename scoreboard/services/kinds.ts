import type { z } from 'zod';
import { commandSchema, startCommand } from './command.js';
import { ntpSchema, quicSchema, startNtp, startQuic } from './datagrams.js';
import { startDns } from './dns.js';
import { dnsSchema } from './dns-answer.js';
import { proxySchema, socksSchema, startProxy, startSocks } from './proxy.js';
import type { Start } from './service.js';
import { startTcp, tcpSchema } from './stream.js';
import { startWeb, webSchema } from './web.js';

interface Kind {
  schema: z.ZodType;
  start: Start<never>;
}

/** Every kind of service that a case may have on a host. */
export const KINDS = {
  dns: { schema: dnsSchema, start: startDns },
  web: { schema: webSchema, start: startWeb },
  tcp: { schema: tcpSchema, start: startTcp },
  quic: { schema: quicSchema, start: startQuic },
  ntp: { schema: ntpSchema, start: startNtp },
  proxy: { schema: proxySchema, start: startProxy },
  socks: { schema: socksSchema, start: startSocks },
  command: { schema: commandSchema, start: startCommand },
} as const satisfies Record<string, Kind>;

/** The kind of a service by its name: `web` of `web-portal`. `null`: there is none. */
export function kindOf(service: string): keyof typeof KINDS | null {
  const kind = service.split('-')[0] ?? '';
  return Object.hasOwn(KINDS, kind) ? (kind as keyof typeof KINDS) : null;
}
