import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { type ProxyHop, proxyName } from '../../model/proxy.js';
import { parseProxyUrl } from '../../model/proxy-environment.js';
import type { LocalSystem } from '../../net/port.js';
import {
  type DesktopProxy,
  type ProxyEntry,
  parseAptProxies,
  parseCurlProxies,
  parseDockerProxies,
  parseGnomeProxies,
  parseKdeProxies,
  parseProxyAssignments,
  parseSettingProxies,
} from '../../wire/http/proxy-configuration.js';
import { SOCKS4_UNSPOKEN, socks4Name } from './settings.js';

type Data = DataOf<'proxy-settings'>;

export interface Elsewhere {
  elsewhere: Data['elsewhere'];
  automatic: Data['automatic'];
  absent: Data['absent'];
  /** With their credentials: they stay in this process. */
  hops: ProxyHop[];
}

interface Place {
  by: string;
  /** Files, or folders with what their files' names have. */
  paths: readonly (string | { folder: string; names: RegExp })[];
  parse(text: string): ProxyEntry[];
}

const FOLDER_LIMIT = 32;
const ENTRY_LIMIT = 32;
/** Words by which programs are told that there is no proxy. */
const NO_PROXY_WORD = /^(?:direct|none|false|off|null|_none_)?$/i;
const GNOME = { file: 'gsettings', args: ['list-recursively', 'org.gnome.system.proxy'] } as const;

/** Where programs of Linux keep the proxies that are none of the environment's. `home` is empty where it is not known. */
function placesOf(home: string): Place[] {
  const own = (...paths: string[]) => (home === '' ? [] : paths.map((path) => `${home}/${path}`));
  return [
    { by: '/etc/environment', paths: ['/etc/environment'], parse: parseProxyAssignments },
    { by: 'shell profile', paths: [{ folder: '/etc/profile.d', names: /proxy/i }], parse: parseProxyAssignments },
    { by: 'SUSE', paths: ['/etc/sysconfig/proxy'], parse: parseSuse },
    { by: 'apt', paths: ['/etc/apt/apt.conf', { folder: '/etc/apt/apt.conf.d', names: /^[\w-]+(?:\.conf)?$/ }], parse: parseAptProxies },
    { by: 'dnf', paths: ['/etc/dnf/dnf.conf', '/etc/yum.conf'], parse: parseSettingProxies },
    { by: 'git', paths: ['/etc/gitconfig', ...own('.gitconfig', '.config/git/config')], parse: parseSettingProxies },
    { by: 'npm', paths: ['/etc/npmrc', ...own('.npmrc')], parse: parseSettingProxies },
    { by: 'pip', paths: ['/etc/pip.conf', ...own('.config/pip/pip.conf', '.pip/pip.conf')], parse: parseSettingProxies },
    { by: 'curl', paths: own('.curlrc', '.config/curlrc'), parse: parseCurlProxies },
    { by: 'wget', paths: ['/etc/wgetrc', ...own('.wgetrc')], parse: parseProxyAssignments },
    { by: 'Docker client', paths: own('.docker/config.json'), parse: parseDockerProxies },
    { by: 'Docker daemon', paths: ['/etc/docker/daemon.json'], parse: parseDockerProxies },
    { by: 'Docker daemon', paths: [{ folder: '/etc/systemd/system/docker.service.d', names: /\.conf$/ }], parse: parseProxyAssignments },
  ];
}

/** It holds the variables whether they are in force or not. */
function parseSuse(text: string): ProxyEntry[] {
  return /^\s*PROXY_ENABLED\s*=\s*"?no"?\s*$/im.test(text) ? [] : parseProxyAssignments(text);
}

/** Reads the settings of programs and desktops, as far as this user may. Follows no automatic configuration and sends nothing. */
export async function readElsewhere(local: LocalSystem, signal: AbortSignal): Promise<Elsewhere> {
  const found: Elsewhere = { elsewhere: [], automatic: [], absent: [], hops: [] };
  const home = local.environment['HOME'] ?? '';
  const places = await Promise.all(placesOf(home.startsWith('/') ? home : '').map((place) => readPlace(place, local, found)));
  for (const { by, path, entry } of places.flat()) note(found, by, path, entry);
  const kde = home.startsWith('/') ? await local.file(`${home}/.config/kioslaverc`) : null;
  if (kde?.kind === 'measured') noteDesktop(found, 'KDE', '~/.config/kioslaverc', parseKdeProxies(kde.value));
  await readGnome(local, signal, found);
  return found;
}

