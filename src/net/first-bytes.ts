import { boundedWait } from './bounded-wait.js';
import type { Clock, TcpConnectOptions } from './port.js';
import { connectTcp } from './tcp-connect.js';

const MAXIMUM_BYTES = 1024;

/**
 * Connects, sends `payload` where there is one, and gives the first bytes that come back; `null` where the connection fails or none come in
 * time. The connection is ended by a FIN, or by a reset where more was sent to us than we read.
 */
export async function firstBytes(clock: Clock, options: TcpConnectOptions, payload: Uint8Array | null): Promise<Uint8Array | null> {
  const connected = await connectTcp(clock, options);
  if (connected.kind !== 'measured') return null;
  const { socket } = connected.value;
  try {
    return await boundedWait<Uint8Array | null>(options, {
      begin(settle) {
        const onData = (chunk: Buffer) => settle(Uint8Array.from(chunk.subarray(0, MAXIMUM_BYTES)));
        const onEnd = () => settle(null);
        socket.once('data', onData);
        socket.once('end', onEnd);
        socket.once('close', onEnd);
        if (payload !== null) socket.write(payload);
        return () => {
          socket.off('data', onData);
          socket.off('end', onEnd);
          socket.off('close', onEnd);
        };
      },
      timedOut: () => null,
      interrupted: () => null,
    });
  } finally {
    socket.destroy();
  }
}
