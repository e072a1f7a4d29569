import type { Cause, CauseFacts } from './cause.js';

/** Commands that change the network or the kernel of the machine that they are typed on. */
const CHANGES_MACHINE =
  /\b(?:ip link set|ip route (?:add|replace)|ip address add|networkctl renew|nmcli device|ifup |dhcpcd |wicked ifup|sysctl -w|nft add|modprobe|systemctl restart|rc-service)\b/;

/**
 * The first thing to do, as it is typed by this user on this machine: without `sudo` by root, and where the machine is a container, on its
 * host: inside, what is changed is gone with the next start, or forbidden.
 */
export function remedyOf(cause: Pick<Cause, 'remedy'>, facts: CauseFacts): string {
  const text = cause.remedy(facts);
  const { machine } = facts;
  const typed = machine?.root === true ? text.replaceAll('sudoedit ', 'vi ').replaceAll(/\bsudo /g, '') : text;
  return machine?.container === true && CHANGES_MACHINE.test(typed) ? `On the host of this container, not in it. ${typed}` : typed;
}
