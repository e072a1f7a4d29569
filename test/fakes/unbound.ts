import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { encodeQuery } from '../../src/wire/dns/dns.js';

export const UNBOUND = '/usr/sbin/unbound';
export const unboundIsThere = existsSync(UNBOUND);

export interface UnboundServer {
  port: number;
  tlsPort: number;
  httpsPort: number;
  folder: string;
}

export interface UnboundOptions {
  /** Text of zone files by the name of the zone, which it serves as its own. */
  zones?: Readonly<Record<string, string>>;
  /** Lines of the `server:` clause. */
  server?: readonly string[];
  /** Certificate and key in PEM: with them it listens for TLS and HTTPS. */
  tls?: { cert: string; key: string };
}

/** An unbound on free ports of 127.0.0.1, without a way out, ended with the test. */
export async function startUnbound(options: UnboundOptions): Promise<UnboundServer> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-unbound-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [port, tlsPort, httpsPort] = [await freePort(), await freePort(), await freePort()];
  const encrypted = options.tls !== undefined;
  if (options.tls !== undefined) {
    writeFileSync(join(folder, 'cert.pem'), options.tls.cert);
    writeFileSync(join(folder, 'key.pem'), options.tls.key);
  }
  const zones = Object.entries(options.zones ?? {}).map(([zone, text], index) => {
    const file = join(folder, `zone-${index}`);
    writeFileSync(file, text);
    return `auth-zone:\n  name: "${zone}"\n  zonefile: "${file}"\n  for-upstream: no\n  for-downstream: yes\n`;
  });
  const interfaces = [port, ...(encrypted ? [tlsPort, httpsPort] : [])].map((one) => `interface: 127.0.0.1@${one}`);
  const server = [
    'verbosity: 0',
    'use-syslog: no',
    'logfile: ""',
    'username: ""',
    'chroot: ""',
    'pidfile: ""',
    `directory: "${folder}"`,
    'num-threads: 1',
    'do-not-query-localhost: no',
    'module-config: "iterator"',
    // It would say that nothing exists below test (RFC 6761).
    'local-zone: "test." nodefault',
    ...interfaces,
    `port: ${port}`,
    ...(encrypted ? [`tls-port: ${tlsPort}`, `https-port: ${httpsPort}`, 'tls-service-pem: "cert.pem"', 'tls-service-key: "key.pem"'] : []),
    ...(options.server ?? []),
  ];
  // Nothing is looked up outside: what no zone has is asked of a port of loopback that answers nobody.
  const forward = 'forward-zone:\n  name: "."\n  forward-addr: 127.0.0.1@1\n';
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:\n${server.map((line) => `  ${line}\n`).join('')}remote-control:\n  control-enable: no\n${forward}${zones.join('')}`,
  );
  const child = spawn(UNBOUND, ['-d', '-c', join(folder, 'unbound.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await answers(port, () => {
    if (child.exitCode !== null) throw new Error(`unbound ended: ${complaints}`);
  });
  return { port, tlsPort, httpsPort, folder };
}

/** Waits until a server on loopback answers a question of any kind over UDP. */
export async function answers(port: number, check: () => void = () => {}): Promise<void> {
  const socket = createSocket('udp4');
  try {
    let answered = false;
    socket.on('message', () => {
      answered = true;
    });
    socket.on('error', () => {});
    for (let round = 0; round < 200 && !answered; round++) {
      check();
      socket.send(encodeQuery({ id: round, name: 'ready.test', type: 'A', recursionDesired: false, edns: null }), port, '127.0.0.1');
      await sleep(50);
    }
    if (!answered) throw new Error(`nothing answers on port ${port}`);
  } finally {
    socket.close();
  }
}

/** A port of 127.0.0.1 that is free for UDP and TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const tcp = createServer();
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    udp.bind(port, '127.0.0.1');
    const free = await Promise.race([once(udp, 'listening').then(() => true), once(udp, 'error').then(() => false)]);
    udp.close();
    tcp.close();
    await once(tcp, 'close');
    if (free) return port;
  }
}
