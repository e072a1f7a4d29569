import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/diagnosis/reconcile.js';
import type { Code } from '../../src/model/code.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check, CheckStatus } from '../../src/model/report.js';
import { latencyNotTried } from '../../src/probes/latency/measure.js';
import { lossNotTried } from '../../src/probes/loss/measure.js';
import { phasesNotTried } from '../../src/probes/phases/measure.js';

const envelope = {
  target: 'a',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  stalledMs: 0,
  attempt: { kind: 'measured' },
} as const;
const skipped = { kind: 'skipped', because: '' } as const;

const echo: Measurement = {
  ...envelope,
  id: 'm1',
  probe: 'latency',
  method: 'icmp',
  data: { ...latencyNotTried('192.0.2.1', skipped).data, sent: 10 },
};
const lossOf = (lost: number, method = 'icmp'): Measurement => ({
  ...envelope,
  id: 'm2',
  probe: 'loss',
  method,
  data: { ...lossNotTried('192.0.2.1', skipped).data, sent: 100, received: 100 - lost, lost, lossRatio: lost / 100 },
});
const phases = (tcpMs: number, tlsMs: number | null): Measurement => ({
  ...envelope,
  id: 'm3',
  probe: 'phases',
  method: 'https',
  data: { ...phasesNotTried('192.0.2.1', skipped).data, tcpMs, tlsMs, ttfbMs: 20, totalMs: 60, httpStatus: 200, count: 1, completed: 1 },
});

const port = (retransmissions: number): Measurement => {
  const entry = { port: 443, protocol: 'tcp', state: 'open', service: null, latencyMs: 20, retransmissions, required: true } as const;
  const rest = { reason: 'accepted', rejectedBy: null, tries: 1, banner: null, tls: null };
  return { ...envelope, id: 'm4', probe: 'ports', method: 'connect', data: { address: '192.0.2.1', ports: [{ ...entry, ...rest }] } };
};

function check(kind: string, status: CheckStatus, code: Code | null, measurement: string, target = 'a'): Check {
  return {
    id: `${kind}@${target}`,
    layer: 3,
    title: kind,
    target,
    status,
    code,
    observed: null,
    expected: null,
    remedy: null,
    because: null,
    measurements: [measurement],
  };
}
const silentEcho = check('l3.latency', 'fail', 'host-unreachable', 'm1');
const lossy = check('l3.loss', 'fail', 'loss-upstream', 'm2');
const open = check('l4.port', 'pass', null, 'm9');

const statusOf = (kind: string, checks: Check[], measurements: Measurement[]) =>
  reconcile(checks, measurements).find(({ id }) => id === `${kind}@a`);

describe('reconcile', () => {
  it('withdraws "unreachable" where the service of the same target answers', () => {
    expect(statusOf('l3.latency', [silentEcho, open], [echo])).toMatchObject({
      status: 'skip',
      code: null,
      because: expect.stringContaining('echo'),
    });
  });

  it('keeps it where nothing else answers, or only another target does', () => {
    expect(statusOf('l3.latency', [silentEcho], [echo])).toEqual(silentEcho);
    expect(statusOf('l3.latency', [silentEcho, check('l4.port', 'pass', null, 'm9', 'b')], [echo])).toEqual(silentEcho);
    expect(statusOf('l3.latency', [silentEcho, check('l4.port', 'fail', 'port-filtered', 'm9')], [echo])).toEqual(silentEcho);
  });

  it('withdraws silence of a host that answers otherwise: by a refusal, or datagrams by another datagram', () => {
    const datagrams: Measurement = { ...echo, method: 'udp' };
    const refusal = port(0);
    if (refusal.probe === 'ports')
      refusal.data.ports = refusal.data.ports.map((entry) => ({ ...entry, state: 'closed', reason: 'refused' }));
    const other = lossOf(99, 'udp');
    for (const made of [echo, datagrams])
      expect(statusOf('l3.latency', [silentEcho], [made, refusal])).toMatchObject({ status: 'skip', code: null });
    expect(statusOf('l3.latency', [silentEcho], [datagrams, other])).toMatchObject({ status: 'skip', code: null });
    expect(statusOf('l3.latency', [silentEcho], [datagrams, lossOf(100, 'udp')])).toEqual(silentEcho);
    // Echo that is answered some of the time is no limit of "port unreachable".
    expect(statusOf('l3.latency', [silentEcho], [echo, lossOf(50)])).toEqual(silentEcho);
  });

  it('withdraws a loss of datagrams where connections, refused or not, were all answered, and no loss of echoes', () => {
    const connections = { ...lossOf(0, 'tcp'), id: 'm6' };
    const some = { ...lossOf(1, 'tcp'), id: 'm6' };
    expect(statusOf('l3.loss', [lossy], [lossOf(60, 'udp'), connections])).toMatchObject({ status: 'skip', code: null });
    expect(statusOf('l3.loss', [lossy], [lossOf(60, 'udp'), some])).toEqual(lossy);
    expect(statusOf('l3.loss', [lossy], [lossOf(60, 'udp')])).toEqual(lossy);
    expect(statusOf('l3.loss', [lossy], [lossOf(60), connections])).toEqual(lossy);
  });

  it('withdraws a great loss of echoes where connections went without a pause', () => {
    expect(statusOf('l3.loss', [lossy, open], [lossOf(90), phases(20, 40)])).toMatchObject({ status: 'skip', code: null });
  });

  it.each<[string, Measurement[]]>([
    ['connections paused as well', [lossOf(90), phases(1020, 40)]],
    ['the handshake paused', [lossOf(90), phases(20, 600)]],
    ['nothing was connected', [lossOf(90)]],
    ['the loss is small enough to miss a few connections', [lossOf(10), phases(20, 40)]],
    ['as many connections went well by chance', [lossOf(36), phases(20, 40)]],
    ['a port opened at the second try', [lossOf(90), phases(20, 40), port(1)]],
    ['it was TCP that was lost', [lossOf(90, 'tcp'), phases(20, 40)]],
  ])('keeps the loss where %s', (_, measurements) => {
    expect(statusOf('l3.loss', [lossy, open], measurements)).toEqual(lossy);
  });
});

