/** What a command of Linux is called on other systems. */
export interface CommandElsewhere {
  linux: string;
  darwin: string;
  /** Of PowerShell. */
  windows: string;
}

/** By the words with which a command begins; the longer before the shorter ones. `INTERFACE` and the like are for the reader to replace. */
const ROWS: readonly (readonly [begins: string, darwin: string, windows: string])[] = [
  ['ip route get', 'route -n get ADDRESS', 'Find-NetRoute -RemoteIPAddress ADDRESS'],
  ['ip -6 route get', 'route -n get -inet6 ADDRESS', 'Find-NetRoute -RemoteIPAddress ADDRESS'],
  ['ip route show', 'netstat -rn -f inet', 'Get-NetRoute -AddressFamily IPv4'],
  ['ip -4 route show', 'netstat -rn -f inet', 'Get-NetRoute -AddressFamily IPv4'],
  ['ip -6 route show', 'netstat -rn -f inet6', 'Get-NetRoute -AddressFamily IPv6'],
  ['ip -br address', 'ifconfig', 'Get-NetIPAddress'],
  ['ip -6 -br address', 'ifconfig', 'Get-NetIPAddress -AddressFamily IPv6'],
  ['ip -6 address show', 'ifconfig INTERFACE', 'Get-NetIPAddress -AddressFamily IPv6'],
  ['ip address show', 'ifconfig INTERFACE', 'Get-NetIPAddress'],
  ['ip -br link', 'networksetup -listallhardwareports', 'Get-NetAdapter'],
  ['ip link show', 'ifconfig INTERFACE', 'Get-NetAdapter'],
  ['ip -d link show', 'ifconfig INTERFACE', 'Get-NetAdapter | Format-List *'],
  ['ip -s', 'netstat -I INTERFACE', 'Get-NetAdapterStatistics'],
  ['ip neigh', 'arp -an', 'Get-NetNeighbor'],
  ['ss -l', 'lsof -nP -iTCP -sTCP:LISTEN', 'Get-NetTCPConnection -State Listen'],
  ['ss -s', 'netstat -s -p tcp', 'Get-NetTCPConnection | Group-Object State'],
  ['ss -t', 'netstat -an -p tcp', 'Get-NetTCPConnection'],
  ['nft list ruleset', 'pfctl -sr -v', 'Get-NetFirewallRule -Enabled True'],
  ['tcpdump', 'tcpdump', 'pktmon start --capture'],
  ['resolvectl', 'scutil --dns', 'Get-DnsClientServerAddress'],
  ['cat /etc/resolv.conf', 'scutil --dns', 'Get-DnsClientServerAddress'],
  ['getent', 'dscacheutil -q host -a name NAME', 'Resolve-DnsName NAME'],
  ['dig', 'dig', 'Resolve-DnsName NAME'],
  ['timedatectl', 'systemsetup -getusingnetworktime', 'w32tm /query /status'],
  ['chronyc', 'sntp -d TIMESERVER', 'w32tm /query /peers'],
  ['date -u', 'date -u', 'Get-Date -AsUTC'],
  ['ethtool', 'ifconfig INTERFACE', 'Get-NetAdapter -Name INTERFACE | Format-List *'],
  ['iw dev', 'wdutil info', 'netsh wlan show interfaces'],
  ['rfkill list', 'networksetup -getairportpower INTERFACE', 'Get-NetAdapter'],
  ['dmesg', 'log show --last 10m --predicate "process == \'kernel\'"', 'Get-WinEvent -LogName System -MaxEvents 50'],
  ['journalctl', 'log show --last 10m', 'Get-WinEvent -LogName System -MaxEvents 50'],
  ['ulimit -n', 'ulimit -n', 'Get-Process -Id PID | Select-Object HandleCount'],
  ['env', 'env', 'Get-ChildItem Env:'],
];

/** What the commands between backticks in these texts are called on macOS and Windows, each once, in the order in which they come. Pure. */
export function commandsElsewhere(texts: readonly string[]): CommandElsewhere[] {
  const commands = texts.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command.replace(/^sudo /, '')));
  const found = new Map<string, CommandElsewhere>();
  for (const command of commands) {
    const row = ROWS.find(
      ([begins]) =>
        command === begins ||
        command.startsWith(begins.endsWith('-l') || begins.endsWith('-t') || begins.endsWith('-s') ? begins : `${begins} `),
    );
    if (row === undefined || row[1] === row[0]) continue;
    const [linux, darwin, windows] = row;
    const shown = /^ss -|^ip -s/.test(linux) ? command.split(' ').slice(0, 2).join(' ') : linux;
    found.set(linux, { linux: shown, darwin, windows });
  }
  return [...found.values()];
}
