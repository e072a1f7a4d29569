import { describe, expect, it } from 'vitest';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { Target } from '../../../src/model/target.js';
import type { KnownTarget, MachineJudgeContext } from '../../../src/probes/machine-probe.js';
import { judgeSurroundings } from '../../../src/probes/surroundings/judge.js';
import { surroundingsNotTried } from '../../../src/probes/surroundings/measure.js';
import { hostWith, link, route } from './host-data.js';

type Surroundings = DataOf<'surroundings'>;

const NOTHING: Surroundings = { ...surroundingsNotTried({ kind: 'skipped', because: '' }).data, overlaps: [] };
const METAL: Surroundings['machine'] = { kind: 'metal', hypervisor: null, provider: null, because: 'no mark', evidence: [] };
const DOCKER: Surroundings['container'] = {
  kind: 'container',
  runtime: 'docker',
  kubernetes: false,
  rootless: false,
  network: 'own',
  because: 'mounts',
  evidence: [],
};
const BRIDGE: Surroundings['bridges'][number] = { interface: 'docker0', prefixes: ['172.17.0.0/16'], carrier: true, ports: ['veth1'] };
const OVERLAP: NonNullable<Surroundings['overlaps']>[number] = {
  bridge: 'docker0',
  prefix: '172.17.0.0/16',
  other: 'tun0',
  otherPrefix: '172.16.0.0/12',
  otherIs: 'tunnel',
  common: '172.17.0.0/16',
  winner: 'docker0',
};
const CONFLICT: Surroundings['mtuConflicts'][number] = {
  interface: 'wg0',
  mtuBytes: 1500,
  against: 'eth0',
  againstMtuBytes: 1500,
  kind: 'tunnel-over-uplink',
  fitsBytes: 1440,
};

function made(
  data: Partial<Surroundings>,
  attempt: MeasurementOf<'surroundings'>['attempt'] = { kind: 'measured' },
): MeasurementOf<'surroundings'> {
  return {
    id: 'm9',
    probe: 'surroundings',
    target: null,
    method: 'system',
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 4,
    stalledMs: 0,
    attempt,
    data: { ...NOTHING, ...data },
  };
}

/** A target whose packets leave by that interface. */
function target(host: string, name: string | null, addresses: string[] = [host]): KnownTarget {
  const address = addresses[0] ?? null;
  const way = {
    address,
    source: '192.0.2.2',
    interface: name,
    gateway: null,
    loopback: false,
    table: 254,
    type: 'unicast',
    prefix: null,
    mtuBytes: null,
  };
  return { target: { id: host, host, port: null, scheme: null } as Target, addresses, way: address === null ? null : way };
}

const of = (probe: string, id: string | null, data: object, attempt: object = { kind: 'measured' }): Measurement =>
  ({ id: `m-${probe}`, probe, target: id, attempt, data }) as unknown as Measurement;

function lines(data: Partial<Surroundings>, context: Partial<MachineJudgeContext> = {}) {
  const scope = context.scope ?? 'all';
  const checks = judgeSurroundings(made(data), {
    policy: DEFAULT_POLICY,
    scope,
    measurements: [],
    targets: [],
    interfaces: new Set(),
    ...context,
  });
  return Object.fromEntries(checks.map(({ id, status, code, observed, because }) => [id, [status, code, observed ?? because]]));
}

const ETH0 = link('eth0', 'ethernet', ['192.168.1.10/24']);
const VETH1 = link('veth1', 'veth', [], { master: 'docker0' });
const DEFAULT = route('0.0.0.0/0', 'eth0', { gateway: '192.168.1.1' });
const MACHINE = of('host', null, hostWith([ETH0, link('docker0', 'bridge', ['172.17.0.1/16']), VETH1], [DEFAULT]));
const SILENT = [of('latency', '172.17.9.9', { sent: 3, received: 0 })];
const ANSWERED = [of('latency', '172.17.9.9', { sent: 3, received: 3 })];

