import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { containerName, virtualizationName } from '../../src/model/place-names.js';
import { surroundingsNotTried } from '../../src/probes/surroundings/measure.js';
import { surroundingsLines } from '../../src/render/surroundings-text.js';
import { renderTable } from '../../src/render/table.js';
import { healthy } from '../fakes/reports.js';

type Surroundings = DataOf<'surroundings'>;

const NOTHING: Surroundings = surroundingsNotTried({ kind: 'skipped', because: '' }).data;
const machine = (fields: Partial<NonNullable<Surroundings['machine']>>) => ({
  kind: 'virtual' as const,
  hypervisor: 'kvm' as const,
  provider: null,
  because: 'the firmware names QEMU',
  evidence: [],
  ...fields,
});
const container = (fields: Partial<NonNullable<Surroundings['container']>>) => ({
  kind: 'container' as const,
  runtime: 'docker' as const,
  kubernetes: false,
  rootless: null,
  network: 'own' as const,
  because: 'mounts',
  evidence: [],
  ...fields,
});

describe('names of places', () => {
  it.each([
    [{}, 'KVM'],
    [{ provider: 'hetzner' }, 'KVM at Hetzner'],
    [{ hypervisor: 'nitro', provider: 'aws' }, 'AWS Nitro'],
    [{ hypervisor: null }, 'virtual machine'],
    [{ kind: 'metal', hypervisor: null }, 'bare metal'],
    [{ kind: null, hypervisor: null }, null],
  ] as const)('%o is %s', (fields, name) => expect(virtualizationName(machine(fields))).toBe(name));

  it.each([
    [{}, 'Docker'],
    [{ kubernetes: true, runtime: 'containerd' }, 'containerd, Kubernetes'],
    [{ rootless: true, runtime: 'podman' }, 'Podman, rootless'],
    [{ runtime: null }, 'container'],
    [{ kind: 'none', runtime: null }, 'none'],
    [{ kind: 'chroot', runtime: null }, 'chroot'],
    [{ kind: null, runtime: null }, null],
  ] as const)('%o is %s', (fields, name) => expect(containerName(container(fields), null)).toBe(name));

  it('WSL has its version', () => {
    expect(containerName(container({ runtime: 'wsl' }), { version: 2, networking: null, evidence: [] })).toBe('WSL2');
  });
});

describe('the surroundings in words', () => {
  it('are empty where nothing was looked at', () => expect(surroundingsLines(NOTHING)).toEqual([]));

  it('have what is known, and why the rest is not', () => {
    const data: Surroundings = {
      ...NOTHING,
      machine: machine({}),
      container: container({ kind: 'none', runtime: null, because: 'it is in the first namespaces of the kernel' }),
      secondOpinion: { machine: 'kvm', container: 'none' },
      translation: {
        sources: [{ family: 4, interface: 'eth0', address: '10.0.0.5', kind: 'private', gateway: '10.0.0.1', gatewayKind: 'private' }],
        layers: [{ what: 'a translation on the way out', because: '10.0.0.5 is private (RFC 1918)' }],
        outside: [
          {
            family: 4,
            server: '203.0.113.9',
            address: '198.51.100.7',
            port: 61_000,
            kind: 'documentation',
            local: '10.0.0.5',
            localPort: 40_000,
            isLocal: false,
            portKept: false,
            because: null,
          },
          {
            family: 6,
            server: '2001:db8::9',
            address: null,
            port: null,
            kind: null,
            local: null,
            localPort: null,
            isLocal: null,
            portKept: null,
            because: 'no answer within 900 ms',
          },
        ],
        verdict: 'at least one',
        because: 'x',
      },
      bridges: [{ interface: 'docker0', prefixes: ['172.17.0.0/16'], carrier: false, ports: [] }],
      absent: [{ fact: 'mainframe', because: 'not shown' }],
    };
    expect(surroundingsLines(data)).toEqual([
      'KVM: the firmware names QEMU',
      'no container: it is in the first namespaces of the kernel',
      'in a network namespace of its own',
      'systemd-detect-virt says: machine kvm, container none',
      'from 10.0.0.5 (private) by 10.0.0.1',
      'translations of IPv4: at least one (x)',
      '203.0.113.9 (STUN) sees 198.51.100.7 for 10.0.0.5, port 40000 became 61000',
      '2001:db8::9 (STUN): no answer within 900 ms',
      'docker0 172.17.0.0/16 · nothing on it',
      'not known: mainframe (not shown)',
    ]);
  });
});

describe('the heading of a report', () => {
  const heading = (host: object) => {
    const report = healthy();
    const text = renderTable({ ...report, host: { ...report.host, ...host } }, { width: 120, color: 0, unicode: true });
    return text.split('\n\n')[0];
  };

  it('names where it is from, as far as that is known', () => {
    expect(heading({ virtualization: 'KVM', container: 'Docker' })).toMatch(/, KVM, Docker · /);
    expect(heading({ virtualization: 'bare metal', container: 'none' })).toMatch(/, bare metal · /);
    expect(heading({ virtualization: null, container: null })).not.toMatch(/none|null|, ·/);
  });
});
