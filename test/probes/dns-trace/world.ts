import { Discovery } from '../../../src/probes/dns-trace/discovery.js';
import type { TraceAsk, TraceReply } from '../../../src/probes/dns-trace/inquiry.js';
import { judgeDnsTrace } from '../../../src/probes/dns-trace/judge.js';
import { observed } from '../../../src/probes/dns-trace/observed.js';
import { type DnsTracePlan, TRACE_LIMITS } from '../../../src/probes/dns-trace/plan.js';
import type { Trace } from '../../../src/probes/dns-trace/zone-line.js';
import { parseMessage } from '../../../src/wire/dns/dns.js';
import { EDNS, respond, type ServerSetup } from '../../fakes/authority.js';

/** Root, `test` and `zone.test`, as they should be. Tests replace what they break. */
export const ROOT = `
  @ SOA 1
  @ NS a.root
  a.root A 127.0.0.2
  test NS ns.test
  ns.test A 127.0.0.3
  test DS 12345 13 2`;
export const TEST = `
  @ SOA 10
  @ NS ns.test
  ns.test A 127.0.0.3
  zone.test NS ns1.zone.test
  zone.test NS ns2.zone.test
  ns1.zone.test A 127.0.0.4
  ns2.zone.test A 127.0.0.5`;
export const ZONE = `
  @ SOA 2026112201
  @ NS ns1.zone.test
  @ NS ns2.zone.test
  @ A 192.0.2.80
  ns1.zone.test A 127.0.0.4
  ns2.zone.test A 127.0.0.5
  www.zone.test A 192.0.2.81
  alias.zone.test CNAME www.zone.test
  *.wild.zone.test A 192.0.2.82`;

export type World = Record<string, ServerSetup>;

export function world(changes: World = {}): World {
  return {
    '127.0.0.2': { zones: { '.': ROOT } },
    '127.0.0.3': { zones: { test: TEST } },
    '127.0.0.4': { zones: { 'zone.test': ZONE } },
    '127.0.0.5': { zones: { 'zone.test': ZONE } },
    ...changes,
  };
}

export function planFor(name: string, changes: Partial<DnsTracePlan> = {}): DnsTracePlan {
  return {
    name,
    type: 'A',
    rootHints: [{ name: 'a.root', addresses: ['127.0.0.2'] }],
    builtIn: false,
    port: 5300,
    family: null,
    timeoutMs: 300,
    attempts: 1,
    limits: { ...TRACE_LIMITS, timeMs: 20_000 },
    ...changes,
  };
}

/** What a server of the world replies, as `measure` would say it. */
export function replyIn(servers: World, ask: TraceAsk): TraceReply {
  const setup = servers[ask.address];
  if (setup === undefined) return { kind: 'silent', detail: 'no answer within 300 ms' };
  const query = { id: 1, questions: [{ type: ask.type as 'A', name: ask.name }], additionals: ask.edns ? [EDNS] : [] };
  const overTcp = (): TraceReply => {
    if (setup.tcp === 'refused') return { kind: 'unreachable', code: 'ECONNREFUSED', detail: 'connection refused' };
    return setup.tcp === 'silent'
      ? { kind: 'silent', detail: 'no answer within 300 ms' }
      : read(respond(setup, query, 'tcp'), 'tcp', false);
  };
  if (ask.transport === 'tcp') return overTcp();
  const reply = read(respond(setup, query, 'udp'), 'udp', false);
  if (reply.kind !== 'answered' || !reply.message.flags.tc) return reply;
  const again = overTcp();
  if (again.kind === 'answered') return { ...again, truncated: true };
  return { kind: 'truncated', tcp: again.kind === 'silent' ? 'silent' : 'refused', detail: 'over TCP: connection refused' };
}

function read(bytes: Buffer | null, transport: 'udp' | 'tcp', truncated: boolean): TraceReply {
  if (bytes === null) return { kind: 'silent', detail: 'no answer within 300 ms' };
  const message = parseMessage(bytes);
  return message.ok
    ? { kind: 'answered', message: message.value, queryMs: 1, transport, truncated }
    : { kind: 'malformed', detail: message.refusal };
}

export interface Walked {
  trace: Trace;
  asked: TraceAsk[];
  /** `CODE ID: OBSERVED` of each check that is not well, and the ids of the others. */
  faults: string[];
  passed: string[];
  skipped: string[];
}

/** Walks in memory. `order` picks which of the open questions is answered next. */
export function walk(servers: World, plan: DnsTracePlan, order: (open: readonly TraceAsk[]) => number = () => 0): Walked {
  const discovery = new Discovery(plan);
  const asked: TraceAsk[] = [];
  const open = discovery.next(null);
  while (open.length > 0) {
    const [ask] = open.splice(order(open), 1);
    if (ask === undefined) throw new Error('no such question');
    asked.push(ask);
    open.push(...discovery.next({ id: ask.id, reply: replyIn(servers, ask) }));
  }
  if (!discovery.finished) throw new Error('the walk hangs');
  const data = observed(plan, discovery);
  const trace: Trace = {
    id: 'm1',
    probe: 'dns-trace',
    target: plan.name,
    method: 'udp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data,
  };
  const checks = judgeDnsTrace(trace);
  return {
    trace,
    asked,
    faults: checks.filter(({ code }) => code !== null).map(({ code, id, status, observed: seen }) => `${status} ${code} ${id}: ${seen}`),
    passed: checks.filter(({ status }) => status === 'pass').map(({ id }) => id),
    skipped: checks.filter(({ status }) => status === 'skip').map(({ id, because }) => `${id}: ${because}`),
  };
}
