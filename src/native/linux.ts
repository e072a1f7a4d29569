import koffi from 'koffi';
import { MSG_DONTWAIT, MSG_ERRQUEUE, SOCK_CLOEXEC, SOCK_NONBLOCK } from '../wire/linux/abi.js';
import { TIMEX_BYTES } from '../wire/linux/timex.js';
import { MAXIMUM_MESSAGE_BYTES, MAXIMUM_READY, type NativeMessage, type NativeSockets, type PollEntry } from './sockets.js';

/**
 * Offsets in one block of native memory that serves every recvmsg(2). One block is enough since a receive is synchronous: what it
 * returns is copied out before the next one starts. `struct msghdr` and `struct iovec` as on every 64-bit Linux.
 */
const MESSAGE_HEADER = 0;
const IO_VECTOR = 64;
const NAME = 128;
const NAME_BYTES = 128;
const CONTROL = 256;
const CONTROL_BYTES = 768;
const DATA = 1024;
const ARENA_BYTES = DATA + MAXIMUM_MESSAGE_BYTES;

const POLL_ENTRY_BYTES = 8;

/** `struct epoll_event`: the events in 4 bytes, then 8 bytes of ours, packed on x86-64 alone. The first 4 of ours are the descriptor. */
const EPOLL_EVENT = process.arch === 'x64' ? { bytes: 12, data: 4 } : { bytes: 16, data: 8 };

