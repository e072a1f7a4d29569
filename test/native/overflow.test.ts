import { expect, it } from 'vitest';
import { loadNativeSockets } from '../../src/native/index.js';
import * as abi from '../../src/wire/linux/abi.js';
import { parseControlMessages } from '../../src/wire/linux/control-message.js';
import { encodeSocketAddress } from '../../src/wire/packets/socket-address.js';

const native = await loadNativeSockets();
const why = native.kind === 'absent' ? native.because : null;

const SENT = 400;

it.skipIf(why !== null)(`the kernel counts what it drops on a full socket${why === null ? '' : ` (skipped: ${why})`}`, () => {
  if (native.kind === 'absent') throw new Error(native.because);
  const { sockets } = native;
  const descriptor = sockets.socket(abi.AF_INET, abi.SOCK_DGRAM, abi.IPPROTO_UDP);
  try {
    sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_RCVBUF, 4096);
    expect(sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_RXQ_OVFL, 1)).toBe(0);
    sockets.bind(descriptor, encodeSocketAddress('127.0.0.1', 0));
    const own = sockets.localAddress(descriptor);
    if (typeof own === 'number') throw new Error('no address');
    const takeAll = () => {
      let received = 0;
      let dropped = 0;
      for (; received < SENT; received++) {
        const message = sockets.receive(descriptor, 'ordinary');
        if (typeof message === 'number') break;
        dropped = parseControlMessages(message.control).dropped ?? dropped;
      }
      return { received, dropped };
    };
    for (let index = 0; index < SENT; index++) sockets.sendTo(descriptor, new Uint8Array(100), own);
    const { received } = takeAll();
    expect(received).toBeLessThan(SENT);
    // The count comes with the next message that gets in.
    sockets.sendTo(descriptor, new Uint8Array(100), own);
    expect(takeAll()).toEqual({ received: 1, dropped: SENT - received });
  } finally {
    sockets.close(descriptor);
  }
});
