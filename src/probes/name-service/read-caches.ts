import type { DataOf } from '../../model/measurement.js';
import { SYSTEMD_RESOLVED } from '../../wire/dns/server.js';
import { iniValue, parseIniFile } from '../../wire/ini-file.js';
import type { HostsSwitch } from '../../wire/names/nsswitch.js';
import { parseDnsmasqConf, parseNscdConf } from '../../wire/names/stub-configuration.js';
import type { Hop } from './chain.js';
import { readConfiguration, type StubReading } from './read-stub.js';

type Cache = DataOf<'name-service'>['caches'][number];

const RESOLVED_CONF = '/etc/systemd/resolved.conf';
const NSCD_SOCKETS = ['/run/nscd/socket', '/var/run/nscd/socket'];

/** What on this machine could keep answers, and whether it does. */
export async function readCaches(chain: readonly Hop[], nameSwitch: HostsSwitch | null, reading: StubReading): Promise<Cache[]> {
  const names = new Set(chain.flatMap(({ software }) => software ?? []));
  if (nameSwitch?.services.includes('resolve') === true && (await reading.local.exists('/run/systemd/resolve')))
    names.add(SYSTEMD_RESOLVED);
  const found = [...names].map((name) => cacheOf(name, reading));
  const caches = (await Promise.all([...found, readNscd(reading)])).filter((cache) => cache !== null);
  return nameSwitch?.services.includes('sss') === true ? [...caches, { name: 'sssd', keeps: null, source: '/etc/nsswitch.conf' }] : caches;
}

async function cacheOf(name: string, reading: StubReading): Promise<Cache> {
  switch (name) {
    case SYSTEMD_RESOLVED: {
      const { files } = await readConfiguration([RESOLVED_CONF, '/etc/systemd/resolved.conf.d/*.conf'], () => ({ includes: [] }), reading);
      const value = iniValue(
        files.flatMap(({ text }) => parseIniFile(text)),
        'resolve',
        'cache',
      );
      // It keeps answers unless it is told not to (resolved.conf(5)).
      const keeps = value === null || !/^(?:no|false|0|off)$/i.test(value);
      return { name, keeps, source: value === null ? null : RESOLVED_CONF };
    }
    case 'dnsmasq': {
      const { files } = await readConfiguration(['/etc/dnsmasq.conf', '/etc/dnsmasq.d'], parseDnsmasqConf, reading);
      const { caches } = parseDnsmasqConf(files.map(({ text }) => text).join('\n'));
      return { name, keeps: caches ?? true, source: caches === null ? null : '/etc/dnsmasq.conf' };
    }
    // Its embedded resolver hands on each question.
    case 'Docker':
      return { name, keeps: false, source: null };
    case 'unbound':
    case 'BIND':
    case 'PowerDNS Recursor':
    case 'Knot Resolver':
      return { name, keeps: true, source: null };
    default:
      return { name, keeps: null, source: null };
  }
}

async function readNscd({ local }: StubReading): Promise<Cache | null> {
  const there = await Promise.all(NSCD_SOCKETS.map((path) => local.exists(path)));
  const socket = NSCD_SOCKETS[there.indexOf(true)];
  if (socket === undefined) return null;
  const configuration = await local.file('/etc/nscd.conf');
  const keeps = configuration.kind === 'measured' ? parseNscdConf(configuration.value) : null;
  return { name: 'nscd', keeps, source: keeps === null ? socket : '/etc/nscd.conf' };
}
