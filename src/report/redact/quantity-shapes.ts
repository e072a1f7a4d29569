/** Shapes of what several measurements share. */

export const RTT = { min: 'number', mean: 'number', p50: 'number', p95: 'number', p99: 'number', max: 'number', stddev: 'number' } as const;

export const INTERVAL = { lowRatio: 'number', highRatio: 'number', confidence: 'number' } as const;

export const ICMP_ERROR = { from: 'endpoint', type: 'number', code: 'number', meaning: 'text', count: 'number' } as const;

export const LATE = { count: 'number', fastestMs: 'number' } as const;

export const NOT_SENT = { code: 'text', count: 'number', atMs: ['number'] } as const;

export const SAMPLE = { seq: 'number', rttMs: 'number', sentMs: 'number', lateMs: 'number', heldMs: 'number' } as const;

/** Facts that could not be had, and why. */
export const ABSENCES = [{ fact: 'text', because: 'text' }] as const;

export const SERVER_CLOCK = { serverTime: 'time', offsetMs: 'number', uncertaintyMs: 'number', ageSeconds: 'number' } as const;

export const DNS_RECORD = { name: 'zone', type: 'text', ttl: 'number', data: 'data' } as const;

export const EXTENDED_ERROR = { code: 'number', name: 'text', text: 'foreign' } as const;

export const WAY_PHASES = {
  dnsMs: 'number',
  tcpMs: 'number',
  proxyMs: 'number',
  tlsMs: 'number',
  ttfbMs: 'number',
  bodyMs: 'number',
} as const;

export const STATUS_COUNT = { status: 'number', count: 'number' } as const;
