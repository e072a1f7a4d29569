/**
 * First words of commands that texts end in. Only what begins with one of them is a command, which can be copied and is the same in every
 * language: of a sentence with a colon in it, the rest is none.
 */
export const PROGRAMS =
  /^(?:sudo|sudoedit|vi|arp|cat|chronyc|connmanctl|curl|curl\.exe|date|dhcpcd|dig|docker|env|ethtool|fc-query|getent|grep|hostnamectl|hwclock|ifconfig|ifup|ip|ipconfig|iw|journalctl|ls|lsof|modprobe|netdiag|netsh|netstat|networkctl|networksetup|nft|nmcli|notepad|ntpq|openssl|ping|ps|rc-service|resolvectl|route|scutil|sed|service|ss|sshd|sysctl|system_profiler|systemctl|systemd-resolve|systemsetup|tc|timedatectl|traceroute|udhcpc|ufw|w32tm|wicked|wpa_cli|\/usr\/libexec\/\S+|\[DateTime\]::UtcNow|[A-Z][a-z]+-[A-Z][A-Za-z0-9]+)(?:;? |$)/;

/** Whether a text is a command to type: written without a full stop, so that it can be copied whole. */
export function isCommand(text: string): boolean {
  return PROGRAMS.test(text) && !text.endsWith('.');
}
