/** Time servers in the configuration of those who set the clock. Pure; a line that is not understood is left out. */

export interface ConfiguredTimeServer {
  host: string;
  port: number;
  kind: 'server' | 'pool' | 'peer' | 'dhcp' | 'fallback';
}

const NTP_PORT = 123;
/** Bounds against junk: real files name a handful. */
const MOST_SERVERS = 32;
const MOST_FOLDERS = 16;
const LONGEST_LINE = 4096;
/** Drivers of reference clocks in ntp.conf: `127.127.TYPE.UNIT`. */
const REFERENCE_CLOCK = /^127\.127\.\d{1,3}\.\d{1,3}$/;

function* linesOf(text: string): Generator<string> {
  for (const line of text.split(/\r\n|\n|\r/)) if (line.length <= LONGEST_LINE) yield line.trim();
}

/** A name or an address, as it can stand in a question to a resolver. */
function isHost(word: string | undefined): word is string {
  return word !== undefined && word.length <= 253 && /^[A-Za-z0-9_]([A-Za-z0-9_.:%-]*[A-Za-z0-9_.:])?$|^::/.test(word);
}

function portOf(words: readonly string[], at: number): number {
  const number = /^\d{1,5}$/.exec(words[at] ?? '')?.[0];
  const port = number === undefined ? NTP_PORT : Number(number);
  return port >= 1 && port <= 65_535 ? port : NTP_PORT;
}

export interface ChronyConfiguration {
  servers: ConfiguredTimeServer[];
  /** `PHC /dev/ptp0`, `PPS /dev/pps0`. */
  referenceClocks: string[];
  /** Files (`include`, which may hold wildcards in the last part), folders of `.conf` and of `.sources` files. */
  includes: string[];
  configurationFolders: string[];
  sourceFolders: string[];
}

