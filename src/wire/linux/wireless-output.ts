import { type Parsed, parsed, refused } from '../parsed.js';

/** What /proc/net/wireless and `iw` say of a radio. What they do not say is `null`. */

export interface ProcWireless {
  interface: string;
  /** Of the signal, where the driver counts in dBm. */
  signalDbm: number | null;
  noiseDbm: number | null;
  /** Beacons of the access point that were not heard, since the interface exists. */
  missedBeacons: number | null;
}

const MAXIMUM_RADIOS = 64;
/** Beyond them nothing is a signal: what no driver has filled in reads as −256. */
const WEAKEST_DBM = -120;

/**
 * /proc/net/wireless (net/wireless/wext-proc.c): link, level and noise, each with a point behind it where it is new. Levels below 0 are in
 * dBm; those above are in a measure of the driver's own, and are left out. Refused where the heading is missing.
 */
export function parseProcWireless(text: string): Parsed<ProcWireless[]> {
  const lines = text.split('\n');
  if (!/^Inter-\|/.test(lines[0] ?? '')) return refused('its heading is missing');
  return parsed(
    lines.slice(2, 2 + MAXIMUM_RADIOS).flatMap((line): ProcWireless[] => {
      const [, name, level, noise, missed] =
        /^\s*([^\s:]{1,15}):\s+[0-9a-f]{4}\s+-?\d+\.?\s+(-?\d+)\.?\s+(-?\d+)\.?(?:\s+\d+){5}\s+(\d+)\s*$/i.exec(line) ?? [];
      if (name === undefined) return [];
      const misses = Number(missed);
      return [
        {
          interface: name,
          signalDbm: decibels(level),
          noiseDbm: decibels(noise),
          missedBeacons: Number.isSafeInteger(misses) ? misses : null,
        },
      ];
    }),
  );
}

export interface IwLink {
  connected: boolean;
  signalDbm: number | null;
  frequencyMhz: number | null;
  channelWidthMhz: number | null;
  receiveMbit: number | null;
  sendMbit: number | null;
}

/**
 * `iw dev NAME link`, of iw 3 to 6. The name of the network and the address of the access point, which it prints too, tell where somebody is:
 * they are not read. Refused where it is neither connected nor "Not connected.".
 */
export function parseIwLink(text: string): Parsed<IwLink> {
  const none = { signalDbm: null, frequencyMhz: null, channelWidthMhz: null, receiveMbit: null, sendMbit: null };
  if (/^Not connected\.\s*$/m.test(text)) return parsed({ connected: false, ...none });
  if (!/^Connected to [0-9a-f:]{17}/im.test(text)) return refused('it says neither that it is connected nor that it is not');
  const field = (name: string) => new RegExp(`^\\t${name}: ?(.*)$`, 'm').exec(text)?.[1] ?? '';
  const [receive, send] = [field('rx bitrate'), field('tx bitrate')];
  return parsed({
    connected: true,
    signalDbm: decibels(/^(-\d{1,3})(?: \[[-\d, ]*\])? dBm/.exec(field('signal'))?.[1]),
    frequencyMhz: positive(/^(\d{3,6})(?:\.\d+)?$/.exec(field('freq').trim())?.[1]),
    channelWidthMhz: positive((/\b(\d{2,3})MHz\b/.exec(receive) ?? /\b(\d{2,3})MHz\b/.exec(send))?.[1]),
    receiveMbit: rate(receive),
    sendMbit: rate(send),
  });
}

function rate(text: string): number | null {
  return positive(/^(\d{1,6}(?:\.\d+)?) MBit\/s/i.exec(text)?.[1]);
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && value > 0 ? value : null;
}

function decibels(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && value < 0 && value >= WEAKEST_DBM ? value : null;
}
