/**
 * Readers of `netstat -ibdn` and `netstat -s -p tcp` of macOS. Formats: if.c and inet.c of netstat in Apple's network_cmds. What does not
 * parse is left out; nothing here throws.
 */

export interface DarwinCounters {
  interface: string;
  receivedPackets: number;
  receiveErrors: number;
  receivedBytes: number;
  sentPackets: number;
  sendErrors: number;
  sentBytes: number;
  collisions: number;
  /** From the queue outwards; `null` where the column is missing. */
  sendDropped: number | null;
}

const COLUMNS = ['Ipkts', 'Ierrs', 'Ibytes', 'Opkts', 'Oerrs', 'Obytes', 'Coll'] as const;

/** One line for each link: those of its addresses repeat a part of it. A star behind the name says that the link is down. */
export function parseInterfaceCounters(text: string): DarwinCounters[] {
  const counters: DarwinCounters[] = [];
  let header: string[] = [];
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === 'Name') {
      header = words;
      continue;
    }
    const [written = '', , network] = words;
    if (!/^<Link#\d{1,6}>$/.test(network ?? '') || !/^[A-Za-z][\w.-]{0,31}\*?$/.test(written)) continue;
    // The address before the numbers is missing where the link has none: counted from the right.
    const numbers = COLUMNS.map((name) => numberAt(words, words.length - (header.length - header.indexOf(name)), header.includes(name)));
    const [receivedPackets, receiveErrors, receivedBytes, sentPackets, sendErrors, sentBytes, collisions] = numbers;
    if (receivedPackets == null || receiveErrors == null || receivedBytes == null) continue;
    if (sentPackets == null || sendErrors == null || sentBytes == null || collisions == null) continue;
    const drop = header.indexOf('Drop');
    counters.push({
      interface: written.replace(/\*$/, ''),
      receivedPackets,
      receiveErrors,
      receivedBytes,
      sentPackets,
      sendErrors,
      sentBytes,
      collisions,
      sendDropped: drop < 0 ? null : numberAt(words, words.length - (header.length - drop), true),
    });
  }
  return counters;
}

function numberAt(words: readonly string[], index: number, known: boolean): number | null {
  const text = known && index > 2 ? words[index] : undefined;
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export interface DarwinTcpStatistics {
  /** Segments with data that were sent for the first time or again. */
  sentPackets: number | null;
  sentDataPackets: number | null;
  retransmittedPackets: number | null;
  receivedPackets: number | null;
  badChecksums: number | null;
  connectionAttempts: number | null;
  connectionsAccepted: number | null;
  /** Requests that were thrown away as the queue of a listener was full. */
  listenQueueOverflows: number | null;
  retransmissionTimeouts: number | null;
  droppedForLowMemory: number | null;
}

/** Lines of the statistics of one protocol. */
const LONGEST_STATISTICS = 1024;

/** Counters since the start of the system; each is `null` where its line is not there. */
export function parseTcpStatistics(text: string): DarwinTcpStatistics {
  const lines = text.split('\n', LONGEST_STATISTICS).map((line) => line.trim());
  const counter = (pattern: string) => {
    const whole = new RegExp(`^(\\d{1,15}) ${pattern}$`);
    for (const line of lines) {
      const found = whole.exec(line)?.[1];
      if (found !== undefined) return Number(found);
    }
    return null;
  };
  return {
    sentPackets: counter('packets? sent'),
    sentDataPackets: counter('data packets? \\(\\d{1,15} bytes?\\)'),
    retransmittedPackets: counter('data packets? \\(\\d{1,15} bytes?\\) retransmitted'),
    receivedPackets: counter('packets? received'),
    badChecksums: counter('discarded for bad checksums?'),
    connectionAttempts: counter('connection requests?'),
    connectionsAccepted: counter('connection accepts?'),
    listenQueueOverflows: counter('listen queue overflows?'),
    retransmissionTimeouts: counter('retransmit timeouts?'),
    droppedForLowMemory: counter('received packets? dropped due to low memory'),
  };
}
