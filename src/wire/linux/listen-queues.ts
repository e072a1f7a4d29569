import { type Parsed, parsed, refused } from '../parsed.js';

/** Connections that wait to be accepted by a listener, and how many may. */
export interface ListenQueue {
  address: string;
  port: number;
  waiting: number;
  limit: number;
}

const MAXIMUM_LISTENERS = 4096;

/**
 * Listening TCP sockets as `ss -Hltn` prints them: `LISTEN 0 511 127.0.0.1%lo:80 0.0.0.0:*`. In that state `Recv-Q` is the accept queue and
 * `Send-Q` its limit (ss(8)). A line that is none is left out; refused where there are lines and none of them is one.
 */
export function parseListenQueues(text: string): Parsed<ListenQueue[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const queues = lines.slice(0, MAXIMUM_LISTENERS).flatMap((line): ListenQueue[] => {
    const [, waiting, limit, address, port] = /^LISTEN\s+(\d{1,10})\s+(\d{1,10})\s+(\S+):(\d{1,5})\s/.exec(`${line} `) ?? [];
    if (address === undefined || Number(port) > 65_535) return [];
    return [{ address: address.replace(/^\[(.*)\]/, '$1'), port: Number(port), waiting: Number(waiting), limit: Number(limit) }];
  });
  return queues.length === 0 && lines.length > 0 ? refused('no line of it is a listening socket') : parsed(queues);
}