/** chrony.conf(5): a remark begins with `!`, `;`, `#` or `%`, and keywords are of any case. */
export function parseChronyConf(text: string): ChronyConfiguration {
  const found: ChronyConfiguration = { servers: [], referenceClocks: [], includes: [], configurationFolders: [], sourceFolders: [] };
  for (const line of linesOf(text)) {
    if (/^[!;#%]/.test(line)) continue;
    const [keyword = '', ...words] = line.split(/\s+/);
    switch (keyword.toLowerCase()) {
      case 'server':
      case 'pool':
      case 'peer': {
        const [host] = words;
        if (!isHost(host) || found.servers.length >= MOST_SERVERS) break;
        const options = words.map((word) => word.toLowerCase());
        const at = options.indexOf('port', 1);
        const kind = keyword.toLowerCase() as 'server' | 'pool' | 'peer';
        found.servers.push({ host, port: at < 0 ? NTP_PORT : portOf(words, at + 1), kind });
        break;
      }
      case 'refclock':
        if (words.length >= 2 && found.referenceClocks.length < MOST_SERVERS)
          found.referenceClocks.push(words.slice(0, 2).join(' ').slice(0, 200));
        break;
      case 'include':
        addPaths(found.includes, words.slice(0, 1));
        break;
      case 'confdir':
        addPaths(found.configurationFolders, words);
        break;
      case 'sourcedir':
        addPaths(found.sourceFolders, words);
        break;
    }
  }
  return found;
}

function addPaths(list: string[], words: readonly string[]): void {
  for (const word of words) if (word.startsWith('/') && list.length < MOST_FOLDERS) list.push(word.replace(/(.)\/+$/, '$1'));
}

export interface TimesyncdConfiguration {
  servers: string[];
  fallbacks: string[];
  /** What stands there as a remark: by the custom of systemd, what was compiled in. */
  compiledFallbacks: string[];
}

/** timesyncd.conf(5): lists of several assignments are joined, and an empty one begins anew. */
export function parseTimesyncdConf(text: string): TimesyncdConfiguration {
  const found: TimesyncdConfiguration = { servers: [], fallbacks: [], compiledFallbacks: [] };
  let inside = false;
  for (const line of linesOf(text)) {
    const section = /^\[([^\]]*)\]$/.exec(line)?.[1];
    if (section !== undefined) inside = section === 'Time';
    const [, remark, key, value = ''] = /^([#;]?)(NTP|FallbackNTP|Servers)\s*=(.*)$/.exec(line) ?? [];
    if (!inside || key === undefined) continue;
    // `Servers` is how versions before 217 called it.
    const list = remark === '' ? (key === 'FallbackNTP' ? found.fallbacks : found.servers) : found.compiledFallbacks;
    if (remark !== '' && key !== 'FallbackNTP') continue;
    const hosts = value.trim().split(/\s+/).filter(isHost);
    if (hosts.length === 0) list.length = 0;
    for (const host of hosts) if (list.length < MOST_SERVERS) list.push(host);
  }
  return found;
}

export interface NtpConfiguration {
  servers: ConfiguredTimeServer[];
  referenceClocks: string[];
  includes: string[];
}

/** ntp.conf(5), of ntpd and NTPsec. */
export function parseNtpConf(text: string): NtpConfiguration {
  const found: NtpConfiguration = { servers: [], referenceClocks: [], includes: [] };
  for (const line of linesOf(text)) {
    const [keyword = '', ...rest] = line.split('#', 1).join('').trim().split(/\s+/);
    const words = rest.filter((word) => word !== '-4' && word !== '-6');
    const [host] = words;
    if (keyword === 'includefile') addPaths(found.includes, words.slice(0, 1));
    if (keyword === 'refclock' && words.length > 0) found.referenceClocks.push(words.slice(0, 2).join(' ').slice(0, 200));
    if (!['server', 'pool', 'peer'].includes(keyword) || !isHost(host) || found.servers.length >= MOST_SERVERS) continue;
    if (REFERENCE_CLOCK.test(host)) found.referenceClocks.push(host);
    else found.servers.push({ host, port: NTP_PORT, kind: keyword as 'server' | 'pool' | 'peer' });
  }
  found.referenceClocks.length = Math.min(found.referenceClocks.length, MOST_SERVERS);
  return found;
}

/** ntpd.conf(5) of OpenNTPD: `server` is one address of a name, `servers` all of them. */
export function parseOpenntpdConf(text: string): ConfiguredTimeServer[] {
  const servers: ConfiguredTimeServer[] = [];
  for (const line of linesOf(text)) {
    const [, keyword, host] = /^(servers?)\s+"?([^\s"#]+)"?/.exec(line) ?? [];
    if (keyword === undefined || !isHost(host) || servers.length >= MOST_SERVERS) continue;
    servers.push({ host, port: NTP_PORT, kind: keyword === 'servers' ? 'pool' : 'server' });
  }
  return servers;
}

/** Time servers that DHCP gave: `NTP=` in a lease of systemd-networkd, `option ntp-servers` in one of dhclient, whose last lease counts. */
export function parseLeaseTimeServers(text: string): string[] {
  let hosts: string[] = [];
  for (const line of linesOf(text)) {
    const listed = /^NTP=(.*)$/.exec(line)?.[1] ?? /^option\s+ntp-servers\s+([^;]*);$/.exec(line)?.[1];
    if (listed !== undefined)
      hosts = listed
        .split(/[\s,]+/)
        .filter(isHost)
        .slice(0, MOST_SERVERS);
  }
  return hosts;
}

export interface ChronyTracking {
  /** Name or address of its source, or the letters of a reference clock; `null`: none. */
  reference: string | null;
  stratum: number;
  /** Positive: this machine is behind. */
  lastOffsetMs: number;
  rootDistanceMs: number;
  synchronized: boolean;
}

/** One line of `chronyc -c -n tracking`; `null` where it is none. */
export function parseChronyTracking(text: string): ChronyTracking | null {
  const fields = (text.split(/\r?\n/, 1)[0] ?? '').split(',');
  if (fields.length < 14) return null;
  const [id = '', name = '', stratumText = ''] = fields;
  const leap = fields[13] ?? '';
  const number = (index: number) => Number(/^[+-]?\d{1,20}(\.\d{1,20})?$/.exec(fields[index] ?? '')?.[0] ?? Number.NaN);
  const [lastOffset, rootDelay, rootDispersion] = [number(5), number(10), number(11)];
  const stratum = /^\d{1,3}$/.test(stratumText) ? Number(stratumText) : Number.NaN;
  if (!/^[0-9A-F]{8}$/i.test(id) || ![lastOffset, rootDelay, rootDispersion, stratum].every(Number.isFinite)) return null;
  // 7F7F0101 is itself, by `local`; 00000000 nobody.
  const nobody = id === '00000000' || id.toUpperCase() === '7F7F0101';
  return {
    reference: nobody ? null : name.slice(0, 253) || null,
    stratum,
    // It says by how much its clock was ahead.
    lastOffsetMs: -lastOffset * 1000,
    rootDistanceMs: Math.max(0, rootDelay / 2 + rootDispersion) * 1000,
    synchronized: leap === 'Normal' || leap === 'Insert second' || leap === 'Delete second',
  };
}

/** `KEY=value` lines of `timedatectl show` and `timedatectl show-timesync`; the first of each key. */
export function parseShownProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9]{0,63})=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !properties.has(key) && properties.size < 100) properties.set(key, value.slice(0, 500));
  }
  return properties;
}
