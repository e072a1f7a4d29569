import type { Code } from '../../src/model/code.js';
import type { Host } from './network.js';
import { BROKER_1, CLIENT, filterClient, listenOn, RESOLVER_DELAY_MS, type TradingLab } from './trading-lab.js';

/** One thing or several that are wrong at the same time, and what of docs/examples/trading.requirements.yaml must fail by it. */
export interface Round {
  what: string;
  /** By the id of the case, or of one check of it: the code by which it fails; `null` where it is a value that is not as it must be. */
  fails: Readonly<Record<string, Code | null>>;
  /** Looked at in the same run, and must not fail. */
  stands: readonly string[];
  /** Not looked at, since what they need fails. */
  skips?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Breaks it; resolves with what mends it. */
  breaks(lab: TradingLab): Promise<() => Promise<unknown>>;
}

const KERNEL = ['RMEM-MAX', 'WMEM-MAX', 'TCP-RMEM', 'TCP-WMEM', 'CONGESTION-CONTROL', 'DEFAULT-QDISC'].map((name) => `KERNEL-${name}`);
const KERNEL_TOO = ['TCP-FASTOPEN', 'NETDEV-MAX-BACKLOG', 'TCP-MTU-PROBING', 'TCP-TIMESTAMPS', 'SETTINGS', 'REALTIME'].map(
  (name) => `KERNEL-${name}`,
);
/** All that one look at the machine tells. */
const OF_MACHINE = [
  ...['LINK', 'ADDRESSES', 'GATEWAY', ...KERNEL, ...KERNEL_TOO],
  ...['DNS-CACHE', 'VIRTUALIZATION', 'CONTAINER', 'WSL', 'TRANSLATION', 'FIREWALL'],
];
const but = (all: readonly string[], fails: Readonly<Record<string, unknown>>) => all.filter((id) => !Object.hasOwn(fails, id));

/** Sets these under /proc/sys; resolves with what sets them back. */
async function settings(host: Host, values: Readonly<Record<string, string>>): Promise<() => Promise<unknown>> {
  const before: [string, string][] = [];
  for (const [key, value] of Object.entries(values)) {
    before.push([key, (await host.must('cat', [`/proc/sys/${key}`])).trim()]);
    await host.sysctl(key, value);
  }
  return () => Promise.all(before.map(([key, value]) => host.sysctl(key, value)));
}

/** Puts these in the place of the machine's files; returns what takes them away again. */
function files(lab: TradingLab, texts: Readonly<Record<string, string | null>>): () => void {
  const before = new Map(lab.files);
  for (const [path, text] of Object.entries(texts)) lab.files.set(path, text);
  return () => {
    lab.files.clear();
    for (const [path, text] of before) lab.files.set(path, text);
  };
}

/** A rule of its own, before all others; resolves with what takes it away. */
async function rule(host: Host, hook: 'input' | 'forward', text: string): Promise<() => Promise<unknown>> {
  const chain = `add chain inet breaks ${hook} { type filter hook ${hook} priority -10; policy accept; }`;
  await host.must('nft', [`add table inet breaks; ${chain}; add rule inet breaks ${hook} ${text}`]);
  return () => host.must('nft', ['delete', 'table', 'inet', 'breaks']);
}

async function behaving(lab: TradingLab, how: object): Promise<() => Promise<unknown>> {
  const [broker] = lab.brokers;
  await broker?.behave(how);
  return async () => broker?.behave({});
}

const MACHINE_FIRST = {
  'KERNEL-RMEM-MAX': 'kernel-tuning',
  'KERNEL-TCP-WMEM': 'kernel-tuning',
  'KERNEL-CONGESTION-CONTROL': 'kernel-tuning',
  'KERNEL-NETDEV-MAX-BACKLOG': 'kernel-tuning',
  'KERNEL-TCP-TIMESTAMPS': 'kernel-tuning',
  'KERNEL-SETTINGS': 'kernel-tuning',
  'DNS-CACHE': null,
  WSL: null,
  CONTAINER: null,
  'GRADE-DNS.cached': 'dns-slow',
} as const;

