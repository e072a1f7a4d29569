/** How a series was measured, in words for people: ICMP echo is what people take for granted, so it goes without saying. Pure. */

/** `, TCP` behind numbers; empty for ICMP echo of our own. */
export function methodSuffix(method: string | null): string {
  if (method === 'tcp') return ', TCP';
  if (method === 'udp') return ', UDP';
  return method === 'system' ? ', the system ping' : '';
}

/** What is answered in place of ICMP echo, in the middle of a sentence. */
export function methodName(method: string | null): string {
  if (method === 'tcp') return 'TCP';
  if (method === 'udp') return 'UDP to an unused port';
  return method === 'system' ? 'the system ping' : 'echo';
}

/** Hosts limit "port unreachable" (Linux: six at once, then one a second): what is missing of them is no loss by itself. */
export const UDP_IS_LIMITED = 'by UDP, whose answers hosts limit';
