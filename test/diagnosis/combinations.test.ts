import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import type { Way } from '../../src/diagnosis/explains.js';
import { type FactsOf, reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Layer } from '../../src/model/layer.js';
import type { Check, CheckStatus } from '../../src/model/report.js';

/** Ids of which the part behind `@` is of this machine, and no target. */
const OF_MACHINE =
  /^(l1\.(carrier|wireless)|l2\.(interface|counters|duplicate|gateway-claims|lease)|l3\.(gateway|bridge-mtu|defaults|tunnel)|l4\.(listener|sharing|firewall-expected)|l7\.(resolver|name-service-stub|proxy-settings|clock-page))@/;

/** A line as `STATUS ID CODE`; targets are single letters, so that a link or an address is none. */
function line(text: string, observed = 'observed'): Check {
  const [status, id = '', code = null] = text.split(' ');
  const part = id.split('@')[1] ?? null;
  const target = part === null || (OF_MACHINE.test(id) && part.length > 1) ? null : part;
  return {
    id,
    layer: Number(id.charAt(1)) as Layer,
    title: id,
    target,
    status: status as CheckStatus,
    code: code as Code | null,
    observed,
    expected: 'expected',
    remedy: null,
    because: status === 'skip' ? 'not measured' : null,
    measurements: ['m1'],
  };
}

const fail = (id: string, code: Code) => line(`fail ${id} ${code}`);
const warn = (id: string, code: Code) => line(`warn ${id} ${code}`);
const pass = (id: string) => line(`pass ${id}`);

const SOURCE = '192.0.2.5';
const behind = (gateway: string, name = 'eth0'): Way => ({ interface: name, gateway, source: SOURCE, loopback: false });
const onLink: Way = { interface: 'eth0', gateway: null, source: SOURCE, loopback: false };
const here: Way = { interface: 'lo', gateway: null, source: '127.0.0.1', loopback: true };

function diagnose({ checks, ways = {}, links = {} }: Pick<Case, 'checks' | 'ways' | 'links'>) {
  const factsOf: FactsOf = (target, part) => ({
    interface: part === null ? 'eth0' : (links[part.gateway ?? part.address ?? ''] ?? null),
    gateway: '192.0.2.1',
    platform: 'linux',
    way: target === null ? null : (ways[target] ?? null),
  });
  return reason(checks, CAUSES, factsOf);
}

const GATEWAY = 'l3.gateway@192.0.2.1';
const RESOLVER = 'l7.resolver@192.0.2.53';
const STUB = 'l7.name-service-stub@127.0.0.53';
const PROXY = 'l7.proxy-settings@http://192.0.2.7:3128';
const ADVICE = [
  warn('l4.firewall', 'firewall-inactive'),
  warn('l7.clock-synchronized', 'clock-unsynchronized'),
  warn('l4.kernel-buffers', 'kernel-tuning'),
];

