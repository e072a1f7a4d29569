/**
 * Settings, counters and surroundings of Windows, from rows of the registry and of CIM classes. What does not make sense is left out;
 * nothing here throws.
 */
import { type WindowsReport, windowsFlag, windowsNumber, windowsRows, windowsText } from './report.js';

export interface WindowsCounters {
  name: string;
  receiveErrors: number | null;
  receiveDropped: number | null;
  sendErrors: number | null;
  sendDropped: number | null;
  receivedBytes: number | null;
  sentBytes: number | null;
}

/** MSFT_NetAdapterStatisticsSettingData, since each link came up; `null` where it is not known. */
export function readWindowsCounters(report: WindowsReport): WindowsCounters[] | null {
  const rows = windowsRows(report, 'statistics');
  return (
    rows?.flatMap((row) => {
      const name = windowsText(row, 'Name');
      if (name === null) return [];
      return [
        {
          name,
          receiveErrors: windowsNumber(row, 'ReceivedPacketErrors'),
          receiveDropped: windowsNumber(row, 'ReceivedDiscardedPackets'),
          sendErrors: windowsNumber(row, 'OutboundPacketErrors'),
          sendDropped: windowsNumber(row, 'OutboundDiscardedPackets'),
          receivedBytes: windowsNumber(row, 'ReceivedBytes'),
          sentBytes: windowsNumber(row, 'SentBytes'),
        },
      ];
    }) ?? null
  );
}

export interface WindowsFirewallProfile {
  profile: 'domain' | 'private' | 'public';
  /** `null`: neither the policy nor the machine says. */
  enabled: boolean | null;
  blocksIncoming: boolean | null;
  /** Whether a policy of the domain or of an administrator decides. */
  byPolicy: boolean;
  /** Whether a network that the machine is on has this profile; `null`: not known. */
  active: boolean | null;
}

/** MSFT_NetConnectionProfile.NetworkCategory */
const CATEGORIES = ['public', 'private', 'domain'] as const;

/**
 * Values `EnableFirewall` and `DefaultInboundAction` (0 allow, 1 block) of the profiles in the registry, policy before machine
 * ([MS-GPFAS] 2.2.2). `null` where they are not known. A profile without a value is as Windows comes: incoming connections are blocked.
 */
export function readWindowsFirewall(report: WindowsReport): WindowsFirewallProfile[] | null {
  const rows = windowsRows(report, 'firewall');
  if (rows === null) return null;
  const networks = windowsRows(report, 'networks')?.map((row) => CATEGORIES[windowsNumber(row, 'NetworkCategory') ?? -1]) ?? null;
  const settingOf = (profile: string, policy: boolean, key: string) => {
    const row = rows.find((entry) => entry['Profile'] === profile && windowsFlag(entry, 'Policy') === policy);
    return row === undefined ? null : windowsFlag(row, key);
  };
  return (['domain', 'private', 'public'] as const).map((profile) => {
    const decided = (key: string) => settingOf(profile, true, key) ?? settingOf(profile, false, key);
    const enabled = decided('EnableFirewall');
    return {
      profile,
      enabled,
      blocksIncoming: enabled === null ? null : (decided('DefaultInboundAction') ?? true),
      byPolicy: settingOf(profile, true, 'EnableFirewall') !== null,
      active: networks?.includes(profile) ?? null,
    };
  });
}

export interface WindowsTcpSetting {
  name: string;
  congestionControl: string | null;
  /** Level of receive window tuning that is in force: `disabled`, `highly-restricted`, `restricted`, `normal`, `experimental`. */
  autoTuning: string | null;
  firstDynamicPort: number | null;
  dynamicPorts: number | null;
}

const AUTO_TUNING = ['disabled', 'highly-restricted', 'restricted', 'normal', 'experimental'];
/** MSFT_NetTCPSetting documents three; later ones (CUBIC, BBR2) have no number that is written down. */
const CONGESTION_PROVIDERS = ['default', 'ctcp', 'dctcp'];

