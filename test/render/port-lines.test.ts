import { describe, expect, it } from 'vitest';
import type { PortResult } from '../../src/model/measurement.js';
import { portLines } from '../../src/render/port-lines.js';

function result(port: number, state: PortResult['state'], more: Partial<PortResult> = {}): PortResult {
  return {
    port,
    protocol: 'tcp',
    state,
    service: null,
    latencyMs: null,
    retransmissions: null,
    reason: '',
    required: false,
    rejectedBy: null,
    tries: 1,
    banner: null,
    tls: null,
    ...more,
  };
}

describe('ports', () => {
  const linesOf = (ports: PortResult[]) => portLines({ address: '192.0.2.7', ports } as Parameters<typeof portLines>[0]);

  it('that is alone is a phrase', () => {
    expect(linesOf([result(443, 'open', { required: true, service: 'https', latencyMs: 20.12, tls: true })])).toEqual([
      '443 (https) open, 20.1 ms, TLS',
    ]);
  });

  it('that are several have columns, and those that nobody asked for stand behind', () => {
    const ports = [
      result(22, 'closed', { service: 'ssh' }),
      result(25, 'rejected', { rejectedBy: '198.51.100.1' }),
      result(80, 'open', { service: 'http', latencyMs: 20.1, banner: 'HTTP/1.1 200 OK' }),
      result(53, 'filtered', { protocol: 'udp', service: 'domain' }),
      result(9000, 'open', { latencyMs: 0.5 }),
      result(110, 'closed', { service: 'pop3' }),
    ];
    expect(linesOf(ports)).toEqual([
      'port      state         time  service  says',
      '25/tcp    rejected                     by 198.51.100.1',
      '80/tcp    open       20.1 ms  http     "HTTP/1.1 200 OK"',
      '9000/tcp  open      0.500 ms',
      'closed: 22 (ssh) · 110 (pop3)',
      'filtered: 53/udp (domain)',
    ]);
  });

  it('of a long survey are counted, save the open ones', () => {
    const closed = Array.from({ length: 40 }, (_, index) => result(1000 + index, 'closed'));
    expect(linesOf([...closed, result(2000, 'open', { latencyMs: 1 })])).toEqual(['2000 open, 1 ms · 40 more closed']);
    expect(linesOf([...closed, result(2000, 'filtered')])).toEqual(['40 closed · 1 filtered']);
  });

  it('of every port there is are counted in no time worth speaking of', () => {
    const closed = Array.from({ length: 65_535 }, (_, index) => result(index + 1, 'closed'));
    const began = performance.now();
    expect(linesOf(closed)).toEqual(['65535 closed']);
    // With a copy for each port it took half a minute.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('that were not looked at are no line', () => {
    expect(linesOf([])).toEqual([]);
  });
});
