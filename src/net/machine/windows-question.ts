/**
 * The two questions that PowerShell is asked on Windows: what the network is made of, and the rest. Each is one process, since PowerShell
 * takes most of a second to start. The classes are asked for by themselves, without the modules around them, whose loading takes longer
 * than the answers; what they say are numbers and names that no display language changes. In the constrained language mode, which
 * administrators set, everything here is allowed but for the encoding of the output: then letters beyond ASCII become question marks.
 */
import type { LocalSystem } from '../local-port.js';

export type WindowsPart = 'links' | 'rest';

/** Modern CIM classes on a busy machine; the first call after the start of the system takes longest. */
export const WINDOWS_QUESTION_MS = 6000;

const CIM = 'root/StandardCimv2';
const MACHINE = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services';
const POLICIES = 'HKLM:\\SOFTWARE\\Policies\\Microsoft';
const INTERNET = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/**
 * `q` asks by a block, `c` asks a class; both keep an error by its name, which is not translated. The path of modules is that of this
 * PowerShell alone: a newer one further up (terminal, `pwsh`, Node, we) hands down its own, whose commands Windows PowerShell cannot load.
 */
const PRELUDE = [
  "$env:PSModulePath=$PSHOME+'\\Modules'",
  "$ErrorActionPreference='Stop'",
  "$ProgressPreference='SilentlyContinue'",
  'try{[Console]::OutputEncoding=New-Object System.Text.UTF8Encoding $false;$u=1}catch{$u=0}',
  '$o=@{}',
  'function q($k,$b){try{$o[$k]=@{v=@(& $b)}}catch{$o[$k]=@{e=[string]$_.FullyQualifiedErrorId}}}',
  'function c($k,$n,$l,$p,$f){q $k {if($f){Get-CimInstance -Namespace $n -ClassName $l -Filter $f|Select-Object $p}else{Get-CimInstance -Namespace $n -ClassName $l|Select-Object $p}}}',
];

const EPILOGUE = ['$j=ConvertTo-Json -InputObject $o -Depth 5 -Compress', "if(!$u){$j=$j -replace '[^\\x20-\\x7E]','?'}", '$j'];

function ofClass(key: string, name: string, properties: readonly string[], filter = ''): string {
  const list = properties.map((property) => (property.startsWith('@') ? property : `'${property}'`)).join(',');
  return `c '${key}' '${CIM}' '${name}' @(${list}) '${filter}'`;
}

function ofSystem(key: string, name: string, properties: readonly string[]): string {
  return `c '${key}' 'root/cimv2' '${name}' @(${properties.map((property) => `'${property}'`).join(',')}) ''`;
}

function ofRegistry(key: string, path: string, values: readonly string[]): string {
  return `q '${key}' {Get-ItemProperty -Path '${path}'|Select-Object ${values.join(',')}}`;
}

const seconds = (name: string) => `@{n='${name}Seconds';e={$_.${name}Lifetime.TotalSeconds}}`;