/** MSFT_NetTCPSetting; `null` where it is not known. `Internet` is the one for connections over more than 10 ms. */
export function readWindowsTcpSettings(report: WindowsReport): WindowsTcpSetting[] | null {
  const rows = windowsRows(report, 'tcpSettings');
  return (
    rows?.flatMap((row) => {
      const name = windowsText(row, 'SettingName');
      if (name === null) return [];
      // 1: the level is that of the group policy.
      const level = windowsNumber(row, 'AutoTuningLevelEffective') === 1 ? 'AutoTuningLevelGroupPolicy' : 'AutoTuningLevelLocal';
      return [
        {
          name,
          congestionControl: CONGESTION_PROVIDERS[windowsNumber(row, 'CongestionProvider') ?? -1] ?? null,
          autoTuning: AUTO_TUNING[windowsNumber(row, level) ?? -1] ?? null,
          firstDynamicPort: windowsNumber(row, 'DynamicPortRangeStartPort') || null,
          dynamicPorts: windowsNumber(row, 'DynamicPortRangeNumberOfPorts') || null,
        },
      ];
    }) ?? null
  );
}

export interface WindowsService {
  name: string;
  running: boolean | null;
}

/** Services by their names, which are not translated; `null` where they are not known. */
export function readWindowsServices(report: WindowsReport): WindowsService[] | null {
  const rows = windowsRows(report, 'services');
  return (
    rows?.flatMap((row) => {
      const name = windowsText(row, 'Name');
      const status = windowsNumber(row, 'Status');
      // ServiceControllerStatus: 4 is Running.
      return name === null ? [] : [{ name, running: status === null ? null : status === 4 }];
    }) ?? null
  );
}

export interface WindowsTimeSource {
  /** `NTP`: servers of the list; `NT5DS`: the domain; `AllSync`: both; `NoSync`: nobody. */
  type: string | null;
  servers: string[];
}

/** Parameters of the service W32Time, a policy before the machine: `time.windows.com,0x9` is a server with flags. `null` where they are not known. */
export function readWindowsTime(report: WindowsReport): WindowsTimeSource | null {
  const rows = [...(windowsRows(report, 'time') ?? [])].sort((a, b) => Number(windowsFlag(b, 'Policy')) - Number(windowsFlag(a, 'Policy')));
  if (rows.length === 0) return null;
  const decided = (key: string) => rows.map((row) => windowsText(row, key)).find((text) => text !== null) ?? null;
  const servers = (decided('NtpServer') ?? '').split(/\s+/).map((entry) => entry.split(',')[0] ?? '');
  return { type: decided('Type'), servers: servers.filter((server) => server !== '').slice(0, 16) };
}

export interface WindowsComputer {
  manufacturer: string | null;
  model: string | null;
  /** True on a virtual machine, and on metal where Hyper-V or virtualisation-based security runs below Windows. */
  hypervisorPresent: boolean | null;
  inDomain: boolean | null;
  /** `10.0.22631` */
  version: string | null;
  server: boolean | null;
}

/** Win32_ComputerSystem and Win32_OperatingSystem; `null` where neither is known. */
export function readWindowsComputer(report: WindowsReport): WindowsComputer | null {
  const [computer] = windowsRows(report, 'computer') ?? [];
  const [system] = windowsRows(report, 'system') ?? [];
  if (computer === undefined && system === undefined) return null;
  const product = system === undefined ? null : windowsNumber(system, 'ProductType');
  return {
    manufacturer: computer === undefined ? null : windowsText(computer, 'Manufacturer'),
    model: computer === undefined ? null : windowsText(computer, 'Model'),
    hypervisorPresent: computer === undefined ? null : windowsFlag(computer, 'HypervisorPresent'),
    inDomain: computer === undefined ? null : windowsFlag(computer, 'PartOfDomain'),
    version: system === undefined ? null : windowsText(system, 'Version'),
    // 1: work station, 2: domain controller, 3: server.
    server: product === null ? null : product !== 1,
  };
}
