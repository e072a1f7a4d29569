/** One answer of a hop, as the system's tool printed it. */
export interface TracedHop {
  ttl: number;
  address: string;
  /** Milliseconds; `null` where no exact time is told (`<1 ms` of Windows). */
  rttMs: number | null;
}

export type TraceTool = 'traceroute' | 'tracepath' | 'tracert';

/** Lines of real tools stay below 200 characters; with many probes a hop has more. */
const LONGEST_LINE = 4096;
const LARGEST_TTL = 255;
const MOST_ANSWERS = 64;

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?)$/;

/** Reads one line of the output; what is not understood gives no hop, and silence neither. */
export function parseTraceLine(tool: TraceTool, text: string): TracedHop[] {
  const words = text.slice(0, LONGEST_LINE).trim().split(/\s+/);
  // tracepath writes `1:`, and `1?:` for what it learned without an answer.
  const number = /^(\d{1,3})(\??):?$/.exec(words[0] ?? '');
  const ttl = Number(number?.[1]);
  if (number === null || number[2] === '?' || ttl < 1 || ttl > LARGEST_TTL) return [];
  const rest = words.slice(1);
  if (tool === 'tracert') return windowsHop(ttl, rest);
  return tool === 'tracepath' ? tracepathHop(ttl, rest) : tracerouteHops(ttl, rest);
}

/** `1  192.0.2.1  0.345 ms  0.300 ms 192.0.2.9  0.290 ms !H *`: an address holds for the times behind it. */
function tracerouteHops(ttl: number, words: readonly string[]): TracedHop[] {
  const hops: TracedHop[] = [];
  let address: string | null = null;
  for (const [index, word] of words.entries()) {
    if (ADDRESS.test(word)) address = word;
    else if (address !== null && words[index + 1] === 'ms' && /^\d+(\.\d+)?$/.test(word) && hops.length < MOST_ANSWERS) {
      hops.push({ ttl, address, rttMs: Number(word) });
    }
  }
  return hops;
}

/** `2:  192.0.2.1   0.089ms pmtu 1400`, `asymm 3`, `reached`. */
function tracepathHop(ttl: number, words: readonly string[]): TracedHop[] {
  const address = words[0] ?? '';
  const time = /^(\d+(?:\.\d+)?)ms$/.exec(words[1] ?? '')?.[1];
  return ADDRESS.test(address) && time !== undefined ? [{ ttl, address, rttMs: Number(time) }] : [];
}

/** `1    <1 ms    12 ms     *     192.0.2.1`: the address is the last word, with brackets where a name goes ahead of it. */
function windowsHop(ttl: number, words: readonly string[]): TracedHop[] {
  const address = (words.at(-1) ?? '').replace(/^\[(.*)\]$/, '$1');
  if (!ADDRESS.test(address)) return [];
  return words.slice(0, MOST_ANSWERS).flatMap((word, index): TracedHop[] => {
    if (words[index + 1] !== 'ms') return [];
    if (/^<\d+$/.test(word)) return [{ ttl, address, rttMs: null }];
    return /^\d+$/.test(word) ? [{ ttl, address, rttMs: Number(word) }] : [];
  });
}
