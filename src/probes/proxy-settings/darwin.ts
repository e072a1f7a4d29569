import { readTool, whyNot } from '../../net/machine/local-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { parseScutilProxy } from '../../wire/darwin/proxies.js';
import { type Elsewhere, noteDesktop } from './read-elsewhere.js';

const SOURCE = 'scutil --proxy';

/** The proxies of macOS, which programs with windows go by, and those of the terminal as a rule do not. */
export async function readProxiesOfDarwin(local: LocalSystem, signal: AbortSignal): Promise<Elsewhere> {
  const found: Elsewhere = { elsewhere: [], automatic: [], absent: [], hops: [] };
  const read = await readTool(local, { file: 'scutil', args: ['--proxy'] }, signal, parseScutilProxy);
  if (read.kind !== 'measured') {
    found.absent.push({ fact: 'proxies of macOS', because: whyNot(read) });
    return found;
  }
  const { http, https, socks, scriptUrl, discovery } = read.value;
  const entries = [
    { name: 'HTTP', value: http },
    { name: 'HTTPS', value: https },
    { name: 'SOCKS', value: socks === null ? null : `socks5h://${socks}` },
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  noteDesktop(found, 'macOS', SOURCE, { entries, automatic: scriptUrl });
  if (discovery) found.automatic.push({ by: 'macOS, WPAD', host: null, source: SOURCE });
  return found;
}
