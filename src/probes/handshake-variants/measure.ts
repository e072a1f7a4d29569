import { randomBytes } from 'node:crypto';
import { type Attempt, measured, skipped } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import type { DataOf } from '../../model/measurement.js';
import type { HelloReply } from '../../net/port.js';
import { alertName } from '../../net/tls/failure.js';
import { readServerFlight } from '../../wire/tls/server-flight.js';
import type { MeasureContext, Observation } from '../probe.js';
import { OTHER_NAME, VARIANTS, type VariantName, variantHello } from './hello.js';
import type { HandshakeVariantsPlan } from './plan.js';

type Variant = DataOf<'handshake-variants'>['variants'][number];

const HTTP_BEGIN = new TextEncoder().encode('HTTP/');
/** RFC 9112 section 4. */
const HTTP_STATUS = /^HTTP\/\d\.\d (\d{3})/;
const STATUS_BYTES = 'HTTP/1.1 200'.length;
const NOISE_BYTES = 96;
/** A ServerHello has less than a kilobyte. */
const ENOUGH_BYTES = 4096;
const VERSIONS: Readonly<Record<number, string>> = { 768: 'SSLv3', 769: 'TLSv1', 770: 'TLSv1.1', 771: 'TLSv1.2', 772: 'TLSv1.3' };

/** All shapes at once, each on a connection of its own, which ends with the first words of the server. */
export async function measureHandshakeVariants(
  plan: HandshakeVariantsPlan,
  context: MeasureContext,
): Promise<Observation<'handshake-variants'>> {
  const { address, port, servername } = plan;
  const names = VARIANTS.filter((name) => servername !== null || (name !== 'without-name' && name !== 'other-name'));
  const variants = await Promise.all(names.map((name) => tryVariant(name, plan, context)));
  const made = variants.filter((variant) => variant !== null);
  const attempt: Attempt<null> = made.length < names.length ? skipped('interrupted') : measured(null);
  return { attempt, method: 'tls', data: { address, port, servername, variants: made } };
}

/** `null`: interrupted. */
async function tryVariant(
  name: VariantName,
  { address, port, servername, timeoutMs, origin }: HandshakeVariantsPlan,
  { network, signal }: MeasureContext,
): Promise<Variant | null> {
  const hello = variantHello(name, servername, new Uint8Array(randomBytes(NOISE_BYTES)));
  const outcome = await network.hellos.exchange({
    ...origin,
    address,
    port,
    timeoutMs,
    signal,
    hello,
    enough: (received) => outcomeOf(received) !== null,
    maximumBytes: ENOUGH_BYTES,
    startTls: null,
    host: name === 'other-name' ? OTHER_NAME : (servername ?? address),
  });
  const made = { name, helloBytes: hello.length };
  if (outcome.kind === 'measured') return { ...made, ...ended(outcome.value) };
  if (outcome.kind === 'skipped') return null;
  if (outcome.kind === 'failed' && RESET_CODES.has(outcome.code)) return { ...made, outcome: 'reset', detail: null };
  return { ...made, outcome: 'unconnected', detail: null };
}

function ended({ received, ended: how }: HelloReply): Pick<Variant, 'outcome' | 'detail'> {
  const said = outcomeOf(received);
  if (said !== null) return said;
  if (how === 'reset' || how === 'closed') return { outcome: how, detail: null };
  return { outcome: received.length === 0 ? 'silent' : 'other', detail: null };
}

/** What the bytes say by now; `null`: nothing yet. */
function outcomeOf(received: Uint8Array): Pick<Variant, 'outcome' | 'detail'> | null {
  if (received.length === 0) return null;
  if (HTTP_BEGIN.every((byte, index) => received[index] === byte)) {
    if (received.length < STATUS_BYTES) return null;
    const [, status] = HTTP_STATUS.exec(new TextDecoder('latin1').decode(received.subarray(0, STATUS_BYTES))) ?? [];
    return { outcome: 'http', detail: status ?? null };
  }
  const flight = readServerFlight(received, { formOf: () => ({ form: 'other', hint: false, signed: false }) });
  if (flight === null) return { outcome: 'other', detail: null };
  if (flight.hello !== null) return { outcome: 'hello', detail: VERSIONS[flight.hello.version] ?? null };
  return flight.alert === null ? null : { outcome: 'alert', detail: alertName(flight.alert.description) };
}

export function handshakeVariantsNotTried(
  plan: Pick<HandshakeVariantsPlan, 'address' | 'port' | 'servername'> | null,
  attempt: Attempt<null>,
): Observation<'handshake-variants'> {
  const { address = null, port = null, servername = null } = plan ?? {};
  return { attempt, method: null, data: { address, port, servername, variants: [] } };
}
