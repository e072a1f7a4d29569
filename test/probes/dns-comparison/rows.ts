import type { Observed } from '../../../src/probes/dns-comparison/classify.js';

/** A server that was asked and answered `192.0.2.80` like everybody, unless said otherwise. */
export function server(name: string, parts: Partial<Observed> = {}): Observed {
  return {
    server: name,
    label: null,
    operator: null,
    from: 'given',
    behind: null,
    transport: 'udp',
    filters: false,
    sent: 9,
    received: 9,
    lossRatio: 0,
    coldMs: 20,
    connectionMs: null,
    warmMs: { min: 10, mean: 10, p50: 10, p95: 10, p99: 10, max: 10, stddev: 0 },
    warm: { sent: 5, received: 5 },
    rcode: 'NOERROR',
    answers: ['192.0.2.80'],
    aliases: [],
    ttl: { minimum: 60, maximum: 60 },
    validated: false,
    nameServerId: null,
    extendedErrors: [],
    failure: null,
    nonexistent: [denial('netdiag-x.invalid'), denial('netdiag-y.example.net')],
    contradictions: { listenedMs: 300, firstMs: 10, answers: [] },
    ...parts,
  };
}

type Denial = Observed['nonexistent'][number];

export function denial(name: string, parts: Partial<Denial> = {}): Denial {
  return { name, rcode: 'NXDOMAIN', answers: [], verdict: 'unanswered', ...parts };
}

/** A denial that is none: the address that somebody makes up. */
export function madeUp(name: string, ...answers: string[]): Denial {
  return denial(name, { rcode: 'NOERROR', answers });
}

export const NXDOMAIN: Partial<Observed> = { rcode: 'NXDOMAIN', answers: [], ttl: null };
export const NODATA: Partial<Observed> = { answers: [], ttl: null };
export const answers = (...data: string[]): Partial<Observed> => ({ answers: data });

export const SILENT: Partial<Observed> = {
  sent: 2,
  received: 0,
  lossRatio: 1,
  coldMs: null,
  warmMs: null,
  warm: { sent: 0, received: 0 },
  rcode: null,
  answers: [],
  ttl: null,
  validated: null,
  failure: { kind: 'unanswered', code: null, reason: 'no answer within 4000 ms' },
  nonexistent: [],
  contradictions: null,
};

const OPERATORS: Record<string, string> = { Cloudflare: '1.1.1.1', Google: '8.8.8.8', Quad9: '9.9.9.9' };

/** A well-known server over a transport. */
export function known(operator: string, transport: Observed['transport'] = 'udp', parts: Partial<Observed> = {}): Observed {
  const address = OPERATORS[operator] ?? '192.0.2.99';
  const spelled = transport === 'udp' ? address : `${transport}://${address}`;
  const filters = operator === 'Quad9';
  return server(spelled, { label: operator, operator, from: 'well-known', transport, filters, ...parts });
}

/** All of the world, in agreement: three over UDP, two over each of the others. */
export function world(parts: Partial<Observed> = {}, of: { [transport in Observed['transport']]?: Partial<Observed> } = {}): Observed[] {
  const make = (operator: string, transport: Observed['transport']) => known(operator, transport, { ...parts, ...of[transport] });
  return [
    ...['Cloudflare', 'Google', 'Quad9'].map((operator) => make(operator, 'udp')),
    ...(['tcp', 'tls', 'https'] as const).flatMap((transport) => ['Cloudflare', 'Google'].map((operator) => make(operator, transport))),
  ];
}

export const system = (name: string, parts: Partial<Observed> = {}): Observed => server(name, { from: 'system', ...parts });
