import { describe, expect, it } from 'vitest';
import { nameServiceData } from '../../../src/model/data/name-service.js';
import { listener, measureOn, recordedMachine } from './recorded.js';

const PASSIVE = { options: { passive: true } } as const;

/** By machine: who wrote resolv.conf, the servers in it, where names are looked for, whom the stub asks, what keeps answers. */
const MACHINES = [
  ['names-debian-12', null, ['192.0.2.53', '192.0.2.54'], 'files dns', [], []],
  [
    'names-debian-12-resolved',
    'systemd-resolved (stub)',
    ['127.0.0.53'],
    'files mymachines resolve dns myhostname',
    ['systemd-resolved forwards 192.0.2.53 2001:db8::53'],
    ['systemd-resolved false'],
  ],
  [
    'names-ubuntu-20.04',
    'systemd-resolved (stub)',
    ['127.0.0.53'],
    'files mdns4_minimal dns mymachines',
    ['systemd-resolved forwards 192.0.2.53 192.0.2.54'],
    ['systemd-resolved true'],
  ],
  [
    'names-ubuntu-22.04',
    'systemd-resolved (stub)',
    ['127.0.0.53'],
    'files dns',
    ['systemd-resolved forwards 192.0.2.53 198.51.100.53'],
    ['systemd-resolved true'],
  ],
  [
    'names-ubuntu-24.04',
    'systemd-resolved (stub)',
    ['127.0.0.53'],
    'files mdns4_minimal dns',
    ['systemd-resolved forwards 192.0.2.53 2001:db8::53'],
    ['systemd-resolved true'],
  ],
  [
    'names-fedora-40',
    'systemd-resolved (stub)',
    ['127.0.0.53'],
    'files myhostname mdns4_minimal resolve dns',
    ['systemd-resolved forwards 192.0.2.53 fe80::1%wlp0s20f3'],
    ['systemd-resolved true'],
  ],
  ['names-rhel-9', 'NetworkManager', ['192.0.2.53', '192.0.2.54'], 'files dns myhostname', [], []],
  ['names-arch', 'systemd-resolved (uplink)', ['192.0.2.53', '2001:db8::53'], 'mymachines resolve files myhostname dns', [], []],
  ['names-alpine', null, ['192.0.2.53'], null, [], []],
  ['names-opensuse', 'netconfig', ['192.0.2.53'], 'files mdns_minimal dns', [], []],
  ['names-wsl2', 'WSL', ['10.255.255.254'], 'files dns', [], []],
  ['names-wsl2-by-hand', 'a person', ['192.0.2.53'], 'files dns', [], []],
  ['names-docker', 'Docker', ['127.0.0.11'], 'files dns', ['Docker forwards 127.0.0.53'], ['Docker false']],
  ['names-kubernetes', 'Kubernetes', ['10.96.0.10'], 'files dns', [], []],
  ['names-nixos', 'openresolv', ['192.0.2.53'], 'mymachines files myhostname dns', [], ['nscd true']],
  [
    'names-networkmanager-dnsmasq',
    'NetworkManager',
    ['127.0.0.1'],
    'files dns',
    ['dnsmasq forwards 192.0.2.53 192.0.2.54'],
    ['dnsmasq true'],
  ],
  ['names-debian-dnsmasq', 'resolvconf', ['127.0.0.1'], 'files dns', ['dnsmasq forwards 192.0.2.53'], ['dnsmasq true']],
  ['names-debian-unbound', null, ['127.0.0.1'], 'files dns', ['unbound recursive '], ['unbound true']],
] as const;

