import { readWindows, WINDOWS_REGISTRY, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { readMachineProxies, readUserProxies, type WindowsProxies } from '../../wire/windows/names.js';
import { type Elsewhere, noteDesktop } from './read-elsewhere.js';

/** The proxies of Windows: of this user (WinINET), and of services (WinHTTP). Both stand in the registry, in no display language. */
export async function readProxiesOfWindows(local: LocalSystem, signal: AbortSignal): Promise<Elsewhere> {
  const found: Elsewhere = { elsewhere: [], automatic: [], absent: [], hops: [] };
  const report = await readWindows(local, 'rest', signal);
  const read = report.kind === 'measured' ? report.value : null;
  note('Windows (user)', 'userProxy', read === null ? null : readUserProxies(read));
  note('Windows (services)', 'machineProxy', read === null ? null : readMachineProxies(read));
  return found;

  function note(by: string, key: string, proxies: WindowsProxies | null): void {
    if (proxies === null) {
      found.absent.push({ fact: `proxies of ${by}`, because: whyUnknown(report, key) });
      return;
    }
    const { all, http, https, socks } = proxies.servers;
    const entries = [
      { name: 'all', value: all },
      { name: 'http', value: http },
      { name: 'https', value: https },
      { name: 'socks', value: socks === undefined ? undefined : `socks5h://${socks}` },
    ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
    noteDesktop(found, by, WINDOWS_REGISTRY, { entries, automatic: proxies.scriptUrl });
    if (proxies.discovery === true) found.automatic.push({ by: `${by}, WPAD`, host: null, source: WINDOWS_REGISTRY });
    if (proxies.discovery === null)
      found.absent.push({ fact: `automatic detection of ${by}`, because: whyUnknown(report, 'userDetection') });
  }
}
