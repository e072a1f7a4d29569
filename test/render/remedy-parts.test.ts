import { describe, expect, it } from 'vitest';
import type { CauseFacts } from '../../src/diagnosis/cause.js';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { CODES } from '../../src/model/code.js';
import { remedyParts } from '../../src/render/remedy-parts.js';

describe('remedyParts', () => {
  it.each([
    ['ip link set dev eth0 mtu 1400', null, 'ip link set dev eth0 mtu 1400'],
    [
      'See whether this machine itself refuses (it then prints an error): ip route get ADDRESS',
      'See whether this machine itself refuses (it then prints an error):',
      'ip route get ADDRESS',
    ],
    ['Check that name and port are right: env | grep -i proxy', 'Check that name and port are right:', 'env | grep -i proxy'],
    ['What it has shows in PowerShell: Get-NetIPConfiguration', 'What it has shows in PowerShell:', 'Get-NetIPConfiguration'],
    ['Add it to the file: then start the service.', 'Add it to the file: then start the service.', null],
    ['Have Docker use 1400 bytes: "mtu": 1400 in daemon.json', 'Have Docker use 1400 bytes: "mtu": 1400 in daemon.json', null],
    ['', '', null],
  ])('%j', (remedy, prose, command) => {
    expect(remedyParts(remedy)).toEqual({ prose, command });
  });

  const facts: CauseFacts = {
    target: 'app.example.net:443',
    observed: null,
    expected: null,
    platform: 'linux',
    interface: 'eth0',
    gateway: '192.0.2.1',
  } as CauseFacts;

  it.each(['linux', 'darwin', 'win32'] as const)('finds the command of every remedy of the catalogue on %s', (platform) => {
    // A sentence ends in a full stop, and a command does not.
    const remedies = CODES.map((code) => CAUSES[code].remedy({ ...facts, platform })).filter((text) => !text.endsWith('.'));
    expect(remedies.length).toBeGreaterThan(40);
    const unknown = remedies.filter((text) => remedyParts(text).command === null);
    expect(unknown.filter((text) => !text.includes('daemon.json'))).toEqual([]);
    for (const text of remedies)
      expect([remedyParts(text).prose, remedyParts(text).command].filter((part) => part !== null).join(' ')).toBe(text);
  });
});
