/** What to do, as prose and as the command that can be copied. */
export interface RemedyParts {
  /** `null`: the command says it all. */
  prose: string | null;
  /** `null`: it is not done by a command. */
  command: string | null;
}

/**
 * First words of commands that remedies end in. Only what begins with one of them is offered to be copied: of a sentence with a colon in it,
 * the rest is no command.
 */
const PROGRAMS =
  /^(?:sudo|sudoedit|vi|arp|cat|chronyc|connmanctl|curl|curl\.exe|date|dhcpcd|dig|docker|env|ethtool|fc-query|getent|grep|hostnamectl|hwclock|ifconfig|ifup|ip|ipconfig|iw|journalctl|ls|lsof|modprobe|netdiag|netsh|netstat|networkctl|networksetup|nft|nmcli|notepad|ntpq|openssl|ping|ps|rc-service|resolvectl|route|scutil|sed|service|ss|sshd|sysctl|system_profiler|systemctl|systemd-resolve|systemsetup|tc|timedatectl|traceroute|udhcpc|ufw|w32tm|wicked|wpa_cli|\/usr\/libexec\/\S+|\[DateTime\]::UtcNow|[A-Z][a-z]+-[A-Z][A-Za-z0-9]+)(?:;? |$)/;

/**
 * Takes a remedy apart. Remedies are written as `Prose: command`, the command last and without a full stop, as a command alone, or as sentences.
 */
export function remedyParts(remedy: string): RemedyParts {
  if (PROGRAMS.test(remedy) && !remedy.endsWith('.')) return { prose: null, command: remedy };
  for (let at = remedy.indexOf(': '); at !== -1; at = remedy.indexOf(': ', at + 1)) {
    const command = remedy.slice(at + 2);
    if (PROGRAMS.test(command) && !command.endsWith('.')) return { prose: remedy.slice(0, at + 1), command };
  }
  return { prose: remedy, command: null };
}
