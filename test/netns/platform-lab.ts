import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeAuthority } from '../fakes/certificates.js';
import { createNetwork, type Host, type Layout, type Network } from './network.js';
import { type Resolvers, startResolvers } from './platform-names.js';

/**
 * The platform of docs/examples/platform.requirements.yaml: a machine with a container network, the services in it, somebody outside, and
 * an internet of one host with the interfaces that the platform uses. All of it satisfies the requirements; `fault` breaks one thing.
 */
export const ADDRESSES = {
  platform: '203.0.113.10',
  resolver: '198.51.100.53',
  exchange: '198.51.100.10',
  testnet: '198.51.100.11',
  ai: '198.51.100.20',
  bandwidth: '198.51.100.30',
  time: '198.51.100.123',
} as const;

/** Where requests to the exchange arrive, by region. */
const REGIONS = ['singapore', 'tokyo', 'hong-kong', 'virginia', 'ireland', 'frankfurt', 'sao-paulo'];
const REGION_ADDRESSES = REGIONS.map((_region, index) => `198.51.100.${41 + index}`);

const BRIDGE = 'br-172020000016';
/** Of containers, by the names that they call each other by. */
const SERVICES = {
  dashboard: '172.20.0.10',
  engine: '172.20.0.11',
  ai: '172.20.0.12',
  mongodb: '172.20.0.20',
  redis: '172.20.0.21',
  rabbitmq: '172.20.0.22',
  kong: '172.20.0.30',
  'kong-database': '172.20.0.31',
  grafana: '172.20.0.40',
  prometheus: '172.20.0.41',
  'egress-proxy': '172.20.0.50',
} as const;

/** One namespace each; several services share one where nobody could tell. */
const CONTAINERS: Readonly<Record<string, readonly (keyof typeof SERVICES)[]>> = {
  dashboard: ['dashboard'],
  engine: ['engine'],
  ai: ['ai'],
  data: ['mongodb', 'redis', 'rabbitmq', 'kong-database'],
  kong: ['kong'],
  monitoring: ['grafana', 'prometheus', 'egress-proxy'],
};

/** Ports of the machine and where they lead. */
const PUBLISHED: readonly [address: string, port: number, to: keyof typeof SERVICES, toPort: number][] = [
  ['0.0.0.0', 3000, 'dashboard', 3000],
  ['0.0.0.0', 8080, 'engine', 8080],
  ['0.0.0.0', 443, 'kong', 8443],
  ['0.0.0.0', 8443, 'kong', 8443],
  ['0.0.0.0', 8100, 'kong', 8100],
  ['0.0.0.0', 8000, 'ai', 8000],
  ['127.0.0.1', 8001, 'kong', 8001],
  ['127.0.0.1', 8444, 'kong', 8444],
  ['127.0.0.1', 27017, 'mongodb', 27017],
  ['127.0.0.1', 6379, 'redis', 6379],
  ['127.0.0.1', 5672, 'rabbitmq', 5672],
  ['127.0.0.1', 5432, 'kong-database', 5432],
  ['127.0.0.1', 15672, 'rabbitmq', 15672],
  ['127.0.0.1', 3001, 'grafana', 3001],
  ['127.0.0.1', 9090, 'prometheus', 9090],
];

const LAYOUT: Layout = {
  hosts: ['outside', 'internet', 'machine', ...Object.keys(CONTAINERS)],
  routers: ['internet', 'machine'],
  links: [
    {
      ends: [
        { host: 'outside', interface: 'eth0', addresses: ['192.0.2.20/24'] },
        { host: 'internet', interface: 'eth0', addresses: ['192.0.2.1/24'] },
      ],
    },
    {
      ends: [
        { host: 'machine', interface: 'eth0', addresses: [`${ADDRESSES.platform}/24`] },
        { host: 'internet', interface: 'eth1', addresses: ['203.0.113.1/24'] },
      ],
    },
    ...Object.entries(CONTAINERS).map(([container, services]) => ({
      ends: [
        { host: container, interface: 'eth0', addresses: services.map((service) => `${SERVICES[service]}/16`) },
        { host: 'machine', interface: `veth-${container}` },
      ] as const,
    })),
  ],
  loopback: {
    internet: [...Object.values(ADDRESSES).filter((address) => address !== ADDRESSES.platform), ...REGION_ADDRESSES].map(
      (address) => `${address}/32`,
    ),
    // The resolver of the container network.
    engine: ['127.0.0.11/32'],
  },
  routes: {
    outside: ['default via 192.0.2.1'],
    // A neighbour who knows what lies behind the platform's address: its firewall must keep them out, not their ignorance.
    internet: [`172.20.0.0/16 via ${ADDRESSES.platform}`],
    machine: ['default via 203.0.113.1'],
    ...Object.fromEntries(Object.keys(CONTAINERS).map((container) => [container, ['default via 172.20.0.1']])),
  },
  resolvers: {
    outside: [ADDRESSES.resolver],
    machine: [ADDRESSES.resolver],
    engine: ['127.0.0.11'],
    kong: [ADDRESSES.resolver],
    monitoring: [ADDRESSES.resolver],
  },
};

const FIREWALL = `
table inet platform {
  chain input {
    type filter hook input priority 0; policy accept;
    iifname != "eth0" accept
    ct state established,related accept
    tcp dport { 443, 3000, 8080 } accept
    icmp type echo-request accept
    drop
  }
  chain forward {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept
    iifname "${BRIDGE}" oifname "eth0" tcp dport { 443, 9443, 53 } accept
    iifname "${BRIDGE}" oifname "eth0" udp dport { 53, 123 } accept
    iifname "${BRIDGE}" oifname "eth0" icmp type echo-request accept
    iifname "${BRIDGE}" oifname "${BRIDGE}" accept
  }
}
table ip platform-nat {
  chain postrouting {
    type nat hook postrouting priority 100; policy accept;
    ip saddr 172.20.0.0/16 oifname "eth0" masquerade
  }
}`;

