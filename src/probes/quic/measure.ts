import { randomBytes } from 'node:crypto';
import { type Attempt, failed, measured, skipped, unanswered } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { errnoMessage } from '../../net/errno.js';
import type { ScanOutcome, ScanSession } from '../../net/port.js';
import { offersHttp3, parseAltSvc } from '../../wire/http/alt-svc.js';
import { CONNECTION_ID_BYTES, encodeReservedVersionPacket } from '../../wire/quic/version-negotiation.js';
import type { MeasureContext, Observation } from '../probe.js';
import { best, cameBack, next, type QuicResult, quicResult, SECOND_AFTER_MS, THIRD_AFTER_MS } from './next.js';
import { type QuicPlan, UNUSED_PORT } from './plan.js';

/** For the request by TCP, which begins when the first packet has waited: a connection, a handshake and an answer. */
const OFFER_MS = 1500;
/** What turns one packet back at once turns the other back as quickly; the host itself is farther, and answers by then. */
const BESIDE_MS = 600;

/**
 * One packet, as a rule. Where it stays unanswered two more, and as many to a port that nobody listens at; and where none is answered, one
 * request by TCP, for what the server offers.
 */
export async function measureQuic(plan: QuicPlan, { network, signal }: MeasureContext): Promise<Observation<'quic'>> {
  const { address, port, timeoutMs } = plan;
  if (signal.aborted) return quicNotTried(address, skipped('interrupted'));
  const opened = network.scanner.open(address, plan.origin);
  if (opened.kind !== 'measured') return quicNotTried(address, opened);
  const session = opened.value;
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  const endsMs = network.clock.nowMs() + timeoutMs;
  const leftMs = () => Math.max(1, endsMs - network.clock.nowMs());
  let sent = 0;
  const results: QuicResult[] = [];
  const answered = new AbortController();
  const ask = async (): Promise<void> => {
    const ids = { destination: new Uint8Array(randomBytes(CONNECTION_ID_BYTES)), source: new Uint8Array(randomBytes(CONNECTION_ID_BYTES)) };
    const outcome = await asked(session, port, encodeReservedVersionPacket(ids), leftMs(), ended);
    if (outcome === null) return;
    const result = quicResult(outcome, ids, address);
    if (result.outcome !== 'not-sent') sent++;
    results.push(result);
    if (result.outcome !== 'silent') answered.abort();
  };
  const other = { port: UNUSED_PORT, sent: 0, answered: 0 };
  const askOther = async (waitMs = leftMs()): Promise<void> => {
    const outcome = await asked(session, UNUSED_PORT, encodeReservedVersionPacket(NO_IDS), Math.min(waitMs, leftMs()), ended);
    if (outcome?.kind !== 'not-sent') other.sent++;
    if (outcome !== null && cameBack(outcome, address)) other.answered++;
  };
  try {
    const first = ask();
    const pause = AbortSignal.any([signal, answered.signal]);
    await network.clock.sleep(Math.min(SECOND_AFTER_MS, timeoutMs / 2), pause);
    const { again, beside, offer } = next(best(results));
    const asking = offer && !signal.aborted ? askOffer(plan, { network, signal }) : Promise.resolve(null);
    const further = again && !signal.aborted ? [ask(), askOther()] : [];
    if (further.length > 0) {
      await network.clock.sleep(Math.min(THIRD_AFTER_MS, timeoutMs / 4), pause);
      if (best(results) === null && !signal.aborted) further.push(ask(), askOther());
    }
    await untilAnswered([first, ...further], answered.signal);
    if (beside && !signal.aborted) await askOther(BESIDE_MS);
    const tcp = await asking;
    const data: DataOf<'quic'> = {
      ...emptyData(address),
      port,
      sent,
      ...(best(results) ?? {}),
      otherPort: again || beside ? other : null,
      tcp,
    };
    return { attempt: attemptOf(data, timeoutMs), method: 'udp', data };
  } finally {
    over.abort();
    session.close();
  }
}

function attemptOf({ outcome, reason }: DataOf<'quic'>, timeoutMs: number): Attempt<null> {
  if (outcome === null) return skipped('interrupted');
  if (outcome === 'silent') return unanswered('response', timeoutMs);
  return outcome === 'not-sent' ? failed('send', reason ?? 'EIO', errnoMessage(reason ?? 'EIO')) : measured(null);
}

const NO_IDS = { destination: new Uint8Array(CONNECTION_ID_BYTES), source: new Uint8Array(CONNECTION_ID_BYTES) };

/** `null`: interrupted. */
function asked(
  session: ScanSession,
  port: number,
  payload: Uint8Array,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ScanOutcome | null> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(null);
      return;
    }
    const onAbort = () => resolve(null);
    signal.addEventListener('abort', onAbort, { once: true });
    session.ask(port, payload, timeoutMs, (outcome) => {
      signal.removeEventListener('abort', onAbort);
      resolve(outcome);
    });
  });
}

/** All of them, or the first that brought something. */
async function untilAnswered(all: Promise<void>[], answered: AbortSignal): Promise<void> {
  if (answered.aborted) return;
  const some = new Promise<void>((resolve) => answered.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([Promise.all(all), some]);
}

/** One request for `/` over TLS, without credentials, for its Alt-Svc field. */
async function askOffer(
  { address, port, host, ca, origin, offerMs = OFFER_MS }: QuicPlan,
  { network, signal }: MeasureContext,
): Promise<DataOf<'quic'>['tcp']> {
  const { outcome, reached } = await network.http.firstByte({
    ...origin,
    address,
    port,
    servername: host,
    ca: [...ca],
    cert: null,
    key: null,
    secure: true,
    host: addressFamily(host) === 6 ? `[${host}]` : host,
    path: '/',
    headers: {},
    webSocket: false,
    timeoutMs: offerMs,
    signal,
  });
  const opened = reached.tcpMs !== null || outcome.kind === 'measured';
  if (outcome.kind !== 'measured') return { opened, offersHttp3: null };
  // An offer for another host or port says nothing of this one.
  const here = parseAltSvc(outcome.value.altSvc ?? '').filter(
    ({ authority }) => authority === `:${port}` || authority === `${host}:${port}`,
  );
  return { opened, offersHttp3: offersHttp3(here) };
}

export function quicNotTried(address: string | null, attempt: Attempt<null>): Observation<'quic'> {
  return { attempt, method: null, data: emptyData(address) };
}

function emptyData(address: string | null): DataOf<'quic'> {
  return {
    address,
    port: null,
    sent: 0,
    outcome: null,
    rttMs: null,
    versions: null,
    refusedBy: null,
    refusedByTarget: null,
    reason: null,
    otherPort: null,
    tcp: null,
  };
}
