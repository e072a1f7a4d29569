/**
 * The only door to foreign functions. Numbers and bytes cross it, nothing else: no object of ours is known to the kernel side, and no
 * pointer is known to the rest of the program.
 *
 * Every call returns at once (descriptors are non-blocking) except {@link NativeSockets.poll}, which waits on a thread of the libuv pool.
 * A negative number is `-errno`, as in the kernel's own convention.
 */
export interface NativeSockets {
  /** socket(2), always non-blocking and close-on-exec. Returns a descriptor or `-errno`. */
  socket(family: number, type: number, protocol: number): number;
  /** setsockopt(2) with an `int` (a number) or with raw bytes. Returns 0 or `-errno`. */
  setOption(descriptor: number, level: number, name: number, value: number | Uint8Array): number;
  /** getsockopt(2) of at most `maximumBytes`. Returns the bytes that the kernel wrote, or `-errno`. */
  getOption(descriptor: number, level: number, name: number, maximumBytes: number): Uint8Array | number;
  /** bind(2) to a packed `sockaddr`. Returns 0 or `-errno`. */
  bind(descriptor: number, address: Uint8Array): number;
  /** connect(2) to a packed `sockaddr`. On a datagram socket this sends nothing. Returns 0 or `-errno` (`-EINPROGRESS` included). */
  connect(descriptor: number, address: Uint8Array): number;
  /** getsockname(2). Returns a packed `sockaddr` or `-errno`. */
  localAddress(descriptor: number): Uint8Array | number;
  /** sendto(2). Returns the number of bytes sent, or `-errno`. */
  sendTo(descriptor: number, bytes: Uint8Array, address: Uint8Array | null): number;
  /**
   * recvmsg(2), one message, of the ordinary queue or of the error queue (`MSG_ERRQUEUE`).
   * The bytes returned are copies and stay valid. `-EAGAIN` says that the queue is empty.
   */
  receive(descriptor: number, queue: 'ordinary' | 'error'): NativeMessage | number;
  /** poll(2) on a pool thread. Resolves with the `revents` of each entry in order; all 0 after the time-out or an interruption. */
  poll(entries: readonly PollEntry[], timeoutMs: number): Promise<number[]>;
  /**
   * epoll_create1(2): a descriptor that holds a list of others, and is itself readable while one of them is ready: {@link poll} waits for
   * it as for any other. Returns it or `-errno`.
   */
  epollCreate(): number;
  /** epoll_ctl(2), level-triggered: `operation` is `EPOLL_CTL_ADD` or its like. Closing a descriptor takes it out too. Returns 0 or `-errno`. */
  epollControl(epoll: number, operation: number, entry: PollEntry): number;
  /** epoll_wait(2) without waiting: those that are ready now, at most {@link MAXIMUM_READY}; none on an error. */
  epollReady(epoll: number): PollEntry[];
  /** ioctl(2) with a buffer that the kernel may overwrite, for example `SIOCGIFFLAGS` with a `struct ifreq`. Returns 0 or `-errno`. */
  control(descriptor: number, request: number, argument: Uint8Array): number;
  /**
   * adjtimex(2) with no mode set, which only reads: what the kernel knows of its clock. Returns its `struct timex` and the state of the
   * clock (`TIME_OK`, `TIME_ERROR`, …), or `-errno`.
   */
  clockState(): { timex: Uint8Array; state: number } | number;
  /** eventfd(2), non-blocking: a descriptor that {@link wake} makes readable. */
  eventDescriptor(): number;
  /** Makes an event descriptor readable. */
  wake(descriptor: number): void;
  /** Makes an event descriptor unreadable again. */
  drain(descriptor: number): void;
  /** close(2). */
  close(descriptor: number): void;
}

export interface NativeMessage {
  /** The payload. Its length is at most {@link MAXIMUM_MESSAGE_BYTES}. */
  bytes: Uint8Array;
  /** The control messages (`cmsghdr` and data, aligned) as the kernel laid them out. */
  control: Uint8Array;
  /** Packed `sockaddr` of the sender; on the error queue, of the destination of the packet that met the error. Empty if there is none. */
  name: Uint8Array;
  /** `MSG_TRUNC` and its like. */
  flags: number;
}

export interface PollEntry {
  descriptor: number;
  /** `POLLIN` and its like. */
  events: number;
}

/** The largest IP datagram, and so the largest message that {@link NativeSockets.receive} returns. */
export const MAXIMUM_MESSAGE_BYTES = 65_536;

/** As many descriptors as {@link NativeSockets.epollReady} returns at once: the event loop has its turn between two of them. */
export const MAXIMUM_READY = 256;
