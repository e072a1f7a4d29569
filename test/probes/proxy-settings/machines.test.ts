import { describe, expect, it } from 'vitest';
import { failed, measured } from '../../../src/model/attempt.js';
import { proxySettingsData } from '../../../src/model/data/proxy-settings.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import { type ProxyHop, proxyName } from '../../../src/model/proxy.js';
import { proxyVariables } from '../../../src/model/proxy-environment.js';
import type { Network } from '../../../src/net/port.js';
import { measureProxySettings } from '../../../src/probes/proxy-settings/measure.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';
import { HOST_OPTIONS, recordedMachine } from '../name-service/recorded.js';

async function measureOn(machine: FakeMachine, options: Partial<HostOptions> = {}, alive: readonly string[] = []) {
  const local = fakeLocalSystem(machine);
  const faked = fakeNetwork();
  const reached: ProxyHop[] = [];
  const network: Network = {
    ...faked,
    local,
    proxies: {
      ...faked.proxies,
      reach: async (hop) => {
        reached.push(hop);
        const there = alive.includes(proxyName(hop));
        const times = { dnsMs: null, address: '192.0.2.7', tcpMs: there ? 3 : null, kernel: null, tlsMs: null };
        const outcome = there
          ? measured(null)
          : failed('connect', 'proxy-unreachable', `the proxy ${proxyName(hop)} cannot be connected to`);
        return { outcome, reached: { ...times, proxyMs: null, answer: null, authentication: null } };
      },
    },
  };
  const proxies = { given: null, variables: proxyVariables(machine.environment ?? {}) };
  const circumstances = {
    options: { ...HOST_OPTIONS, proxies, ...options },
    origin: {},
    policy: DEFAULT_POLICY,
    host: {} as never,
    targets: async () => [],
    othersDone: Promise.resolve(),
  };
  const observation = await measureProxySettings(circumstances, { network, signal: new AbortController().signal });
  proxySettingsData.parse(observation.data);
  return { ...observation, reached, ran: local.ran };
}

const DESKTOP = { HOME: '/home/user', DISPLAY: ':0' };

