import { type Attempt, failed, measured, skipped, unanswered } from '../../model/attempt.js';
import type { NativeSockets } from '../../native/index.js';
import { AF_NETLINK, EAGAIN, NETLINK_GENERIC, NETLINK_ROUTE, SOCK_RAW } from '../../wire/linux/abi.js';
import {
  type NetlinkMessage,
  NLM_F_DUMP_INTR,
  NLM_F_MULTI,
  NLMSG_DONE,
  NLMSG_ERROR,
  parseNetlinkError,
  parseNetlinkMessages,
} from '../../wire/linux/netlink.js';
import { errnoMessage, errnoName } from '../errno.js';
import type { NetlinkProtocol } from '../local-port.js';
import type { Clock } from '../port.js';

const PROTOCOLS = { route: NETLINK_ROUTE, generic: NETLINK_GENERIC } as const;
/** The kernel answers within the call that asks, as a rule; a dump goes on with each message that is read. */
const ANSWER_MS = 500;
const PAUSE_MS = 1;
/** Full routing tables of the internet have a million routes: a machine with one is not listed whole. */
const MAXIMUM_BYTES = 16 * 1024 * 1024;
/** What changed while it was listed is asked for anew, so often. */
const TRIES = 3;

/** One request to the kernel over a socket of its own, and the messages of its answer. Sends nothing to the network. */
export async function askNetlink(
  sockets: NativeSockets,
  clock: Clock,
  protocol: NetlinkProtocol,
  request: Uint8Array,
  signal: AbortSignal,
): Promise<Attempt<Uint8Array[]>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askOnce(sockets, clock, protocol, request, signal);
    if (answer.kind !== 'measured') return answer;
    if (!answer.value.torn || attempt === TRIES) return measured(answer.value.messages);
  }
}

async function askOnce(
  sockets: NativeSockets,
  clock: Clock,
  protocol: NetlinkProtocol,
  request: Uint8Array,
  signal: AbortSignal,
): Promise<Attempt<{ messages: Uint8Array[]; torn: boolean }>> {
  const descriptor = sockets.socket(AF_NETLINK, SOCK_RAW, PROTOCOLS[protocol]);
  if (descriptor < 0) return refusal(-descriptor);
  try {
    const sent = sockets.sendTo(descriptor, request, null);
    if (sent < 0) return refusal(-sent);
    const messages: Uint8Array[] = [];
    let torn = false;
    let total = 0;
    const until = clock.nowMs() + ANSWER_MS;
    while (clock.nowMs() < until) {
      if (signal.aborted) return skipped('interrupted');
      const received = sockets.receive(descriptor, 'ordinary');
      if (typeof received === 'number') {
        if (received !== -EAGAIN) return refusal(-received);
        await clock.sleep(PAUSE_MS, signal);
        continue;
      }
      total += received.bytes.length;
      if (total > MAXIMUM_BYTES) return failed('response', 'EMSGSIZE', 'the kernel lists more than is read');
      const read = parseNetlinkMessages(received.bytes);
      if (!read.ok) return failed('response', 'EBADMSG', `netlink: ${read.refusal}`);
      for (const message of read.value) {
        torn ||= (message.flags & NLM_F_DUMP_INTR) !== 0;
        if (message.type === NLMSG_ERROR || message.type === NLMSG_DONE) {
          const errno = parseNetlinkError(message.body);
          return errno === 0 ? measured({ messages, torn }) : refusal(errno);
        }
        messages.push(whole(message));
        if ((message.flags & NLM_F_MULTI) === 0) return measured({ messages, torn });
      }
    }
    return unanswered('response', ANSWER_MS);
  } finally {
    sockets.close(descriptor);
  }
}

function refusal(errno: number) {
  const code = errnoName(errno);
  return failed('request', code, `netlink: ${errnoMessage(code)}`);
}

/** A copy with its header, so that the reader of one family need not know how it came. */
function whole({ type, flags, sequence, body }: NetlinkMessage): Uint8Array {
  const bytes = new Uint8Array(16 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  view.setUint32(8, sequence, true);
  bytes.set(body, 16);
  return bytes;
}
