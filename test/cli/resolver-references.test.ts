import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/cli/configuration/read.js';
import { referenceList, referenceServers } from '../../src/cli/resolver-references.js';

describe('--references', () => {
  it('takes addresses, or none', () => {
    expect(referenceList.parse('none')).toEqual([]);
    expect(referenceList.parse('9.9.9.9, 2620:fe::fe,9.9.9.9')).toEqual(['9.9.9.9', '2620:fe::fe']);
  });

  it.each(['', 'dns.google', '1.1.1.1:53', '1.1.1.1,,8.8.8.8', '1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4,1.1.1.5', 'fe80::1%eth0'])(
    'refuses "%s"',
    (text) => {
      expect(referenceList.parse(text)).toBeNull();
    },
  );

  it('knows whose the usual ones are', () => {
    expect(
      referenceServers(null)
        .slice(0, 2)
        .map(({ address, label }) => [address, label]),
    ).toEqual([
      ['1.1.1.1', 'Cloudflare'],
      ['8.8.8.8', 'Google'],
    ]);
    expect(referenceServers([])).toEqual([]);
  });
});

describe('references of a configuration file', () => {
  it('are a list, a text or none', async () => {
    expect((await parseConfiguration('references: none', 'netdiag.yaml')).settings.references).toEqual([]);
    expect((await parseConfiguration('references: [9.9.9.9]', 'netdiag.yaml')).settings.references).toEqual(['9.9.9.9']);
    expect((await parseConfiguration('targets: []', 'netdiag.yaml')).settings.references).toBeUndefined();
  });

  it('are refused where they are no addresses', async () => {
    await expect(parseConfiguration('references: dns.google', 'netdiag.yaml')).rejects.toThrow(
      /references.*must be none, or up to 4 IP addresses/s,
    );
  });
});