describe('proxies of recorded machines', () => {
  it('are found where programs keep them, without a login and without anything else of those files', async () => {
    const { data, reached } = await measureOn({ ...recordedMachine('proxies-debian-12'), environment: DESKTOP });
    expect(data.elsewhere.map(({ by, proxy, authenticated }) => `${by} ${proxy} ${authenticated}`)).toEqual([
      '/etc/environment http://proxy.example.net:3128 false',
      'shell profile http://proxy.example.net:3128 false',
      'apt http://cache.example.net:3142 true',
      'git socks5h://127.0.0.1:1080 true',
      'npm http://proxy.example.net:3128 false',
      'npm http://[2001:db8::1]:3128 false',
      'curl http://proxy.example.net:8080 false',
      'Docker client http://proxy.example.net:3129 true',
      'Docker daemon http://proxy.example.net:3130 false',
      'GNOME http://proxy.example.net:8080 false',
      'GNOME socks5://socks.example.net:1080 false',
    ]);
    expect(data.automatic).toEqual([{ by: 'KDE', host: 'wpad.example.net', source: '~/.config/kioslaverc' }]);
    expect(JSON.stringify(data)).not.toMatch(/secret|ZG9ja2Vy|A User|unused|not\.read|other\.example/);
    expect(data.absent).toEqual([]);
    // Each proxy once, however many name it.
    expect(reached.map(proxyName)).toEqual([...new Set(reached.map(proxyName))]);
    expect(data.proxies.find(({ proxy }) => proxy === 'http://proxy.example.net:3128')?.namedBy).toEqual([
      '/etc/environment',
      'shell profile',
      'npm',
    ]);
  });

  it('of openSUSE, and none where dnf says that there is none', async () => {
    const { data } = await measureOn(recordedMachine('proxies-opensuse'));
    expect(data.elsewhere.map(({ by, proxy }) => `${by} ${proxy}`)).toEqual(['SUSE http://proxy.example.net:3128']);
    const off = { files: { '/etc/sysconfig/proxy': 'PROXY_ENABLED="no"\nHTTP_PROXY="http://proxy.example.net:3128"\n' } };
    expect((await measureOn(off)).data.elsewhere).toEqual([]);
  });

  it.each([
    ['/etc/apt/apt.conf', 'Acquire::http::Proxy "false";\nAcquire::https::Proxy "none";\n'],
    ['/etc/gitconfig', '[http]\n\tproxy = ""\n'],
    ['/etc/npmrc', `proxy=null\nhttps-proxy=\${HTTPS_PROXY}\n`],
    ['/etc/dnf/dnf.conf', '[main]\nproxy=_none_\n'],
  ])('are none where %s says in its own words that there is none, or names another setting', async (path, text) => {
    const { data, reached } = await measureOn({ files: { [path]: text } });
    expect([data.elsewhere, reached]).toEqual([[], []]);
  });

  it('of SOCKS 4 are listed, and not tried', async () => {
    const { data, reached } = await measureOn({ files: { '/etc/gitconfig': '[http]\n\tproxy = socks4a://hidden-user@192.0.2.1:1080/\n' } });
    expect(data.elsewhere).toMatchObject([{ by: 'git', proxy: 'socks4a://192.0.2.1:1080', problem: null }]);
    expect(data.absent).toMatchObject([{ fact: 'whether socks4a://192.0.2.1:1080 answers (git)' }]);
    expect(JSON.stringify(data)).not.toContain('hidden-user');
    expect(reached).toEqual([]);
  });

  it('are not asked of the desktop where there is none, and not looked for beside the path', async () => {
    const recorded = recordedMachine('proxies-debian-12');
    expect((await measureOn({ ...recorded, environment: { HOME: '/home/user' } })).ran).toEqual([]);
    const path = await measureOn({ ...recorded, environment: DESKTOP }, { scope: 'path' });
    expect([path.ran, path.data.elsewhere, path.reached]).toEqual([[], [], []]);
  });

  it('of files that are not shown, and of nonsense, are absent', async () => {
    const files = { '/etc/environment': null, '/etc/docker/daemon.json': '{"proxies": [1, {"default": 3}]', '/etc/apt/apt.conf': '}}}{"' };
    const tools = { 'gsettings list-recursively org.gnome.system.proxy': 'Schema »org.gnome.system.proxy« ist nicht installiert\n' };
    const { data } = await measureOn({ files, tools, environment: { DISPLAY: ':0' } });
    expect(data.elsewhere).toEqual([]);
    expect(data.absent).toEqual([
      { fact: 'proxy of /etc/environment', because: '/etc/environment is not shown to this user' },
      { fact: 'proxy of the desktop', because: 'gsettings list-recursively org.gnome.system.proxy holds nothing that can be read' },
    ]);
  });
});

describe('whether proxies answer', () => {
  const environment = { https_proxy: 'http://u:hidden-word@192.0.2.7:3128', ALL_PROXY: 'socks5h://192.0.2.8' };

  it('is tried once for each, with the login kept here', async () => {
    const { data, reached } = await measureOn({ environment }, {}, ['http://192.0.2.7:3128']);
    expect(reached).toHaveLength(2);
    expect(data.proxies.map(({ proxy, reachable, failure }) => [proxy, reachable, failure?.code ?? null])).toEqual([
      ['http://192.0.2.7:3128', true, null],
      ['socks5h://192.0.2.8:1080', false, 'proxy-unreachable'],
    ]);
    expect(JSON.stringify(data)).not.toContain('hidden-word');
  });

  it('is not tried where nothing may be sent', async () => {
    const { data, reached } = await measureOn({ environment }, { passive: true });
    expect(reached).toEqual([]);
    expect(data.proxies.map(({ reachable, because }) => [reachable, because])).toEqual([
      [null, 'nothing is sent'],
      [null, 'nothing is sent'],
    ]);
  });

  it('stops at eight', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `http_proxy=http://192.0.2.${index + 1}:3128`).join('\n');
    const { data, reached } = await measureOn({ files: { '/etc/environment': lines } });
    expect(reached).toHaveLength(8);
    expect(data.proxies.filter(({ reachable }) => reachable === null)).toHaveLength(4);
  });
});
