import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { IpFamily, PacketSession } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import { askEcho, type Connected, connect, type Echoed } from './address-attempts.js';
import { type Candidate, type ConnectionAttempt, familyOf, orderOfAttempts, raceOf } from './happy-eyeballs.js';
import { ADDRESS_LIMIT, type AddressesPlan } from './plan.js';

type Entry = DataOf<'addresses'>['addresses'][number];

/** How long the first means may be silent before the second one is tried beside it: TCP where echo was asked, echo where TCP was. */
const PATIENCE_MS = 400;

/** What was found of one address, and what a client that connected to it would have met; `null` where there is no way to it. */
interface Tried {
  entry: Entry;
  attempt: ConnectionAttempt | null;
}

/** Tries every address at once, so that the slowest of them sets the time, not their number. */
export async function measureAddresses(plan: AddressesPlan, context: MeasureContext): Promise<Observation<'addresses'>> {
  const { network, signal } = context;
  const candidates = await Promise.all(
    plan.addresses.map(async (address) => {
      const lookup = await network.routes.lookup(address, plan.origin);
      if (lookup.kind === 'measured') return { address, source: lookup.value.source, obstacle: null };
      // A platform that does not tell is no reason not to try.
      if (lookup.kind === 'unavailable') return { address, source: address, obstacle: null };
      return { address, source: null, obstacle: lookup.kind === 'failed' ? lookup.code : null };
    }),
  );
  const ordered = orderOfAttempts(candidates).slice(0, ADDRESS_LIMIT);
  const sessions = openEcho(ordered, plan, context);
  try {
    const tried = await Promise.all(
      ordered.map((candidate) =>
        candidate.source === null
          ? notTried(candidate)
          : tryAddress(candidate.address, plan, sessions.get(familyOf(candidate.address)) ?? null, context),
      ),
    );
    const winner = raceOf(tried.flatMap(({ attempt }) => attempt ?? []));
    const data = {
      host: plan.host,
      port: plan.port,
      addresses: tried.map(({ entry }) => entry),
      chosen: plan.chosen,
      winner: winner?.address ?? null,
      winnerAfterMs: winner?.afterMs ?? null,
    };
    return { attempt: attemptOf(data.addresses, signal), method: plan.port === null ? 'icmp' : 'tcp', data };
  } finally {
    for (const session of sessions.values()) session.close();
  }
}

function attemptOf(entries: readonly Entry[], signal: AbortSignal): Attempt<null> {
  if (entries.some((entry) => entry.answers !== null)) return measured(null);
  return skipped(signal.aborted ? 'interrupted' : 'no address of it could be tried from this machine');
}

/** One session for each family that is to be tried; none where the system grants no ICMP socket. */
function openEcho(candidates: readonly Candidate[], { origin }: AddressesPlan, { network }: MeasureContext): Map<IpFamily, PacketSession> {
  const families = new Set(candidates.filter(({ source }) => source !== null).map(({ address }) => familyOf(address)));
  const sessions = new Map<IpFamily, PacketSession>();
  for (const family of families) {
    const opened = network.echo.open(family, origin);
    if (opened.kind === 'measured') sessions.set(family, opened.value);
  }
  return sessions;
}

function notTried({ address, obstacle }: { address: string; obstacle: string | null }): Tried {
  return { entry: { ...blank(address), failure: obstacle }, attempt: null };
}

function blank(address: string): Entry {
  return { address, family: familyOf(address), answers: null, method: null, rttMs: null, clock: null, state: null, failure: null };
}

function tryAddress(address: string, plan: AddressesPlan, session: PacketSession | null, context: MeasureContext): Promise<Tried> {
  return plan.port === null ? tryHost(address, plan, session, context) : tryPort(address, plan.port, plan, session, context);
}

/** A connection to the port; where it meets silence or a rejection, an echo tells whether the address itself answers. */
async function tryPort(
  address: string,
  port: number,
  plan: AddressesPlan,
  session: PacketSession | null,
  context: MeasureContext,
): Promise<Tried> {
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const connecting = connect(address, port, plan, context);
  const asking = secondMeans(connecting, context, () =>
    session === null ? Promise.resolve(null) : askEcho(session, address, plan.timeoutMs, context.network.clock, signal),
  );
  const connected = await connecting;
  if (connected.answers === true) over.abort();
  const echoed = await asking;
  const { entry, attempt } = ofConnection(address, connected);
  if (entry.answers !== false || echoed?.kind !== 'replied') return { entry, attempt };
  return { entry: { ...entry, answers: true, method: 'icmp', rttMs: echoed.rttMs, clock: echoed.clock }, attempt };
}

/** Echo; where it stays silent, connections to the ports that most hosts answer on, if only by refusing. */
async function tryHost(address: string, plan: AddressesPlan, session: PacketSession | null, context: MeasureContext): Promise<Tried> {
  const nothing: Echoed = { kind: 'silent', error: null };
  const asked =
    session === null ? Promise.resolve(nothing) : askEcho(session, address, plan.timeoutMs, context.network.clock, context.signal);
  const connecting = secondMeans(asked, context, () => Promise.all(plan.commonPorts.map((port) => connect(address, port, plan, context))));
  const echoed = await asked;
  if (echoed.kind === 'replied') {
    const { rttMs, clock } = echoed;
    return {
      entry: { ...blank(address), answers: true, method: 'icmp', rttMs, clock },
      attempt: { address, outcome: 'connected', afterMs: rttMs },
    };
  }
  const rank = ({ state, answers }: Connected) => (state === 'open' ? 3 : answers === true ? 2 : answers === false ? 1 : 0);
  const best = [...((await connecting) ?? [])].sort((a, b) => rank(b) - rank(a))[0];
  if (best === undefined) return { entry: blank(address), attempt: { address, outcome: 'unknown', afterMs: 0 } };
  const { entry, attempt } = ofConnection(address, best);
  // Of a bare host no port was asked for. What a router said in answer to the echo is more than silence.
  const failure = entry.answers === false ? (echoed.error ?? entry.failure) : entry.failure;
  return { entry: { ...entry, state: null, failure }, attempt };
}

/** Begins the second means when the first one has settled without an answer, or has been silent for {@link PATIENCE_MS}. */
async function secondMeans<F extends { answers?: boolean | null; kind?: string }, T>(
  first: Promise<F>,
  { network, signal }: MeasureContext,
  begin: () => Promise<T>,
): Promise<T | null> {
  const settled = new AbortController();
  void first.then(() => settled.abort());
  await network.clock.sleep(PATIENCE_MS, AbortSignal.any([signal, settled.signal]));
  const early = settled.signal.aborted ? await first : null;
  const answered = early !== null && (early.kind === 'replied' || early.answers === true);
  return answered || signal.aborted ? null : begin();
}

function ofConnection(address: string, connected: Connected): Tried {
  const { answers, state, rttMs, clock, failure, afterMs } = connected;
  const entry: Entry = { ...blank(address), answers, method: answers === null ? null : 'tcp', rttMs, clock, state, failure };
  // What this machine cannot do, no client of it can.
  if (answers === null) return { entry, attempt: failure === null ? { address, outcome: 'unknown', afterMs } : null };
  const outcome = state === 'open' && failure === null ? 'connected' : failure === 'silence' ? 'silent' : 'failed';
  return { entry, attempt: { address, outcome, afterMs } };
}

export function addressesNotTried(address: string | null, attempt: Attempt<null>): Observation<'addresses'> {
  return {
    attempt,
    method: null,
    data: { host: null, port: null, addresses: [], chosen: address, winner: null, winnerAfterMs: null },
  };
}
