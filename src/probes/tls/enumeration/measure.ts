import { createECDH, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { StartTlsProtocol, TlsEnumerationOptions } from '../../../model/probe-options.js';
import type { Origin } from '../../../net/port.js';
import type { MeasureContext } from '../../probe.js';
import { LONGEST_ENUMERATION_MS } from '../plan.js';
import { startEnumeration } from './index.js';
import { encodeOffer } from './offer.js';
import { Pace } from './pace.js';
import { type Answer, answerOf, enoughFor, LONGEST_FLIGHT_BYTES, type Question } from './question.js';
import { enumerationOf, type TlsEnumeration } from './result.js';

export interface EnumerationPlan {
  address: string;
  port: number;
  servername: string;
  /** Absent: true. An address is never sent (RFC 6066 section 3). */
  sendServername?: boolean;
  startTls?: StartTlsProtocol | null;
  /** For one hello and its answer. */
  timeoutMs: number;
  origin: Origin;
  enumerate?: TlsEnumerationOptions | null;
}

/** Asks a server, hello by hello, what it accepts; `null` where that was not asked for. Ends early with what is there when the signal aborts. */
export async function measureEnumeration(plan: EnumerationPlan, { network, signal }: MeasureContext): Promise<TlsEnumeration | null> {
  const limits = plan.enumerate;
  if (!limits) return null;
  const { clock } = network;
  const startedMs = clock.nowMs();
  const shares = keyShares();
  const { inquiry, facts } = startEnumeration([...shares.keys()]);
  const pace = new Pace(limits);
  const named = plan.sendServername !== false && isIP(plan.servername.replace(/%.*$/, '')) === 0;
  const underWay = new Map<number, Promise<void>>();
  let connections = 0;
  let cut: string | null = null;
  let alone = false;

  const exchange = async (id: number, question: Question): Promise<void> => {
    await clock.sleep(Math.max(pace.book(clock.nowMs()), question.restMs ?? 0), signal);
    const answer = await converse(question);
    underWay.delete(id);
    pace.ended(answer.kind === 'silent' || answer.kind === 'unreachable' || answer.kind === 'closed');
    if (question.alone) alone = false;
    inquiry.answer(id, answer);
  };
  const converse = async (question: Question): Promise<Answer> => {
    const outcome = await network.hellos.exchange({
      address: plan.address,
      port: plan.port,
      timeoutMs: plan.timeoutMs,
      signal,
      ...plan.origin,
      hello: encodeOffer(question, { random: randomBytes(64), shares, servername: named ? plan.servername : null }),
      enough: enoughFor(question),
      maximumBytes: LONGEST_FLIGHT_BYTES,
      startTls: plan.startTls ?? null,
      host: plan.servername,
    });
    return answerOf(question, outcome);
  };

  while (!inquiry.done) {
    if (signal.aborted) cut = 'interrupted';
    else if (clock.nowMs() - startedMs > LONGEST_ENUMERATION_MS) cut = `not found out within ${LONGEST_ENUMERATION_MS / 1000} s`;
    while (cut === null && !alone && underWay.size < pace.atOnce) {
      if (connections >= limits.maximumConnections) {
        cut = `${limits.maximumConnections} connections were not enough`;
        break;
      }
      const next = inquiry.next(underWay.size === 0);
      if (next === null) break;
      connections++;
      alone = next.question.alone;
      underWay.set(next.id, exchange(next.id, next.question));
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay.values());
  }
  return enumerationOf(facts, { connections, durationMs: clock.nowMs() - startedMs }, cut);
}

/**
 * Public keys for the groups of which one is easily had. A random number is one on x25519 and x448 (RFC 7748 section 5). Their secrets are
 * thrown away: no handshake goes on to where they would be needed.
 */
function keyShares(): ReadonlyMap<number, Uint8Array> {
  const onCurve = (name: string) => createECDH(name).generateKeys();
  return new Map([
    [0x001d, randomBytes(32)],
    [0x0017, onCurve('prime256v1')],
    [0x0018, onCurve('secp384r1')],
    [0x0019, onCurve('secp521r1')],
    [0x001e, randomBytes(56)],
  ]);
}
