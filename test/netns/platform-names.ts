import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Host } from './network.js';

/** Names of the platform's lab: a signed zone behind a resolver that validates it, and the resolver of the container network. */
export interface Outward {
  platform: string;
  resolver: string;
  exchange: string;
  testnet: string;
  ai: string;
  bandwidth: string;
  time: string;
  regions: Readonly<Record<string, string>>;
}

export interface Resolvers {
  /**
   * From now on, whoever asks the internet's resolver is answered by somebody on the way, who makes the addresses of this name up. He makes up the
   * right one, so that nothing but the missing signature tells. `null` ends it.
   */
  forge(name: 'api.exchange.example' | null): Promise<void>;
  /** The container network forgets a service, or knows all of them again. */
  forget(service: string | null): Promise<void>;
}

const execute = promisify(execFile);
const ZONE = 'example';
const LIAR_PORT = 5353;

/**
 * Signs the zone `example` and serves it from a validating resolver (unbound) on `internet`; on `container` runs what Docker has at
 * 127.0.0.11: the names of services, and everything else from that resolver (dnsmasq). Writes `anchor.key` into the folder.
 */
export async function startResolvers(
  internet: Host,
  container: Host,
  folder: string,
  outward: Outward,
  services: Readonly<Record<string, string>>,
): Promise<Resolvers> {
  await signZone(folder, zoneText(outward));
  startUnbound(internet, folder, outward.resolver);
  let docker = startServiceNames(container, outward.resolver, services);
  await Promise.all([answered(container, outward.resolver, `api.exchange.${ZONE}`), answered(container, '127.0.0.11', 'mongodb')]);
  let liar: ReturnType<Host['start']> | null = null;
  return {
    async forge(name) {
      liar?.kill('SIGKILL');
      await liar;
      await internet.run('nft', ['delete table ip hijack']);
      liar = null;
      if (name === null) return;
      liar = internet.start('dnsmasq', [
        ...DNSMASQ,
        `--port=${LIAR_PORT}`,
        `--server=${outward.resolver}`,
        `--address=/${name}/${outward.exchange}`,
      ]);
      await answered(internet, '127.0.0.1', name, LIAR_PORT);
      const rule = `ip daddr ${outward.resolver} meta l4proto { tcp, udp } th dport 53 redirect to :${LIAR_PORT}`;
      await internet.must('nft', [`table ip hijack { chain pre { type nat hook prerouting priority -100; ${rule}; }; }`]);
    },
    async forget(service) {
      docker.kill('SIGKILL');
      await docker;
      const known = Object.fromEntries(Object.entries(services).filter(([name]) => name !== service));
      docker = startServiceNames(container, outward.resolver, known);
      await answered(container, '127.0.0.11', 'redis');
    },
  };
}

/** `--no-daemon` keeps the user too, who cannot be changed in an ordinary user's namespaces. */
const DNSMASQ = ['--no-daemon', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--pid-file='] as const;

function startServiceNames(container: Host, resolver: string, services: Readonly<Record<string, string>>): ReturnType<Host['start']> {
  const records = Object.entries(services).map(([name, address]) => `--host-record=${name},${address}`);
  // What has no dot is the name of a service here, and is asked of nobody else.
  const listen = ['--listen-address=127.0.0.11', '--bind-interfaces', '--cache-size=0', '--domain-needed', `--server=${resolver}`];
  return container.start('dnsmasq', [...DNSMASQ, ...listen, ...records]);
}

function zoneText({ platform, resolver, exchange, testnet, ai, bandwidth, time, regions }: Outward): string {
  const names = {
    platform,
    'api.exchange': exchange,
    'stream.exchange': exchange,
    'testnet.exchange': testnet,
    'api.ai': ai,
    speed: bandwidth,
    time,
    ...Object.fromEntries(Object.entries(regions).map(([region, address]) => [`${region}.exchange`, address])),
  };
  return [
    `${ZONE}. 300 IN SOA ns.${ZONE}. hostmaster.${ZONE}. 1 3600 600 86400 300`,
    `${ZONE}. 300 IN NS ns.${ZONE}.`,
    `ns.${ZONE}. 300 IN A ${resolver}`,
    ...Object.entries(names).map(([name, address]) => `${name}.${ZONE}. 300 IN A ${address}`),
    '',
  ].join('\n');
}

async function signZone(folder: string, text: string): Promise<void> {
  const { stdout } = await execute('dnssec-keygen', ['-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', ZONE], { cwd: folder });
  const key = stdout.trim();
  const line = readFileSync(join(folder, `${key}.key`), 'utf8')
    .split('\n')
    .find((one) => /\sDNSKEY\s/.test(one));
  writeFileSync(join(folder, 'zone'), `${text}${line}\n`);
  await execute('dnssec-signzone', ['-q', '-P', '-z', '-O', 'full', '-o', ZONE, '-f', 'zone.signed', 'zone', key], { cwd: folder });
  writeFileSync(join(folder, 'anchor.key'), `${line}\n`);
}

function startUnbound(internet: Host, folder: string, address: string): void {
  const server = [
    ...['verbosity: 0', 'use-syslog: no', 'logfile: ""', 'username: ""', 'chroot: ""', 'pidfile: ""', 'num-threads: 1', 'do-ip6: no'],
    ...[`directory: "${folder}"`, `interface: ${address}`, 'access-control: 0.0.0.0/0 allow', 'module-config: "validator iterator"'],
    ...['trust-anchor-file: "anchor.key"', 'do-not-query-localhost: no'],
  ];
  const zone = ['name: "example"', 'zonefile: "zone.signed"', 'for-upstream: yes', 'for-downstream: no', 'fallback-enabled: no'];
  // What the zone does not have is asked of the root servers, to whom there is no way.
  const parts = [
    `server:\n${server.map((line) => `  ${line}\n`).join('')}`,
    'remote-control:\n  control-enable: no\n',
    `auth-zone:\n${zone.map((line) => `  ${line}\n`).join('')}`,
  ];
  writeFileSync(join(folder, 'unbound.conf'), parts.join(''));
  internet.start('unbound', ['-d', '-c', join(folder, 'unbound.conf')]);
}

/** Waits until a resolver answers for a name. Throws with what dig said where it does not. */
async function answered(host: Host, server: string, name: string, port = 53): Promise<void> {
  let said = '';
  for (let attempt = 0; attempt < 50; attempt++) {
    said = (await host.run('dig', ['+time=1', '+tries=1', '+short', `-p${port}`, `@${server}`, name, 'A'])).stdout;
    if (/^\d+\.\d+\.\d+\.\d+$/m.test(said)) return;
    await sleep(50);
  }
  throw new Error(`${server} does not know ${name}: ${said}`);
}
