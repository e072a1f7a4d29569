import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Layer } from '../../src/model/layer.js';
import type { Check, CheckStatus } from '../../src/model/report.js';

function check(id: string, status: CheckStatus, code: Code | null = null, observed: string | null = 'observed'): Check {
  const [kind, target] = id.split('@') as [string, string | undefined];
  const layer = Number(kind.slice(1, 2)) as Layer;
  const own = kind === 'l3.gateway' || kind === 'l7.resolver' ? null : (target ?? null);
  return {
    id,
    layer,
    title: kind,
    target: own,
    status,
    code,
    observed,
    expected: 'expected',
    remedy: null,
    because: null,
    measurements: ['m1'],
  };
}

const facts = () => ({ interface: 'eth0', gateway: '10.0.0.1', platform: 'linux' });
const diagnose = (checks: Check[]) => {
  const { checks: after, diagnosis } = reason(checks, CAUSES, facts);
  return {
    causes: diagnosis.map(({ code, target }) => (target === null ? code : `${code} ${target}`)),
    skipped: after.filter(({ status }) => status === 'skip').map(({ id }) => id),
    after,
    diagnosis,
  };
};

describe('reason', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(diagnose([check('l2.interface', 'pass'), check('l3.latency@a', 'pass'), check('l3.mtu@a', 'skip')])).toMatchObject({
      causes: [],
    });
  });

  it('blames the interface alone for everything above it', () => {
    const { causes, skipped, after } = diagnose([
      check('l2.interface', 'fail', 'interface-down'),
      check('l3.route', 'fail', 'no-default-route'),
      check('l3.path@a', 'fail', 'no-default-route'),
      check('l7.name@b', 'fail', 'dns-unreachable'),
    ]);
    expect(causes).toEqual(['interface-down']);
    expect(skipped).toEqual(['l3.route', 'l3.path@a', 'l7.name@b']);
    expect(after[1]).toMatchObject({ status: 'skip', code: null, remedy: null, because: 'explained by l2.interface (interface-down)' });
  });

  it('blames the container network for the name of a service, and not the resolver that never heard of it', () => {
    const name = check('l7.name@web', 'fail', 'dns-nxdomain');
    const { causes, skipped } = diagnose([
      check('l7.service-names@web', 'fail', 'service-names-unavailable'),
      name,
      check('l7.name@b', 'fail', 'dns-nxdomain'),
    ]);
    expect(causes).toEqual(['service-names-unavailable web', 'dns-nxdomain b']);
    expect(skipped).toEqual(['l7.name@web']);
  });

  it('has one cause for several bridges over one narrow uplink, by the name of the first', () => {
    const narrow = (name: string, observed: string) => check(`l3.bridge-mtu@${name}`, 'warn', 'mtu-mismatch', observed);
    const checks = [
      narrow('docker0', '1500 over eth0 with 1450'),
      narrow('virbr0', '1500 over eth0 with 1450'),
      narrow('wg0', '1500 over eth0 with 1500'),
    ];
    const { diagnosis } = diagnose(checks.map((made) => ({ ...made, target: null })));
    expect(diagnosis.map(({ code, evidence }) => [code, evidence.length])).toEqual([
      ['mtu-mismatch', 2],
      ['mtu-mismatch', 1],
    ]);
    expect(diagnosis[0]?.summary).toContain('interface docker0');
  });

  it('blames the route into a container network for a target that does not answer', () => {
    const { causes } = diagnose([
      check('l3.subnets@a', 'fail', 'route-wrong'),
      check('l3.latency@a', 'fail', 'host-unreachable'),
      check('l4.port@a', 'fail', 'port-filtered'),
    ]);
    expect(causes).toEqual(['route-wrong a']);
  });

  it('has one cause for a name that several servers do not know, and none for the names that they do know', () => {
    const checks = ['a', 'b'].flatMap((name) =>
      ['192.0.2.53', '192.0.2.54'].map((server) => ({
        ...(name === 'a' ? check('l7.dns@a', 'pass') : check('l7.dns@b', 'fail', 'dns-nxdomain')),
        id: `l7.dns@${name}/A/${server}`,
      })),
    );
    const { causes, diagnosis } = diagnose(checks);
    expect(causes).toEqual(['dns-nxdomain b']);
    expect(diagnosis[0]?.evidence).toEqual(['l7.dns@b/A/192.0.2.53', 'l7.dns@b/A/192.0.2.54']);
    expect(diagnosis[0]?.summary).not.toContain('every target');
    const everywhere = diagnose(checks.map((one) => ({ ...one, status: 'fail', code: 'dns-unreachable' })));
    expect(everywhere.causes).toEqual(['dns-unreachable']);
  });

  it('judges each port for itself, and has one cause for those with the same fault', () => {
    const ports = [
      { ...check('l4.port@a:22', 'fail', 'port-closed'), title: 'TCP 22 ssh', target: 'a' },
      { ...check('l4.port@a:23', 'fail', 'port-closed'), title: 'TCP 23', target: 'a' },
      { ...check('l4.port@a:3306', 'fail', 'port-filtered'), title: 'TCP 3306 mysql', target: 'a' },
      { ...check('l4.port@a:3307', 'fail', 'port-filtered'), title: 'TCP 3307', target: 'a' },
      { ...check('l4.port@a:53/udp', 'fail', 'port-closed'), title: 'UDP 53 domain', target: 'a' },
    ];
    const { causes, skipped, diagnosis } = diagnose(ports);
    expect(skipped).toEqual([]);
    expect(causes).toEqual(['port-closed a', 'port-filtered a', 'port-closed a']);
    expect(diagnosis[0]).toMatchObject({ evidence: ['l4.port@a:22', 'l4.port@a:23'] });
    expect(diagnosis[0]?.summary).toMatch(/^a refuses TCP 22 \(ssh\) and TCP 23: /);
    expect(diagnosis[2]?.summary).toMatch(/^a refuses UDP 53 \(domain\): /);
  });

  it('blames a dead gateway for silent targets, not for one that answered with a refusal', () => {
    const { causes } = diagnose([
      check('l3.gateway@10.0.0.1', 'fail', 'gateway-unreachable'),
      check('l3.latency@a', 'fail', 'host-unreachable'),
      check('l3.loss@a', 'fail', 'host-unreachable'),
      check('l4.port@b', 'fail', 'port-closed'),
    ]);
    expect(causes).toEqual(['gateway-unreachable', 'port-closed b']);
  });

  it('blames a silent host for its port and its TLS, and leaves other targets alone', () => {
    const { causes } = diagnose([
      check('l3.latency@a', 'fail', 'host-unreachable'),
      check('l4.port@a', 'fail', 'port-filtered'),
      check('l6.handshake@a', 'fail', 'tls-handshake-failed'),
      check('l6.validity@b', 'fail', 'cert-expired'),
      check('l3.latency@b', 'pass'),
    ]);
    expect(causes).toEqual(['host-unreachable a', 'cert-expired b']);
  });

  it('names two independent faults of one target', () => {
    const { causes } = diagnose([check('l3.loss@a', 'fail', 'loss-upstream'), check('l6.validity@a', 'fail', 'cert-expired')]);
    expect(causes).toEqual(['loss-upstream a', 'cert-expired a']);
  });

  it('blames a black hole for the handshake that stalls behind it, not for a bad certificate', () => {
    const { causes } = diagnose([
      check('l3.mtu@a', 'fail', 'mtu-blackhole'),
      check('l6.handshake@a', 'fail', 'service-silent'),
      check('l6.validity@b', 'fail', 'cert-expired'),
    ]);
    expect(causes).toEqual(['mtu-blackhole a', 'cert-expired b']);
  });

  it('blames the resolver for names that got no answer, not for names that do not exist', () => {
    const { causes, skipped } = diagnose([
      check('l7.resolver@10.0.0.53', 'fail', 'dns-unreachable'),
      check('l7.name@a', 'fail', 'dns-unreachable'),
      check('l7.name@b', 'fail', 'dns-nxdomain'),
    ]);
    expect(causes).toEqual(['dns-unreachable', 'dns-nxdomain b']);
    expect(skipped).toEqual(['l7.name@a']);
  });

  it('does not blame a slow gateway for a dead target', () => {
    const { causes } = diagnose([check('l3.gateway@10.0.0.1', 'warn', 'latency-high'), check('l3.latency@a', 'fail', 'host-unreachable')]);
    expect(causes).toEqual(['host-unreachable a', 'latency-high']);
  });

  it('names one cause in front of all targets, when all show the same', () => {
    const { causes, diagnosis } = diagnose([check('l3.loss@a', 'fail', 'loss-upstream'), check('l3.loss@b', 'fail', 'loss-upstream')]);
    expect(causes).toEqual(['loss-upstream']);
    expect(diagnosis[0]?.evidence).toEqual(['l3.loss@a', 'l3.loss@b']);
  });

  it('names a fault once, that two probes of one target saw', () => {
    const { causes, skipped } = diagnose([
      check('l4.port@a', 'fail', 'tcp-reset'),
      check('l7.http@a', 'fail', 'tcp-reset'),
      check('l4.port@b', 'pass'),
    ]);
    expect(causes).toEqual(['tcp-reset a']);
    expect(skipped).toEqual(['l7.http@a']);
  });

  it('has one cause for a name that a server refuses, whatever type of record is asked for, and one for each server', () => {
    const refused = (type: string, server: string): Check => ({
      ...check('l7.dns@a', 'fail', 'dns-refused'),
      id: `l7.dns@a/${type}/${server}`,
      target: 'a',
    });
    const { causes, diagnosis } = diagnose([refused('A', '192.0.2.1'), refused('AAAA', '192.0.2.1'), refused('A', '192.0.2.2')]);
    expect(causes).toEqual(['dns-refused a', 'dns-refused a']);
    expect(diagnosis[0]?.evidence).toEqual(['l7.dns@a/A/192.0.2.1', 'l7.dns@a/AAAA/192.0.2.1']);
  });

  it('does not let a warning stand for a failure', () => {
    const { after } = diagnose([check('l3.latency@a', 'warn', 'latency-high'), check('l4.port@a', 'fail', 'latency-high')]);
    expect(after.map(({ status }) => status)).toEqual(['warn', 'fail']);
  });

  it('keeps faults of the services apart, however many there are', () => {
    const { causes } = diagnose([check('l4.port@a', 'fail', 'port-closed'), check('l4.port@b', 'fail', 'port-closed')]);
    expect(causes).toEqual(['port-closed a', 'port-closed b']);
  });

  it('keeps the targets apart, when one of several is well', () => {
    const { causes } = diagnose([
      check('l3.loss@a', 'fail', 'loss-upstream'),
      check('l3.loss@b', 'fail', 'loss-upstream'),
      check('l3.loss@c', 'pass'),
    ]);
    expect(causes).toEqual(['loss-upstream a', 'loss-upstream b']);
  });

  it('ranks failures before warnings, and deeper ones first', () => {
    const { causes } = diagnose([
      check('l6.validity@a', 'warn', 'cert-expiring'),
      check('l7.http@a', 'fail', 'http-status'),
      check('l3.loss@a', 'warn', 'loss-upstream'),
    ]);
    expect(causes).toEqual(['http-status a', 'loss-upstream a', 'cert-expiring a']);
  });

  it('gives every trouble that is left its remedy, evidence and a confidence between 0 and 1', () => {
    const { after, diagnosis } = diagnose([check('l3.latency@a', 'pass'), check('l4.port@a', 'fail', 'port-closed')]);
    expect(after[1]?.remedy).toMatch(/\S/);
    expect(diagnosis).toMatchObject([{ evidence: ['l4.port@a'], ruledOut: ['l3.latency@a'], layer: 4 }]);
    expect(diagnosis[0]?.confidence).toBeGreaterThan(0.9);
    expect(diagnosis[0]?.confidence).toBeLessThan(1);
  });

  it('is surer of a silent host when a router said so, or when others answer', () => {
    const sure = (checks: Check[]) => diagnose(checks).diagnosis[0]?.confidence ?? 0;
    const alone = sure([check('l3.latency@a', 'fail', 'host-unreachable', 'no answer to 10 probes')]);
    const compared = sure([check('l3.latency@a', 'fail', 'host-unreachable', 'no answer to 10 probes'), check('l3.latency@b', 'pass')]);
    const stated = sure([{ ...check('l3.latency@a', 'fail', 'host-unreachable'), basis: 'stated' }]);
    expect(alone).toBeLessThan(compared);
    expect(compared).toBeLessThan(stated);
  });

  it('puts obsolete versions and weak suites before what is merely not of a policy', () => {
    const { causes } = diagnose([
      check('l6.policy-groups@a', 'fail', 'tls-policy-violated'),
      check('l6.policy-ciphers@a', 'fail', 'tls-cipher-weak'),
      check('l6.policy-protocols@a', 'fail', 'tls-protocol-obsolete'),
    ]);
    expect(causes).toEqual(['tls-protocol-obsolete a', 'tls-cipher-weak a', 'tls-policy-violated a']);
  });

  it('has each rule of a policy answered by itself, as one cause', () => {
    const { causes, skipped, diagnosis } = diagnose([
      check('l6.policy-protocols@a', 'fail', 'tls-policy-violated'),
      check('l6.policy-key-type@a', 'fail', 'tls-policy-violated'),
      check('l6.policy-post-quantum@a', 'warn', 'tls-policy-violated'),
    ]);
    expect(causes).toEqual(['tls-policy-violated a']);
    expect(skipped).toEqual([]);
    expect(diagnosis[0]?.evidence).toHaveLength(3);
  });

  it.each(['port-closed', 'port-filtered', 'port-rejected'] as const)('what a handshake meets at a port was seen there: %s', (code) => {
    const { causes, skipped } = diagnose([check('l4.port@a', 'fail', code), check('l6.handshake@a', 'fail', 'port-closed')]);
    expect(causes).toEqual([`${code} a`]);
    expect(skipped).toEqual(['l6.handshake@a']);
  });
});