/** Binds the C library's socket calls. Throws where koffi or the C library cannot be loaded. */
export function openLinuxSockets(): NativeSockets {
  // The program itself, not a file name: node is linked with the C library, be it glibc or musl.
  const library = koffi.load(null);
  const socket = library.func('int socket(int, int, int)');
  const setsockopt = library.func('int setsockopt(int, int, int, void *, uint32_t)');
  const getsockopt = library.func('int getsockopt(int, int, int, void *, void *)');
  const bind = library.func('int bind(int, void *, uint32_t)');
  const connect = library.func('int connect(int, void *, uint32_t)');
  const getsockname = library.func('int getsockname(int, void *, void *)');
  const sendto = library.func('intptr_t sendto(int, void *, size_t, int, void *, uint32_t)');
  const recvmsg = library.func('intptr_t recvmsg(int, void *, int)');
  const poll = library.func('int poll(void *, unsigned long, int)');
  const ioctl = library.func('int ioctl(int, unsigned long, void *)');
  const epollCreate = library.func('int epoll_create1(int)');
  const epollControl = library.func('int epoll_ctl(int, int, int, void *)');
  const epollWait = library.func('int epoll_wait(int, void *, int, int)');
  const adjtimex = library.func('int adjtimex(void *)');
  const eventfd = library.func('int eventfd(unsigned int, int)');
  const write = library.func('intptr_t write(int, void *, size_t)');
  const read = library.func('intptr_t read(int, void *, size_t)');
  const close = library.func('int close(int)');

  const arena = koffi.alloc('uint8_t', ARENA_BYTES);
  const base = koffi.address(arena);
  const bytes = new Uint8Array(koffi.view(arena, ARENA_BYTES));
  const header = new DataView(bytes.buffer, bytes.byteOffset, ARENA_BYTES);

  header.setBigUint64(IO_VECTOR, base + BigInt(DATA), true);
  header.setBigUint64(IO_VECTOR + 8, BigInt(MAXIMUM_MESSAGE_BYTES), true);

  const epollEvent = new Uint8Array(EPOLL_EVENT.bytes);
  const epollEventView = new DataView(epollEvent.buffer);
  const epollTable = new Uint8Array(MAXIMUM_READY * EPOLL_EVENT.bytes);
  const epollTableView = new DataView(epollTable.buffer);

  const negativeErrno = () => -koffi.errno();
  const settle = (result: number) => (result < 0 ? negativeErrno() : result);

  /** Fills in the fields that the kernel overwrites at each call. */
  function resetMessageHeader() {
    header.setBigUint64(MESSAGE_HEADER, base + BigInt(NAME), true);
    header.setUint32(MESSAGE_HEADER + 8, NAME_BYTES, true);
    header.setBigUint64(MESSAGE_HEADER + 16, base + BigInt(IO_VECTOR), true);
    header.setBigUint64(MESSAGE_HEADER + 24, 1n, true);
    header.setBigUint64(MESSAGE_HEADER + 32, base + BigInt(CONTROL), true);
    header.setBigUint64(MESSAGE_HEADER + 40, BigInt(CONTROL_BYTES), true);
    header.setUint32(MESSAGE_HEADER + 48, 0, true);
  }

  return {
    socket(family, type, protocol) {
      return settle(socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
    },
    setOption(descriptor, level, name, value) {
      const option = typeof value === 'number' ? new Uint8Array(new Int32Array([value]).buffer) : value;
      return settle(setsockopt(descriptor, level, name, option, option.length));
    },
    getOption(descriptor, level, name, maximumBytes) {
      const option = new Uint8Array(maximumBytes);
      const length = new Uint32Array([maximumBytes]);
      const result = settle(getsockopt(descriptor, level, name, option, length));
      return result < 0 ? result : option.subarray(0, length[0]);
    },
    bind(descriptor, address) {
      return settle(bind(descriptor, address, address.length));
    },
    connect(descriptor, address) {
      return settle(connect(descriptor, address, address.length));
    },
    localAddress(descriptor) {
      const address = new Uint8Array(NAME_BYTES);
      const length = new Uint32Array([NAME_BYTES]);
      const result = settle(getsockname(descriptor, address, length));
      return result < 0 ? result : address.subarray(0, length[0]);
    },
    sendTo(descriptor, payload, address) {
      return settle(Number(sendto(descriptor, payload, payload.length, MSG_DONTWAIT, address, address?.length ?? 0)));
    },
    receive(descriptor, queue): NativeMessage | number {
      resetMessageHeader();
      const flags = MSG_DONTWAIT | (queue === 'error' ? MSG_ERRQUEUE : 0);
      const received = settle(Number(recvmsg(descriptor, arena, flags)));
      if (received < 0) return received;
      const nameBytes = Math.min(header.getUint32(MESSAGE_HEADER + 8, true), NAME_BYTES);
      const controlBytes = Math.min(Number(header.getBigUint64(MESSAGE_HEADER + 40, true)), CONTROL_BYTES);
      return {
        bytes: bytes.slice(DATA, DATA + Math.min(received, MAXIMUM_MESSAGE_BYTES)),
        control: bytes.slice(CONTROL, CONTROL + controlBytes),
        name: bytes.slice(NAME, NAME + nameBytes),
        flags: header.getUint32(MESSAGE_HEADER + 48, true),
      };
    },
    poll(entries: readonly PollEntry[], timeoutMs) {
      const table = new Uint8Array(Math.max(1, entries.length) * POLL_ENTRY_BYTES);
      const view = new DataView(table.buffer);
      entries.forEach((entry, index) => {
        view.setInt32(index * POLL_ENTRY_BYTES, entry.descriptor, true);
        view.setInt16(index * POLL_ENTRY_BYTES + 4, entry.events, true);
      });
      return new Promise((resolve) => {
        poll.async(table, entries.length, timeoutMs, (error: unknown, ready: number) => {
          // An interrupted or refused poll reports nothing ready: the caller polls again, and the sockets themselves tell their errors.
          const trusted = error === null && ready > 0;
          resolve(entries.map((_, index) => (trusted ? view.getUint16(index * POLL_ENTRY_BYTES + 6, true) : 0)));
        });
      });
    },
    epollCreate() {
      return settle(epollCreate(SOCK_CLOEXEC));
    },
    epollControl(epoll, operation, { descriptor, events }) {
      epollEventView.setUint32(0, events, true);
      epollEventView.setInt32(EPOLL_EVENT.data, descriptor, true);
      return settle(epollControl(epoll, operation, descriptor, epollEvent));
    },
    epollReady(epoll) {
      const ready: PollEntry[] = [];
      const count = epollWait(epoll, epollTable, MAXIMUM_READY, 0);
      for (let at = 0; at < count * EPOLL_EVENT.bytes; at += EPOLL_EVENT.bytes) {
        ready.push({ descriptor: epollTableView.getInt32(at + EPOLL_EVENT.data, true), events: epollTableView.getUint32(at, true) });
      }
      return ready;
    },
    control(descriptor, request, argument) {
      return settle(ioctl(descriptor, request, argument));
    },
    clockState() {
      // All zero: no mode, so that nothing is set.
      const timex = new Uint8Array(TIMEX_BYTES);
      const state = settle(adjtimex(timex));
      return state < 0 ? state : { timex, state };
    },
    eventDescriptor() {
      return settle(eventfd(0, SOCK_NONBLOCK | SOCK_CLOEXEC));
    },
    wake(descriptor) {
      write(descriptor, new Uint8Array(new BigUint64Array([1n]).buffer), 8);
    },
    drain(descriptor) {
      read(descriptor, new Uint8Array(8), 8);
    },
    close(descriptor) {
      close(descriptor);
    },
  };
}
