import { describe, expect, it } from 'vitest';
import { parseIwLink, parseProcWireless } from '../../../src/wire/linux/wireless-output.js';

const HEADING = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
`;

describe('/proc/net/wireless', () => {
  it.each([
    ['in dBm, with marks of what is new', 'wlp2s0: 0000   54.  -56.  -256        0      0      0      0     46        3', [-56, null, 3]],
    ['noise too', ' wlan0: 0000   70   -38.  -95.       0      0      0      0      0        0', [-38, -95, 0]],
    ["in the driver's own measure", ' wlan0: 0000   70.  200.  161.       0      0      0      0      0        0', [null, null, 0]],
    ['of no radio that hears', ' wlan0: 0000    0   -256  -256        0      0      0      0      0        0', [null, null, 0]],
  ])('%s', (_, line, expected) => {
    const read = parseProcWireless(HEADING + line);
    const [radio] = read.ok ? read.value : [];
    expect([radio?.signalDbm, radio?.noiseDbm, radio?.missedBeacons]).toEqual(expected);
  });

  it('is empty where there is no radio, refused where it is junk, and leaves out a torn line', () => {
    expect(parseProcWireless(HEADING)).toEqual({ ok: true, value: [] });
    expect(parseProcWireless('nada\n').ok).toBe(false);
    expect(parseProcWireless(`${HEADING}wlan0: 0000 54. -5`)).toEqual({ ok: true, value: [] });
  });
});

/** As iw 3.4, 5.9 and 6.9 print it; names and addresses are made up. */
const OLD =
  'Connected to 02:00:00:00:00:aa (on wlan0)\n\tSSID: cafe\n\tfreq: 2437\n\tRX: 93211 bytes (812 packets)\n\tTX: 4321 bytes (40 packets)\n\tsignal: -81 dBm\n\ttx bitrate: 6.5 MBit/s MCS 0\n\n\tbss flags:\tshort-slot-time\n\tdtim period:\t0\n\tbeacon int:\t100\n';
const AC =
  'Connected to 02:00:00:00:00:aa (on wlp2s0)\n\tSSID: signal: -1 dBm\n\tfreq: 5180\n\tRX: 2309452 bytes (12345 packets)\n\tTX: 123456 bytes (678 packets)\n\tsignal: -58 dBm\n\trx bitrate: 866.7 MBit/s VHT-MCS 9 80MHz short GI VHT-NSS 2\n\ttx bitrate: 780.0 MBit/s VHT-MCS 8 80MHz short GI VHT-NSS 2\n';
const AX =
  'Connected to 02:00:00:00:00:aa (on wlp0s20f3)\n\tSSID: \\xe5\\x8d\\xa1\n\tfreq: 6135.0\n\tRX: 1 bytes (1 packets)\n\tTX: 1 bytes (1 packets)\n\tsignal: -47 [-49, -51] dBm\n\trx bitrate: 2401.9 MBit/s 160MHz HE-MCS 11 HE-NSS 2 HE-GI 0 HE-DCM 0\n\ttx bitrate: 2161.3 MBit/s 160MHz HE-MCS 10 HE-NSS 2 HE-GI 0 HE-DCM 0\n';

describe('iw dev NAME link', () => {
  it.each([
    ['3.4', OLD, [-81, 2437, null, null, 6.5]],
    ['5.9, with a name that looks like a signal', AC, [-58, 5180, 80, 866.7, 780]],
    ['6.9', AX, [-47, 6135, 160, 2401.9, 2161.3]],
  ])('%s', (_, output, expected) => {
    const read = parseIwLink(output);
    if (!read.ok) throw new Error(read.refusal);
    const { connected, signalDbm, frequencyMhz, channelWidthMhz, receiveMbit, sendMbit } = read.value;
    expect([connected, signalDbm, frequencyMhz, channelWidthMhz, receiveMbit, sendMbit]).toEqual([true, ...expected]);
    expect(JSON.stringify(read.value)).not.toMatch(/cafe|02:00|xe5/);
  });

  it('tells that it is not connected, and refuses junk', () => {
    expect(parseIwLink('Not connected.\n')).toMatchObject({ ok: true, value: { connected: false, signalDbm: null } });
    expect(parseIwLink('command failed: No such device (-19)\n').ok).toBe(false);
    expect(parseIwLink('Connected to 02:00:00:00:00:aa (on wlan0)\n\tsignal: 3 dBm\n\tfreq: much\n')).toEqual({
      ok: true,
      value: { connected: true, signalDbm: null, frequencyMhz: null, channelWidthMhz: null, receiveMbit: null, sendMbit: null },
    });
  });
});
