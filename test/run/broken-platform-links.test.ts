import { describe, expect, it } from 'vitest';
import { reportOf } from '../fakes/platform-report.js';
import { recordedTools } from '../fakes/recorded-machine.js';

interface Row {
  [key: string]: unknown;
}

/** What PowerShell says of `windows-11-wifi`, whose Wi-Fi is number 14, changed. */
function changed(change: (rows: (key: string) => Row[]) => void): Record<string, string> {
  const sections = JSON.parse((recordedTools('windows-11-wifi')['powershell links'] ?? '').replace('\uFEFF', '')) as Record<
    string,
    { v: Row[] }
  >;
  change((key) => sections[key]?.v ?? []);
  return { 'powershell links': `${JSON.stringify(sections)}\n` };
}

function takeOut(rows: Row[], of: (row: Row) => boolean): void {
  for (const row of rows.filter(of)) rows.splice(rows.indexOf(row), 1);
}

async function firstCause(machine: string, changes: Record<string, string>) {
  const { report } = await reportOf(machine, { changes });
  const [cause] = report.diagnosis;
  return { code: cause?.code, summary: cause?.summary };
}

describe('Windows with a switch for guests and a tunnel that are up', () => {
  const ofWifi = ({ InterfaceIndex }: Row) => InterfaceIndex === 14;

  it('the radio has lost its network', async () => {
    const changes = changed((rows) => {
      for (const row of rows('adapters').filter(ofWifi)) Object.assign(row, { MediaConnectState: 2, InterfaceOperationalStatus: 2 });
      takeOut(rows('addresses'), ofWifi);
      takeOut(rows('routes'), ofWifi);
    });
    expect(await firstCause('windows-11-wifi', changes)).toEqual({ code: 'no-carrier', summary: expect.stringContaining('Wi-Fi') });
  });

  it('no lease came', async () => {
    const changes = changed((rows) => {
      takeOut(rows('addresses'), (row) => ofWifi(row) && row['IPAddress'] !== '192.0.2.33');
      for (const row of rows('addresses').filter(ofWifi)) Object.assign(row, { IPAddress: '169.254.7.7', PrefixLength: 16 });
      takeOut(rows('routes'), ofWifi);
    });
    expect(await firstCause('windows-11-wifi', changes)).toEqual({ code: 'no-address', summary: expect.stringContaining('Wi-Fi') });
  });
});

describe('a Mac with radios of AirDrop and tunnels that are up', () => {
  it('its Wi-Fi has lost its network', async () => {
    const { 'ifconfig -aLv': links = '', 'netstat -rn': routes = '' } = recordedTools('macos-14-wifi');
    const changes = {
      'ifconfig -aLv': links
        .replace(/(\nen0: [\s\S]*?)status: active/, '$1status: inactive')
        .replace(/\tinet 192\.0\.2\.120 .*\n|\tinet6 2001.*\n/g, ''),
      'netstat -rn': routes
        .split('\n')
        .filter((line) => !/ en0\b/.test(line))
        .join('\n'),
    };
    expect(await firstCause('macos-14-wifi', changes)).toEqual({ code: 'no-carrier', summary: expect.stringContaining('en0') });
  });
});
