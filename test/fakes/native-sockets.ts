import type { NativeMessage, NativeSockets } from '../../src/native/index.js';
import { encodeSocketAddress } from '../../src/wire/packets/socket-address.js';

export interface FakeSocket {
  family: number;
  type: number;
  protocol: number;
  closed: boolean;
  /** Every setsockopt(2) with a number. */
  options: { level: number; name: number; value: number }[];
  sent: { bytes: Uint8Array; to: Uint8Array }[];
  ordinary: NativeMessage[];
  error: NativeMessage[];
  /** What sendto(2) returns next, `-errno`; it sends when there is none. */
  refusals: number[];
  /** How many messages were taken. */
  received: number;
}

export interface FakeNativeSockets extends NativeSockets {
  opened: FakeSocket[];
  /** What socket(2) returns in place of a descriptor, by type. */
  refuse: Map<number, number>;
}

const EAGAIN = 11;

/** Sockets in memory: what a kernel would say is put into their queues by the test. */
export function fakeNativeSockets(): FakeNativeSockets {
  const opened: FakeSocket[] = [];
  const refuse = new Map<number, number>();
  const at = (descriptor: number): FakeSocket => {
    const socket = opened[descriptor];
    if (socket === undefined || socket.closed) throw new Error(`descriptor ${descriptor} is not open`);
    return socket;
  };
  const open = (family: number, type: number, protocol: number): number => {
    const refusal = refuse.get(type);
    if (refusal !== undefined) return refusal;
    const fresh = { closed: false, options: [], sent: [], ordinary: [], error: [], refusals: [], received: 0 };
    return opened.push({ family, type, protocol, ...fresh }) - 1;
  };
  return {
    opened,
    refuse,
    socket: open,
    setOption(descriptor, level, name, value) {
      if (typeof value === 'number') at(descriptor).options.push({ level, name, value });
      return 0;
    },
    getOption: () => -EAGAIN,
    bind: () => 0,
    connect: () => 0,
    localAddress: () => -EAGAIN,
    sendTo(descriptor, bytes, to) {
      const socket = at(descriptor);
      const refusal = socket.refusals.shift();
      if (refusal !== undefined) return refusal;
      socket.sent.push({ bytes: Uint8Array.from(bytes), to: to ?? new Uint8Array() });
      return bytes.length;
    },
    receive(descriptor, queue) {
      const socket = at(descriptor);
      const message = socket[queue].shift();
      if (message === undefined) return -EAGAIN;
      socket.received++;
      return message;
    },
    clockState: () => -EAGAIN,
    async poll(entries, timeoutMs) {
      // What a pool thread finds comes with a later turn of the event loop, never at once.
      await new Promise((resolve) => setImmediate(resolve));
      for (let waitedMs = 0; ; waitedMs++) {
        const ready = entries.map(({ descriptor }) => {
          const socket = opened[descriptor];
          return socket !== undefined && !socket.closed && socket.ordinary.length + socket.error.length > 0 ? 1 : 0;
        });
        if (waitedMs >= timeoutMs || ready.some((events) => events !== 0)) return ready;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    epollCreate: () => -EAGAIN,
    epollControl: () => -EAGAIN,
    epollReady: () => [],
    control: () => -EAGAIN,
    eventDescriptor: () => open(0, 0, 0),
    wake: (descriptor) => void at(descriptor).ordinary.push(nativeMessage({})),
    drain: (descriptor) => void at(descriptor).ordinary.splice(0),
    close(descriptor) {
      at(descriptor).closed = true;
    },
  };
}

export function nativeMessage(message: Partial<Omit<NativeMessage, 'name'>> & { name?: { address: string; port: number } }): NativeMessage {
  const { name } = message;
  return {
    bytes: message.bytes ?? new Uint8Array(),
    control: message.control ?? new Uint8Array(),
    name: name === undefined ? new Uint8Array() : encodeSocketAddress(name.address, name.port),
    flags: 0,
  };
}

/** One `cmsghdr` with its data, padded to 8 bytes as the kernel does. */
function controlMessage(level: number, type: number, data: Uint8Array): Uint8Array {
  const message = new Uint8Array(16 + Math.ceil(data.length / 8) * 8);
  const view = new DataView(message.buffer);
  view.setBigUint64(0, BigInt(16 + data.length), true);
  view.setInt32(8, level, true);
  view.setInt32(12, type, true);
  message.set(data, 16);
  return message;
}

/** `SCM_TIMESTAMPING` with a software stamp. */
export function stampControl(nanoseconds: bigint): Uint8Array {
  const data = new Uint8Array(48);
  new DataView(data.buffer).setBigInt64(0, nanoseconds / 1_000_000_000n, true);
  new DataView(data.buffer).setBigInt64(8, nanoseconds % 1_000_000_000n, true);
  return controlMessage(1, 37, data);
}

/** `SO_RXQ_OVFL`: how many messages the kernel has dropped so far. */
export function droppedControl(count: number): Uint8Array {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, count, true);
  return controlMessage(1, 40, data);
}

export interface FakeExtendedError {
  family: 4 | 6;
  origin: number;
  type?: number;
  code?: number;
  info?: number;
  data?: number;
  offender?: string;
}

/** `IP_RECVERR` or `IPV6_RECVERR` with a `struct sock_extended_err` and its offender. */
export function errorControl({ family, origin, type = 0, code = 0, info = 0, data = 0, offender }: FakeExtendedError): Uint8Array {
  const address = offender === undefined ? new Uint8Array(16) : encodeSocketAddress(offender, 0);
  const bytes = new Uint8Array(16 + address.length);
  const view = new DataView(bytes.buffer);
  bytes.set([origin, type, code], 4);
  view.setUint32(8, info, true);
  view.setUint32(12, data, true);
  bytes.set(address, 16);
  return controlMessage(family === 4 ? 0 : 41, family === 4 ? 11 : 25, bytes);
}

export const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