async function readPlace({ by, paths, parse }: Place, local: LocalSystem, { absent }: Elsewhere) {
  const files = (await Promise.all(paths.map((place) => (typeof place === 'string' ? [place] : filesIn(place, local))))).flat();
  const read = await Promise.all(files.map(async (path) => ({ path, text: await local.file(path) })));
  return read.flatMap(({ path, text }) => {
    if (text.kind === 'measured') return parse(text.value).map((entry) => ({ by, path, entry }));
    // That a program has no settings is no lack.
    if (text.kind !== 'unavailable' || text.capability !== 'file') absent.push({ fact: `proxy of ${by}`, because: reasonOfAbsence(text) });
    return [];
  });
}

async function filesIn({ folder, names }: { folder: string; names: RegExp }, local: LocalSystem): Promise<string[]> {
  const entries = await local.entries(folder);
  if (entries.kind !== 'measured') return [];
  return entries.value
    .filter((name) => names.test(name))
    .slice(0, FOLDER_LIMIT)
    .map((name) => `${folder}/${name}`);
}

/** The desktop's service answers for a session alone: without one, the question would start it. */
async function readGnome(local: LocalSystem, signal: AbortSignal, found: Elsewhere): Promise<void> {
  const { environment } = local;
  if (environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined) return;
  const output = await local.tool({ ...GNOME, signal });
  if (output.kind !== 'measured') {
    if (output.kind !== 'unavailable') found.absent.push({ fact: 'proxy of the desktop', because: reasonOfAbsence(output) });
    return;
  }
  const command = [GNOME.file, ...GNOME.args].join(' ');
  const settings = parseGnomeProxies(output.value.stdout);
  if (settings !== null) noteDesktop(found, 'GNOME', command, settings);
  // Without the desktop's own schema there is no setting to speak of.
  else if (output.value.exitCode === 0)
    found.absent.push({ fact: 'proxy of the desktop', because: `${command} holds nothing that can be read` });
}

/** Adds what a desktop or system is set to. */
export function noteDesktop(found: Elsewhere, by: string, source: string, { entries, automatic }: DesktopProxy): void {
  for (const entry of entries) note(found, by, source, entry);
  if (automatic !== null) found.automatic.push({ by, host: hostOf(automatic), source });
}

function note(found: Elsewhere, by: string, path: string, { name, value }: ProxyEntry): void {
  // What stands for another setting is not worked out here.
  if (found.elsewhere.length === ENTRY_LIMIT || NO_PROXY_WORD.test(value) || value.includes('${')) return;
  const outcome = parseProxyUrl(value.replace(/\/+$/, ''), `${by} (${name})`);
  const socks4 = socks4Name(value.replace(/\/+$/, ''));
  const proxy = outcome.ok ? proxyName(outcome.hop) : socks4;
  if (proxy !== null && found.elsewhere.some((entry) => entry.by === by && entry.proxy === proxy)) return;
  found.elsewhere.push({
    by,
    proxy,
    authenticated: outcome.ok ? outcome.hop.credentials !== null : null,
    problem: outcome.ok || socks4 !== null ? null : `${name}: ${outcome.reason}`,
    source: path,
  });
  if (socks4 !== null) found.absent.push({ fact: `whether ${socks4} answers (${by})`, because: SOCKS4_UNSPOKEN });
  if (outcome.ok) found.hops.push({ ...outcome.hop, from: by });
}

/** The host of an address, and nothing else of it; `null` where there is none. */
function hostOf(url: string): string | null {
  try {
    return new URL(url).hostname || null;
  } catch {
    return null;
  }
}

function reasonOfAbsence(attempt: NotMeasured): string {
  return attempt.kind === 'unavailable' ? attempt.reason : reasonOf(attempt);
}
