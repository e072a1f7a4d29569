import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../src/model/measurement.js';
import { sourcesOf, translationOf } from '../../../src/probes/surroundings/translation.js';
import { addressKind } from '../../../src/wire/prefix.js';
import { hostWith, link, route } from './host-data.js';

type Surroundings = DataOf<'surroundings'>;
type Outside = NonNullable<Surroundings['translation']>['outside'][number];

const NOWHERE = { machine: null, container: null, wsl: null } as const;

const sources = (address: string, gateway: string | null, name = 'eth0') =>
  sourcesOf(hostWith([link(name, 'ethernet', [address])], [route('0.0.0.0/0', name, gateway === null ? {} : { gateway })]));

function seen(address: string | null, isLocal: boolean | null = address === null ? null : false): Outside {
  return {
    family: 4,
    server: '203.0.113.9',
    address,
    port: address === null ? null : 40_000,
    kind: address === null ? null : addressKind(address),
    local: '192.168.1.2',
    localPort: 40_000,
    isLocal,
    portKept: true,
    because: address === null ? 'no answer within 900 ms' : null,
  };
}

const WSL2: Surroundings['wsl'] = { version: 2, networking: 'nat', evidence: [] };
const machine = (hypervisor: NonNullable<Surroundings['machine']>['hypervisor']): Surroundings['machine'] => ({
  kind: 'virtual',
  hypervisor,
  provider: null,
  because: '',
  evidence: [],
});
const container = (fields: Partial<NonNullable<Surroundings['container']>>): Surroundings['container'] => ({
  kind: 'container',
  runtime: 'docker',
  kubernetes: false,
  rootless: false,
  network: 'own',
  because: '',
  evidence: [],
  ...fields,
});

describe('layers of translation', () => {
  it.each([
    ['a private address', '192.168.1.2/24', '192.168.1.1', [], 'at least one', 1, 'RFC 1918'],
    ['an address of a carrier', '100.70.1.2/10', '100.64.0.1', [], 'at least one', 1, 'carrier'],
    ['464XLAT', '192.0.0.4/32', null, [], 'at least two', 2, 'RFC 7335'],
    ['a public address, nobody asked', '8.8.4.9/24', '8.8.4.1', [], 'cannot tell', 0, 'no STUN server was asked'],
    ['a public address, no answer', '8.8.4.9/24', '8.8.4.1', [seen(null)], 'cannot tell', 0, 'no answer that counts'],
    [
      'a public address that the server sees too',
      '8.8.4.9/24',
      '8.8.4.1',
      [seen('8.8.4.9', true)],
      'none',
      0,
      'an address of this machine',
    ],
    ['a public address that becomes another', '8.8.4.9/24', '8.8.4.1', [seen('1.2.3.4')], 'at least one', 1, 'in place of'],
    ['a private address seen as a public one', '192.168.1.2/24', '192.168.1.1', [seen('1.2.3.4')], 'at least one', 1, '1.2.3.4'],
    ['a private address seen as one of a carrier', '192.168.1.2/24', '192.168.1.1', [seen('100.64.0.2')], 'at least two', 2, 'RFC 6598'],
    ['a private address seen as another private one', '192.168.1.2/24', '192.168.1.1', [seen('10.0.0.3')], 'at least two', 2, 'RFC 1918'],
    [
      'a private address that a server within the same network sees too',
      '192.168.1.2/24',
      '192.168.1.1',
      [seen('192.168.1.2', true)],
      'at least one',
      1,
      'saw 192.168.1.2 as it is: none on the way there',
    ],
  ] as const)('%s', (_name, address, gateway, outside, verdict, layers, words) => {
    const made = translationOf(sources(address, gateway), NOWHERE, outside);
    expect([made.verdict, made.layers.length], made.because).toEqual([verdict, layers]);
    expect(made.because).toContain(words);
  });

  it.each([
    ['VirtualBox', '10.0.2.15/24', '10.0.2.2', { ...NOWHERE, machine: machine('virtualbox') }],
    ['QEMU', '10.0.2.15/24', '10.0.2.2', { ...NOWHERE, machine: machine('kvm') }],
    ['Windows', '172.29.16.5/20', '172.29.16.1', { ...NOWHERE, wsl: WSL2 }],
    ['container', '172.17.0.2/16', '172.17.0.1', { ...NOWHERE, container: container({}) }],
    ['user network', '10.0.2.100/24', '10.0.2.2', { ...NOWHERE, container: container({ runtime: 'podman', rootless: true }) }],
  ] as const)('of %s is named', (name, address, gateway, place) => {
    const made = translationOf(sources(address, gateway), place, []);
    expect([made.verdict, made.layers.length]).toEqual(['at least one', 1]);
    expect(made.layers[0]?.what).toContain(name);
  });

  it('takes the shared space for the carrier\u2019s only where no container, cloud or tunnel has it', () => {
    const whatOf = (place: Parameters<typeof translationOf>[1], name = 'eth0') =>
      translationOf(sources('100.70.1.2/10', '100.64.0.1', name), place, []).layers.map(({ what }) => what.includes('carrier'));
    expect(whatOf(NOWHERE)).toEqual([true]);
    expect(whatOf({ ...NOWHERE, container: container({ kubernetes: true, runtime: 'containerd' }) })).toEqual([false]);
    expect(whatOf({ ...NOWHERE, machine: { ...machine('kvm'), provider: 'alibaba' } as Surroundings['machine'] })).toEqual([false]);
    expect(whatOf(NOWHERE, 'tailscale0')).toEqual([false]);
  });

  it('says why the server saw nothing of IPv4', () => {
    const because = (outside: Outside[], stunFailure: string | null) =>
      translationOf(sources('8.8.4.9/24', '8.8.4.1'), NOWHERE, outside, { stunFailure }).because;
    expect(because([], 'stun.example: no such name')).toContain('could not be asked (stun.example: no such name)');
    expect(because([{ ...seen('2600::1'), family: 6, server: '2600::9' }], null)).toContain('the STUN server has no IPv4 address');
  });

  it('says nothing of IPv4 where there is no way out over it', () => {
    const host = hostWith([link('eth0', 'ethernet', ['2001:db8::2/64'])], [route('::/0', 'eth0', { gateway: 'fe80::1' })]);
    expect(translationOf(sourcesOf(host), NOWHERE, [])).toMatchObject({ verdict: 'cannot tell', because: 'there is no way out over IPv4' });
  });

  it('takes the address that the kernel would: preferred by the route, temporary, not deprecated', () => {
    const eth0 = link('eth0', 'ethernet', [
      '192.168.1.2/24',
      '192.168.1.3/24',
      'fe80::2/64',
      'fd00::2/64',
      '2600::2/64',
      '2600::3/64',
      '2600::4/64',
    ]);
    for (const entry of eth0.addresses) {
      entry.temporary = entry.address === '2600::3' || entry.address === '2600::4';
      entry.deprecated = entry.address === '2600::4';
    }
    const routes = [
      route('0.0.0.0/0', 'eth0', { gateway: '192.168.1.1', preferredSource: '192.168.1.3' }),
      route('::/0', 'eth0', { gateway: 'fe80::1' }),
    ];
    expect(sourcesOf(hostWith([eth0], routes)).map(({ address, gatewayKind }) => [address, gatewayKind])).toEqual([
      ['192.168.1.3', 'private'],
      ['2600::3', 'link-local'],
    ]);
  });
});
