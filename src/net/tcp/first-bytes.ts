import { RESET_CODES } from '../../model/failure-code.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, FirstBytes, TcpConnectOptions } from '../port.js';
import { connectTcp } from './tcp-connect.js';

const MAXIMUM_BYTES = 1024;
/** Some services write byte by byte: a pause that long ends what is said. */
const PAUSE_MS = 100;
const LINE_FEED = 0x0a;

/**
 * Connects, sends `payload` where there is one, and gives the first bytes that come back; `null` where the connection fails or the signal
 * aborts. The connection is ended by a FIN, or by a reset where more was sent to us than we read.
 */
export async function firstBytes(clock: Clock, options: TcpConnectOptions, payload: Uint8Array | null): Promise<FirstBytes | null> {
  const connected = await connectTcp(clock, options);
  // A reset right behind the acceptance is seen by connect(2) already.
  if (connected.kind === 'failed' && RESET_CODES.has(connected.code)) return { bytes: new Uint8Array(0), ended: true, reset: true };
  if (connected.kind !== 'measured') return null;
  const { socket } = connected.value;
  let bytes = new Uint8Array(0);
  let pause: NodeJS.Timeout | undefined;
  try {
    return await boundedWait<FirstBytes | null>(options, {
      begin(settle) {
        const onData = (chunk: Buffer) => {
          bytes = Uint8Array.from([...bytes, ...chunk.subarray(0, MAXIMUM_BYTES - bytes.length)]);
          clearTimeout(pause);
          const enough = bytes.length >= MAXIMUM_BYTES || bytes.includes(LINE_FEED);
          if (enough) settle({ bytes, ended: false });
          else pause = setTimeout(() => settle({ bytes, ended: false }), PAUSE_MS);
        };
        const onEnd = () => settle({ bytes, ended: true });
        const onClose = () => settle({ bytes, ended: true, ...(socket.errored === null ? {} : { reset: true }) });
        socket.on('data', onData);
        socket.once('end', onEnd);
        socket.once('close', onClose);
        if (socket.destroyed) onClose();
        else if (payload !== null) socket.write(payload);
        return () => {
          socket.off('data', onData);
          socket.off('end', onEnd);
          socket.off('close', onClose);
        };
      },
      timedOut: () => ({ bytes, ended: false }),
      interrupted: () => null,
    });
  } finally {
    clearTimeout(pause);
    socket.destroy();
  }
}