const MACHINE_SECOND = {
  'KERNEL-WMEM-MAX': 'kernel-tuning',
  'KERNEL-TCP-RMEM': 'kernel-tuning',
  'KERNEL-DEFAULT-QDISC': 'kernel-tuning',
  'KERNEL-TCP-FASTOPEN': 'kernel-tuning',
  'KERNEL-TCP-MTU-PROBING': 'kernel-tuning',
  'KERNEL-SETTINGS': 'kernel-tuning',
  TRANSLATION: null,
  VIRTUALIZATION: null,
  FIREWALL: 'firewall-inactive',
} as const;

/** The machine itself. */
export const MACHINE_ROUNDS: readonly Round[] = [
  {
    what: 'the machine as it was found: small buffers, under WSL, without a cache of names',
    fails: MACHINE_FIRST,
    stands: [...but(OF_MACHINE, MACHINE_FIRST), 'GRADE-DNS.first'],
    async breaks(lab) {
      const putBack = files(lab, {
        '/proc/sys/net/core/rmem_max': '212992',
        '/proc/sys/net/core/netdev_max_backlog': '1000',
        '/proc/sys/kernel/osrelease': '5.15.167.4-microsoft-standard-WSL2',
      });
      const mend = await settings(lab.client, {
        'net/ipv4/tcp_wmem': '4096 16384 4194304',
        'net/ipv4/tcp_congestion_control': 'reno',
        'net/ipv4/tcp_timestamps': '0',
      });
      await lab.network.link('exchange-internet').set({ delayMs: 80 });
      await lab.resolver.restart(['--cache-size=0']);
      return async () => {
        putBack();
        await Promise.all([mend(), lab.network.link('exchange-internet').set({ delayMs: RESOLVER_DELAY_MS }), lab.resolver.restart([])]);
        await lab.resolver.fill();
      };
    },
  },
  {
    what: 'the other half of the settings, a translation of addresses, no firewall, and a machine that says nothing of itself',
    fails: MACHINE_SECOND,
    stands: but(OF_MACHINE, MACHINE_SECOND),
    async breaks(lab) {
      const putBack = files(lab, {
        '/proc/sys/net/core/wmem_max': '212992',
        '/proc/sys/net/core/default_qdisc': 'pfifo_fast',
        '/proc/cpuinfo': '',
        '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'tsc',
        '/sys/firmware/acpi/tables': null,
        '/sys/class/dmi/id': null,
      });
      const mend = await settings(lab.client, {
        'net/ipv4/tcp_rmem': '4096 131072 6291456',
        'net/ipv4/tcp_fastopen': '1',
        'net/ipv4/tcp_mtu_probing': '0',
      });
      await lab.client.must('nft', ['delete', 'table', 'inet', 'guard']);
      const gateway = lab.network.host('gateway');
      const chain = 'add chain ip breaks post { type nat hook postrouting priority srcnat; policy accept; }';
      await gateway.must('nft', [`add table ip breaks; ${chain}; add rule ip breaks post oifname wan masquerade`]);
      return async () => {
        putBack();
        await Promise.all([mend(), filterClient(lab.client), gateway.must('nft', ['delete', 'table', 'ip', 'breaks'])]);
      };
    },
  },
  {
    what: 'a setting that no row names, and somebody else with the same address',
    fails: { 'KERNEL-SETTINGS': 'kernel-tuning', ADDRESSES: 'duplicate-address' },
    stands: ['LINK', 'KERNEL-RMEM-MAX', 'FIREWALL'],
    async breaks(lab) {
      const mend = await settings(lab.client, { 'net/ipv4/tcp_sack': '0' });
      const gateway = lab.network.host('gateway');
      await gateway.ip(`address add ${CLIENT}/32 dev lan`);
      return () => Promise.all([mend(), gateway.ip(`address del ${CLIENT}/32 dev lan`)]);
    },
  },
  {
    what: 'the link is down, and the kernel does not say how it can be preempted',
    fails: { LINK: 'interface-down', 'KERNEL-REALTIME': null },
    stands: ['KERNEL-RMEM-MAX', 'KERNEL-SETTINGS'],
    async breaks(lab) {
      const { client } = lab;
      const putBack = files(lab, { '/proc/version': 'Linux version 6.1.0 (somebody@somewhere) #1 SMP Sun Jan 1 00:00:00 UTC 2023' });
      await client.ip('link set eth0 down');
      return () => {
        putBack();
        return client.ip('link set eth0 up', 'route add default via 45.77.10.1');
      };
    },
  },
  {
    what: 'the gateway is another one',
    fails: { GATEWAY: 'neighbor-unresolved' },
    stands: ['LINK', 'ADDRESSES', 'KERNEL-SETTINGS'],
    async breaks({ client }) {
      await client.ip('route replace default via 45.77.10.99');
      return () => client.ip('route replace default via 45.77.10.1');
    },
  },
  {
    what: 'a route refuses the broker',
    fails: { ROUTES: 'route-prohibited' },
    stands: ['GATEWAY', 'LINK'],
    async breaks({ client }) {
      await client.ip(`route add unreachable ${BROKER_1}/32`);
      return () => client.ip(`route del unreachable ${BROKER_1}/32`);
    },
  },
  {
    what: 'services listen on all interfaces, the other segment is open, and a stranger shows a certificate',
    fails: {
      LISTENERS: 'listener-exposed',
      'LISTENERS-ALL': 'listener-exposed',
      SEGMENTS: null,
      'MUTUAL-TLS.with': 'tls-client-certificate-required',
    },
    stands: ['MUTUAL-TLS.without', 'FIREWALL'],
    async breaks(lab) {
      const { client } = lab;
      await lab.developmentPort.stop();
      const ends = [await listenOn(client, '0.0.0.0', 3000), await listenOn(client, '0.0.0.0', 9229)];
      const gateway = lab.network.host('gateway');
      await gateway.must('nft', ['flush', 'ruleset']);
      return async () => {
        await Promise.all(ends.map((end) => end()));
        await lab.developmentPort.start();
        await gateway.nft('forward', `ip saddr ${CLIENT} ip daddr 10.20.0.0/24 drop`);
      };
    },
    env: { CLIENT_CERTIFICATE: 'stranger.pem', CLIENT_KEY: 'stranger-key.pem' },
  },
  {
    what: 'hundreds of connections to the broker are held',
    fails: { CONNECTIONS: null },
    stands: ['ROUTES'],
    async breaks({ client }) {
      const script = `let open=0;for(let i=0;i<520;i++)require('node:net').connect(443,'${BROKER_1}').on('error',()=>{}).once('connect',()=>{if(++open===520)process.stdout.write('ready')});process.stdin.resume().on('end',()=>process.exit(0))`;
      const child = client.start(process.execPath, ['-e', script], { detached: true });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      return async () => {
        child.kill('SIGKILL');
        await child;
      };
    },
  },
];

