import { isIpAddress } from './dns-server.js';

/** Addresses of one name: no list of blocked hosts has more, and a report need not hold them. */
const MAXIMUM_ADDRESSES = 32;
const MAXIMUM_LINE_CHARACTERS = 8192;

/**
 * Addresses that hosts(5) gives for `host`, in the order of the file and without repetition: canonical names and aliases, without regard to
 * case or a final dot. Lines that make no sense are skipped.
 */
export function addressesInHostsFile(text: string, host: string): string[] {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const addresses = new Set<string>();
  if (wanted === '') return [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    // Lists of blocked hosts have 100,000 lines and more: most are passed over without a closer look.
    if (line.length > MAXIMUM_LINE_CHARACTERS || !line.toLowerCase().includes(wanted)) continue;
    const [address, ...names] = line
      .split('#', 1)
      .join('')
      .trim()
      .split(/[ \t]+/);
    if (address === undefined || !isIpAddress(address)) continue;
    if (names.some((name) => name.toLowerCase().replace(/\.$/, '') === wanted)) addresses.add(address);
    if (addresses.size === MAXIMUM_ADDRESSES) break;
  }
  return [...addresses];
}
