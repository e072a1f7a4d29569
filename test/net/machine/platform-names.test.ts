import { describe, expect, it } from 'vitest';
import { unanswered } from '../../../src/model/attempt.js';
import { createNames } from '../../../src/net/dns/names.js';
import { readWindows } from '../../../src/net/machine/windows-facts.js';
import type { Udp } from '../../../src/net/port.js';
import { recordedMachine } from '../../fakes/recorded-machine.js';
import { VirtualClock } from '../../fakes/virtual-clock.js';

/** Servers that never answer, at once: what was asked is what counts. */
const silent: Udp = { exchange: async () => unanswered('response', 1) };
const look = { family: 4, timeoutMs: 50, signal: new AbortController().signal } as const;

function namesOf(machine: string, changes: Record<string, string | null> = {}) {
  const local = recordedMachine(machine, changes);
  const platform = local.platform;
  return { local, names: createNames(new VirtualClock(), silent, { local, platform, hostsPath: '/nowhere/hosts' }) };
}

describe('names on systems that tell their resolvers by commands', () => {
  it('macOS: servers and search list of the main resolver', async () => {
    expect(await namesOf('macos-14-wifi').names.resolvers()).toMatchObject({
      servers: ['2001:db8:1::1', '192.0.2.1'],
      source: 'scutil --dns',
      search: ['home.example'],
      oneLabelOnly: true,
    });
  });

  it('Windows: those of the interface with the lowest metric first, without starting PowerShell for it', async () => {
    const { local, names } = namesOf('windows-10-deutsch');
    expect(await names.resolvers()).toMatchObject({ source: 'system', search: [] });
    expect(local.ran).toEqual([]);
    await readWindows(local, 'links', look.signal);
    expect(await names.resolvers()).toMatchObject({
      servers: ['198.51.100.53', '198.51.100.54'],
      source: 'powershell.exe Get-CimInstance',
      search: ['ad.example', 'example'],
    });
  });

  it('a resolver with a zone, and one with a port of its own', async () => {
    const dns = (server: string, more = '') =>
      `DNS configuration\n\nresolver #1\n  nameserver[0] : ${server}\n${more}  reach    : 0x00000002 (Reachable)\n`;
    const servers = async (output: string) => (await namesOf('macos-14-wifi', { 'scutil --dns': output }).names.resolvers()).servers;
    expect(await servers(dns('192.0.2.53', '  port     : 5353\n'))).toEqual(['192.0.2.53:5353']);
    expect(await servers(dns('fe80::1%en0'))).toEqual(['fe80::1%en0']);
  });

  it('the search list is for a name of one label alone, and a name with a dot starts no command', async () => {
    const one = namesOf('macos-14-wifi');
    const { queries } = await one.names.resolve('printer', look);
    expect(new Set(queries.map(({ observation }) => observation.name))).toContain('printer.home.example');
    const dotted = namesOf('macos-14-wifi');
    const asked = await dotted.names.resolve('www.example.net', look);
    expect(dotted.local.ran).toEqual([]);
    expect(new Set(asked.queries.map(({ observation }) => observation.name))).not.toContain('www.example.net.home.example');
  });

  it.each([
    ['macos-14-wifi', { 'scutil --dns': 'nonsense\n' }],
    ['windows-10-portugues', {}],
  ])('%s: where the commands do not tell, the servers that Node finds', async (machine, changes) => {
    expect(await namesOf(machine, changes).names.resolvers()).toMatchObject({ source: 'system', search: [] });
  });
});
