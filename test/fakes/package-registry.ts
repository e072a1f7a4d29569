import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

interface InstalledPackage {
  name: string;
  version: string;
  folder: string;
  /** Its package.json. */
  description: Record<string, unknown>;
}

export interface PackageRegistry {
  url: string;
  /** Names of the packages that were downloaded. */
  downloaded: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * A registry for npm on loopback that has what is installed under `modules` (a `node_modules` folder), in exactly those versions: an
 * installation can then be tried without any network. What is not installed, such as the binaries of other platforms, is 404.
 */
export async function startPackageRegistry(modules: string): Promise<PackageRegistry> {
  const packages = installedPackages(modules);
  const downloaded = new Set<string>();
  const server = createServer((request, response) => {
    const [name = '', file] = decodeURIComponent(request.url ?? '/')
      .slice(1)
      .split('/-/', 2);
    const versions = packages.filter((candidate) => candidate.name === name);
    const asked = versions.find(({ version }) => file === `${version}.tgz`);
    if (asked !== undefined) {
      downloaded.add(name);
      sendTarball(asked.folder, response);
    } else if (file === undefined && versions.length > 0) {
      response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify(packument(name, versions, `http://${request.headers.host}`)));
    } else {
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"not_found"}');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    downloaded,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function installedPackages(modules: string): InstalledPackage[] {
  const folders = readdirSync(modules).flatMap((entry) => {
    if (entry.startsWith('.')) return [];
    return entry.startsWith('@') ? readdirSync(join(modules, entry)).map((inner) => join(modules, entry, inner)) : [join(modules, entry)];
  });
  return folders.flatMap((folder) => {
    const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    const found = { name: String(description['name']), version: String(description['version']), folder, description };
    const nested = readdirSync(folder).includes('node_modules') ? installedPackages(join(folder, 'node_modules')) : [];
    return [found, ...nested];
  });
}

/** What npm asks first: every version with its dependencies, and where its tarball is. */
function packument(name: string, versions: readonly InstalledPackage[], origin: string): object {
  const newest = [...versions].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true })).at(-1);
  return {
    name,
    'dist-tags': { latest: newest?.version },
    versions: Object.fromEntries(
      versions.map(({ version, description }) => [
        version,
        { ...description, dist: { tarball: `${origin}/${encodeURIComponent(name)}/-/${version}.tgz` } },
      ]),
    ),
  };
}

/** npm drops the first part of each path, whatever it is; here that is the dot. */
function sendTarball(folder: string, response: ServerResponse): void {
  const tar = spawn('tar', ['-czf', '-', '--exclude', './node_modules', '-C', folder, '.'], { stdio: ['ignore', 'pipe', 'ignore'] });
  tar.once('error', () => response.destroy());
  response.once('close', () => tar.kill());
  tar.stdout.pipe(response);
}
