import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CauseFacts } from '../../src/diagnosis/cause.js';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { CODES } from '../../src/model/code.js';
import { parseTarget } from '../../src/model/target.js';

const UNKNOWN: CauseFacts = { target: null, observed: null, expected: null, interface: null, gateway: null, platform: 'linux' };
const KNOWN: CauseFacts = { ...UNKNOWN, target: 'app.example.net:443', interface: 'eth7', gateway: '192.0.2.1' };
const SSH = { number: 22, protocol: 'tcp', name: 'TCP 22 (ssh)' } as const;
const DNS = { number: 53, protocol: 'udp', name: 'UDP 53 (domain)' } as const;

const DETOUR = { address: '192.0.2.80', prefix: '192.0.2.0/24', gateway: '198.51.100.77', interface: 'eth7' };

describe('remedies', () => {
  test('of a wrong route name it as this machine has it, be it of one target or of all', () => {
    const said = (route: Partial<typeof DETOUR>, facts: CauseFacts = UNKNOWN) =>
      CAUSES['route-wrong'].remedy({ ...facts, route: { ...DETOUR, ...route } });
    expect(said({})).toBe(
      'Correct the route 192.0.2.0/24 via 198.51.100.77 dev eth7, or take it away where nobody needs it; which way the kernel chooses, shows: ip route get 192.0.2.80',
    );
    expect(said({}, { ...KNOWN, targetAddress: '192.0.2.81' })).toMatch(/ip route get 192\.0\.2\.81$/);
    expect(said({}, { ...UNKNOWN, platform: 'darwin' })).toMatch(/: route -n get 192\.0\.2\.80$/);
    expect(said({ prefix: '0.0.0.0/0' })).toBe('See which way the kernel chooses, then correct that route: ip route get 192.0.2.80');
    expect(said({ prefix: '192.0.2.0/24;id' })).not.toContain('id');
    expect(said({ interface: 'a b', gateway: '$(id)' })).toContain('the route 192.0.2.0/24, or');
  });

  test('for a bridge of Docker name its own settings, which its containers follow, and no command', () => {
    for (const name of ['docker0', 'br-0123456789ab']) {
      const remedy = CAUSES['mtu-mismatch'].remedy({ ...UNKNOWN, interface: name, expected: 'up to 1450' });
      expect(remedy).toContain('"mtu": 1450 in /etc/docker/daemon.json');
      expect(remedy).not.toContain('ip link');
    }
  });

  test.each([
    ['interface-down', { ...KNOWN }, 'sudo ip link set dev eth7 up'],
    ['interface-down', { ...KNOWN, platform: 'darwin', interface: 'en0' }, 'sudo ifconfig en0 up'],
    ['interface-down', { ...KNOWN, platform: 'win32', interface: 'Wi-Fi' }, 'Enable-NetAdapter -Name Wi-Fi'],
    ['interface-down', { ...KNOWN, platform: 'win32', interface: 'Ethernet 2' }, 'Enable-NetAdapter -Name INTERFACE'],
    ['gateway-unreachable', { ...KNOWN }, 'ip neigh show to 192.0.2.1'],
    ['gateway-unreachable', { ...KNOWN, gateway: 'fe80::1%eth7' }, 'ip neigh show to fe80::1'],
    ['gateway-unreachable', { ...KNOWN, gateway: 'fe80::1', platform: 'darwin' }, 'ndp -an'],
    ['host-unreachable', { ...KNOWN }, 'netdiag route app.example.net'],
    ['host-unreachable', { ...KNOWN, target: '[2001:db8::7]:443', platform: 'freebsd' }, 'netdiag route 2001:db8::7'],
    ['host-unreachable', { ...KNOWN, platform: 'win32' }, 'netdiag route app.example.net'],
    ['host-unreachable', { ...UNKNOWN }, 'netdiag route TARGET'],
    ['route-wrong', { ...KNOWN, target: '192.0.2.7' }, 'ip route get 192.0.2.7'],
    ['route-wrong', { ...KNOWN }, 'ip route get ADDRESS'],
    ['route-wrong', { ...KNOWN, targetAddress: '192.0.2.80' }, 'ip route get 192.0.2.80'],
    ['tcp-retransmissions', { ...KNOWN, targetAddress: '2001:db8::80' }, 'ss -tin dst 2001:db8::80'],
    ['route-wrong', { ...KNOWN, targetAddress: 'fe80::1%$(x)' }, 'ip route get ADDRESS'],
    ['mtu-blackhole', { ...KNOWN, pathMtuBytes: 1400 }, 'sudo ip link set dev eth7 mtu 1400'],
    ['mtu-blackhole', { ...KNOWN, pathMtuBytes: 576 }, 'sudo sysctl -w net.ipv4.tcp_mtu_probing=1'],
    ['mtu-blackhole', { ...KNOWN }, 'netdiag mtu app.example.net:443'],
    ['mtu-mismatch', { ...UNKNOWN, interface: 'wg0', expected: 'up to 1440' }, 'sudo ip link set dev wg0 mtu 1440'],
    ['mtu-mismatch', { ...UNKNOWN, interface: 'vmbr0', expected: 'one MTU' }, 'ip link show dev vmbr0'],
    ['port-closed', { ...KNOWN }, 'ss -ltn sport = :443'],
    ['port-closed', { ...KNOWN, target: '127.0.0.1:8080' }, 'ss -ltnp sport = :8080'],
    ['port-closed', { ...KNOWN, target: '192.0.2.7', ports: [SSH] }, 'ss -ltn sport = :22'],
    ['port-closed', { ...KNOWN, target: '192.0.2.7', ports: [DNS] }, 'ss -lun sport = :53'],
    ['port-closed', { ...KNOWN, target: '127.0.0.1', ports: [DNS], platform: 'darwin' }, 'lsof -nP -iUDP:53'],
    ['port-closed', { ...KNOWN, target: '192.0.2.7', ports: [SSH, { ...SSH, number: 23 }] }, 'ss -ltn'],
    ['loss-upstream', { ...KNOWN }, 'netdiag loss app.example.net --path'],
    ['loss-upstream', { ...KNOWN, lossByHop: 'not-placed' }, 'netdiag loss app.example.net --path --count 1000'],
    ['tls-handshake-failed', { ...KNOWN }, 'openssl s_client -connect app.example.net:443 -servername app.example.net'],
    ['tls-handshake-failed', { ...KNOWN, target: '[2001:db8::7]:443' }, 'openssl s_client -connect "[2001:db8::7]:443"'],
    ['dns-nxdomain', { ...KNOWN, target: 'https://münchen.example/a?b=c' }, 'netdiag dns xn--mnchen-3ya.example'],
    ['dns-nxdomain', { ...KNOWN, target: '192.0.2.7' }, 'netdiag dns NAME'],
    ['dns-nxdomain', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example --server 192.0.2.53'],
    ['dns-slow', { ...KNOWN, target: 'a.example', server: '192.0.2.53:5300' }, 'netdiag dns a.example --server 192.0.2.53:5300'],
    ['dns-servfail', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example --server 192.0.2.53 --no-check'],
    ['dns-hijacked', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example --server 192.0.2.53 --compare'],
    ['dns-intermittent', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example --server 192.0.2.53 --compare'],
    ['dns-unreachable', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example'],
    ['dns-refused', { ...KNOWN, target: 'a.example', server: '192.0.2.53' }, 'netdiag dns a.example'],
    ['dns-refused', { ...KNOWN, target: 'a.example', server: '$(reboot)' }, 'cat /etc/resolv.conf'],
    ['conntrack-full', { ...UNKNOWN, observed: '1048570 of 1048576 entries' }, 'sudo sysctl -w net.netfilter.nf_conntrack_max=2097152'],
    ['conntrack-full', { ...UNKNOWN }, 'sudo sysctl -w net.netfilter.nf_conntrack_max=262144'],
    ['route-cache-full', { ...UNKNOWN, observed: '4096 of 4096 entries' }, 'sudo sysctl -w net.ipv6.route.max_size=8192'],
    [
      'neighbor-table-full',
      { ...UNKNOWN, observed: 'IPv4 16000 of 16384, overflowed 3 times since the start, IPv6 3 of 1024' },
      'sudo sysctl -w net.ipv4.neigh.default.gc_thresh2=16384 net.ipv4.neigh.default.gc_thresh3=32768',
    ],
    ['duplicate-address', { ...KNOWN, address: '192.0.2.5' }, 'sudo arping -D -c 3 -I eth7 192.0.2.5'],
    ['duplicate-address', { ...KNOWN }, 'sudo arping -D -c 3 -I eth7 ADDRESS'],
    ['duplicate-address', { ...KNOWN, address: '2001:db8::5' }, 'ip -6 address show dev eth7 dadfailed'],
    ['gateway-duplicate', { ...KNOWN, gateway: 'fe80::1' }, 'ip -6 neigh show dev eth7'],
    [
      'http-status',
      { ...KNOWN, target: 'https://app.example.net/a/b.html' },
      'curl -sS -D - -o /dev/null https://app.example.net/a/b.html',
    ],
    ['http-status', { ...KNOWN, target: 'https://app.example.net/a?b=c' }, 'curl -sS -D - -o /dev/null https://app.example.net/'],
    ['http-status', { ...KNOWN, target: 'https://app.example.net/a$(id)' }, 'curl -sS -D - -o /dev/null https://app.example.net/'],
    [
      'http-status',
      { ...KNOWN, target: 'ws://app.example.net:8080', platform: 'win32' },
      'curl.exe -sS -D - -o NUL http://app.example.net:8080/',
    ],
    ['http-status', { ...KNOWN, target: 'http://[2001:db8::7]' }, 'curl -sS -D - -o /dev/null "http://[2001:db8::7]/"'],
  ] as const)('%s, %o: ends in %s', (code, facts, command) => {
    const remedy = CAUSES[code].remedy(facts);
    expect(remedy.slice(remedy.lastIndexOf(': ') + 2)).toBe(command);
  });

  test('a clock that differs from that of a service is not said to be the wrong one', () => {
    expect(CAUSES['clock-skew'].summary({ ...KNOWN })).toContain('this machine or that of the service');
    expect(CAUSES['clock-skew'].summary({ ...UNKNOWN })).toBe('The clock of this machine is wrong.');
  });

  test('of a black hole name the other ways too, for the direction in which they help', () => {
    const there = CAUSES['mtu-blackhole'].remedy({ ...KNOWN, target: '192.0.2.7:443', pathMtuBytes: 1400 });
    expect(there).toContain('maxseg size set 1360');
    expect(there).toContain('tcp_mtu_probing=1');
    const back = CAUSES['mtu-blackhole'].remedy({ ...KNOWN, pathMtuBytes: 1400, vanishingDirection: 'from-target' });
    // A name can stand for an IPv6 address as well.
    expect(back).toContain('maxseg size set 1340');
    expect(back).not.toContain('tcp_mtu_probing');
    expect(CAUSES['mtu-blackhole'].summary({ ...KNOWN, pathMtuBytes: 1400, vanishingDirection: 'from-target' })).toContain(
      'Packets over 1400 bytes that come back from app.example.net:443 vanish',
    );
  });

  test('do not send those who have looked at each hop to look again', () => {
    expect(CAUSES['loss-upstream'].remedy({ ...KNOWN, lossByHop: 'placed' })).toMatch(/^Give the provider the loss of each hop/);
  });

  test('ask for root only where something is changed or rules are read', () => {
    for (const code of CODES) {
      const [, command] = /: (sudo \S+)/.exec(CAUSES[code].remedy(KNOWN)) ?? [];
      if (command === undefined) continue;
      expect([
        'sudo ip',
        'sudo networkctl',
        'sudo arping',
        'sudo tcpdump',
        'sudo nft',
        'sudo ss',
        'sudo sysctl',
        'sudo timedatectl',
      ]).toContain(command);
    }
  });

  test('take nothing from facts that a shell would run, whatever the network sends', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        'x;id',
        'x`id`',
        'x$(id)',
        'x|id',
        'x&&id',
        'x\nid',
        '-oProxyCommand=id',
        "x'id'",
        'x"id"',
        'x>y',
        'x<y',
        'x\\y',
        '%PATH%',
        'x id',
        '\u202ex',
        'x*',
        '~x',
        '{a,b}',
        'x#y',
        '!x',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom('\u202e', '\u00a0', '\u2028', '\u0085', '\ud800', 'ü', 'a', '$', '-'), maxLength: 10 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...CODES),
        hostile,
        hostile,
        hostile,
        hostile,
        fc.constantFrom('linux', 'darwin', 'win32'),
        (code, target, observed, name, gateway, platform) => {
          const { remedy } = CAUSES[code];
          const said = remedy({ target, observed, expected: observed, interface: name, gateway, platform });
          // With every word that may pass through replaced by its placeholder, nothing is left that the facts have brought.
          const harmless = (text: string) => /^[A-Za-z0-9.:_-]*$/.test(text);
          if ([target, name, gateway].every((text) => !harmless(text.split('%', 1)[0] ?? '') && !parseTarget(text).ok)) {
            expect(said).toBe(remedy({ ...UNKNOWN, platform }));
          }
          expect(said).toMatch(/^[\x20-\x7e]+$/);
          expect(said).not.toContain('$(');
        },
      ),
      { numRuns: 1000 },
    );
  });
});
