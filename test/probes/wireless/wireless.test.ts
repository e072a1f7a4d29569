import { describe, expect, it } from 'vitest';
import { wirelessData } from '../../../src/model/data/wireless.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { MachineCircumstances } from '../../../src/probes/machine-probe.js';
import { judgeWireless } from '../../../src/probes/wireless/judge.js';
import { measureWireless } from '../../../src/probes/wireless/measure.js';
import { bandOf } from '../../../src/probes/wireless/plan.js';
import { wirelessLines } from '../../../src/render/wireless-text.js';
import { hostData } from '../../fakes/host.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';
import { folder } from '../counters/fixtures.js';

const LINK = (signal: number) =>
  `Connected to 02:00:00:00:00:aa (on wlp2s0)\n\tSSID: home of Alice\n\tfreq: 5180\n\tsignal: ${signal} dBm\n\trx bitrate: 866.7 MBit/s VHT-MCS 9 80MHz\n\ttx bitrate: 780.0 MBit/s VHT-MCS 8 80MHz\n`;

async function measure(machine: FakeMachine, scope: 'all' | 'path' = 'all', used: string[] = ['wlp2s0']) {
  const defaultRoutes = used.map((name) => ({ family: 4 as const, gateway: '10.0.0.1', interface: name, metric: 0 }));
  const circumstances = {
    options: { scope },
    host: hostData({ defaultRoutes }),
    targets: async () => [],
  } as unknown as MachineCircumstances;
  const network = { ...fakeNetwork(), local: fakeLocalSystem(machine) };
  const made = await measureWireless(circumstances, { network, signal: new AbortController().signal });
  wirelessData.parse(made.data);
  return made;
}

function judged(data: Awaited<ReturnType<typeof measure>>['data'], scope: 'all' | 'path' = 'all', interfaces = ['wlp2s0']) {
  const measurement = {
    id: 'm4',
    probe: 'wireless',
    target: null,
    attempt: { kind: 'measured' },
    data,
  } as unknown as MeasurementOf<'wireless'>;
  return judgeWireless(measurement, { policy: DEFAULT_POLICY, scope, measurements: [], targets: [], interfaces: new Set(interfaces) });
}

describe('wireless', () => {
  it('reads the signal by iw, and the noise by the file', async () => {
    const { data } = await measure({ root: folder('linux-5.10'), tools: { 'iw dev wlp2s0 link': LINK(-58) } });
    expect(data.radios).toEqual([
      {
        interface: 'wlp2s0',
        connected: true,
        signalDbm: -58,
        noiseDbm: null,
        frequencyMhz: 5180,
        band: '5 GHz',
        channelWidthMhz: 80,
        receiveMbit: 866.7,
        sendMbit: 780,
        missedBeacons: 0,
        sources: ['iw dev wlp2s0 link', '/proc/net/wireless'],
      },
    ]);
    expect(JSON.stringify(data)).not.toMatch(/Alice|02:00/);
    expect(judged(data)).toMatchObject([{ id: 'l1.wireless@wlp2s0', status: 'pass', observed: '−58 dBm, 5 GHz, 780 Mbit/s' }]);
    expect(judged(data, 'path')).toEqual([]);
    expect(wirelessLines(data)[0]).toContain('signal -58 dBm');
  });

  it.each([
    [-75, 'pass'],
    [-76, 'warn'],
    [-90, 'warn'],
  ])('%i dBm: %s', async (signal, status) => {
    const { data } = await measure({ root: folder('linux-5.10'), tools: { 'iw dev wlp2s0 link': LINK(signal) } });
    expect(judged(data)[0]).toMatchObject({ status, code: status === 'warn' ? 'wifi-weak' : null });
    expect(judged(data, 'path').length).toBe(status === 'warn' ? 1 : 0);
    // Nothing goes by it.
    expect(judged(data, 'path', ['eth0'])).toEqual([]);
  });

  it('makes do with the file where iw is missing or talks nonsense, and says what is not known', async () => {
    for (const tools of [{}, { 'iw dev wlp2s0 link': 'nada\n' }, { 'iw dev wlp2s0 link': { exitCode: 237 } }]) {
      const { data } = await measure({ root: folder('linux-5.10'), tools });
      expect(data.radios[0]).toMatchObject({ signalDbm: -56, connected: null, band: null, sources: ['/proc/net/wireless'] });
      expect(data.absent[0]?.fact).toBe('frequency and bit rates of wlp2s0');
    }
  });

  it('finds radios that only sysfs shows, and has no signal where none is told', async () => {
    const files = { '/sys/class/net/wlan0/phy80211/name': 'phy0\n', '/sys/class/net/eth0/mtu': '1500\n' };
    const { data } = await measure({ files, tools: { 'iw dev wlan0 link': 'Not connected.\n' } });
    expect(data.radios).toMatchObject([{ interface: 'wlan0', connected: false, signalDbm: null }]);
    expect(judged(data)).toMatchObject([{ status: 'skip', because: 'it is not connected' }]);
  });

  it('says nothing where there is no radio, and names junk', async () => {
    const none = await measure({ root: folder('linux-4.18') });
    expect([none.data, judged(none.data)]).toEqual([{ radios: [], absent: [] }, []]);
    const junk = await measure({ root: folder('garbled') });
    expect(junk.data.absent[0]?.because).toContain('holds nonsense');
  });

  it('reads beside targets only the radios on the way', async () => {
    const { data } = await measure({ root: folder('linux-5.10') }, 'path', ['eth0']);
    expect(data.radios).toEqual([]);
  });

  it.each([
    [2437, '2.4 GHz'],
    [5180, '5 GHz'],
    [6135, '6 GHz'],
    [60_480, '60 GHz'],
    [900, null],
  ])('%i MHz is %s', (frequency, band) => {
    expect(bandOf(frequency)).toBe(band);
  });
});
