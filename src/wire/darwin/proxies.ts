/**
 * Reader of `scutil --proxy` of macOS: what programs that ask the system are told about proxies. Format: SCPrint of a dictionary (SCD.c of
 * Apple's configd), keys of SCSchemaDefinitions. What does not parse is left out; nothing here throws.
 */

export interface DarwinProxies {
  /** Each only where it is switched on; `host:port`, without credentials, which the system keeps elsewhere. */
  http: string | null;
  https: string | null;
  socks: string | null;
  /** Address of a script that decides (PAC). */
  scriptUrl: string | null;
  /** Whether the script is looked for on the network (WPAD). */
  discovery: boolean;
  /** Names and networks that are reached without a proxy: `*.local`, `169.254/16`. */
  exceptions: string[];
  /** Names without a dot need none. */
  excludesSimpleNames: boolean;
}

const MAXIMUM_EXCEPTIONS = 1024;

/** `null` where the output is none of its own: `scutil --proxy` prints a dictionary, if only an empty one, or that there is none. */
export function parseScutilProxy(text: string): DarwinProxies | null {
  if (/^No proxy configuration available\s*$/.test(text)) return proxiesOf(new Map(), []);
  if (!/^<dictionary> \{\s*$/m.test(text)) return null;
  const fields = new Map<string, string>();
  const exceptions: string[] = [];
  /** Names of the dictionaries and lists that we are in; the first is the whole. */
  const inside: string[] = [];
  for (const line of text.split('\n')) {
    const opened = /^\s*(?:(.{1,128}?) : )?<(?:dictionary|array)> \{\s*$/.exec(line);
    if (opened !== null) {
      inside.push(opened[1] ?? '');
      continue;
    }
    if (/^\s*\}\s*$/.test(line)) {
      inside.pop();
      continue;
    }
    const field = /^\s*(\S{1,128}) : (.{0,2048})$/.exec(line);
    if (field?.[1] === undefined || field[2] === undefined) continue;
    if (inside.length === 1) fields.set(field[1], field[2].trim());
    if (inside.length === 2 && inside[1] === 'ExceptionsList' && exceptions.length < MAXIMUM_EXCEPTIONS) exceptions.push(field[2].trim());
  }
  return proxiesOf(fields, exceptions);
}

function proxiesOf(fields: ReadonlyMap<string, string>, exceptions: string[]): DarwinProxies {
  const isOn = (key: string) => fields.get(key) === '1';
  const proxy = (kind: string) => {
    const host = fields.get(`${kind}Proxy`);
    const port = fields.get(`${kind}Port`);
    if (!isOn(`${kind}Enable`) || host === undefined || host === '') return null;
    const written = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    return port !== undefined && /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535 ? `${written}:${port}` : written;
  };
  return {
    http: proxy('HTTP'),
    https: proxy('HTTPS'),
    socks: proxy('SOCKS'),
    scriptUrl: isOn('ProxyAutoConfigEnable') ? (fields.get('ProxyAutoConfigURLString') ?? null) : null,
    discovery: isOn('ProxyAutoDiscoveryEnable'),
    exceptions,
    excludesSimpleNames: isOn('ExcludeSimpleHostnames'),
  };
}
