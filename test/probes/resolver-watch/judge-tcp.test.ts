import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf, PortResult } from '../../../src/model/measurement.js';
import { type Check, checkSchema } from '../../../src/model/report.js';
import { judgeTcp } from '../../../src/probes/resolver-watch/judge-tcp.js';

type Dns = MeasurementOf<'dns'>;
const RESOLVER = '192.0.2.1';
const OTHER = '192.0.2.2';

let serial = 0;
function envelope() {
  serial++;
  return { id: `m${serial}`, target: null, startedAt: '2026-11-22T10:00:00.000Z', durationMs: 5, stalledMs: 0 };
}

/** A series of datagrams: answered (a), silent (s). */
function asked(server: string, letters = 'aaaaaaaaaa', data: Partial<Dns['data']> = {}): Dns {
  const heard = letters.includes('a');
  return {
    ...envelope(),
    probe: 'dns',
    method: 'udp',
    attempt: heard ? { kind: 'measured' } : { kind: 'unanswered', step: 'response', waitedMs: 900 },
    data: {
      server,
      transport: 'udp',
      name: 'app.example.net',
      type: 'A',
      rcode: heard ? 'NOERROR' : null,
      queryMs: heard ? 5 : null,
      flags: null,
      answers: [],
      dnssec: null,
      attempts: 1,
      series: [...letters].map((letter, index) => ({
        sentMs: index * 100,
        rcode: letter === 'a' ? 'NOERROR' : null,
        queryMs: letter === 'a' ? 5 : null,
        waitedMs: letter === 'a' ? null : 900,
      })),
      ...data,
    },
  };
}

/** One datagram, or one question over TCP. */
function once(server: string, attempt: Dns['attempt'], data: Partial<Dns['data']> = {}): Dns {
  const { data: whole, ...rest } = asked(server);
  const { series: _, ...one } = whole;
  return { ...rest, attempt, data: { ...one, ...data } };
}

function port(address: string, state: PortResult['state'], parts: Partial<PortResult> = {}): Measurement {
  const one = {
    ...{ port: 53, protocol: 'tcp', state, service: 'domain', latencyMs: null, retransmissions: null, required: true, reason: '' },
    ...{ rejectedBy: null, tries: 1, banner: null, tls: null },
    ...parts,
  };
  const made = { ...envelope(), attempt: { kind: 'measured' }, probe: 'ports', method: 'tcp', data: { address, ports: [one] } };
  return made as unknown as Measurement;
}

function echoes(sent: number, received: number): Measurement {
  const made = { ...envelope(), attempt: { kind: 'measured' }, probe: 'latency', method: 'icmp', data: { sent, received } };
  return made as unknown as Measurement;
}

function judged(measurements: readonly Measurement[], resolvers = [RESOLVER, OTHER]): Check | null {
  const made = judgeTcp(resolvers, measurements);
  return made === null ? null : checkSchema.parse(made);
}

describe('a resolver over TCP', () => {
  it('is blocked where a connection gets no answer at all, and every datagram does', () => {
    expect(judged([asked(RESOLVER), port(RESOLVER, 'filtered')])).toMatchObject({
      id: `l7.resolver-tcp@${RESOLVER}`,
      status: 'warn',
      code: 'dns-tcp-blocked',
      observed: '192.0.2.1: no answer on TCP port 53; all 10 questions over UDP are answered',
      basis: 'measured',
    });
  });

  it('is blocked where ICMP refuses it, be it one datagram that was answered', () => {
    const rejected = port(RESOLVER, 'rejected', { reason: 'prohibited', rejectedBy: '192.0.2.254' });
    expect(judged([once(RESOLVER, { kind: 'measured' }), rejected])).toMatchObject({
      code: 'dns-tcp-blocked',
      observed: '192.0.2.1: TCP port 53 is rejected by 192.0.2.254 (prohibited); 1 question over UDP is answered',
      basis: 'stated',
    });
    expect(judged([asked(RESOLVER), port(RESOLVER, 'rejected', { reason: 'EHOSTUNREACH' })])?.observed).toMatch(
      /on the way \(EHOSTUNREACH\)/,
    );
  });

  it('is no matter where it opens, or where the server itself resets it, as small ones do', () => {
    expect(judged([asked(RESOLVER), port(RESOLVER, 'open')])).toBeNull();
    expect(judged([asked(RESOLVER), port(RESOLVER, 'closed')])).toBeNull();
    expect(judged([asked(RESOLVER)])).toBeNull();
  });

  it('is no matter where anything was lost: silence can be chance then', () => {
    expect(judged([asked(RESOLVER, 'aaaaasaaaa'), port(RESOLVER, 'filtered')])).toBeNull();
    expect(judged([asked(RESOLVER, 'ssssssssss'), port(RESOLVER, 'filtered')])).toBeNull();
    expect(judged([asked(RESOLVER, 'aaaaasaaaa'), port(RESOLVER, 'rejected')])).toBeNull();
  });

  it('is held against packets of another kind where few datagrams were sent', () => {
    const few = [once(RESOLVER, { kind: 'measured' }), port(RESOLVER, 'filtered')];
    expect(judged(few)).toBeNull();
    expect(judged([...few, echoes(25, 25)])?.code).toBe('dns-tcp-blocked');
    expect(judged([...few, echoes(25, 24)])).toBeNull();
    expect(judged([...few, echoes(5, 5)])).toBeNull();
  });

  it('is told with the answer that was cut off, where there is one; a connection at another time says that it is open', () => {
    const shut = [asked(RESOLVER), port(RESOLVER, 'filtered')];
    const flags = { aa: false, tc: true, rd: true, ra: true, ad: false, cd: false };
    const silent = (step: 'connect' | 'response') => ({ kind: 'unanswered', step, waitedMs: 900 }) as const;
    expect(judged([...shut, once(RESOLVER, silent('connect'), { flags, rcode: null, queryMs: null })])).toBeNull();
    expect(judged([...shut, once(RESOLVER, { kind: 'measured' }, { transport: 'tcp' })])).toBeNull();
    expect(judged([...shut, once(RESOLVER, silent('response'), { transport: 'tcp', rcode: null })])).toBeNull();
    expect(judged([...shut, once(RESOLVER, silent('connect'), { transport: 'tcp', rcode: null })])?.code).toBe('dns-tcp-blocked');
  });

  it('is looked at for the first that answers alone, at its own port', () => {
    const dead = [asked(RESOLVER, 'ssssssssss'), port(RESOLVER, 'filtered')];
    expect(judged([...dead, asked(OTHER), port(OTHER, 'filtered')])?.id).toBe(`l7.resolver-tcp@${OTHER}`);
    expect(judged([asked(RESOLVER), port(RESOLVER, 'open'), asked(OTHER), port(OTHER, 'filtered')])).toBeNull();
    const elsewhere = '192.0.2.1:5353';
    expect(judged([asked(elsewhere), port(RESOLVER, 'filtered')], [elsewhere])).toBeNull();
    expect(judged([asked(elsewhere), port(RESOLVER, 'filtered', { port: 5353 })], [elsewhere])?.observed).toMatch(/TCP port 5353/);
    expect(judged([asked(RESOLVER, 'aaaaaaaaaa', { from: 'well-known' }), port(RESOLVER, 'filtered')])).toBeNull();
  });
});
