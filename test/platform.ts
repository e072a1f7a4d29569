import { createServer } from 'node:net';

/** Why a test that sends signals cannot run here, `null` where it can. */
export const signalsRefusal = process.platform === 'win32' ? 'Windows has no signals: kill() ends a process at once' : null;

/** Why nothing can be sent from `address`, of 127.0.0.0/8; `null` where it can: Linux and Windows have them all, macOS the first only. */
export function sourceRefusal(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(`${address} is not an address of this machine: ${error.message}`));
    server.listen(0, address, () => server.close(() => resolve(null)));
  });
}
