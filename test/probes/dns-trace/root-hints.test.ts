import { existsSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { readRootHints } from '../../../src/cli/root-hints.js';
import { BUILT_IN_ROOT_HINTS } from '../../../src/probes/dns-trace/root-hints.js';
import { isIpAddress } from '../../../src/wire/dns/server.js';

/** Debian's copy of named.root (package dns-root-data). */
const FILE = '/usr/share/dns/root.hints';

it('are thirteen servers with an address of each family', () => {
  expect(BUILT_IN_ROOT_HINTS.map(({ name }) => name)).toEqual([...'abcdefghijklm'].map((letter) => `${letter}.root-servers.net`));
  for (const { addresses } of BUILT_IN_ROOT_HINTS) {
    expect(addresses.every(isIpAddress)).toBe(true);
    expect(addresses.map((address) => address.includes(':'))).toEqual([false, true]);
  }
  expect(new Set(BUILT_IN_ROOT_HINTS.flatMap(({ addresses }) => addresses)).size).toBe(26);
});

test('are those of the file that the system has', ({ skip }) => {
  if (!existsSync(FILE)) skip(`there is no ${FILE} (Debian package dns-root-data)`);
  expect(readRootHints(FILE)).toEqual(BUILT_IN_ROOT_HINTS);
});