describe('with scope path', () => {
  it.each([
    ['a laptop', { machine: METAL }, {}],
    ['a container', { machine: METAL, container: DOCKER }, {}],
    ['a laptop with Docker beside a VPN', { bridges: [BRIDGE], overlaps: [OVERLAP] }, { targets: [target('8.8.4.9', 'eth0')] }],
    [
      'Docker over a narrow uplink',
      { mtuConflicts: [{ ...CONFLICT, kind: 'bridge-over-uplink' as const, interface: 'docker0' }] },
      { targets: [target('172.17.9.9', 'docker0')] },
    ],
    [
      'a bridge with ports of different sizes, on the way',
      { mtuConflicts: [{ ...CONFLICT, kind: 'ports-of-bridge' as const, interface: 'vmbr0' }] },
      { targets: [target('8.8.4.9', 'vmbr0')] },
    ],
    [
      'a container that answers',
      { bridges: [BRIDGE], overlaps: [OVERLAP] },
      { targets: [target('172.17.9.9', 'docker0')], measurements: ANSWERED },
    ],
    ['a container that was not asked', { bridges: [BRIDGE] }, { targets: [target('172.17.9.9', 'docker0')] }],
    [
      'a large tunnel whose path was measured',
      { mtuConflicts: [CONFLICT] },
      { targets: [target('10.0.0.1', 'wg0')], measurements: [of('mtu', '10.0.0.1', { blackhole: false })] },
    ],
    ['nothing that could be read', {}, {}],
  ] as const)('%s has no line', (_name, data, context) => {
    expect(lines(data as Partial<Surroundings>, { scope: 'path', ...(context as Partial<MachineJudgeContext>) })).toEqual({});
  });

  it('fails for a target that a container network swallows', () => {
    const context = { scope: 'path', targets: [target('172.17.9.9', 'docker0')], measurements: SILENT } as const;
    expect(lines({ bridges: [BRIDGE], overlaps: [OVERLAP] }, context)).toEqual({
      'l3.subnets@172.17.9.9': ['fail', 'route-wrong', '172.17.9.9 goes to docker0 (172.17.0.0/16), and not to 172.16.0.0/12 of tun0'],
    });
    expect(lines({ bridges: [{ ...BRIDGE, ports: [], carrier: null }] }, context)).toMatchObject({
      'l3.subnets@172.17.9.9': ['fail', 'route-wrong', expect.stringContaining('no container')],
    });
    expect(lines({ bridges: [BRIDGE] }, context)).toMatchObject({
      'l3.subnets@172.17.9.9': ['warn', 'route-wrong', expect.stringContaining('nothing there answers')],
    });
    // The kernel sends it elsewhere: whatever is wrong, it is not the bridge.
    expect(lines({ bridges: [BRIDGE], overlaps: [OVERLAP] }, { ...context, targets: [target('172.17.9.9', 'tun0')] })).toEqual({});
  });

  it('warns of a tunnel that is too large, where the path was not measured, and fails where it swallows', () => {
    const targets = [target('10.0.0.1', 'wg0')];
    const expected = { 'l3.bridge-mtu@wg0': ['warn', 'mtu-mismatch', '1500 over eth0 with 1500'] };
    expect(lines({ mtuConflicts: [CONFLICT] }, { scope: 'path', targets })).toEqual(expected);
    expect(
      lines({ mtuConflicts: [CONFLICT] }, { scope: 'path', targets, measurements: [of('mtu', '10.0.0.1', { blackhole: true })] }),
    ).toMatchObject({ 'l3.bridge-mtu@wg0': ['fail', 'mtu-mismatch', '1500 over eth0 with 1500'] });
  });
});

