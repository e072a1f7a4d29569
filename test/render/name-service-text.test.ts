import { describe, expect, it } from 'vitest';
import { measured } from '../../src/model/attempt.js';
import { nameServiceNotTried } from '../../src/probes/name-service/measure.js';
import { proxySettingsNotTried } from '../../src/probes/proxy-settings/measure.js';
import { nameServiceLines } from '../../src/render/name-service-text.js';
import { proxySettingsLines } from '../../src/render/proxy-settings-text.js';
import { measureOn, recordedMachine } from '../probes/name-service/recorded.js';

const PASSIVE = { options: { passive: true } };

describe('the lines about names', () => {
  it.each([
    [
      'names-ubuntu-22.04',
      [
        '/etc/resolv.conf -> ../run/systemd/resolve/stub-resolv.conf · by systemd-resolved (stub) · mode stub · 127.0.0.53 · search . · ndots 1 · edns0 trust-ad',
        'names are looked for in files, dns',
        '127.0.0.53 is systemd-resolved, asks 192.0.2.53, 198.51.100.53, others for 2 domains',
        'systemd-resolved keeps answers',
        '/etc/hosts: 7 entries',
      ],
    ],
    [
      'names-kubernetes',
      [
        '/etc/resolv.conf · by Kubernetes · 10.96.0.10 · search default.svc.cluster.local svc.cluster.local cluster.local · ndots 5',
        'names are looked for in files, dns',
        'example.com is asked for as example.com.default.svc.cluster.local, example.com.svc.cluster.local, example.com.cluster.local, example.com',
      ],
    ],
    [
      'names-docker',
      [
        '/etc/resolv.conf · by Docker · 127.0.0.11 · search example.net · ndots 0 · edns0 trust-ad',
        'names are looked for in files, dns',
        '127.0.0.11 is Docker, asks 127.0.0.53',
        'Docker keeps nothing',
        'example.com is asked for as example.com, example.com.example.net',
      ],
    ],
    [
      'names-debian-unbound',
      [
        '/etc/resolv.conf · 127.0.0.1 · ndots 1',
        'names are looked for in files, dns',
        '127.0.0.1 is unbound, asks from the root down',
        'unbound keeps answers',
      ],
    ],
  ])('of %s', async (machine, lines) => {
    expect(nameServiceLines((await measureOn(recordedMachine(machine), PASSIVE)).data)).toEqual(lines);
  });

  it('show what a cache saves, what a search list costs, and what the hosts file overrides', () => {
    const empty = nameServiceNotTried(measured(null)).data;
    const trial = { server: '127.0.0.1', local: true, name: 'example.com', type: 'AAAA', firstMs: 40, secondMs: 0.5, savedMs: 39.5 };
    const wasted = [{ name: 'app.example.net.a.example', rcode: 'NXDOMAIN', queryMs: 21.25 }];
    const lookup = { target: 'app.example.net:443', name: 'app.example.net', candidates: ['app.example.net.a.example', 'app.example.net'] };
    const override = { target: 'x:1', name: 'x', addresses: ['192.0.2.9'], resolverAddresses: ['198.51.100.1'], server: '192.0.2.53' };
    const lines = nameServiceLines({
      ...empty,
      cacheTrial: { ...trial, finding: 'saves' },
      lookups: [{ ...lookup, found: 'app.example.net', wasted, wastedMs: 21.25, ahead: [], diverted: null, dnsNotAsked: null }],
      hostsFile: { path: '/etc/hosts', entries: 9, faults: [4], overrides: [{ ...override, agreement: 'differs', because: null }] },
      chain: [
        {
          server: '127.0.0.1',
          askedBy: null,
          software: 'dnsmasq',
          kind: 'forwards',
          upstreams: ['127.0.0.1'],
          routedDomains: 1,
          dnsOverTls: null,
          source: null,
        },
        {
          server: '127.0.0.1',
          askedBy: '127.0.0.1',
          software: 'dnsmasq',
          kind: 'loop',
          upstreams: [],
          routedDomains: null,
          dnsOverTls: null,
          source: null,
        },
        {
          server: '127.0.0.2',
          askedBy: null,
          software: null,
          kind: 'no-upstream',
          upstreams: [],
          routedDomains: null,
          dnsOverTls: null,
          source: null,
        },
      ],
    });
    expect(lines).toEqual([
      '127.0.0.1 is dnsmasq, asks 127.0.0.1, others for 1 domain',
      '127.0.0.1 is dnsmasq, behind 127.0.0.1: a loop',
      '127.0.0.2, and has nobody to ask',
      'example.com AAAA at 127.0.0.1: first 40 ms, again 0.500 ms',
      'app.example.net is asked for as app.example.net.a.example, app.example.net · 1 in vain, 21.3 ms',
      '/etc/hosts has x at 192.0.2.9, the resolver 198.51.100.1',
    ]);
  });
});

describe('the lines about proxies', () => {
  it('show where each is set, and whether it answers', () => {
    const empty = proxySettingsNotTried(measured(null)).data;
    const proxy = 'http://proxy.example.net:3128';
    const nothing = { dnsMs: null, tlsMs: null, failure: null, because: null };
    const lines = proxySettingsLines({
      ...empty,
      variables: [
        { name: 'HTTPS_PROXY', proxy, authenticated: true, schemes: ['https', 'wss'], problem: null },
        { name: 'ALL_PROXY', proxy: null, authenticated: null, schemes: [], problem: 'it is too long' },
      ],
      exceptions: [{ name: 'no_proxy', entries: 3, faults: [{ entry: 2, kind: 'ignored', problem: 'a URL' }] }],
      elsewhere: [{ by: 'apt', proxy, authenticated: false, problem: null, source: '/etc/apt/apt.conf' }],
      automatic: [{ by: 'GNOME', host: 'wpad.example.net', source: null }],
      proxies: [{ proxy, namedBy: ['HTTPS_PROXY', 'apt'], reachable: true, address: '192.0.2.7', tcpMs: 2, ...nothing }],
    });
    expect(lines).toEqual([
      'HTTPS_PROXY: http://proxy.example.net:3128, with a login · for https, wss',
      'ALL_PROXY: cannot be read · it is too long',
      'no_proxy: 3 exceptions · entry 2: a URL',
      'apt: http://proxy.example.net:3128 (/etc/apt/apt.conf)',
      'GNOME: automatic configuration from wpad.example.net, not followed',
      'http://proxy.example.net:3128 at 192.0.2.7: connected in 2 ms',
    ]);
    expect(proxySettingsLines(empty)).toEqual([]);
  });
});
