import { randomBytes } from 'node:crypto';
import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Origin } from '../../model/probe-options.js';
import { type Network, type UdpExchangeOptions, WALL_DOUBT_MS } from '../../net/port.js';
import { encodeNtpRequest, NTP_NONCE_BYTES, type NtpReading, ntpOffset, readNtpAnswer } from '../../wire/packets/ntp.js';
import type { Asked } from './plan.js';

type TimeServer = DataOf<'clock'>['servers'][number];

/** From this share of the time on the question is asked once more; an answer to the first one is still taken. */
const RETRY_SHARE = 0.4;
/** However long the wait may be: a second question is what a lost packet and a busy moment call for, and neither lasts. */
const LATEST_RETRY_MS = 400;
/** Where this process itself was later than this while it waited, the delay is more of its own than of the network. */
const OWN_DELAY_MS = 1;

/** What came back, with the two times that say when. */
interface Arrival {
  reading: Exclude<NtpReading, { kind: 'foreign' }>;
  arrivedMs: number;
  elapsedMs: number;
}

/**
 * One datagram to a time server, and one more where nothing came back, or this process was too busy to see when; of two answers that with
 * the least doubt counts. Over within `timeoutMs`.
 */
export async function askTimeServer(
  server: Asked,
  options: { timeoutMs: number; origin: Origin },
  { network, signal }: { network: Network; signal: AbortSignal },
): Promise<TimeServer> {
  const { address, because } = server;
  if (address === null) return { ...untold(server), state: 'unresolved', because };
  const settled = new AbortController();
  const either = AbortSignal.any([signal, settled.signal]);
  let foreign = 0;
  let sent = 0;

  const ask = async (afterMs: number): Promise<Arrival | NotMeasured> => {
    if (afterMs > 0) await network.clock.sleep(afterMs, either);
    if (either.aborted) return { kind: 'skipped', because: 'interrupted' };
    const nonce = randomBytes(NTP_NONCE_BYTES);
    let arrival: Arrival | null = null;
    const exchange: UdpExchangeOptions = {
      ...options.origin,
      address,
      port: server.port,
      payload: encodeNtpRequest(nonce),
      timeoutMs: options.timeoutMs - afterMs,
      signal: either,
      accept(reply, elapsedMs) {
        const reading = readNtpAnswer(reply, nonce);
        if (reading.kind === 'foreign') {
          foreign++;
          return false;
        }
        arrival = { reading, arrivedMs: network.clock.wallMs(), elapsedMs };
        return true;
      },
    };
    sent++;
    const stalledMs = network.clock.stalledMs();
    const outcome = await network.udp.exchange(exchange);
    if (outcome.kind === 'unanswered' || outcome.kind === 'skipped') return outcome;
    const late = network.clock.stalledMs() - stalledMs > OWN_DELAY_MS;
    const arrived = outcome.kind === 'measured' ? (arrival as Arrival | null) : null;
    if (!late || afterMs > 0 || arrived?.reading.kind !== 'time') settled.abort();
    if (outcome.kind !== 'measured') return outcome;
    return arrived ?? { kind: 'skipped', because: 'interrupted' };
  };

  const outcomes = await Promise.all([ask(0), ask(Math.min(options.timeoutMs * RETRY_SHARE, LATEST_RETRY_MS))]);
  const counts = { foreign, sent };
  const told = outcomes.flatMap((outcome) => ('reading' in outcome ? [whatWasTold(outcome)] : []));
  const doubtOf = ({ uncertaintyMs }: Partial<TimeServer>) => uncertaintyMs ?? Number.POSITIVE_INFINITY;
  const [best] = told.sort((a, b) => doubtOf(a) - doubtOf(b));
  if (best !== undefined) return { ...untold(server), ...counts, ...best };
  const failures = outcomes.filter((outcome): outcome is NotMeasured => !('reading' in outcome));
  const failure = failures.find(({ kind }) => kind !== 'unanswered' && kind !== 'skipped') ?? failures[0];
  if (failure === undefined) return { ...untold(server), ...counts };
  return { ...untold(server), ...counts, ...whyNothing(failure, foreign) };
}

function whyNothing(failure: NotMeasured, foreign: number): Pick<TimeServer, 'state' | 'because'> {
  const because = reasonOf(failure);
  if (failure.kind === 'unanswered') {
    const others = foreign === 0 ? '' : `; ${foreign} ${foreign === 1 ? 'datagram' : 'datagrams'} in its name did not answer our request`;
    return { state: 'unanswered', because: `${because}${others}` };
  }
  // An ICMP error came back for what was sent.
  if (failure.kind === 'failed' && failure.step === 'response') return { state: 'refused', because };
  return { state: 'failed', because };
}

function whatWasTold({ reading, arrivedMs, elapsedMs }: Arrival): Partial<TimeServer> {
  if (reading.kind === 'kiss') return { state: 'limited', because: kissText(reading.code) };
  if (reading.kind === 'unusable') return { state: 'unusable', because: reading.because };
  const { answer } = reading;
  const offset = ntpOffset(answer, arrivedMs, elapsedMs, WALL_DOUBT_MS);
  if (!offset.ok) return { state: 'unusable', because: offset.refusal };
  const { stratum, reference, leap } = answer;
  return { state: 'time', because: null, stratum, reference, leap, ...offset.value };
}

/** RFC 5905 section 7.4, figure 13. */
const KISS_CODES: Readonly<Record<string, string>> = {
  DENY: 'it refuses this machine',
  RSTR: 'it refuses this machine',
  RATE: 'it was asked too often from here',
};

function kissText(code: string): string {
  return `${KISS_CODES[code] ?? 'it asks to be left alone'} (kiss code ${code})`;
}

function untold({ host, port, address, from, source }: Asked): TimeServer {
  return {
    host,
    port,
    address,
    from,
    source,
    state: 'not-asked',
    because: null,
    foreign: 0,
    sent: 0,
    stratum: null,
    reference: null,
    leap: null,
    offsetMs: null,
    delayMs: null,
    rootDistanceMs: null,
    uncertaintyMs: null,
    agrees: null,
  };
}