describe('with scope all', () => {
  it('every topic has its line', () => {
    const translation = { sources: [], layers: [], outside: [], verdict: 'at least one', because: 'x' } as const;
    expect(
      lines(
        {
          machine: METAL,
          container: { ...DOCKER, kind: 'none', runtime: null },
          translation: { ...translation, sources: [], layers: [], outside: [] },
          bridges: [BRIDGE],
        },
        { measurements: [MACHINE] },
      ),
    ).toEqual({
      'l1.machine': ['pass', null, 'bare metal'],
      'l3.translation': ['pass', null, 'at least one (IPv4)'],
      'l3.subnets': ['pass', null, 'docker0 172.17.0.0/16'],
      'l3.bridge-mtu@docker0': ['pass', null, 'fits the way out'],
    });
  });

  it.each([
    ['nothing is on it', { carrier: false }, true],
    ['it is switched off', { up: false }, true],
    ['its MTU is not known', { mtuBytes: null }, true],
    ['there is no way out that it could be held against', {}, false],
  ] as const)('a bridge whose MTU was held against nothing fits nowhere: %s', (because, fields, hasWay) => {
    const host = hostWith([ETH0, link('docker0', 'bridge', ['172.17.0.1/16'], fields), VETH1], hasWay ? [DEFAULT] : []);
    expect(lines({ bridges: [BRIDGE] }, { measurements: [of('host', null, host)] })['l3.bridge-mtu@docker0']).toEqual([
      'skip',
      null,
      because,
    ]);
  });

  it('what is not known is skipped, with the reason', () => {
    const unknown = { ...METAL, kind: null, because: 'nothing names the machine' } as const;
    expect(lines({ machine: unknown, container: { ...DOCKER, kind: 'none', runtime: null }, overlaps: null })).toEqual({
      'l1.machine': ['skip', null, 'nothing names the machine'],
      'l3.translation': ['skip', null, 'it was not looked at'],
      'l3.subnets': ['skip', null, 'the routes of this machine are not known'],
    });
    const checks = judgeSurroundings(made({}, { kind: 'unavailable', capability: 'platform', reason: 'not read here' }), {
      policy: DEFAULT_POLICY,
      scope: 'all',
      measurements: [],
      targets: [],
      interfaces: new Set(),
    });
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['l1.machine', 'skip'],
      ['l3.translation', 'skip'],
    ]);
  });

  it('overlaps and MTU warn, and never fail', () => {
    const found = lines({
      machine: METAL,
      bridges: [BRIDGE],
      overlaps: [OVERLAP, { ...OVERLAP, other: 'eth0' }],
      mtuConflicts: [CONFLICT, { ...CONFLICT, interface: 'vmbr0', kind: 'ports-of-bridge' }],
    });
    expect(found['l3.subnets']).toEqual([
      'warn',
      'subnet-overlap',
      'docker0 172.17.0.0/16 lies in 172.16.0.0/12 of tun0; docker0 gets 172.17.0.0/16; 1 more',
    ]);
    expect(found['l3.bridge-mtu@wg0']?.slice(0, 2)).toEqual(['warn', 'mtu-mismatch']);
    expect(found['l3.bridge-mtu@vmbr0/ports']?.slice(0, 2)).toEqual(['warn', 'mtu-mismatch']);
    expect(Object.values(found).some(([status]) => status === 'fail')).toBe(false);
  });

  it('an overlap that is told with its target is not told twice', () => {
    const targets = [target('172.17.9.9', 'docker0')];
    const context = { scope: 'all', targets, measurements: SILENT } as const;
    const found = lines({ bridges: [BRIDGE], overlaps: [OVERLAP] }, context);
    expect(found['l3.subnets']).toEqual(['skip', null, 'told with 172.17.9.9, which ends in one of them']);
    const further = { ...OVERLAP, common: '172.18.0.0/16', prefix: '172.18.0.0/16' };
    expect(lines({ bridges: [BRIDGE], overlaps: [OVERLAP, further] }, context)['l3.subnets']?.slice(0, 2)).toEqual([
      'warn',
      'subnet-overlap',
    ]);
  });

  it('a target that was not asked is warned of where another route claims it', () => {
    expect(
      lines({ bridges: [BRIDGE], overlaps: [OVERLAP] }, { targets: [target('172.17.9.9', 'docker0')] })['l3.subnets@172.17.9.9']?.slice(
        0,
        2,
      ),
    ).toEqual(['warn', 'route-wrong']);
  });
});

describe('names of services', () => {
  const resolver = { address: '127.0.0.11', of: 'docker' } as const;
  const web = target('web', null, []);
  const denied = of('dns', 'web', { server: '192.0.2.53', rcode: 'NXDOMAIN' });

  it('are told where the resolver of the network answers', () => {
    const answer = of('dns', null, { server: '127.0.0.11', rcode: 'NOERROR' });
    const context = { targets: [target('db', 'eth0', ['172.20.0.3']), web], measurements: [answer] };
    expect(lines({ container: DOCKER, serviceResolver: resolver }, context)['l7.service-names']).toEqual([
      'pass',
      null,
      '127.0.0.11 answers, db is 172.20.0.3, web is not known',
    ]);
  });

  it('are not judged where it was not asked, or is silent: that is judged elsewhere', () => {
    expect(lines({ container: DOCKER, serviceResolver: resolver })['l7.service-names']?.[0]).toBe('skip');
    const silence = of('dns', null, { server: '127.0.0.11', rcode: null }, { kind: 'unanswered', step: 'response', waitedMs: 900 });
    expect(lines({ container: DOCKER, serviceResolver: resolver }, { measurements: [silence] })['l7.service-names']).toEqual([
      'skip',
      null,
      '127.0.0.11 does not answer',
    ]);
  });

  it("fail in Docker's default network, for a target by such a name", () => {
    const context = { scope: 'path', targets: [web], measurements: [denied] } as const;
    expect(lines({ container: DOCKER }, context)['l7.service-names@web']?.slice(0, 2)).toEqual(['fail', 'service-names-unavailable']);
    // Silence is not "no such name"; a full name is none of a service; outside of a container nobody expects them.
    expect(lines({ container: DOCKER }, { ...context, measurements: [] })).toEqual({});
    expect(lines({ container: DOCKER }, { ...context, targets: [target('web.example.net', null, [])] })).toEqual({});
    expect(lines({ container: { ...DOCKER, kind: 'none', runtime: null } }, context)).toEqual({});
    expect(lines({ container: { ...DOCKER, network: 'host' } }, context)).toEqual({});
  });
});
