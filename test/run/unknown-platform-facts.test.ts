import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { createMachine } from '../../src/net/machine/machine.js';
import { renderTable } from '../../src/render/table.js';
import { dataOf, reportOf } from '../fakes/platform-report.js';
import { recordedMachine, recordedTools } from '../fakes/recorded-machine.js';

describe('what is not known is not told as a lack', () => {
  const observed = (report: Report, id: string) => {
    const found = report.checks.find((check) => check.id === id);
    return found?.because ?? found?.observed;
  };

  it('without PowerShell: proxies, the way out, the machine, radios', async () => {
    const { report } = await reportOf('windows-10-portugues', { changes: { 'route.exe print': null } });
    const missing = 'PowerShell is not installed';
    expect(observed(report, 'l7.proxy-settings')).toBe('no proxy is set in what could be read');
    expect(observed(report, 'l3.translation')).toBe('cannot be told: the way out over IPv4 is not known');
    expect(observed(report, 'l1.machine')).toBe(missing);
    expect(observed(report, 'l1.wireless')).toContain(missing);
    expect(observed(report, 'l7.name-service')).toBe('Windows has none');
    const screen = renderTable(report, { width: 120, color: 0, unicode: false });
    expect(screen).toContain(`not known: proxies of Windows (user) (${missing})`);
    expect(screen).not.toContain('win32');
  });

  it('without netstat, sysctl and scutil of macOS', async () => {
    const tools = ['netstat -rn', 'netstat -s -p tcp', 'sysctl kern.hv_vmm_present hw.model', 'scutil --proxy', 'scutil --dns'];
    const { report } = await reportOf('macos-14-wifi', { changes: Object.fromEntries(tools.map((line) => [line, null])) });
    expect(observed(report, 'l4.retransmissions')).toBe('TcpRetransSegs is not known: netstat is not installed');
    expect(observed(report, 'l4.resets')).toContain('not known: ');
    expect(observed(report, 'l1.machine')).toBe('sysctl is not installed');
    expect(observed(report, 'l3.translation')).toBe('cannot be told: the way out over IPv4 is not known');
    expect(observed(report, 'l7.proxy-settings')).toBe('no proxy is set in what could be read');
    expect(observed(report, 'l7.name-service')).toBe('macOS has it for old programs alone');
  });

  it('addresses in a form that is not known are no lack of addresses', async () => {
    const dotted = recordedTools('macos-14-wifi')['ifconfig -aLv']?.replaceAll('netmask 0xffffff00', 'netmask 255.255.255.0') ?? '';
    const alone = dotted.replace(/\tinet6 2001.*\n/g, '');
    const { report } = await reportOf('macos-14-wifi', { changes: { 'ifconfig -aLv': alone } });
    expect(report.checks.filter(({ code }) => code === 'no-address')).toEqual([]);
    const other = (recordedTools('windows-11-wifi')['powershell links'] ?? '').replaceAll('"IPAddress"', '"Address"');
    const windows = await reportOf('windows-11-wifi', { changes: { 'powershell links': other } });
    expect(windows.report.checks.filter(({ code }) => code === 'no-address')).toEqual([]);
    expect(dataOf(windows.report, 'host').absent.map(({ fact }) => fact)).toContain('addresses');
  });

  it.each([
    ['macos-14-wifi', { 'ifconfig -aLv': null, 'ifconfig -a': null }],
    ['windows-10-portugues', {}],
  ])('%s: interfaces that Node does not list can be there all the same', async (name, changes) => {
    const local = recordedMachine(name, changes);
    const loopback = { address: '127.0.0.1', prefixLength: 8, family: 4 as const };
    const ofNode = { name: 'lo', up: true, carrier: null, loopback: true, mtuBytes: null, speedMbit: null, addresses: [loopback] };
    const { report } = await reportOf(name, {
      changes,
      machine: {
        ...createMachine(null, local),
        observe: async () => ({
          interfaces: [{ ...ofNode, errors: null, dropped: null, source: 'os.networkInterfaces()' }],
          defaultRoutes: [],
          routesKnown: false,
        }),
      },
    });
    expect(report.diagnosis.map(({ code }) => code)).toEqual(['no-address']);
  });

  it('counters that macOS is not asked for are no counters that its kernel lacks', async () => {
    const { report } = await reportOf('macos-14-wifi');
    const texts = ['l4.resets', 'l4.listen-queue', 'l4.socket-buffers'].map((id) => observed(report, id));
    for (const text of texts) expect(text).toMatch(/is not known: on macOS they are not read$/);
    expect(observed(report, 'l4.kernel-routing')).toBe('ip.forwarding 0, ip6.forwarding 0');
  });
});
