import { iniValue, parseIniFile } from '../ini-file.js';

/**
 * Readers for the files and tools in which programs keep their proxies. What they give holds credentials: it stays in this process, and only
 * the name of the proxy goes further.
 */
export interface ProxyEntry {
  /** Key or variable, as the file has it. */
  name: string;
  value: string;
}

export interface DesktopProxy {
  entries: ProxyEntry[];
  /** Address of an automatic configuration; empty: it is to be found (WPAD). `null`: there is none. */
  automatic: string | null;
}

const MAXIMUM_LINES = 5000;
const MAXIMUM_ENTRIES = 16;
const LONGEST_LINE = 4096;
const VARIABLE = /^(?:https?|all|ftp)_proxy$/i;

/**
 * Assignments of proxy variables in /etc/environment, in scripts (`export http_proxy=…`), in units (`Environment="HTTP_PROXY=…"`) and in wgetrc.
 * What a shell would have to work out (`$`, backquotes) is left out.
 */
export function parseProxyAssignments(text: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  for (const line of linesOf(text)) {
    if (/^\s*[#;]/.test(line)) continue;
    for (const match of line.matchAll(/(?:^|[\s"'=;])([A-Za-z]{3,5}_[Pp][A-Za-z]{4})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"';]+))/g)) {
      const value = match[2] ?? match[3] ?? match[4] ?? '';
      if (VARIABLE.test(match[1] ?? '') && !/[$`]/.test(value)) add(entries, match[1] ?? '', value);
    }
  }
  return entries;
}

/** `Acquire::http::Proxy "…";` of apt.conf(5), in one line or nested. `DIRECT` and empty ones are none; those for one host alone are left out. */
export function parseAptProxies(text: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  const scopes: string[] = [];
  const plain = linesOf(text)
    .filter((line) => !/^\s*(?:\/\/|#)/.test(line))
    .join('\n');
  for (const match of plain.matchAll(/([A-Za-z][\w:.-]{0,200})\s*\{|([A-Za-z][\w:.-]{0,200})\s+"([^"\n]{0,2048})"\s*;|\}/g)) {
    if (match[1] !== undefined) {
      if (scopes.length < 16) scopes.push(match[1]);
    } else if (match[2] === undefined) scopes.pop();
    else {
      const key = [...scopes, match[2]].join('::').toLowerCase();
      const [, scheme] = /^acquire::(https?)::proxy$/.exec(key) ?? [];
      if (scheme !== undefined && match[3] !== '' && match[3]?.toUpperCase() !== 'DIRECT')
        add(entries, `Acquire::${scheme}::Proxy`, match[3] ?? '');
    }
  }
  return entries;
}

/** `proxy` of sections of git, dnf, yum, pip and npm: `http.proxy`, `main.proxy`, `global.proxy`, `proxy`, `https-proxy`. */
export function parseSettingProxies(text: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  for (const { section, key, value } of parseIniFile(text)) {
    const known = ['', 'http', 'https', 'main', 'global'].includes(section) || /^https? "/.test(section);
    // `_none_` is how dnf says that there is none.
    if (known && /^(?:https?-)?proxy$/.test(key) && value !== '' && value !== '_none_' && value !== 'null') {
      add(entries, section === '' ? key : `${section.split(' ', 1)[0]}.${key}`, value);
    }
  }
  return entries;
}

/** `proxy = …` or `-x …` of a curlrc. */
export function parseCurlProxies(text: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  for (const line of linesOf(text)) {
    const [, quoted, bare] = /^\s*(?:(?:--)?proxy(?![\w-])|-x)\s*[=:]?\s*(?:"([^"]*)"|([^\s"#]\S*))/.exec(line) ?? [];
    const value = quoted ?? bare;
    if (value !== undefined && value !== '') add(entries, 'proxy', value);
  }
  return entries;
}

const DOCKER_KEYS: ReadonlySet<string> = new Set(['httpProxy', 'httpsProxy', 'allProxy', 'http-proxy', 'https-proxy']);

/** `proxies` of Docker's config.json (for containers) and daemon.json; empty for what is no such JSON. */
export function parseDockerProxies(text: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  const proxies = record(record(parseJson(text))?.['proxies']);
  if (proxies === null) return [];
  for (const group of [proxies, ...Object.values(proxies).slice(0, MAXIMUM_ENTRIES)]) {
    for (const [key, value] of Object.entries(record(group) ?? {})) {
      if (DOCKER_KEYS.has(key) && typeof value === 'string' && value !== '' && value.length <= LONGEST_LINE) add(entries, key, value);
    }
  }
  return entries;
}

/** Reads `gsettings list-recursively org.gnome.system.proxy`; `null` where it has no mode. */
export function parseGnomeProxies(text: string): DesktopProxy | null {
  const settings = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, schema = '', key = '', value = ''] =
      /^org\.gnome\.system\.proxy(?:\.([a-z]+))? ([a-z-]+) (?:[a-z]+ )?(.*)$/.exec(line.trim()) ?? [];
    if (key !== '') settings.set(schema === '' ? key : `${schema}.${key}`, value.replace(/^'(.*)'$/, '$1'));
  }
  const mode = settings.get('mode');
  if (mode === undefined) return null;
  const entries: ProxyEntry[] = [];
  if (mode === 'manual') {
    for (const schema of ['http', 'https', 'socks']) {
      const host = settings.get(`${schema}.host`) ?? '';
      const port = settings.get(`${schema}.port`) ?? '0';
      if (host !== '' && /^\d{1,5}$/.test(port) && port !== '0')
        add(entries, schema, `${schema === 'socks' ? 'socks5' : 'http'}://${bracketed(host)}:${port}`);
    }
  }
  return { entries, automatic: mode === 'auto' ? (settings.get('autoconfig-url') ?? '') : null };
}

/** Reads kioslaverc of KDE: `ProxyType` 1 is by hand, 2 an automatic configuration, 3 one that is to be found. */
export function parseKdeProxies(text: string): DesktopProxy {
  const settings = parseIniFile(text);
  const value = (key: string) => iniValue(settings, 'proxy settings', key) ?? '';
  const type = value('proxytype');
  const entries: ProxyEntry[] = [];
  if (type === '1') {
    // `http://proxy.example.net 3128`: host and port apart by a space.
    for (const key of ['httpproxy', 'httpsproxy', 'socksproxy']) if (value(key) !== '') add(entries, key, kdeUrl(key, value(key)));
  }
  if (type === '2') return { entries, automatic: iniValue(settings, 'proxy settings', 'proxyconfigscript') ?? pacWithSpaces(text) ?? '' };
  return { entries, automatic: type === '3' ? '' : null };
}

function kdeUrl(key: string, value: string): string {
  const url = value.replace(/\s+(\d{1,5})$/, ':$1');
  return key === 'socksproxy' ? url.replace(/^(?:socks|http):\/\//, 'socks5://') : url;
}

/** Its key has spaces in it. */
function pacWithSpaces(text: string): string | null {
  return /^Proxy Config Script=([^\n\r]{1,2048})$/m.exec(text.slice(0, 65_536))?.[1]?.trim() ?? null;
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function add(entries: ProxyEntry[], name: string, value: string): void {
  if (value !== '' && entries.length < MAXIMUM_ENTRIES) entries.push({ name, value });
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/, MAXIMUM_LINES).filter((line) => line.length <= LONGEST_LINE);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
