import type { DataOf } from '../../model/measurement.js';
import type { HostOptions } from '../../model/probe-options.js';
import { stubLabel } from '../../wire/dns/server.js';
import { iniValue, parseIniFile } from '../../wire/ini-file.js';
import { type HostsSwitch, parseHostsSwitch } from '../../wire/names/nsswitch.js';
import { parseResolvConf } from '../../wire/names/resolv-conf.js';
import { parseResolvConfLines } from '../../wire/names/resolv-conf-lines.js';
import { type ResolvConfWriter, readResolvConfWriter } from '../../wire/names/resolv-conf-writer.js';
import type { MeasureContext } from '../probe.js';
import { reasonOfAbsence } from './absence.js';
import { followChain } from './chain.js';
import { readCaches } from './read-caches.js';
import { covers, readStubs, type StubReading } from './read-stub.js';

type Data = DataOf<'name-service'>;
type ResolvConfData = NonNullable<Data['resolvConf']>;

/** What the files and tools of a system tell of its name service. */
export type NameFiles = Pick<Data, 'resolvConf' | 'resolvedMode' | 'nameSwitch' | 'chain' | 'caches' | 'absent'> & {
  hostsSwitch: HostsSwitch | null;
  /** The name of this machine itself; `null`: not told. */
  hostName: string | null;
};

const RESOLV_CONF = '/etc/resolv.conf';
const NAME_SWITCH = '/etc/nsswitch.conf';
/** Of Avahi, by which the module `mdns` and its like ask. */
const MULTICAST_SOCKET = '/run/avahi-daemon/socket';
const DNS_PORT = 53;

/** Reads resolv.conf, the name switch, the stub resolver's own configuration and the caches. Sends nothing. */
export async function readNameFilesOfLinux(scope: HostOptions['scope'], { network, signal }: MeasureContext): Promise<NameFiles> {
  const { local } = network;
  const reading: StubReading = { local, signal, scope, absent: [] };
  const [file, link, switchFile, hostName] = await Promise.all([
    local.file(RESOLV_CONF),
    local.link(RESOLV_CONF),
    local.file(NAME_SWITCH),
    local.file('/proc/sys/kernel/hostname', 256),
  ]);
  const text = file.kind === 'measured' ? file.value : '';
  const target = link.kind === 'measured' ? link.value : null;
  const lines = parseResolvConfLines(text);
  const values = parseResolvConf(text);
  const used = lines.nameservers.filter((entry) => entry.used).map(({ address }) => address);
  const here = used.filter((address) => stubLabel(address) !== null && stubLabel(address) !== 'Docker');
  const sockets = here.length > 0 || used.length === 0 ? await network.machine.listeners() : null;
  if (sockets !== null && sockets.kind !== 'measured' && here.length > 0)
    reading.absent.push({ fact: 'whether anything listens at the name servers of this machine', because: reasonOfAbsence(sockets) });
  const listeners = sockets?.kind === 'measured' ? sockets.value : null;
  const isHeard = (address: string) =>
    listeners === null || !here.includes(address)
      ? null
      : listeners.some((one) => one.port === DNS_PORT && one.protocol === 'udp' && covers(one.address, address));

  const system = await network.names.resolvers();
  const search = values.search ?? system.search;
  const resolvConf: ResolvConfData = {
    path: RESOLV_CONF,
    state: file.kind === 'measured' ? (lines.empty ? 'empty' : 'present') : isMissing(file) ? 'missing' : 'unreadable',
    link: target,
    writer: await writerOf(text, target, reading),
    nameservers: lines.nameservers.map((entry) => {
      const label = entry.valid ? stubLabel(entry.address) : null;
      return { ...entry, label, listening: entry.used ? isHeard(entry.address) : null };
    }),
    search: [...search],
    searchFrom: lines.searchFrom ?? (search.length > 0 ? 'host-name' : null),
    ...{ ndots: values.ndots, timeoutMs: values.timeoutMs, attempts: values.attempts },
    options: lines.options,
    faults: lines.faults,
  };
  if (file.kind !== 'measured') reading.absent.push({ fact: RESOLV_CONF, because: reasonOfAbsence(file) });

  // Without a name server the C library asks that of this machine (resolv.conf(5)).
  const fallback =
    used.length === 0 && listeners?.some((one) => one.port === DNS_PORT && one.protocol === 'udp' && covers(one.address, '127.0.0.1'));
  const asked = fallback === true ? ['127.0.0.1'] : used;
  const { factsOf, status } = await readStubs(asked, listeners, text, reading);
  const chain = followChain(asked, factsOf);
  const hostsSwitch = switchFile.kind === 'measured' ? parseHostsSwitch(switchFile.value) : null;
  const multicast = await local.exists(MULTICAST_SOCKET);
  if (switchFile.kind !== 'measured') reading.absent.push({ fact: NAME_SWITCH, because: reasonOfAbsence(switchFile) });
  else if (hostsSwitch === null) reading.absent.push({ fact: NAME_SWITCH, because: `${NAME_SWITCH} has no line hosts: that can be read` });
  return {
    resolvConf,
    resolvedMode: status?.mode ?? null,
    nameSwitch: hostsSwitch === null ? null : switchData(hostsSwitch),
    chain,
    caches: scope === 'all' ? await readCaches(chain, hostsSwitch, reading) : [],
    absent: reading.absent,
    hostsSwitch: hostsSwitch === null || multicast ? hostsSwitch : withoutMulticast(hostsSwitch),
    hostName: hostName.kind === 'measured' && hostName.value.trim() !== '' ? hostName.value.trim() : null,
  };
}

/** Its module says that the service is not there, and not that the name is not: the search goes on. */
function withoutMulticast(hostsSwitch: HostsSwitch): HostsSwitch {
  return { ...hostsSwitch, actions: hostsSwitch.actions.filter(({ after }) => !after.startsWith('mdns')) };
}

function isMissing(file: { kind: string; capability?: string }): boolean {
  return file.kind === 'unavailable' && file.capability === 'file';
}

function switchData({ services, actions, line }: HostsSwitch): NonNullable<Data['nameSwitch']> {
  return { path: NAME_SWITCH, line, services, actions: actions.map(({ after, action }) => `${after} [${action}]`) };
}

/** WSL leaves its remark in a file that it no longer writes. */
async function writerOf(text: string, link: string | null, { local }: StubReading): Promise<ResolvConfWriter | null> {
  const writer = readResolvConfWriter(text, link);
  if (writer !== null && writer.name !== 'WSL') return writer;
  const wsl = await local.file('/etc/wsl.conf');
  const generates = wsl.kind === 'measured' ? iniValue(parseIniFile(wsl.value), 'network', 'generateresolvconf') : null;
  if (generates === null || generates.toLowerCase() !== 'false') return writer;
  if (writer === null) return text === '' ? null : { name: 'a person', because: '/etc/wsl.conf has generateResolvConf = false' };
  return { ...writer, because: `${writer.because}; /etc/wsl.conf has generateResolvConf = false, so that it stays as it is` };
}
