/** What a command does where no flag says otherwise. Times in milliseconds. */

/** Longest wait for one echo: a round trip within the Earth takes 0.3 s, by satellite 0.7 s. */
export const ECHO_TIMEOUT_MS = 1000;

/** Longest wait for a connection, a handshake or a first byte: above the critical grades, so that "slow" can be told from "silent". */
export const EXCHANGE_TIMEOUT_MS = 3000;

/** A lost SYN is sent again after 1 s (RFC 6298): a port is called filtered only where the second one stayed unanswered too. */
export const PORT_TIMEOUT_MS = 1500;

/** Connects under way at once: well below the 1024 descriptors that a process commonly may open. */
export const PORT_CONCURRENCY = 256;

/** A datagram to a resolver is waited for as long as a stub resolver does at the least, and sent once more. */
export const DNS_TIMEOUT_MS = 2000;
export const DNS_ATTEMPTS = 2;

export const LATENCY = { method: 'auto', count: 10, intervalMs: 200 } as const;
/** 100 packets in 2 s: a loss of 3 % shows with 95 % certainty. */
export const LOSS = { method: 'auto', count: 100, intervalMs: 20 } as const;

/** In the full report, side by side with the other probes, both end within about 1.2 s. */
export const REPORT_LATENCY = { method: 'auto', count: 10, intervalMs: 50 } as const;
export const REPORT_LOSS = { method: 'auto', count: 100, intervalMs: 12 } as const;

/** With `--deep`: ten seconds, in which a loss of 0.6 % shows with 95 % certainty. */
export const DEEP_LATENCY = { method: 'auto', count: 100, intervalMs: 100 } as const;
export const DEEP_LOSS = { method: 'auto', count: 500, intervalMs: 20 } as const;

/** Ports that `ports` looks at where neither the target nor a flag names one. */
export const SURVEYED_TOP_PORTS = 100;
