/** What a command does where no flag says otherwise. Times in milliseconds. */

/** Longest wait for one echo: a round trip within the Earth takes 0.3 s, by satellite 0.7 s. */
export const ECHO_TIMEOUT_MS = 1000;

/** Longest wait for a connection, a handshake or a first byte: above the critical grades, so that "slow" can be told from "silent". */
export const EXCHANGE_TIMEOUT_MS = 3000;

/** A lost SYN is sent again after 1 s (RFC 6298): a port is called filtered only where the second one stayed unanswered too. */
export const PORT_TIMEOUT_MS = 1500;

/** Connections under way at once, where the process may open so many descriptors: as many as wait for silence at 1000 a second. */
export const PORT_CONCURRENCY = 2048;

/** A datagram to a resolver is waited for as long as a stub resolver does at the least, and sent once more. */
export const DNS_TIMEOUT_MS = 2000;
export const DNS_ATTEMPTS = 2;
/** Questions to each server behind the first, with `--compare`: enough for a median, and little to ask of a public server. */
export const WARM_QUESTIONS = 5;

/**
 * With `--enumerate`: as many connections at once as a browser opens, which no server takes for an attack. A server with everything that
 * OpenSSL has takes about 160; more than a thousand are for one that accepts whatever it is offered.
 */
export const ENUMERATION = { concurrency: 8, perSecond: 100, maximumConnections: 1000 } as const;

/** For the body of an answer: ten megabytes over a slow line. A longer --timeout is one for the body too. */
export const BODY_TIMEOUT_MS = 10_000;
/** Redirects that are followed: browsers follow twenty, and a chain of more than a few is a fault already. */
export const MAXIMUM_REDIRECTS = 10;
/** Pings of a WebSocket. */
export const WEBSOCKET = { count: 5, intervalMs: 200 } as const;

/** In the full report: long enough that a service which is slow is told from one that says nothing; many proxies give up on what is behind them after 3 s. */
export const REPORT_ANSWER_MS = 4500;

/** In the full report: enough to see that what is open lives. */
export const REPORT_WEBSOCKET = { count: 2, intervalMs: 100, timeoutMs: 4000 } as const;

/** For the front page of a port of the web that was named without a scheme: what speaks no HTTP there is silent, and is no fault. */
export const FRONT_PAGE_MS = 1000;
/** With nothing more of a body for so long, it stands still: a lost packet is sent again within this several times over (RFC 6298). */
export const BODY_STALL_MS = 2000;

/** One exchange says what the answer is; more are asked for with --count. */
export const HTTP = { count: 1, intervalMs: 200 } as const;
/** Requests of a burst that are under way at once. */
export const BURST_CONCURRENCY = 10;

/** Load on a line: long enough for a rate that is steady, and for round trips under it; a gigabyte is what a line of 1.6 Gbit/s carries in that time. */
export const BANDWIDTH = { durationMs: 5000, connections: 4, maximumBytes: 1e9 } as const;
/** On loopback it is known sooner. */
export const LAB_BANDWIDTH_MS = 1500;

export const LATENCY = { method: 'auto', count: 10, intervalMs: 200 } as const;
/** Exchanges, each with its lookup, connection, handshake and request: enough for a median, and little to ask of a service. */
export const PHASES = { count: 5, intervalMs: 200 } as const;
/** 100 packets in 2 s: a loss of 3 % shows with 95 % certainty. */
export const LOSS = { method: 'auto', count: 100, intervalMs: 20 } as const;
/** How long `loss` goes on, pauses not counted, as long as it cannot be told on which side of the policy's limit the loss lies. */
export const LOSS_EXTENDED_MS = 10_000;
/** With `--path`: as long as it cannot be told where the loss begins. */
export const LOSS_PATH_EXTENDED_MS = 15_000;

/** In the full report, side by side with the other probes, both end within about 1.2 s. */
export const REPORT_LATENCY = { method: 'auto', count: 10, intervalMs: 50 } as const;
/** Over the first second, beside the rest: often enough to meet a service that refuses every third, and too rarely for a limit of connections. */
export const REPORT_KNOCKS = { method: 'tcp', count: 5, intervalMs: 240 } as const;
/**
 * Over the first second too, with the one that is made anyway four in all: an answer that every second or third gets is met, and a limit of three
 * requests a second is not. The wait is longer than any page that was quick a moment ago.
 */
export const REPORT_REQUESTS = { count: 3, intervalMs: 310, timeoutMs: 1500 } as const;
export const REPORT_LOSS = { method: 'auto', count: 100, intervalMs: 11 } as const;

/**
 * In the full report, where echo is not answered: sizes are searched by datagrams as long as the rest takes, and what is left open is asked of TCP.
 */
export const MTU_SEARCH_MS = 1200;

/**
 * A full report looks closer until so long after its start, where that is needed: with start-up and end it is there within five seconds.
 */
export const REPORT_MS = 4200;

/** With `--deep`: ten seconds, in which a loss of 0.6 % shows with 95 % certainty. */
export const DEEP_LATENCY = { method: 'auto', count: 100, intervalMs: 100 } as const;
export const DEEP_LOSS = { method: 'auto', count: 500, intervalMs: 20 } as const;

/** Ports that `ports` looks at where neither the target nor a flag names one. */
export const SURVEYED_TOP_PORTS = 100;

/** Three answers of each hop, as traceroute(8) has them, in half a second: enough for a median, and for a path that changes meanwhile. */
export const ROUTE = {
  method: 'auto',
  flows: 1,
  cycles: 3,
  intervalMs: 200,
  timeoutMs: ECHO_TIMEOUT_MS,
  maximumTtl: 30,
  names: true,
} as const;
/** With several flows each is asked once: a Linux router has six answers at once, and then one a second. */
export const ROUTE_FLOW_CYCLES = 1;

/**
 * What `host` does: gateways, resolvers, proxies and time servers are one answer away, and the whole is over within 1.5 s. Counters are
 * watched for most of that. The name exists for good (RFC 2606), and a resolver that knows the internet knows it.
 */
export const HOST = { timeoutMs: 900, windowMs: 700, cacheName: 'example.com' } as const;

/** Packets of QUIC to one server are over with the echoes of the sweep. */
export const QUIC_TIMEOUT_MS = 1000;

/** In a full report, for telling apart what the first step leaves open: two rounds to a path whose hops keep silent. */
export const INQUIRIES_MS = 3500;