/** The way to the broker, and the broker. */
export const BROKER_ROUNDS: readonly Round[] = [
  {
    what: 'the broker is far away',
    fails: { 'GRADE-LATENCY': 'latency-high' },
    stands: ['GRADE-JITTER', 'GRADE-UPTIME'],
    env: { PACKETS: '5' },
    async breaks({ network }) {
      await network.link('exchange-broker1').set({ delayMs: 51 });
      return () => network.link('exchange-broker1').set({});
    },
  },
  {
    what: 'the way is uneven',
    fails: { 'GRADE-JITTER': 'jitter-high' },
    stands: ['GRADE-LATENCY', 'GRADE-UPTIME'],
    env: { PACKETS: '30', PAUSE: '60ms' },
    async breaks({ network }) {
      await network.link('exchange-broker1').set({ delayMs: 50, jitterMs: 50 }, { from: 'exchange', seed: 3 });
      return () => network.link('exchange-broker1').set({});
    },
  },
  {
    what: 'packets are lost, and another broker is far away',
    fails: { 'GRADE-LOSS': 'loss-upstream', 'BROKERS-COMPARED': 'latency-high' },
    stands: [],
    async breaks({ network }) {
      await network.link('exchange-broker1').set({ lossRatio: 0.06 }, { seed: 5 });
      await network.link('exchange-broker3').set({ delayMs: 60 });
      return () => Promise.all(['exchange-broker1', 'exchange-broker3'].map((name) => network.link(name).set({})));
    },
  },
  {
    what: 'the broker is slow, and says nothing of its limit',
    fails: {
      'GRADE-EXECUTION': 'http-slow',
      'GRADE-THROUGHPUT.stream': 'websocket-slow',
      'GRADE-THROUGHPUT.both-ways': 'websocket-silent',
      'GRADE-TLS': 'tls-handshake-slow',
      'RATE-LIMIT.headers': 'http-header-missing',
      'RATE-LIMIT.room': 'http-header-missing',
    },
    stands: ['REST-STATUS', 'CERTIFICATE-DATES', 'CERTIFICATE-SUBJECT', 'CERTIFICATE-ISSUER'],
    breaks: (lab) => behaving(lab, { handshakeDelayMs: 800, orderDelayMs: 220, pricesPerSecond: 8, echoDelayMs: 60_000, rateLimit: null }),
  },
  {
    what: 'some connections are reset',
    fails: { 'GRADE-UPTIME': 'connectivity-intermittent' },
    stands: ['GRADE-LATENCY', 'GRADE-JITTER'],
    breaks: (lab) => behaving(lab, { resetEvery: 8 }),
  },
  {
    what: 'the token is refused, and a port is closed',
    fails: { 'REST-STATUS': 'http-unauthorized', 'PORTS.required': 'port-closed' },
    stands: ['PORTS.terminals', 'GRADE-TLS'],
    skips: ['RATE-LIMIT.headers', 'RATE-LIMIT.room'],
    breaks: (lab) => behaving(lab, { refuseToken: true, closed: [8443] }),
  },
  {
    what: 'no request is left',
    fails: { 'RATE-LIMIT.room': 'http-rate-limited' },
    stands: ['REST-STATUS', 'RATE-LIMIT.headers'],
    breaks: (lab) => behaving(lab, { rateLimit: { limit: 1200, remaining: 0 } }),
  },
  {
    what: 'the certificate has expired, and nobody is asked for one of his own',
    fails: { 'CERTIFICATE-DATES': 'cert-expired', 'MUTUAL-TLS.with': null, 'MUTUAL-TLS.without': null },
    stands: ['CERTIFICATE-SUBJECT'],
    breaks: (lab) => behaving(lab, { certificate: 'expired', mutual: false }),
  },
  {
    what: 'the certificate is for somebody else',
    fails: { 'CERTIFICATE-SUBJECT': 'cert-hostname-mismatch' },
    stands: ['CERTIFICATE-DATES', 'CERTIFICATE-ISSUER'],
    breaks: (lab) => behaving(lab, { certificate: 'other-subject' }),
  },
  {
    what: 'somebody else issued the certificate',
    fails: { 'CERTIFICATE-ISSUER': 'cert-untrusted' },
    stands: ['CERTIFICATE-DATES', 'CERTIFICATE-SUBJECT'],
    breaks: (lab) => behaving(lab, { certificate: 'other-issuer' }),
  },
  {
    what: 'nobody answers DNS outside',
    fails: { 'DNS-PUBLIC': 'dns-unreachable' },
    stands: ['GRADE-DNS.first', 'GRADE-DNS.cached'],
    breaks: ({ network }) => rule(network.host('gateway'), 'forward', 'udp dport 53 reject'),
  },
  {
    what: 'large packets vanish, and some ports are filtered',
    fails: { MTU: 'mtu-blackhole', 'PORTS.terminals': null },
    stands: ['PORTS.required', 'PATH'],
    async breaks({ network }) {
      await network.link('exchange-broker1').set({ mtuBytes: 1400 });
      const mend = await rule(network.host('exchange'), 'forward', 'tcp dport 17050-17060 drop');
      return () => Promise.all([mend(), network.link('exchange-broker1').set({})]);
    },
  },
  {
    what: 'the first SYN is lost',
    fails: { 'HANDSHAKE.retransmissions': 'tcp-retransmissions' },
    stands: ['PORTS.required', 'PORTS.terminals'],
    breaks: ({ network }) =>
      rule(network.host('exchange'), 'forward', 'tcp dport 443 tcp flags & (syn | ack) == syn limit rate 1/hour burst 1 packets drop'),
  },
  {
    what: 'nothing gets to the broker',
    fails: { PATH: 'host-unreachable', 'HANDSHAKE.connect': 'host-unreachable' },
    stands: ['DNS-PUBLIC'],
    breaks: ({ network }) => rule(network.host('exchange'), 'forward', `ip daddr ${BROKER_1} drop`),
  },
];