const AI_KEY = 'ai-key-of-the-platform-lab';
const TOKEN = 'token-of-the-platform-lab';
const SCRIPT = fileURLToPath(new URL('services/platform.mjs', import.meta.url));
const START_TIMEOUT_MS = 10_000;

type Service = ReturnType<Host['start']>;

/** Builds it; whoever calls must `close` it. */
export async function createPlatform(): Promise<PlatformLab> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-platform-'));
  try {
    const network = await createNetwork(LAYOUT);
    const lab = new PlatformLab(network, folder);
    try {
      await lab.start();
      return lab;
    } catch (error) {
      await lab.close();
      throw error;
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

export class PlatformLab {
  readonly #services = new Map<string, Service>();
  #resolvers: Resolvers | null = null;
  #pin = '';

  constructor(
    readonly network: Network,
    readonly folder: string,
  ) {}

  /** Called once, by {@link createPlatform}. */
  async start(): Promise<void> {
    const machine = this.network.host('machine');
    const ports = Object.keys(CONTAINERS).map((container) => `link set veth-${container} master ${BRIDGE}`);
    await machine.ip(`link add ${BRIDGE} type bridge forward_delay 0`, ...ports, `address add 172.20.0.1/16 dev ${BRIDGE}`);
    await machine.ip(`link set ${BRIDGE} up`);
    await machine.must('nft', [FIREWALL]);
    await this.#certificates();
    const outward = { ...ADDRESSES, regions: Object.fromEntries(REGIONS.map((region, index) => [region, REGION_ADDRESSES[index] ?? ''])) };
    const [internet, engine] = [this.network.host('internet'), this.network.host('engine')];
    const names = startResolvers(internet, engine, this.folder, outward, SERVICES);
    await Promise.all(this.#startServices());
    this.#resolvers = await names;
  }

  /** What `netdiag verify` is run with. */
  get environment(): Readonly<Record<string, string>> {
    return {
      NO_COLOR: '1',
      NODE_EXTRA_CA_CERTS: `${this.folder}/ca.pem`,
      AI_API_KEY: AI_KEY,
      PLATFORM_TOKEN: TOKEN,
      PLATFORM_PIN: this.#pin,
      TRUST_ANCHOR: `${this.folder}/anchor.key`,
    };
  }

  get resolvers(): Resolvers {
    if (this.#resolvers === null) throw new Error('the resolvers do not run');
    return this.#resolvers;
  }

  /** Sets faults of the services of a host, `null` ends one. Resolves when they hold. */
  async fault(host: string, wanted: Readonly<Record<string, unknown>>): Promise<void> {
    const service = this.#services.get(host);
    if (service === undefined) throw new Error(`${host} has no services`);
    const answered = heard(service, host);
    service.stdin?.write(`${JSON.stringify(wanted)}\n`);
    await answered;
  }

  async close(): Promise<void> {
    await this.network.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #certificates(): Promise<void> {
    const day = 86_400_000;
    const validity = { notBefore: new Date(Date.now() - 20 * day), notAfter: new Date(Date.now() + 70 * day) };
    const authority = await makeAuthority('Platform Root');
    const platform = await authority.issue({ names: ['platform.example', ADDRESSES.platform], ...validity });
    const others = await authority.issue({
      names: ['api.exchange.example', 'stream.exchange.example', 'testnet.exchange.example', 'api.ai.example', 'speed.example'],
      ...validity,
    });
    const files = { 'ca.pem': authority.cert, 'platform.pem': platform.cert, 'platform.key': platform.key };
    for (const [name, text] of Object.entries({ ...files, 'others.pem': others.cert, 'others.key': others.key }))
      writeFileSync(join(this.folder, name), text, { mode: 0o600 });
    this.#pin = pinOf(platform.cert);
  }

  #startServices(): Promise<void>[] {
    const tls = (name: string) => ({ cert: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) });
    const published = PUBLISHED.map(([address, port, to, toPort]) => ({ address, port, to: SERVICES[to], toPort }));
    const configurations: Readonly<Record<string, object>> = {
      internet: { ...ADDRESSES, regions: REGION_ADDRESSES, aiKey: AI_KEY, ...tls('others') },
      machine: { published },
      dashboard: {},
      engine: { exchange: ADDRESSES.exchange, redis: SERVICES.redis },
      ai: {},
      data: { ...SERVICES, kongDatabase: SERVICES['kong-database'] },
      kong: { engine: SERVICES.engine, token: TOKEN, ...tls('platform') },
      monitoring: { ...SERVICES, proxy: SERVICES['egress-proxy'] },
    };
    return Object.entries(configurations).map(async ([host, configuration]) => {
      const service = this.network
        .host(host)
        .start(process.execPath, [SCRIPT, JSON.stringify({ role: host, ...configuration })], { detached: true });
      this.#services.set(host, service);
      await heard(service, host);
    });
  }
}

/** Waits for the next word of a service. */
async function heard(service: Service, host: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const outcome = await Promise.race([
    new Promise<null>((resolve) => service.stdout.once('data', () => resolve(null))),
    service.then(({ stderr }) => `its services ended: ${stderr}`),
    new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('its services said nothing'), START_TIMEOUT_MS);
    }),
  ]);
  clearTimeout(timer);
  if (outcome !== null) throw new Error(`${host}: ${outcome}`);
}

/** As curl's `--pinnedpubkey` has it. */
function pinOf(pem: string): string {
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256//${createHash('sha256').update(key).digest('base64')}`;
}
