import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Made, makeCertificate, makeIntermediate, makeRoot } from '../fakes/x509.mjs';
import { createNetwork, type Host, type Layout, type Network } from './network.js';

/** A machine that trades, as docs/examples/trading.requirements.yaml wants it: its network, its brokers, and itself. */

export const CLIENT = '45.77.10.2';
/** Address of the first broker. */
export const BROKER_1 = '185.5.1.10';
const BROKERS = ['trade.broker-1.example', 'trade.broker-2.example', 'trade.broker-3.example'] as const;
const RESOLVER = '1.1.1.1';
const STUN_SERVER = '1.1.1.3';
const OFFICE = '10.20.0.10';
const TOKEN = 'tr4d1ng-l4b-t0k3n';
const ISSUER = 'CN=Trading Lab CA,O=Trading Lab';
/** Of the way to the resolver, each way: what a name costs that is in no cache. */
export const RESOLVER_DELAY_MS = 60;

const brokerLink = (number: 1 | 2 | 3, impaired: boolean): NonNullable<Layout['links']>[number] => ({
  ends: [
    { host: 'exchange', interface: `broker${number}`, addresses: [`185.5.${number}.1/24`] },
    { host: `broker${number}`, interface: 'eth0', addresses: [`185.5.${number}.10/24`] },
  ],
  ...(impaired ? { impairment: {} } : {}),
});

const LAYOUT: Layout = {
  hosts: ['client', 'gateway', 'exchange', 'broker1', 'broker2', 'broker3', 'internet', 'office'],
  routers: ['gateway', 'exchange'],
  links: [
    {
      ends: [
        { host: 'client', interface: 'eth0', addresses: [`${CLIENT}/24`] },
        { host: 'gateway', interface: 'lan', addresses: ['45.77.10.1/24'] },
      ],
    },
    {
      ends: [
        { host: 'gateway', interface: 'wan', addresses: ['45.77.20.1/24'] },
        { host: 'exchange', interface: 'eth0', addresses: ['45.77.20.2/24'] },
      ],
    },
    brokerLink(1, true),
    brokerLink(2, false),
    brokerLink(3, true),
    {
      ends: [
        { host: 'exchange', interface: 'internet', addresses: ['1.1.1.2/24'] },
        { host: 'internet', interface: 'eth0', addresses: [`${RESOLVER}/24`, `${STUN_SERVER}/24`] },
      ],
      impairment: { delayMs: RESOLVER_DELAY_MS },
    },
    {
      ends: [
        { host: 'gateway', interface: 'office', addresses: ['10.20.0.1/24'] },
        { host: 'office', interface: 'eth0', addresses: [`${OFFICE}/24`] },
      ],
    },
  ],
  routes: {
    client: ['default via 45.77.10.1'],
    gateway: ['default via 45.77.20.2'],
    exchange: ['45.77.10.0/24 via 45.77.20.1'],
    broker1: ['default via 185.5.1.1'],
    broker2: ['default via 185.5.2.1'],
    broker3: ['default via 185.5.3.1'],
    internet: ['default via 1.1.1.2'],
    office: ['default via 10.20.0.1'],
  },
  resolvers: { client: ['127.0.0.1'] },
  icmpErrorIntervalMs: { gateway: 0, exchange: 0, broker1: 0 },
};

/** Settings of the whole machine are shown in its first namespace alone, where no test may change them: here stand files in their place. */
const CORE = '/proc/sys/net/core';
const MACHINE_WIDE: Readonly<Record<string, string>> = {
  [`${CORE}/rmem_max`]: '134217728',
  [`${CORE}/wmem_max`]: '134217728',
  [`${CORE}/default_qdisc`]: 'fq',
  [`${CORE}/netdev_max_backlog`]: '5000',
  [`${CORE}/busy_poll`]: '0',
  [`${CORE}/busy_read`]: '0',
  [`${CORE}/somaxconn`]: '4096',
};

/** Settings that each namespace has of its own, under /proc/sys. */
const OWN_SETTINGS: Readonly<Record<string, string>> = {
  'net/ipv4/tcp_rmem': '4096 87380 67108864',
  'net/ipv4/tcp_wmem': '4096 65536 67108864',
  'net/ipv4/tcp_congestion_control': 'bbr',
  'net/ipv4/tcp_slow_start_after_idle': '0',
  'net/ipv4/tcp_fastopen': '3',
  'net/ipv4/tcp_mtu_probing': '1',
  'net/ipv4/tcp_timestamps': '1',
};

export interface Broker {
  /** Changes how it behaves, from what is well; `{}` makes it well again. */
  behave(how: object): Promise<void>;
}

export interface TradingLab {
  network: Network;
  client: Host;
  brokers: readonly Broker[];
  /** Files that stand in the place of the machine's own, by their path; `null`: a folder that is empty. */
  files: Map<string, string | null>;
  /** The local cache of names; `fill` asks it for those of the brokers, so that no series is timed beside a slow lookup. */
  resolver: { restart(options: readonly string[]): Promise<void>; fill(): Promise<unknown> };
  /** What listens on port 3000 of loopback. */
  developmentPort: { stop(): Promise<void>; start(): Promise<void> };
  /** Runs netdiag on the trading machine, with those files. */
  netdiag(args: readonly string[], env?: Readonly<Record<string, string>>): ReturnType<Host['run']>;
}

