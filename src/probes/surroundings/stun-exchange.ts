import { randomBytes } from 'node:crypto';
import { type Attempt, reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { HostOptions, Origin } from '../../model/probe-options.js';
import type { Network } from '../../net/port.js';
import { encodeStunRequest, parseStunAnswer, STUN_TRANSACTION_BYTES, type StunAnswer } from '../../wire/packets/stun.js';
import { addressKind } from '../../wire/prefix.js';

type Outside = NonNullable<DataOf<'surroundings'>['translation']>['outside'][number];

/** The second datagram follows when half of the time is over: one may be lost (RFC 8489 section 6.2.1). */
const SECOND_AFTER = 0.5;

/**
 * Asks a STUN server over each family that its name has an address of, both at once. What it sends beyond the name's lookup: one datagram
 * or two to each.
 */
export async function askStunServer(
  { host, port }: NonNullable<HostOptions['stunServer']>,
  context: { network: Network; origin: Origin; timeoutMs: number; localAddresses: ReadonlySet<string>; signal: AbortSignal },
): Promise<{ outside: Outside[]; failure: string | null }> {
  const { network, timeoutMs, signal } = context;
  const { outcome } = await network.names.resolve(host, { family: null, timeoutMs, signal });
  if (outcome.kind !== 'measured') return { outside: [], failure: `${host}: ${reasonOf(outcome)}` };
  const { addresses } = outcome.value;
  const chosen = [addresses.find((address) => !address.includes(':')), addresses.find((address) => address.includes(':'))];
  const outside = await Promise.all(chosen.flatMap((address) => (address === undefined ? [] : [askAddress(address, port, context)])));
  return { outside, failure: null };
}

interface Answered {
  answer: StunAnswer;
  local: { address: string; port: number } | null;
}

async function askAddress(address: string, port: number, context: Parameters<typeof askStunServer>[1]): Promise<Outside> {
  const refusals = new Set<string>();
  const outcome = await exchange(address, port, context, refusals);
  const base = {
    family: address.includes(':') ? (6 as const) : (4 as const),
    server: address,
    address: null,
    port: null,
    kind: null,
    local: null,
    localPort: null,
    isLocal: null,
    portKept: null,
  };
  if (outcome.kind !== 'measured') {
    const wrong = [...refusals].slice(0, 3).map((refusal) => `; not counted: ${refusal}`);
    return { ...base, because: `${reasonOf(outcome)}${wrong.join('')}` };
  }
  const { answer, local } = outcome.value;
  if (answer.kind === 'error') return { ...base, because: `it refuses: ${answer.code} ${answer.reason}`.trim() };
  const { mapped } = answer;
  return {
    ...base,
    address: mapped.address,
    port: mapped.port,
    kind: addressKind(mapped.address),
    local: local?.address ?? null,
    localPort: local?.port ?? null,
    isLocal: context.localAddresses.has(mapped.address),
    portKept: local === null ? null : local.port === mapped.port,
    because: null,
  };
}

/** Two datagrams at most, each from a port of its own; the first answer that counts ends the wait for the other. */
async function exchange(
  address: string,
  port: number,
  { network, origin, timeoutMs, signal }: Parameters<typeof askStunServer>[1],
  refusals: Set<string>,
): Promise<Attempt<Answered>> {
  const done = new AbortController();
  const bounded = AbortSignal.any([signal, done.signal]);
  const once = async (afterMs: number): Promise<Attempt<Answered>> => {
    if (afterMs > 0) await network.clock.sleep(afterMs, bounded);
    const transaction = new Uint8Array(randomBytes(STUN_TRANSACTION_BYTES));
    const found: { answer: StunAnswer | null } = { answer: null };
    const outcome = await network.udp.exchange({
      ...origin,
      address,
      port,
      payload: encodeStunRequest(transaction),
      timeoutMs: timeoutMs - afterMs,
      signal: bounded,
      accept(reply) {
        const read = parseStunAnswer(reply, transaction);
        if (read.ok) found.answer = read.value;
        else if (refusals.size < 8) refusals.add(read.refusal);
        return read.ok;
      },
    });
    if (outcome.kind !== 'measured' || found.answer === null) {
      return outcome.kind === 'measured' ? { kind: 'unanswered', step: 'response', waitedMs: timeoutMs } : outcome;
    }
    done.abort();
    return { kind: 'measured', value: { answer: found.answer, local: outcome.value.local ?? null } };
  };
  const [first, second] = await Promise.all([once(0), once(timeoutMs * SECOND_AFTER)]);
  if (first.kind === 'measured') return first;
  return second.kind === 'measured' ? second : first;
}
