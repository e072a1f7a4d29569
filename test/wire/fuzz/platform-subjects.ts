import { parseInterfaceCounters, parseTcpStatistics } from '../../../src/wire/darwin/counters.js';
import { parseIfconfig } from '../../../src/wire/darwin/links.js';
import { parseScutilDns } from '../../../src/wire/darwin/names.js';
import { parseDarwinArp, parseDarwinNdp } from '../../../src/wire/darwin/neighbors.js';
import { parseScutilProxy } from '../../../src/wire/darwin/proxies.js';
import { parseNetstatRoutes, parseRouteGet } from '../../../src/wire/darwin/routes.js';
import { parseApplicationFirewall, parseSysctl } from '../../../src/wire/darwin/settings.js';
import { parseLsofFields, parseNetstatSockets } from '../../../src/wire/darwin/sockets.js';
import { readWindowsLinks, readWindowsNeighbors, readWindowsRoutes } from '../../../src/wire/windows/links.js';
import { readMachineProxies, readProxyServers, readUserProxies, readWindowsResolvers } from '../../../src/wire/windows/names.js';
import { parseWindowsReport, type WindowsReport } from '../../../src/wire/windows/report.js';
import {
  readWindowsComputer,
  readWindowsCounters,
  readWindowsFirewall,
  readWindowsServices,
  readWindowsTcpSettings,
  readWindowsTime,
} from '../../../src/wire/windows/settings.js';
import { parseWindowsNetstat, readWindowsSockets } from '../../../src/wire/windows/sockets.js';
import { parseRoutePrint, parseWindowsNeighborText } from '../../../src/wire/windows/text.js';
import { recordedTools } from '../../fakes/recorded-machine.js';
import type { Subject, TextSubject } from './run.js';

const MACS = ['macos-11-ethernet', 'macos-14-wifi', 'macos-15-vpn'].map(recordedTools);
const PCS = ['windows-10-deutsch', 'windows-11-wifi', 'windows-server-2019'].map(recordedTools);
const BLOCKED = ['windows-10-portugues', 'windows-server-2022-blocked'].map(recordedTools);

/** Beginnings of what was recorded: a report of many kilobytes, tried thousands of times, is none the wiser for its length. */
const LONGEST_SEED = 3000;

function outputs(machines: readonly Record<string, string>[], line: string): string[] {
  return machines.flatMap((tools) => (tools[line] === undefined || tools[line] === '' ? [] : [tools[line].slice(0, LONGEST_SEED)]));
}

const text = (read: TextSubject['read'], seeds: readonly string[]): TextSubject => ({ kind: 'text', read, seeds });

/** Few rows of each question that the reader looks at, of all machines. */
function report(read: (report: WindowsReport) => unknown, ...keys: string[]): TextSubject {
  const seeds = PCS.map((tools) => {
    const whole = { ...JSON.parse(jsonOf(tools['powershell links'])), ...JSON.parse(jsonOf(tools['powershell rest'])) } as Record<
      string,
      { v?: unknown }
    >;
    const part = keys.flatMap((key) => {
      const section = whole[key];
      return section === undefined ? [] : [[key, Array.isArray(section.v) ? { v: section.v.slice(0, 3) } : section]];
    });
    return JSON.stringify(Object.fromEntries(part));
  });
  return text((input) => {
    const parsed = parseWindowsReport(input);
    return parsed === null ? null : read(parsed);
  }, seeds);
}

function jsonOf(output: string | undefined): string {
  return (output ?? '{}').replace('\uFEFF', '');
}

/** Outputs of the commands of macOS and Windows. */
export const PLATFORM_SUBJECTS: Readonly<Record<string, Subject>> = {
  parseIfconfig: text(
    parseIfconfig,
    [...outputs(MACS, 'ifconfig -aLv'), ...outputs(MACS, 'ifconfig -a')].filter((seed) => seed.length > 20),
  ),
  parseNetstatRoutes: text(parseNetstatRoutes, outputs(MACS, 'netstat -rn')),
  parseRouteGet: text(parseRouteGet, [
    ...outputs(MACS, 'route -n get 198.51.100.7'),
    ...outputs(MACS, 'route -n get -inet6 2001:db8:ffff::1'),
  ]),
  parseDarwinArp: text(parseDarwinArp, outputs(MACS, 'arp -an')),
  parseDarwinNdp: text(parseDarwinNdp, outputs(MACS, 'ndp -an')),
  parseScutilDns: text(parseScutilDns, outputs(MACS, 'scutil --dns')),
  parseScutilProxy: text(parseScutilProxy, outputs(MACS, 'scutil --proxy')),
  parseInterfaceCounters: text(parseInterfaceCounters, outputs(MACS, 'netstat -ibdn')),
  parseTcpStatistics: text(parseTcpStatistics, outputs(MACS, 'netstat -s -p tcp')),
  parseSysctl: text(parseSysctl, outputs(MACS, 'sysctl kern.hv_vmm_present hw.model')),
  parseApplicationFirewall: text(
    parseApplicationFirewall,
    outputs(MACS, '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate --getblockall --getstealthmode'),
  ),
  parseNetstatSockets: text(parseNetstatSockets, [...outputs(MACS, 'netstat -anW -p tcp'), ...outputs(MACS, 'netstat -anW -p udp')]),
  parseLsofFields: text(parseLsofFields, outputs(MACS, 'lsof -nP -iTCP -sTCP:LISTEN -iUDP -F pcPtTn')),
  parseWindowsReport: report((read) => [...read.keys()], 'adapters', 'statistics', 'dnsGlobal'),
  readWindowsLinks: report(readWindowsLinks, 'adapters', 'interfaces', 'addresses'),
  readWindowsRoutes: report(readWindowsRoutes, 'routes'),
  readWindowsNeighbors: report(readWindowsNeighbors, 'neighbors'),
  readWindowsResolvers: report(readWindowsResolvers, 'dnsServers', 'dnsGlobal', 'dnsClients', 'dnsPolicies'),
  readUserProxies: report(readUserProxies, 'userProxy'),
  readMachineProxies: report(readMachineProxies, 'machineProxy'),
  readProxyServers: text(readProxyServers, ['proxy:8080', 'http=a:1;https=b:2;socks=[2001:db8::1]:3', 'http://user:secret@proxy:8080/']),
  readWindowsCounters: report(readWindowsCounters, 'statistics'),
  readWindowsFirewall: report(readWindowsFirewall, 'firewall', 'networks'),
  readWindowsTcpSettings: report(readWindowsTcpSettings, 'tcpSettings'),
  readWindowsServices: report(readWindowsServices, 'services'),
  readWindowsTime: report(readWindowsTime, 'time'),
  readWindowsComputer: report(readWindowsComputer, 'computer', 'system'),
  readWindowsSockets: report(readWindowsSockets, 'tcpListeners', 'udpEndpoints', 'processes'),
  parseWindowsNetstat: text(parseWindowsNetstat, [...outputs(BLOCKED, 'netstat.exe -ano'), ...outputs(PCS, 'netstat.exe -ano')]),
  parseRoutePrint: text(parseRoutePrint, outputs(BLOCKED, 'route.exe print')),
  parseWindowsNeighborText: text(parseWindowsNeighborText, [
    ...outputs(PCS, 'arp.exe -a -v'),
    ...outputs(PCS, 'netsh.exe interface ipv6 show neighbors'),
  ]),
};
