import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const NGINX = '/usr/sbin/nginx';
export const nginxIsThere = existsSync(NGINX);

export interface ServerProcess {
  port: number;
  close(): Promise<void>;
}

/** An nginx on a free port of 127.0.0.1 with these lines in its `server` block, and certificates by their PEM. */
export async function startNginx(certificates: readonly { cert: string; key: string }[], lines: readonly string[]): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-nginx-'));
  const port = await freePort();
  const files = certificates.map(({ cert, key }, index) => {
    writeFileSync(join(folder, `${index}.pem`), cert);
    writeFileSync(join(folder, `${index}.key`), key);
    return `ssl_certificate ${folder}/${index}.pem; ssl_certificate_key ${folder}/${index}.key;`;
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/log crit;
events { worker_connections 256; }
http { access_log off; ${temporary.join(' ')}
  server { listen 127.0.0.1:${port} ssl; ${[...files, ...lines].join('\n')}
    location / { return 204; } } }
`,
  );
  const child = spawn(NGINX, ['-e', `${folder}/log`, '-p', folder, '-c', `${folder}/nginx.conf`], { stdio: 'ignore' });
  return whenListening(port, child, () => rmSync(folder, { recursive: true, force: true }));
}

/** Any server that is to listen on `port`: ends with an error where it does not within 10 s. */
export async function whenListening(port: number, child: ChildProcess, cleanUp: () => void = () => {}): Promise<ServerProcess> {
  const ended = once(child, 'close');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    cleanUp();
  };
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    if (await connects(port)) return { port, close };
    await sleep(50);
  }
  await close();
  throw new Error(`nothing listens on port ${port}`);
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
