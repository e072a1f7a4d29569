import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NGINX, whenListening } from './nginx.js';

export interface NginxSites {
  /** Folder of its configuration and files. */
  folder: string;
  close(): Promise<void>;
}

/**
 * nginx in the foreground with sites of a test's own; everything that it writes is in a folder of its own. Resolves when `port` takes connections.
 *
 * @param http what stands in the `http` block; `FOLDER` is replaced by the path of the folder
 * @param files by their names in that folder; those under `www/` too
 */
export async function startNginxSites(http: string, files: Readonly<Record<string, string>>, port: number): Promise<NginxSites> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-nginx-'));
  for (const name of ['www', 'temp']) mkdirSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/temp/${kind};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/log crit;
events { worker_connections 512; }
http { access_log off; ${temporary.join(' ')}
${http.replaceAll('FOLDER', folder)}
}
`,
  );
  const child = spawn(NGINX, ['-e', `${folder}/log`, '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const { close } = await whenListening(port, child, () => rmSync(folder, { recursive: true, force: true }));
  return { folder, close };
}
