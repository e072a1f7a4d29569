import { setMaxListeners } from 'node:events';
import { type Attempt, failed, measured, reasonOf, skipped, unanswered } from '../../model/attempt.js';
import type { DnsAnswer } from '../../net/port.js';
import { Turns } from '../dns-comparison/turns.js';
import type { MeasureContext, Observation } from '../probe.js';
import { Discovery, type End } from './discovery.js';
import type { TraceAsk, TraceReply } from './inquiry.js';
import { nothingObserved, observed } from './observed.js';
import { Pace } from './pace.js';
import type { DnsTracePlan } from './plan.js';

const UDP_PAYLOAD_BYTES = 1232;

/** Asks what the walk wants to know, and tells it what came, until it is over. Never throws; an interrupt ends it with what is there. */
export async function measureDnsTrace(plan: DnsTracePlan, { network, signal }: MeasureContext): Promise<Observation<'dns-trace'>> {
  const { clock } = network;
  const discovery = new Discovery(plan);
  const ended = new AbortController();
  const untilEnd = AbortSignal.any([signal, ended.signal]);
  // Every question listens to it.
  setMaxListeners(0, untilEnd, ended.signal);
  const pace = new Pace();
  const asking = new Asking(plan, { network, signal: untilEnd });
  let open = 0;
  let over = false;

  await new Promise<void>((resolve) => {
    const advance = (received: { id: number; reply: TraceReply } | null) => {
      if (over) return;
      for (const ask of discovery.next(received)) {
        open++;
        void pace
          .run(ask.address, untilEnd, () => asking.ask(ask))
          .then((reply) => {
            open--;
            advance({ id: ask.id, reply: reply ?? { kind: 'not-asked', because: 'interrupted' } });
          });
      }
      if (discovery.finished || open === 0) end();
    };
    const end = () => {
      over = true;
      resolve();
    };
    const stop = () => {
      if (!over) discovery.stop(signal.aborted ? 'interrupted' : 'time');
      end();
    };
    if (signal.aborted) return stop();
    untilEnd.addEventListener('abort', stop, { once: true });
    void clock.sleep(plan.limits.timeMs, untilEnd).then(() => ended.abort());
    advance(null);
  });
  ended.abort();
  return {
    attempt: attemptOf(discovery.end, plan, signal.aborted),
    method: discovery.queries === 0 ? null : 'udp',
    data: observed(plan, discovery),
  };
}

/** Whether the walk came to an end that the servers set: a name that does not exist is one, a dead zone too. */
function attemptOf(end: End | null, plan: DnsTracePlan, interrupted: boolean): Attempt<null> {
  if (interrupted || end === null) return skipped('interrupted');
  switch (end.reason) {
    case 'interrupted':
      return skipped('interrupted');
    case 'silent':
      return unanswered('response', plan.timeoutMs * plan.attempts);
    case 'no-route':
      return failed('route', 'no-route', end.detail ?? 'no address could be asked');
    default:
      return measured(null);
  }
}

export function dnsTraceNotTried(plan: Pick<DnsTracePlan, 'name' | 'type'>, attempt: Attempt<null>): Observation<'dns-trace'> {
  return { attempt, method: null, data: nothingObserved(plan.name, plan.type) };
}

/** Puts single questions. */
class Asking {
  readonly #plan: DnsTracePlan;
  readonly #context: MeasureContext;
  /** Root servers are up to 26 questions in one go; their times would be those of our own event loop. */
  readonly #turns: Turns;
  /** Why there is no way to an address; `null` where there is one. */
  readonly #ways = new Map<string, Promise<string | null>>();

  constructor(plan: DnsTracePlan, context: MeasureContext) {
    this.#plan = plan;
    this.#context = context;
    this.#turns = new Turns(context.network.clock, context.signal);
  }

  async ask(ask: TraceAsk): Promise<TraceReply> {
    const { network, signal } = this.#context;
    const { port, timeoutMs, attempts } = this.#plan;
    const obstacle = await this.#obstacle(ask.address);
    if (obstacle !== null) return { kind: 'not-asked', because: obstacle };
    await this.#turns.take();
    const answer = await network.names.query(
      {
        server: ask.address,
        port,
        transport: ask.transport,
        name: ask.name,
        type: ask.type,
        timeoutMs,
        // What was silent to several datagrams is asked in another form once more, and no oftener.
        attempts: ask.edns && ask.transport === 'udp' ? attempts : 1,
        recursionDesired: false,
        edns: ask.edns ? { udpPayloadBytes: UDP_PAYLOAD_BYTES } : null,
      },
      signal,
    );
    return replyOf(answer);
  }

  #obstacle(address: string): Promise<string | null> {
    const known = this.#ways.get(address);
    if (known !== undefined) return known;
    const way = this.#context.network.routes.lookup(address, {}).then((lookup) => {
      // What the platform does not tell is found out by asking.
      return lookup.kind === 'failed' ? `there is no route to it (${lookup.code})` : null;
    });
    this.#ways.set(address, way);
    return way;
  }
}

/** What an answer of the port means for the walk. */
export function replyOf({ outcome, observation, message }: DnsAnswer): TraceReply {
  const truncated = observation.truncated ?? observation.flags?.tc ?? false;
  if (outcome.kind === 'measured') {
    if (message == null) return { kind: 'malformed', detail: 'the answer could not be read' };
    const transport = observation.transport === 'tcp' ? 'tcp' : 'udp';
    return { kind: 'answered', message, queryMs: observation.queryMs, transport, truncated };
  }
  const detail = reasonOf(outcome);
  if (outcome.kind === 'skipped' || outcome.kind === 'unavailable') return { kind: 'not-asked', because: detail };
  // What could not be sent says nothing about the server.
  if (outcome.kind === 'failed' && outcome.step === 'configure') return { kind: 'not-asked', because: detail };
  const refused = outcome.kind === 'failed' && outcome.code === 'ECONNREFUSED';
  if (truncated) return { kind: 'truncated', tcp: outcome.kind === 'unanswered' ? 'silent' : refused ? 'refused' : 'failed', detail };
  if (outcome.kind === 'unanswered') return { kind: 'silent', detail };
  if (outcome.code === 'malformed' || outcome.code === 'mismatched' || outcome.code === 'truncated') return { kind: 'malformed', detail };
  return { kind: 'unreachable', code: outcome.code, detail };
}
