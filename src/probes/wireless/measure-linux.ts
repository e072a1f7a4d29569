import { measured, reasonOf, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/port.js';
import { parseIwLink, parseProcWireless } from '../../wire/linux/wireless-output.js';
import { interfacesInUse } from '../counters/plan.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { wirelessNotTried } from './not-tried.js';
import { bandOf, RADIO_LIMIT } from './plan.js';

type Data = DataOf<'wireless'>;
type Radio = Data['radios'][number];

const PROC_WIRELESS = '/proc/net/wireless';
const INTERFACES = '/sys/class/net';

export async function measureLinuxWireless(
  { options, host, targets }: MachineCircumstances,
  { network: { local }, signal }: MeasureContext,
): Promise<Observation<'wireless'>> {
  const absent: Data['absent'] = [];
  const [byFile, marked] = await Promise.all([readProcWireless(local, absent), markedRadios(local)]);
  const names = [...new Set([...byFile.map((radio) => radio.interface), ...marked])];
  if (names.length === 0) return { attempt: measured(null), method: 'system', data: { radios: [], absent } };
  const used = options.scope === 'path' ? interfacesInUse(await targets(), host) : null;
  const asked = names.filter((name) => used === null || used.has(name)).slice(0, RADIO_LIMIT);
  const radios = await Promise.all(asked.map((name) => readRadio(local, name, byFile, signal, absent)));
  if (signal.aborted) return wirelessNotTried(skipped('interrupted'));
  return { attempt: measured(null), method: 'system', data: { radios, absent } };
}

async function readRadio(
  local: LocalSystem,
  name: string,
  byFile: readonly { interface: string; signalDbm: number | null; noiseDbm: number | null; missedBeacons: number | null }[],
  signal: AbortSignal,
  absent: Data['absent'],
): Promise<Radio> {
  const listed = byFile.find((radio) => radio.interface === name) ?? null;
  const args = ['dev', name, 'link'];
  const line = `iw ${args.join(' ')}`;
  const ran = await local.tool({ file: 'iw', args, signal });
  const told = ran.kind === 'measured' && ran.value.exitCode === 0 ? parseIwLink(ran.value.stdout) : null;
  const link = told?.ok === true ? told.value : null;
  if (link === null) {
    const because =
      ran.kind !== 'measured'
        ? reasonOf(ran)
        : told === null
          ? `${line} ended with status ${ran.value.exitCode ?? 'none'}`
          : `${line} said nonsense: ${told.ok ? '' : told.refusal}`;
    absent.push({ fact: `frequency and bit rates of ${name}`, because });
  }
  const frequencyMhz = link?.frequencyMhz ?? null;
  // What the file shows of a radio that is not connected is left over from before.
  const known = link?.connected === false ? null : listed;
  return {
    interface: name,
    connected: link?.connected ?? null,
    signalDbm: link?.signalDbm ?? known?.signalDbm ?? null,
    noiseDbm: known?.noiseDbm ?? null,
    frequencyMhz,
    band: frequencyMhz === null ? null : bandOf(frequencyMhz),
    channelWidthMhz: link?.channelWidthMhz ?? null,
    receiveMbit: link?.receiveMbit ?? null,
    sendMbit: link?.sendMbit ?? null,
    missedBeacons: listed?.missedBeacons ?? null,
    sources: [...(link === null ? [] : [line]), ...(listed === null ? [] : [PROC_WIRELESS])],
  };
}

/** Kernels without the old wireless extensions have no such file. */
async function readProcWireless(local: LocalSystem, absent: Data['absent']) {
  const text = await local.file(PROC_WIRELESS);
  if (text.kind !== 'measured') return [];
  const radios = parseProcWireless(text.value);
  if (radios.ok) return radios.value;
  absent.push({ fact: PROC_WIRELESS, because: `${PROC_WIRELESS} holds nonsense: ${radios.refusal}` });
  return [];
}

async function markedRadios(local: LocalSystem): Promise<string[]> {
  const names = await local.entries(INTERFACES);
  if (names.kind !== 'measured') return [];
  const marks = await Promise.all(names.value.slice(0, 1024).map((name) => local.exists(`${INTERFACES}/${name}/phy80211`)));
  // A namespace with the folder of another one in it would show radios that are not there.
  return names.value.filter((_, index) => marks[index] === true);
}