const LINKS = [
  ofClass(
    'adapters',
    'MSFT_NetAdapter',
    [
      ...['Name', 'InterfaceDescription', 'InterfaceIndex', 'InterfaceOperationalStatus', 'InterfaceAdminStatus', 'MediaConnectState'],
      ...['FullDuplex', 'ReceiveLinkSpeed', 'MtuSize', 'Virtual', 'InterfaceType', 'NdisPhysicalMedium', 'VlanID', 'Hidden'],
    ],
    'Hidden=FALSE',
  ),
  ofClass('interfaces', 'MSFT_NetIPInterface', [
    ...['InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'NlMtu', 'InterfaceMetric', 'Dhcp', 'ConnectionState', 'Store'],
  ]),
  ofClass('addresses', 'MSFT_NetIPAddress', [
    ...['IPAddress', 'PrefixLength', 'InterfaceIndex', 'PrefixOrigin', 'SuffixOrigin', 'AddressState', 'Store'],
    ...[seconds('Valid'), seconds('Preferred')],
  ]),
  ofClass('routes', 'MSFT_NetRoute', ['DestinationPrefix', 'NextHop', 'RouteMetric', 'InterfaceIndex', 'Protocol', 'Store']),
  ofClass('neighbors', 'MSFT_NetNeighbor', ['IPAddress', 'LinkLayerAddress', 'State', 'InterfaceIndex', 'Store']),
  ofClass('dnsServers', 'MSFT_DNSClientServerAddress', ['InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'ServerAddresses']),
  ofClass('dnsGlobal', 'MSFT_DNSClientGlobalSetting', ['UseSuffixSearchList', 'SuffixSearchList']),
  ofClass('dnsClients', 'MSFT_DNSClient', ['InterfaceIndex', 'ConnectionSpecificSuffix']),
  `q 'dnsPolicies' {Get-ChildItem -Path '${MACHINE}\\Dnscache\\Parameters\\DnsPolicyConfig','${POLICIES}\\Windows NT\\DNSClient\\DnsPolicyConfig' -ErrorAction SilentlyContinue|Get-ItemProperty|Select-Object Name,GenericDNSServers}`,
  ofClass('statistics', 'MSFT_NetAdapterStatisticsSettingData', [
    ...['Name', 'ReceivedPacketErrors', 'ReceivedDiscardedPackets', 'OutboundPacketErrors', 'OutboundDiscardedPackets'],
    ...['ReceivedBytes', 'SentBytes', 'ReceivedUnicastPackets', 'SentUnicastPackets'],
  ]),
];

const PROFILES = "@('DomainProfile','domain'),@('PrivateProfile','private'),@('StandardProfile','private'),@('PublicProfile','public')";

const REST = [
  ofClass('tcpListeners', 'MSFT_NetTCPConnection', ['LocalAddress', 'LocalPort', 'OwningProcess'], 'State=2'),
  ofClass('udpEndpoints', 'MSFT_NetUDPEndpoint', ['LocalAddress', 'LocalPort', 'OwningProcess']),
  "q 'processes' {$i=@($o.tcpListeners.v)+@($o.udpEndpoints.v)|ForEach-Object{$_.OwningProcess}|Sort-Object -Unique;Get-Process -Id $i -ErrorAction SilentlyContinue|Select-Object Id,ProcessName}",
  ofClass('tcpSettings', 'MSFT_NetTCPSetting', [
    ...['SettingName', 'CongestionProvider', 'AutoTuningLevelLocal', 'AutoTuningLevelGroupPolicy', 'AutoTuningLevelEffective'],
    ...['DynamicPortRangeStartPort', 'DynamicPortRangeNumberOfPorts'],
  ]),
  ofClass('networks', 'MSFT_NetConnectionProfile', ['InterfaceIndex', 'NetworkCategory']),
  `q 'firewall' {foreach($d in @(@('${MACHINE}\\SharedAccess\\Parameters\\FirewallPolicy',0),@('${POLICIES}\\WindowsFirewall',1))){foreach($s in @(${PROFILES})){$t=Join-Path $d[0] $s[0];if(Test-Path -Path $t){Get-ItemProperty -Path $t|Select-Object EnableFirewall,DefaultInboundAction,@{n='Profile';e={$s[1]}},@{n='Policy';e={$d[1]}}}}}}`,
  "q 'services' {Get-Service -Name mpssvc,W32Time,Dnscache -ErrorAction SilentlyContinue|Select-Object Name,Status}",
  ofRegistry('userProxy', `HKCU:\\${INTERNET}`, ['ProxyEnable', 'ProxyServer', 'ProxyOverride', 'AutoConfigURL']),
  ofRegistry('userDetection', `HKCU:\\${INTERNET}\\Connections`, ['DefaultConnectionSettings']),
  ofRegistry('machineProxy', `HKLM:\\${INTERNET}\\Connections`, ['WinHttpSettings']),
  `q 'time' {foreach($d in @(@('${MACHINE}\\W32Time\\Parameters',0),@('${POLICIES}\\W32Time\\Parameters',1))){if(Test-Path -Path $d[0]){Get-ItemProperty -Path $d[0]|Select-Object Type,NtpServer,@{n='Policy';e={$d[1]}}}}}`,
  ofSystem('computer', 'Win32_ComputerSystem', ['Manufacturer', 'Model', 'HypervisorPresent', 'PartOfDomain']),
  ofSystem('system', 'Win32_OperatingSystem', ['Version', 'ProductType']),
];

/** The command line. By its whole path: Windows would look in the current folder first. */
export function windowsQuestion(local: Pick<LocalSystem, 'environment'>, part: WindowsPart): { file: string; args: string[] } {
  const script = [...PRELUDE, ...(part === 'links' ? LINKS : REST), ...EPILOGUE].join(';');
  return {
    file: windowsTool(local, 'WindowsPowerShell\\v1.0\\powershell.exe'),
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
  };
}

/** A program of Windows itself, by its whole path. */
export function windowsTool({ environment }: Pick<LocalSystem, 'environment'>, name: string): string {
  return `${environment['SystemRoot'] ?? environment['windir'] ?? 'C:\\Windows'}\\System32\\${name}`;
}