describe('a gateway that answers some echoes only', () => {
  const GATEWAY = '198.51.100.1';
  const way: Measurement = {
    ...envelope,
    id: 'm5',
    probe: 'route-lookup',
    method: 'system',
    data: {
      address: '192.0.2.1',
      source: '198.51.100.2',
      interface: 'eth0',
      gateway: GATEWAY,
      loopback: false,
      table: null,
      type: null,
      prefix: null,
      mtuBytes: null,
    },
  };
  const gateway: Measurement = {
    ...echo,
    target: null,
    data: { ...latencyNotTried(GATEWAY, skipped).data, sent: 50, received: 13, lossRatio: 0.74 },
  };
  const line: Check = { ...check('l3.gateway', 'warn', 'loss-local', 'm1'), id: `l3.gateway@${GATEWAY}`, target: null };
  const judged = (measurements: Measurement[]) => reconcile([line], [gateway, ...measurements])[0];

  it('limits them, where connections through it went without a pause', () => {
    expect(judged([way, phases(20, 40)])).toMatchObject({
      status: 'skip',
      code: null,
      because: expect.stringContaining('echo is limited'),
    });
  });

  it.each<[string, Measurement[]]>([
    ['they paused', [way, phases(1020, 40)]],
    ['they go by another way', [phases(20, 40)]],
    ['there was none', [way]],
  ])('loses packets, as far as is known, where %s', (_, measurements) => {
    expect(judged(measurements)).toEqual(line);
  });
});

describe('a silent address of a family', () => {
  const entry = (address: string, answers: boolean | null) => ({
    address,
    family: address.includes(':') ? (6 as const) : (4 as const),
    answers,
    method: null,
    rttMs: null,
    clock: null,
    state: null,
    failure: null,
  });
  const addresses = (...entries: ReturnType<typeof entry>[]): Measurement => ({
    ...envelope,
    id: 'm7',
    probe: 'addresses',
    method: 'tcp',
    data: { host: 'a', port: null, addresses: entries, chosen: '192.0.2.1', winner: null, winnerAfterMs: null },
  });
  const dead = entry('192.0.2.1', false);
  const codeOf = (measurements: Measurement[], checks: Check[] = [silentEcho]) => reconcile(checks, measurements)[0]?.code;

  it('of which all are silent, while the other family answers, is that of a broken family', () => {
    expect(codeOf([echo, addresses(dead, entry('2001:db8::1', true))])).toBe('ipv4-broken');
  });

  it.each([
    ['another address of it answers', [dead, entry('192.0.2.2', true), entry('2001:db8::1', true)]],
    ['the other family is silent too', [dead, entry('2001:db8::1', false)]],
    ['the other family was not tried', [dead, entry('2001:db8::1', null)]],
    ['it was not tried itself', [entry('192.0.2.1', null), entry('2001:db8::1', true)]],
    ['it is the other family that is broken', [entry('192.0.2.1', true), entry('2001:db8::1', false)]],
  ])('stays a silent host where %s', (_, entries) => {
    expect(codeOf([echo, addresses(...entries)])).toBe('host-unreachable');
  });

  describe('beside a target that has an address of that family alone', () => {
    const other = check('l3.latency', 'fail', 'host-unreachable', 'm8', 'b');
    const otherEcho = { ...echo, id: 'm8', target: 'b' } as Measurement;
    const broken = [echo, addresses(dead, entry('2001:db8::1', true))];

    it('is the same fault there', () => {
      expect(reconcile([silentEcho, other], [...broken, otherEcho]).map(({ code }) => code)).toEqual(['ipv4-broken', 'ipv4-broken']);
    });

    it('is no fault of the family where anybody answers over it', () => {
      const heard = { ...echo, id: 'm9', target: 'c', data: { ...echo.data, received: 10 } } as Measurement;
      expect(reconcile([silentEcho, other], [...broken, otherEcho, heard]).map(({ code }) => code)).toEqual([
        'ipv4-broken',
        'host-unreachable',
      ]);
    });
  });

  it('keeps what a router said of it', () => {
    const prohibited = check('l3.latency', 'fail', 'route-prohibited', 'm1');
    expect(codeOf([echo, addresses(dead, entry('2001:db8::1', true))], [prohibited])).toBe('route-prohibited');
  });

  it('is not excused by a service that answers at another address', () => {
    const beside = { ...silentEcho, id: 'l3.latency@a#ipv6' };
    expect(reconcile([beside, open], [echo])[0]).toMatchObject({ status: 'fail', code: 'host-unreachable' });
    expect(reconcile([silentEcho, open], [echo])[0]).toMatchObject({ status: 'skip' });
  });
});