interface Case {
  what: string;
  checks: readonly Check[];
  /** Codes in the order of the diagnosis, each with its target where it has one. */
  causes: readonly string[];
  ways?: Readonly<Record<string, Way>>;
  /** Links of gateways and of own addresses. */
  links?: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    what: 'a dead gateway: resolver, proxy, names and targets fail with it, and no time server answers',
    checks: [
      fail(GATEWAY, 'gateway-unreachable'),
      fail(RESOLVER, 'dns-unreachable'),
      fail('l7.name@a', 'dns-unreachable'),
      fail('l7.proxy@a', 'proxy-unreachable'),
      fail(PROXY, 'proxy-unreachable'),
      line('skip l7.clock'),
      fail('l3.latency@b', 'host-unreachable'),
    ],
    causes: ['gateway-unreachable'],
  },
  {
    what: 'a dead gateway behind a stub of this machine, which says SERVFAIL',
    checks: [fail(GATEWAY, 'neighbor-unresolved'), fail('l7.name@a', 'dns-servfail'), line('skip l7.clock')],
    causes: ['neighbor-unresolved'],
  },
  {
    what: 'a dead line behind a router that answers SERVFAIL to every name',
    checks: [fail('l3.upstream', 'upstream-unreachable'), fail('l7.name@a', 'dns-servfail')],
    causes: ['upstream-unreachable'],
  },
  {
    what: 'a resolver that is dead beside a name of which the servers say SERVFAIL',
    checks: [warn(RESOLVER, 'dns-unreachable'), fail('l7.name@a', 'dns-servfail')],
    causes: ['dns-servfail a', 'dns-unreachable'],
  },
  {
    what: 'an interface that is down: everything',
    checks: [
      fail('l2.interface', 'interface-down'),
      fail('l3.route', 'no-default-route'),
      fail(GATEWAY, 'gateway-unreachable'),
      fail('l7.name-service', 'dns-no-resolver'),
      fail(RESOLVER, 'dns-unreachable'),
      fail('l7.name@a', 'dns-unreachable'),
      fail('l3.path@b', 'no-default-route'),
      fail('l7.proxy@a', 'proxy-unreachable'),
      warn('l4.retransmissions', 'tcp-retransmissions'),
      ...ADVICE,
    ],
    causes: ['interface-down', 'firewall-inactive', 'clock-unsynchronized', 'kernel-tuning'],
  },
  {
    what: 'an interface that is down, and a target on this machine that keeps silent',
    checks: [fail('l2.interface', 'interface-down'), fail('l6.handshake@b', 'service-silent')],
    ways: { b: here },
    causes: ['interface-down', 'service-silent b'],
  },
  {
    what: 'two links without carrier: each has its own cable',
    checks: [fail('l1.carrier', 'no-carrier'), warn('l1.carrier@eth1', 'no-carrier')],
    causes: ['no-carrier', 'no-carrier'],
  },
  {
    what: 'a link that is down beside one that damages what comes in',
    checks: [fail('l2.interface', 'interface-down'), warn('l2.counters@eth1', 'interface-errors')],
    causes: ['interface-down', 'interface-errors'],
  },
  {
    what: 'errors on two links',
    checks: [warn('l2.counters@eth0', 'interface-errors'), warn('l2.counters@eth1', 'interface-errors')],
    causes: ['interface-errors', 'interface-errors'],
  },
  {
    what: 'errors on a link, and some loss that is felt',
    checks: [
      warn('l2.counters@eth0', 'interface-errors'),
      warn(GATEWAY, 'loss-local'),
      warn('l4.retransmissions', 'tcp-retransmissions'),
      warn('l3.loss@a', 'loss-local'),
    ],
    causes: ['interface-errors'],
  },
  {
    what: 'errors on a link by which the target is not reached',
    checks: [warn('l2.counters@eth1', 'interface-errors'), warn('l3.loss@a', 'loss-local')],
    ways: { a: behind('192.0.2.1') },
    causes: ['interface-errors', 'loss-local a'],
  },
  {
    what: 'drops of the processors, which the link counts as well',
    checks: [
      warn('l2.backlog', 'receive-backlog-overflow'),
      line('warn l2.counters@eth0 interface-errors', '400 drops on receive of 9000 in 2 s'),
    ],
    causes: ['receive-backlog-overflow'],
  },
  {
    what: 'drops of the processors beside damaged frames',
    checks: [
      warn('l2.backlog', 'receive-backlog-overflow'),
      line('warn l2.counters@eth0 interface-errors', '90 CRC errors of 9000, 400 drops on receive of 9000 in 2 s'),
    ],
    causes: ['receive-backlog-overflow', 'interface-errors'],
  },
  {
    what: 'a weak radio: long and uneven round trips, and no target that is silent',
    checks: [
      warn('l1.wireless@wlan0', 'wifi-weak'),
      warn(GATEWAY, 'latency-high'),
      warn('l3.jitter@a', 'jitter-high'),
      fail('l4.port@b', 'port-filtered'),
    ],
    causes: ['port-filtered b', 'wifi-weak'],
  },
  {
    what: 'a weak radio, and a slow target on the cable',
    checks: [warn('l1.wireless@wlan0', 'wifi-weak'), warn('l3.latency@a', 'latency-high')],
    ways: { a: behind('192.0.2.1') },
    causes: ['wifi-weak', 'latency-high a'],
  },
  {
    what: 'an address in conflict, and the loss and resets that it makes',
    checks: [
      fail('l2.duplicate@192.0.2.5', 'duplicate-address'),
      warn(GATEWAY, 'loss-local'),
      fail('l3.loss@a', 'loss-target'),
      fail('l4.port@a', 'tcp-reset'),
      fail('l6.certificate@b', 'cert-expired'),
    ],
    causes: ['duplicate-address', 'cert-expired b'],
  },
  {
    what: 'an address in conflict that gets no answer at all any more',
    checks: [
      fail('l2.duplicate@192.0.2.5', 'duplicate-address'),
      fail(GATEWAY, 'neighbor-unresolved'),
      fail(RESOLVER, 'dns-unreachable'),
      fail('l7.name@b', 'dns-unreachable'),
      fail('l4.port@a', 'port-filtered'),
    ],
    ways: { a: behind('192.0.2.1') },
    links: { '192.0.2.5': 'eth0', '192.0.2.1': 'eth0' },
    causes: ['duplicate-address'],
  },
  {
    what: 'an address in conflict on one link, and a dead gateway and a filtered port behind another',
    checks: [
      fail('l2.duplicate@198.51.100.5', 'duplicate-address'),
      fail(GATEWAY, 'neighbor-unresolved'),
      fail('l4.port@a', 'port-filtered'),
    ],
    ways: { a: behind('192.0.2.9') },
    links: { '198.51.100.5': 'eth1', '192.0.2.1': 'eth0' },
    causes: ['duplicate-address', 'neighbor-unresolved', 'port-filtered a'],
  },
  {
    what: 'a weak radio, and a gateway on the cable that is slow',
    checks: [warn('l1.wireless@wlan0', 'wifi-weak'), warn(GATEWAY, 'latency-high')],
    links: { '192.0.2.1': 'eth0' },
    causes: ['wifi-weak', 'latency-high'],
  },
  {
    what: 'two addresses in conflict',
    checks: [fail('l2.duplicate@192.0.2.5', 'duplicate-address'), fail('l2.duplicate@198.51.100.5', 'duplicate-address')],
    causes: ['duplicate-address', 'duplicate-address'],
  },
  {
    what: 'a conflict that takes the only address: nothing is left to speak with',
    checks: [
      fail('l2.address', 'duplicate-address'),
      fail('l2.duplicate@2001:db8::5', 'duplicate-address'),
      fail('l3.route', 'no-default-route'),
      fail('l3.path@a', 'no-address'),
    ],
    causes: ['duplicate-address'],
  },
  {
    what: 'somebody else at the address of the gateway, and a target that is closed',
    checks: [warn('l2.gateway-claims@192.0.2.1', 'gateway-duplicate'), fail('l4.port@a', 'port-closed')],
    causes: ['port-closed a', 'gateway-duplicate'],
  },
  {
    what: 'no default route, while a target of the VPN has its own and is filtered',
    checks: [fail('l3.route', 'no-default-route'), fail('l3.path@a', 'no-default-route'), fail('l4.port@b', 'port-filtered')],
    ways: { b: behind('10.8.0.1', 'tun0') },
    causes: ['no-default-route', 'port-filtered b'],
  },
  {
    what: 'a dead gateway of one family, and a filtered port behind that of the other',
    checks: [fail('l3.gateway@fe80::1%eth0', 'gateway-unreachable'), fail('l4.port@a', 'port-filtered')],
    ways: { a: behind('192.0.2.1') },
    causes: ['gateway-unreachable', 'port-filtered a'],
  },
  {
    what: 'a dead gateway with a zone, and a target behind it',
    checks: [fail('l3.gateway@fe80::1%eth0', 'gateway-unreachable'), fail('l4.port@a', 'port-filtered')],
    ways: { a: behind('fe80::1') },
    causes: ['gateway-unreachable'],
  },
  {
    what: 'a dead gateway with the link-local address that the router of another link has too',
    checks: [fail('l3.gateway@fe80::1%eth1', 'gateway-unreachable'), fail('l4.port@a', 'port-filtered')],
    ways: { a: behind('fe80::1') },
    causes: ['gateway-unreachable', 'port-filtered a'],
  },
  {
    what: 'a dead gateway, and a printer on the own network that is off',
    checks: [fail(GATEWAY, 'gateway-unreachable'), fail('l3.latency@a', 'host-unreachable'), fail('l3.latency@b', 'host-unreachable')],
    ways: { a: onLink, b: behind('192.0.2.1') },
    causes: ['gateway-unreachable', 'host-unreachable a'],
  },
  {
    what: 'a dead gateway, and a name of which the proxy is behind it',
    checks: [fail(GATEWAY, 'gateway-unreachable'), fail('l7.proxy@a', 'proxy-unreachable'), warn('l7.name@a', 'dns-slow')],
    ways: { a: onLink },
    causes: ['gateway-unreachable'],
  },
  {
    what: 'a spare gateway that is dead: nothing that fails is its fault',
    checks: [warn('l3.gateway@198.51.100.1', 'neighbor-unresolved'), fail('l3.latency@a', 'host-unreachable')],
    ways: { a: behind('192.0.2.1') },
    causes: ['host-unreachable a', 'neighbor-unresolved'],
  },
  {
    what: 'a blackhole route for a target, while no time server answers',
    checks: [fail('l3.path@a', 'route-prohibited'), line('skip l7.clock'), line('skip l3.latency@a')],
    causes: ['route-prohibited a'],
  },
  {
    what: 'a container network that takes the addresses of a target',
    checks: [
      fail('l3.subnets@a', 'route-wrong'),
      fail('l3.latency@a', 'host-unreachable'),
      fail('l4.port@a', 'port-filtered'),
      fail('l4.port@b', 'port-closed'),
    ],
    causes: ['route-wrong a', 'port-closed b'],
  },
  {
    what: 'subnets that overlap, on a machine without a link',
    checks: [fail('l2.interface', 'interface-down'), warn('l3.subnets', 'subnet-overlap'), warn('l3.bridge-mtu@docker0', 'mtu-mismatch')],
    causes: ['interface-down', 'subnet-overlap', 'mtu-mismatch'],
  },
  {
    what: 'a tunnel that is larger than what carries it, and large packets that vanish in it',
    checks: [fail('l3.bridge-mtu@wg0', 'mtu-mismatch'), fail('l3.mtu@a', 'mtu-blackhole'), fail('l6.handshake@a', 'tls-handshake-failed')],
    ways: { a: { ...onLink, interface: 'wg0' } },
    causes: ['mtu-mismatch'],
  },
  {
    what: 'such a tunnel, and a black hole on another way',
    checks: [fail('l3.bridge-mtu@wg0', 'mtu-mismatch'), fail('l3.mtu@a', 'mtu-blackhole')],
    ways: { a: behind('192.0.2.1') },
    causes: ['mtu-mismatch', 'mtu-blackhole a'],
  },
  {
    what: 'the own firewall drops what is sent to resolvers',
    checks: [fail('l3.firewall-resolvers', 'firewall-blocks'), fail(RESOLVER, 'dns-unreachable'), fail('l7.name@a', 'dns-unreachable')],
    causes: ['firewall-blocks'],
  },
  {
    what: 'the own firewall drops what is sent to resolvers, and a target by its address is filtered',
    checks: [fail('l3.firewall-resolvers', 'firewall-blocks'), fail(RESOLVER, 'dns-unreachable'), fail('l4.port@b', 'port-filtered')],
    causes: ['firewall-blocks', 'port-filtered b'],
  },
  {
    what: 'the own firewall drops what is sent to a target',
    checks: [
      fail('l3.firewall@a', 'firewall-blocks'),
      fail('l3.latency@a', 'host-unreachable'),
      fail('l4.port@a', 'port-filtered'),
      fail('l4.port@b', 'port-filtered'),
    ],
    causes: ['firewall-blocks a', 'port-filtered b'],
  },
  {
    what: 'the own firewall drops one port, and the certificate of another target has expired',
    checks: [
      fail('l4.firewall-out@a', 'firewall-blocks'),
      fail('l4.port@a', 'port-filtered'),
      fail('l6.validity@b', 'cert-expired'),
      warn('l4.firewall', 'ipv6-unfiltered'),
    ],
    causes: ['firewall-blocks a', 'cert-expired b', 'ipv6-unfiltered'],
  },
  {
    what: 'a firewall that lets everything in, and a target that is silent: never its cause',
    checks: [fail('l4.port@a', 'port-filtered'), warn('l7.http@b', 'http-slow'), ...ADVICE],
    causes: ['port-filtered a', 'http-slow b', 'firewall-inactive', 'clock-unsynchronized', 'kernel-tuning'],
  },
  {
    what: 'the hosts file, and the port that is closed where it leads',
    checks: [fail('l7.hosts-file@a', 'hosts-override'), fail('l4.port@a', 'port-closed'), fail('l7.http@a', 'http-status')],
    causes: ['hosts-override a'],
  },
  {
    what: 'a dead gateway, and an entry of the hosts file that only differs',
    checks: [fail(GATEWAY, 'gateway-unreachable'), warn('l7.hosts-file@a', 'hosts-override'), fail('l4.port@a', 'port-filtered')],
    causes: ['gateway-unreachable', 'hosts-override a'],
  },
  {
    what: 'the hosts file, and a rule of the own firewall at the address that it gives',
    checks: [fail('l7.hosts-file@a', 'hosts-override'), fail('l4.firewall-out@a', 'firewall-blocks'), fail('l4.port@a', 'port-filtered')],
    causes: ['hosts-override a', 'firewall-blocks a'],
  },
  {
    what: 'a full connection table: loss and silence here and there, and no expired certificate',
    checks: [
      fail('l4.conntrack', 'conntrack-full'),
      warn(GATEWAY, 'loss-local'),
      fail('l3.loss@a', 'loss-target'),
      fail('l4.port@b', 'port-filtered'),
      warn('l7.name@b', 'dns-slow'),
      fail('l6.validity@a', 'cert-expired'),
    ],
    causes: ['conntrack-full', 'cert-expired a'],
  },
  {
    what: 'a connection table that is nearly full: no loss is its doing so far',
    checks: [warn('l4.conntrack', 'conntrack-full'), fail('l3.loss@a', 'loss-target')],
    causes: ['loss-target a', 'conntrack-full'],
  },
  {
    what: 'a full table of neighbours: the gateway cannot be learned',
    checks: [fail('l2.neighbors', 'neighbor-table-full'), fail(GATEWAY, 'neighbor-unresolved'), fail('l3.latency@a', 'host-unreachable')],
    causes: ['neighbor-table-full'],
  },
  {
    what: 'no local port left towards a target: connections fail at once',
    checks: [
      fail('l4.local-ports@a', 'ephemeral-ports-exhausted'),
      fail('l4.ports@a', 'ephemeral-ports-exhausted'),
      fail('l6.handshake@a', 'host-unreachable'),
      fail('l4.port@b', 'port-filtered'),
    ],
    causes: ['ephemeral-ports-exhausted a', 'port-filtered b'],
  },
  {
    what: 'no local port left towards some destination, and a target that is filtered',
    checks: [fail('l4.ephemeral-ports', 'ephemeral-ports-exhausted'), fail('l4.port@b', 'port-filtered')],
    causes: ['ephemeral-ports-exhausted', 'port-filtered b'],
  },
  {
    what: 'memory for sockets at its end, in two counts',
    checks: [fail('l4.socket-memory', 'socket-memory-pressure'), warn('l4.socket-buffers', 'socket-buffer-overflow')],
    causes: ['socket-memory-pressure'],
  },
  {
    what: 'a stub that is down: its silence, and the names',
    checks: [fail(STUB, 'dns-stub-down'), fail('l7.resolver@127.0.0.53', 'dns-unreachable'), fail('l7.name@a', 'dns-unreachable')],
    causes: ['dns-stub-down'],
  },
  {
    what: 'a stub that is down while no link is up: both are at fault',
    checks: [fail('l2.interface', 'interface-down'), fail(STUB, 'dns-stub-down'), fail('l7.name@a', 'dns-unreachable')],
    causes: ['interface-down', 'dns-stub-down'],
  },
  {
    what: 'a clock that is wrong, certificates that seem expired by it, and nobody who keeps it',
    checks: [
      fail('l7.clock', 'clock-skew'),
      warn('l7.clock-synchronized', 'clock-unsynchronized'),
      fail('l6.validity@a', 'clock-skew'),
      fail('l6.validity@b', 'clock-skew'),
      fail('l6.hostname@b', 'cert-hostname-mismatch'),
    ],
    causes: ['clock-skew', 'cert-hostname-mismatch b'],
  },
  {
    what: 'the answer of one service that differs says nothing of who keeps the clock',
    checks: [warn('l7.clock@a', 'clock-skew'), warn('l7.clock-synchronized', 'clock-unsynchronized')],
    causes: ['clock-skew a', 'clock-unsynchronized'],
  },
  {
    what: 'time servers that disagree, and a certificate that has expired',
    checks: [warn('l7.clock-servers', 'time-servers-disagree'), fail('l6.validity@a', 'cert-expired')],
    causes: ['cert-expired a', 'time-servers-disagree'],
  },
  {
    what: 'a dead proxy for all targets that need it',
    checks: [
      fail('l7.proxy@a', 'proxy-unreachable'),
      fail('l7.http@a', 'proxy-unreachable'),
      fail('l7.proxy@b', 'proxy-unreachable'),
      warn('l7.proxy-settings', 'proxies-misconfigured'),
    ],
    causes: ['proxy-unreachable', 'proxies-misconfigured'],
  },
  {
    what: 'two proxies that are dead, each by itself',
    checks: [fail(PROXY, 'proxy-unreachable'), warn('l7.proxy-settings@http://198.51.100.7:3128', 'proxy-unreachable')],
    causes: ['proxy-unreachable', 'proxy-unreachable'],
  },
  {
    what: 'two faults that have nothing to do with each other',
    checks: [fail('l4.port@a', 'port-closed'), fail('l6.validity@b', 'cert-expired')],
    causes: ['port-closed a', 'cert-expired b'],
  },
  {
    what: 'services that listen for everybody, and a resolver that is slow: what is felt goes first',
    checks: [warn('l4.exposure', 'listener-exposed'), warn('l4.published', 'firewall-bypassed'), warn(RESOLVER, 'dns-slow')],
    causes: ['dns-slow', 'listener-exposed', 'firewall-bypassed'],
  },
  {
    what: 'queues of a service that overflow, on a machine whose gateway is dead',
    checks: [
      fail(GATEWAY, 'gateway-unreachable'),
      warn('l4.listen-queue', 'listen-queue-overflow'),
      warn('l4.open-files', 'file-descriptors-exhausted'),
    ],
    causes: ['gateway-unreachable', 'file-descriptors-exhausted', 'listen-queue-overflow'],
  },
  {
    what: 'loss from the first hop on, and what TCP sent again for it',
    checks: [warn(GATEWAY, 'loss-local'), warn('l4.retransmissions', 'tcp-retransmissions')],
    causes: ['loss-local'],
  },
  {
    what: 'a login page of the network, and a gateway that answers',
    checks: [
      pass(GATEWAY),
      fail('l7.captive-portal', 'captive-portal'),
      fail('l3.upstream', 'upstream-unreachable'),
      fail('l6.certificate@a', 'cert-untrusted'),
      warn('l4.firewall', 'firewall-inactive'),
    ],
    causes: ['captive-portal', 'firewall-inactive'],
  },
  {
    what: 'names that programs do not ask DNS for, on a network that is well',
    checks: [warn('l7.name-service-order', 'dns-not-asked'), fail('l4.port@a', 'port-filtered')],
    causes: ['port-filtered a', 'dns-not-asked'],
  },
];

describe('what several probes see', () => {
  it.each(CASES)('$what', (given) => {
    const { checks, causes } = given;
    const { checks: after, diagnosis } = diagnose(given);
    expect(diagnosis.map(({ code, form = code, target }) => (target === null ? form : `${form} ${target}`))).toEqual(causes);

    const evidence = diagnosis.flatMap(({ evidence: ids }) => ids);
    expect([...evidence].sort(), 'what went wrong is evidence once').toEqual(
      checks
        .filter(({ status }) => status === 'fail' || status === 'warn')
        .map(({ id }) => id)
        .sort(),
    );
    for (const { id, status, code, because } of after) {
      expect([id, because === null], 'what is skipped says why').toEqual([id, status !== 'skip']);
      expect([id, code === null], 'what went wrong has its code').toEqual([id, status === 'pass' || status === 'skip']);
    }
  });

  it('comes to the same diagnoses in whatever order the lines come', () => {
    for (const { what, checks, causes, ...known } of CASES) {
      const { diagnosis } = diagnose({ checks: [...checks].reverse(), ...known });
      const found = diagnosis.map(({ code, form = code, target }) => (target === null ? form : `${form} ${target}`));
      expect([what, found]).toEqual([what, causes]);
    }
  });
});
