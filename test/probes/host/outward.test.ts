import { expect, it } from 'vitest';
import { outwardLinks } from '../../../src/probes/host/outward.js';
import { hostInterface } from '../../fakes/host.js';

type Link = readonly [name: string, kind: string | null, master?: string];

const names = (...links: Link[]) =>
  outwardLinks(links.map(([name, kind, master = null]) => ({ ...hostInterface({ name, kind, master }) }))).map(({ name }) => name);

it.each<[what: string, links: Link[], expected: string[]]>([
  [
    'a cable beside the bridge of containers',
    [
      ['docker0', 'bridge'],
      ['veth1', 'veth', 'docker0'],
      ['eth0', 'ethernet'],
    ],
    ['eth0'],
  ],
  [
    'a cable that is part of a bridge',
    [
      ['eth0', 'ethernet', 'br0'],
      ['tap0', 'tap', 'br0'],
      ['br0', 'bridge'],
    ],
    ['br0'],
  ],
  [
    'a radio beside a bridge with a cable',
    [
      ['eth0', 'ethernet', 'br0'],
      ['br0', 'bridge'],
      ['wlan0', 'wireless'],
    ],
    ['wlan0', 'br0'],
  ],
  [
    'a container',
    [
      ['eth0', 'veth'],
      ['tunl0', 'ipip'],
      ['sit0', 'sit'],
    ],
    ['eth0', 'tunl0', 'sit0'],
  ],
  [
    'links without a known kind',
    [
      ['en0', null],
      ['en1', null],
    ],
    ['en0', 'en1'],
  ],
  [
    'a Mac',
    [
      ['anpi0', 'ethernet'],
      ['awdl0', 'wireless'],
      ['utun0', 'tun'],
      ['en0', 'wireless'],
    ],
    ['en0'],
  ],
  ['none', [], []],
])('%s', (_, links, expected) => {
  expect(names(...links)).toEqual(expected);
});