describe('the name service of recorded machines', () => {
  it.each(MACHINES)('%s', async (name, writer, servers, services, stubs, caches) => {
    const { attempt, data, asked } = await measureOn(recordedMachine(name), PASSIVE);
    nameServiceData.parse(data);
    expect(attempt.kind).toBe('measured');
    expect(asked).toEqual([]);
    expect(data.resolvConf?.writer?.name ?? null).toBe(writer);
    expect(data.resolvConf?.nameservers.map(({ address }) => address)).toEqual(servers);
    expect(data.resolvConf?.faults).toEqual([]);
    expect(data.nameSwitch?.services.join(' ') ?? null).toBe(services);
    const here = data.chain.filter(({ askedBy, kind }) => askedBy === null && kind !== 'elsewhere');
    expect(here.map(({ software, kind, upstreams }) => `${software} ${kind} ${upstreams.join(' ')}`)).toEqual(stubs);
    expect(data.caches.map(({ name: cache, keeps }) => `${cache} ${keeps}`)).toEqual(
      // Where the module of the name switch asks systemd-resolved without resolv.conf, its cache counts too.
      name === 'names-arch' ? ['systemd-resolved true'] : caches,
    );
  });

  it('tells encryption, the domains that go elsewhere, and the mode of systemd-resolved', async () => {
    const vpn = await measureOn(recordedMachine('names-ubuntu-22.04'), PASSIVE);
    expect(vpn.data.resolvedMode).toBe('stub');
    expect(vpn.data.chain[0]).toMatchObject({ routedDomains: 2, dnsOverTls: 'no', source: 'resolvectl status --no-pager' });
    const strict = await measureOn(recordedMachine('names-ubuntu-24.04'), PASSIVE);
    expect(strict.data.chain[0]).toMatchObject({ routedDomains: 0, dnsOverTls: 'yes' });
    const old = await measureOn(recordedMachine('names-ubuntu-20.04'), PASSIVE);
    expect(old.data).toMatchObject({ resolvedMode: null, chain: [{ dnsOverTls: 'no' }, {}, {}] });
    expect((await measureOn(recordedMachine('names-fedora-40'), PASSIVE)).data.chain[0]?.dnsOverTls).toBe('opportunistic');
  });

  it('asks no tool where only the paths to targets matter, and takes the uplinks from the file', async () => {
    const { data, ran } = await measureOn(recordedMachine('names-ubuntu-24.04'), { options: { passive: true, scope: 'path' } });
    expect(ran).toEqual([]);
    expect(data.chain[0]).toMatchObject({ upstreams: ['192.0.2.53'], source: '/run/systemd/resolve/resolv.conf' });
    expect(data.caches).toEqual([]);
  });

  it('never takes an address of the host of a container for its own', async () => {
    const { data } = await measureOn(recordedMachine('names-docker'), PASSIVE);
    expect(data.chain).toMatchObject([
      { server: '127.0.0.11', kind: 'forwards' },
      { server: '127.0.0.53', askedBy: '127.0.0.11', kind: 'elsewhere' },
    ]);
  });

  it('takes the owner of the socket for the program, and the file for its arguments', async () => {
    const recorded = recordedMachine('names-debian-dnsmasq');
    const { data } = await measureOn(recorded, { ...PASSIVE, listeners: [listener('127.0.0.1', 'unbound')] });
    expect(data.resolvConf?.nameservers[0]).toMatchObject({ label: 'local', listening: true });
    // /proc/700 is not recorded here: how it was started is not told.
    expect(data.chain[0]).toMatchObject({ software: 'unbound', kind: 'unknown' });
  });

  it('names each line without sense, says what is absent, and keeps the rest', async () => {
    const { data } = await measureOn(recordedMachine('names-garbled'), PASSIVE);
    expect(data.resolvConf).toMatchObject({ state: 'present', link: '../run/systemd/resolve/stub-resolv.conf', ndots: 1, options: [] });
    expect(data.resolvConf?.faults.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 5, 6, 7]);
    expect(data.resolvConf?.nameservers.filter(({ used }) => used)).toMatchObject([{ line: 8, address: '127.0.0.53' }]);
    expect(data.nameSwitch).toBeNull();
    expect(data.chain).toMatchObject([{ software: 'systemd-resolved', kind: 'no-upstream', upstreams: [] }]);
    expect(data.absent.map(({ because }) => because)).toEqual([
      'resolvectl status --no-pager holds nothing that can be read',
      '/etc/nsswitch.conf has no line hosts: that can be read',
      '/etc/hosts does not exist',
    ]);
  });

  it.each([
    ['nothing at all', {}, 'missing', '/etc/resolv.conf does not exist'],
    ['a file that is not shown', { files: { '/etc/resolv.conf': null } }, 'unreadable', '/etc/resolv.conf is not shown to this user'],
  ])('on a machine with %s it says so', async (_what, machine, state, because) => {
    const { attempt, data } = await measureOn(machine, PASSIVE);
    expect(attempt.kind).toBe('measured');
    expect(data.resolvConf).toMatchObject({ state, writer: null, nameservers: [] });
    expect(data.absent).toContainEqual({ fact: '/etc/resolv.conf', because });
    expect(data.chain).toEqual([]);
  });

  it('follows a file without name servers to the one of this machine, as the C library does', async () => {
    const machine = {
      files: {
        '/etc/resolv.conf': '# nothing\n',
        '/proc/5/comm': 'unbound\n',
        '/proc/5/cmdline': 'unbound\0',
        '/etc/unbound/unbound.conf': 'server:\n',
      },
    };
    const { data } = await measureOn(machine, { ...PASSIVE, listeners: [listener('0.0.0.0')] });
    expect(data.resolvConf?.state).toBe('empty');
    expect(data.chain).toMatchObject([{ server: '127.0.0.1', software: 'unbound', kind: 'recursive' }]);
  });

  it('does not guess which of several programs it is, nor which configuration', async () => {
    const two = { '/etc/resolv.conf': 'nameserver 127.0.0.1\n', '/proc/5/comm': 'dnsmasq\n', '/proc/5/cmdline': 'dnsmasq\0' };
    const same = { ...two, '/proc/6/comm': 'dnsmasq\n', '/proc/6/cmdline': 'dnsmasq\0-C\0/etc/other.conf\0' };
    expect((await measureOn({ files: same }, PASSIVE)).data.chain).toMatchObject([{ software: 'dnsmasq', kind: 'unknown' }]);
    const other = { ...two, '/proc/6/comm': 'unbound\n' };
    expect((await measureOn({ files: other }, PASSIVE)).data.chain).toMatchObject([{ software: null, kind: 'unknown' }]);
    const elsewhere = { '/proc/self/ns/net': 'net:[1]', '/proc/5/ns/net': 'net:[2]' };
    expect((await measureOn({ files: two, links: elsewhere }, PASSIVE)).data.chain).toMatchObject([{ software: null }]);
  });

  const STUB = { '/etc/resolv.conf': 'nameserver 127.0.0.1\n', '/proc/5/comm': 'dnsmasq\n' };

  it('tells two servers at one address apart by their ports', async () => {
    const files = { ...STUB, '/proc/5/cmdline': 'dnsmasq\0-C\0/etc/d.conf\0', '/etc/d.conf': 'no-resolv\nserver=127.0.0.1#5335\n' };
    const { data } = await measureOn({ files }, PASSIVE);
    expect(data.chain).toMatchObject([
      { server: '127.0.0.1', kind: 'forwards', upstreams: ['127.0.0.1:5335'] },
      // Which program that is, only the owner of its socket tells.
      { server: '127.0.0.1:5335', software: null, kind: 'unknown' },
    ]);
    const shown = await measureOn({ files }, { ...PASSIVE, listeners: [listener('127.0.0.1'), listener('127.0.0.1', 'stubby', 5335)] });
    expect(shown.data.chain[1]).toMatchObject({ server: '127.0.0.1:5335', software: 'Stubby', kind: 'unknown' });
  });

  it('reads the usual file of dnsmasq beside a folder that its command line names', async () => {
    const files = {
      ...{ ...STUB, '/proc/5/cmdline': 'dnsmasq\0-7\0/etc/dnsmasq.d,.dpkg-dist\0' },
      ...{ '/etc/dnsmasq.conf': 'no-resolv\nserver=192.0.2.53\n', '/etc/dnsmasq.d/README': '# nothing\n' },
    };
    const { data } = await measureOn({ files }, PASSIVE);
    expect(data.chain).toMatchObject([{ kind: 'forwards', upstreams: ['192.0.2.53'] }, { kind: 'elsewhere' }]);
  });

  it.each<[string, Record<string, string | null>, string]>([
    ['a file that is not shown', { '/etc/dnsmasq.conf': null }, '/etc/dnsmasq.conf is not shown to this user'],
    [
      'servers by name',
      { '/etc/dnsmasq.conf': 'no-resolv\nserver=dns.example.net\n' },
      'its configuration names them without their addresses',
    ],
    ['servers over D-Bus', { '/etc/dnsmasq.conf': 'no-resolv\nenable-dbus\n' }, 'they are given to it over D-Bus'],
  ])('takes %s of dnsmasq for no fault', async (_what, configuration, because) => {
    const files = { ...STUB, '/proc/5/cmdline': 'dnsmasq\0', ...configuration };
    const { data } = await measureOn({ files }, PASSIVE);
    expect(data.chain).toMatchObject([{ software: 'dnsmasq', kind: 'unknown', upstreams: [] }]);
    expect(data.absent).toContainEqual({ fact: 'whom dnsmasq asks', because });
  });

  it.each<[string, Record<string, string | null>, string]>([
    [
      'a part that is not shown',
      { '/etc/unbound/unbound.conf': 'include: "/etc/unbound/forward.conf"\n', '/etc/unbound/forward.conf': null },
      '/etc/unbound/forward.conf is not shown to this user',
    ],
    [
      'servers by name',
      { '/etc/unbound/unbound.conf': 'forward-zone:\n  name: "."\n  forward-host: dns.example.net\n' },
      'its configuration names them without their addresses',
    ],
  ])('takes %s of unbound for no fault, and not for the root', async (_what, configuration, because) => {
    const files = { ...STUB, '/proc/5/comm': 'unbound\n', '/proc/5/cmdline': 'unbound\0', ...configuration };
    const { data } = await measureOn({ files }, PASSIVE);
    expect(data.chain).toMatchObject([{ software: 'unbound', kind: 'unknown', upstreams: [] }]);
    expect(data.absent).toContainEqual({ fact: 'whom unbound asks', because });
  });

  it.each<[string, Record<string, string>, 'all' | 'path', string]>([
    ['nothing that runs here tells', {}, 'all', 'the owner of its socket is not shown to this user, and what runs here does not tell'],
    ['the command line is not shown', STUB, 'all', 'how it was started is not shown to this user, or several of them run'],
    ['the configuration has no reader', { '/proc/5/comm': 'named\n' }, 'all', 'the configuration of BIND is not read'],
    ['only the path matters', STUB, 'path', 'processes are not looked through for it'],
  ])('says why it is not known whom a stub asks: %s', async (_what, files, scope, because) => {
    const machine = { files: { '/etc/resolv.conf': 'nameserver 127.0.0.1\n', ...files } };
    const { data } = await measureOn(machine, { options: { passive: true, scope } });
    expect(data.chain).toMatchObject([{ kind: 'unknown' }]);
    expect(data.absent).toContainEqual({ fact: 'whom 127.0.0.1 asks', because });
  });

  it('sees that a stub asks itself', async () => {
    const files = { '/etc/resolv.conf': 'nameserver 127.0.0.1\n', '/proc/5/comm': 'dnsmasq\n', '/proc/5/cmdline': 'dnsmasq\0' };
    const { data } = await measureOn({ files }, PASSIVE);
    expect(data.chain).toMatchObject([
      { server: '127.0.0.1', kind: 'forwards', upstreams: ['127.0.0.1'] },
      { server: '127.0.0.1', askedBy: '127.0.0.1', kind: 'loop' },
    ]);
  });

  it('says on other platforms what it does not read, and still reads what Node tells', async () => {
    const { attempt, data } = await measureOn({ platform: 'freebsd' }, PASSIVE);
    expect(attempt.kind).toBe('measured');
    expect(data.resolvConf).toBeNull();
    expect(data.absent[0]?.because).toContain('freebsd');
  });
});