/** Builds it; whoever calls closes the network. @param folder for certificates, exists and is removed by the caller */
export async function createTradingLab(folder: string, program: string): Promise<TradingLab> {
  const network = await createNetwork(LAYOUT);
  try {
    const pem = writeCertificates(folder);
    const client = network.host('client');
    const [machine, , , ...brokers] = await Promise.all([
      setUpClient(client),
      separateOffice(network),
      serveInternet(network),
      ...([1, 2, 3] as const).map((number) => startBroker(network.host(`broker${number}`), pem)),
    ]);
    await machine.resolver.fill();
    const files = new Map<string, string | null>(Object.entries(MACHINE_WIDE));
    const variables = {
      BROKER_1: BROKERS[0],
      BROKER_2: BROKERS[1],
      BROKER_3: BROKERS[2],
      BROKER_TOKEN: TOKEN,
      CLIENT_CERTIFICATE: `${folder}/client.pem`,
      CLIENT_KEY: `${folder}/client-key.pem`,
      OTHER_SEGMENT: OFFICE,
      STUN_SERVER,
      PACKETS: '40',
      LOSS_PACKETS: '400',
      ORDERS: '5',
      PAUSE: '5ms',
    };
    writeFileSync(`${folder}/netdiag.yaml`, `ca: [${folder}/ca.pem]\n`);
    const netdiag: TradingLab['netdiag'] = (args, env = {}) =>
      client.run('sh', ['-c', withFiles(files), 'sh', process.execPath, program, ...args, '--config', `${folder}/netdiag.yaml`], {
        timeoutMs: 60_000,
        env: { NO_COLOR: '1', HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '', ...variables, ...env },
      });
    return { network, client, brokers, ...machine, files, netdiag };
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** Mounts each file over the machine's own, where it has one, in the mount namespace of this one command. */
function withFiles(files: ReadonlyMap<string, string | null>): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = ['set -e', 'd=$(mktemp -d -p /run)', 'chmod 0755 "$d"'];
  const mounts = [`mount --bind "$d" ${CORE}`];
  for (const [path, text] of files) {
    if (path.startsWith(`${CORE}/`)) lines.push(`printf '%s\\n' ${quote(text ?? '')} > "$d/${path.slice(CORE.length + 1)}"`);
    else if (text === null) mounts.push(`if [ -d ${quote(path)} ]; then mount -t tmpfs tmpfs ${quote(path)}; fi`);
    else
      mounts.push(
        `if [ -e ${quote(path)} ]; then f=$(mktemp -p /run); printf '%s\\n' ${quote(text)} > "$f"; mount --bind "$f" ${quote(path)}; fi`,
      );
  }
  return [...lines, ...mounts, 'exec "$@"'].join('\n');
}

async function setUpClient(client: Host): Promise<Pick<TradingLab, 'resolver' | 'developmentPort'>> {
  for (const [key, value] of Object.entries(OWN_SETTINGS)) await client.sysctl(key, value);
  await filterClient(client);
  let stopResolver = await startResolver(client, []);
  let stopPort = await listenOn(client, '127.0.0.1', 3000);
  await listenOn(client, '127.0.0.1', 8080);
  return {
    resolver: {
      async restart(options) {
        await stopResolver();
        stopResolver = await startResolver(client, options);
      },
      fill: () => client.must('dig', ['@127.0.0.1', ...BROKERS.flatMap((name) => [name, 'A', name, 'AAAA'])]),
    },
    developmentPort: {
      stop: () => stopPort(),
      async start() {
        stopPort = await listenOn(client, '127.0.0.1', 3000);
      },
    },
  };
}

/** Nobody else may connect; what this machine asked for may come in. */
export async function filterClient(client: Host): Promise<void> {
  const chain = 'add chain inet guard input { type filter hook input priority 0; policy drop; }';
  const rules = ['iif lo accept', 'ct state established,related accept', 'meta l4proto { icmp, ipv6-icmp } accept'];
  await client.must('nft', [`add table inet guard; ${chain}; ${rules.map((rule) => `add rule inet guard input ${rule}`).join('; ')}`]);
}

async function startResolver(client: Host, options: readonly string[]): Promise<() => Promise<void>> {
  const fixed = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-hosts', '--bind-interfaces', '--pid-file=', '--user=root'];
  const own = ['--no-resolv', `--server=${RESOLVER}`, '--listen-address=127.0.0.1'];
  const child = client.start('/usr/sbin/dnsmasq', [...fixed, ...own, ...options], { detached: true });
  await untilListening(client, 'udp', 53);
  return ending(child);
}

function ending(child: ReturnType<Host['start']>): () => Promise<void> {
  return async () => {
    child.kill('SIGKILL');
    await child;
  };
}

async function untilListening(host: Host, protocol: 'tcp' | 'udp', port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { stdout } = await host.run('ss', [protocol === 'udp' ? '-Hlun' : '-Hltn', `sport = :${port}`]);
    if (stdout.includes(`:${port}`)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${host.name}: nobody listens on ${protocol} ${port}`);
}

/** A program that listens. Resolves with what ends it. */
export async function listenOn(host: Host, address: string, port: number): Promise<() => Promise<void>> {
  const script = `require('node:net').createServer((s)=>s.on('error',()=>{}).end()).listen(${port},'${address}');process.stdin.resume().on('end',()=>process.exit(0))`;
  const child = host.start(process.execPath, ['-e', script], { detached: true });
  await untilListening(host, 'tcp', port);
  return ending(child);
}

/** The office must not be reached from the trading machine: its gateway keeps them apart. */
async function separateOffice(network: Network): Promise<void> {
  await network.host('office').serve('web', { tcp: [5432, 3389] });
  await network.host('gateway').nft('forward', `ip saddr ${CLIENT} ip daddr 10.20.0.0/24 drop`);
}

async function serveInternet(network: Network): Promise<void> {
  const internet = network.host('internet');
  const names = Object.fromEntries(BROKERS.map((name, index) => [name, [`185.5.${index + 1}.10`]]));
  await internet.serve('dns', { address: RESOLVER, names: { ...names, 'example.com': ['203.0.113.80', '2001:db8:80::80'] } });
  const options = ['-n', '-S', '--no-cli', '--no-tls', '--no-dtls', '-L', STUN_SERVER, '-p', '3478'];
  internet.start('turnserver', [...options, '--log-file', 'stdout', '--simple-log', '--pidfile', '/run/netdiag/turn.pid'], {
    detached: true,
  });
  await untilListening(internet, 'udp', 3478);
}

async function startBroker(host: Host, configuration: object): Promise<Broker> {
  const child = host.start(process.execPath, ['test/netns/services/broker.mjs', JSON.stringify(configuration)], { detached: true });
  const lines = createInterface({ input: child.stdout });
  const heard: string[] = [];
  let wake = () => {};
  lines.on('line', (line) => {
    heard.push(line);
    wake();
  });
  const ended = child.then(({ stderr }) => Promise.reject(new Error(`${host.name}: the broker ended: ${stderr}`)));
  ended.catch(() => {});
  const hear = async (): Promise<void> => {
    while (heard.shift() === undefined) {
      await Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        ended,
      ]);
    }
  };
  await hear();
  return {
    async behave(how) {
      child.stdin.write(`${JSON.stringify(how)}\n`);
      await hear();
    },
  };
}

function writeCertificates(folder: string) {
  mkdirSync(folder, { recursive: true });
  const root = makeRoot('CN=Trading Lab Root,O=Trading Lab');
  const issuer = makeIntermediate(ISSUER, root);
  const write = (name: string, made: Made, chain: readonly Made[]) => {
    const files = { cert: `${folder}/${name}.pem`, key: `${folder}/${name}-key.pem`, chain: `${folder}/${name}-chain.pem` };
    writeFileSync(files.cert, chain.map(({ cert }) => cert).join(''));
    writeFileSync(
      files.chain,
      chain
        .slice(1)
        .map(({ cert }) => cert)
        .join(''),
    );
    writeFileSync(files.key, made.key, { mode: 0o600 });
    return files;
  };
  const server = (subject: string, by: Made, days: { from: number; to: number }, names: readonly string[] = BROKERS) =>
    makeCertificate({ subject, issuer: by, names: [...names], ...days, ca: false, uses: ['digitalSignature'], purposes: ['serverAuth'] });
  const kept = { from: -30, to: 60 };
  const other = makeRoot('CN=Interceptor,O=Elsewhere');
  const made = {
    good: [server(`CN=${BROKERS[0]}`, issuer, kept), issuer],
    expired: [server(`CN=${BROKERS[0]}`, issuer, { from: -100, to: -10 }), issuer],
    'other-subject': [server('CN=somebody else', issuer, kept, ['somebody-else.example']), issuer],
    'other-issuer': [server(`CN=${BROKERS[0]}`, other, kept), other],
  } as const;
  const client = makeCertificate({
    subject: 'CN=trading machine',
    issuer: root,
    ca: false,
    uses: ['digitalSignature'],
    purposes: ['clientAuth'],
    names: ['trading'],
  });
  write('client', client, [client]);
  const stranger = makeCertificate({
    subject: 'CN=trading machine',
    issuer: makeRoot('CN=Stranger'),
    ca: false,
    purposes: ['clientAuth'],
    names: ['trading'],
  });
  write('stranger', stranger, [stranger]);
  writeFileSync(`${folder}/ca.pem`, root.cert);
  const certificates = Object.fromEntries(Object.entries(made).map(([name, chain]) => [name, write(name, chain[0], chain)]));
  return { certificates, ca: `${folder}/ca.pem`, token: TOKEN };
}
