import { buildNetlinkRequest, NLM_F_DUMP, parseNetlinkAttributes, parseNetlinkMessages } from './netlink.js';

/** Queueing disciplines of rtnetlink(7): `struct tcmsg` and `TCA_KIND` (linux/rtnetlink.h). Nothing here throws or reads outside its input. */

const RTM_NEWQDISC = 36;
const RTM_GETQDISC = 38;
const TCA_KIND = 1;
const TC_H_ROOT = 0xffff_ffff;
/** What packets pass on their way in: it queues nothing. */
const TC_H_INGRESS = 0xffff_fff1;
/** `tcmsg`. */
const TRAFFIC_CONTROL_BYTES = 20;

export interface QueueingDiscipline {
  interfaceIndex: number;
  /** `fq_codel`, `mq`, `noqueue`. */
  kind: string;
  /** Whether it is the one that the interface itself sends by, and no part of another. */
  root: boolean;
}

/** Asks for all queueing disciplines of this namespace. */
export function buildQueueRequest(sequence: number): Uint8Array {
  return buildNetlinkRequest(RTM_GETQDISC, NLM_F_DUMP, sequence, new Uint8Array(TRAFFIC_CONTROL_BYTES));
}

/** Those that send, of one message of the answer; others give none. */
export function parseQueueingDisciplines(message: Uint8Array): QueueingDiscipline[] {
  const read = parseNetlinkMessages(message);
  if (!read.ok) return [];
  return read.value.flatMap(({ type, body }) => {
    if (type !== RTM_NEWQDISC || body.length < TRAFFIC_CONTROL_BYTES) return [];
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const parent = view.getUint32(12, true);
    const kind = text(parseNetlinkAttributes(body.subarray(TRAFFIC_CONTROL_BYTES)).get(TCA_KIND));
    if (kind === null || parent === TC_H_INGRESS) return [];
    return [{ interfaceIndex: view.getInt32(4, true), kind, root: parent === TC_H_ROOT }];
  });
}

function text(value: Uint8Array | undefined): string | null {
  if (value === undefined) return null;
  const name = new TextDecoder('latin1').decode(value).split('\0', 1)[0] ?? '';
  return /^[\w.-]{1,15}$/.test(name) ? name : null;
}
