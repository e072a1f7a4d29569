import { describe, expect, it } from 'vitest';
import { targetsWithoutHostsFile } from '../../src/run/hosts-file-names.js';
import type { RunEnvironment, RunRequest } from '../../src/run/request.js';

const LISTED = new Map([['srv.lab', ['192.0.2.10']]]);

function asked(hosts: readonly string[], family: 4 | 6 | null, knowsFile = true): Promise<string[]> {
  const request = { targets: hosts.map((host) => ({ id: host, host })), family } as unknown as RunRequest;
  const listed = async () => ({ path: '/etc/hosts', addresses: LISTED });
  const environment = { network: { names: knowsFile ? { listed } : {} } } as unknown as RunEnvironment;
  return targetsWithoutHostsFile(request, environment).then((targets) => targets.map(({ host }) => host));
}

describe('targetsWithoutHostsFile', () => {
  it('leaves out names that the hosts file lists: no resolver is asked for them', async () => {
    expect(await asked(['srv.lab', 'app.example.net', '192.0.2.10'], null)).toEqual(['app.example.net', '192.0.2.10']);
    expect(await asked(['srv.lab'], 4)).toEqual([]);
  });

  it('keeps a name of which the file has no address of the family that was asked for', async () => {
    expect(await asked(['srv.lab'], 6)).toEqual(['srv.lab']);
  });

  it('keeps all where no hosts file can be read', async () => {
    expect(await asked(['srv.lab'], null, false)).toEqual(['srv.lab']);
  });
});
