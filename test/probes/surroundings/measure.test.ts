import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { surroundingsData } from '../../../src/model/data/surroundings.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import { systemClock } from '../../../src/net/clock.js';
import type { LocalSystem } from '../../../src/net/local-port.js';
import { createLocalSystem } from '../../../src/net/machine/local-system.js';
import type { MachineCircumstances } from '../../../src/probes/machine-probe.js';
import { measureSurroundings } from '../../../src/probes/surroundings/measure.js';
import { surroundingsLines } from '../../../src/render/surroundings-text.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';
import { hostWith, link, route } from './host-data.js';

const machineFolder = (name: string) => fileURLToPath(new URL(`../../machines/place-${name}`, import.meta.url));
const HOST = hostWith([link('eth0', 'ethernet', ['172.29.20.5/20'])], [route('0.0.0.0/0', 'eth0', { gateway: '172.29.16.1' })], {
  resolvers: ['127.0.0.11'],
});

async function measure(local: LocalSystem, options: Partial<HostOptions> = {}, host = HOST) {
  const circumstances = {
    options: { scope: 'all', passive: true, timeoutMs: 300, stunServer: null, ...options } as HostOptions,
    policy: DEFAULT_POLICY,
    origin: {},
    host,
    targets: async () => [],
    othersDone: Promise.resolve(),
  } satisfies MachineCircumstances;
  const network = { ...fakeNetwork(), local };
  const { attempt, data } = await measureSurroundings(circumstances, { network, signal: new AbortController().signal });
  expect(surroundingsData.parse(data)).toEqual(data);
  return { attempt, data };
}

const recorded = (folder: string, machine: FakeMachine = {}) => fakeLocalSystem({ root: machineFolder(folder), ...machine });

describe('the surroundings as a whole', () => {
  it('of WSL2 by NAT', async () => {
    const local = recorded('wsl2', { tools: { 'wslinfo --networking-mode': 'nat\n' } });
    const { attempt, data } = await measure(local);
    expect(attempt.kind).toBe('measured');
    expect(data.wsl).toMatchObject({ version: 2, networking: 'nat' });
    expect(data.translation).toMatchObject({ verdict: 'at least one', layers: [{ what: 'Windows, for WSL2' }] });
    expect(data.absent.map(({ because }) => because)).toContain('not available: systemd-detect-virt is not installed');
  });

  it.each([
    ['mirrored, by its loopback', [link('eth0', 'ethernet', ['192.168.1.5/24']), link('loopback0', 'ethernet', [])], 'mirrored'],
    ['by NAT, by its address', [link('eth0', 'ethernet', ['172.29.20.5/20'])], 'nat'],
    ['not to be told', [link('eth0', 'ethernet', ['192.168.1.5/24'])], null],
  ])('of WSL2 without its tool: %s', async (_name, links, networking) => {
    const { data } = await measure(recorded('wsl2'), {}, hostWith(links, []));
    expect(data.wsl?.networking).toBe(networking);
  });

  it('of WSL1, which has the network of Windows', async () => {
    const { data } = await measure(recorded('wsl1'));
    expect(data.wsl).toMatchObject({ version: 1, networking: 'shared' });
    expect(data.container?.runtime).toBe('wsl');
  });

  it("of a container with Docker's resolver", async () => {
    const { data } = await measure(recorded('docker-cgroup-v1'));
    expect(data.serviceResolver).toEqual({ address: '127.0.0.11', of: 'docker' });
  });

  it('of a pod', async () => {
    const host = { ...HOST, resolvers: ['10.96.0.10'], searchDomains: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'] };
    const { data } = await measure(recorded('kubernetes-pod', { environment: { KUBERNETES_SERVICE_HOST: '10.96.0.1' } }), {}, host);
    expect(data.serviceResolver).toEqual({ address: '10.96.0.10', of: 'kubernetes' });
    expect(data.container).toMatchObject({ kubernetes: true, runtime: 'containerd' });
  });

  it('with scope path are files alone: no tool is run, and no translation sought', async () => {
    const local = recorded('wsl2', { tools: { 'systemd-detect-virt --vm': 'microsoft\n' } });
    const { data } = await measure(local, { scope: 'path', passive: false, stunServer: { host: '192.0.2.9', port: 3478 } });
    expect(local.ran).toEqual([]);
    expect(data.translation).toBeNull();
    expect(data.machine?.hypervisor).toBe('hyper-v');
  });

  it('keep the second opinion of systemd beside their own', async () => {
    const tools = { 'systemd-detect-virt --vm': 'kvm\n', 'systemd-detect-virt --container': { stdout: 'none\n', exitCode: 1 } };
    const { data } = await measure(recorded('kvm-vps', { tools }));
    expect(data.secondOpinion).toEqual({ machine: 'kvm', container: 'none' });
  });

  it('survive tools that talk nonsense', async () => {
    const tools = { 'systemd-detect-virt --vm': '\u001b[31m!!\n', 'wslinfo --networking-mode': 'x'.repeat(5000) };
    const { data } = await measure(recorded('wsl2', { tools }));
    expect(data.secondOpinion).toBeNull();
    expect(data.absent.filter(({ because }) => because.includes('says nothing that is understood'))).toHaveLength(2);
  });

  it('are not read on other systems, and say so', async () => {
    const { attempt } = await measure(fakeLocalSystem({ platform: 'freebsd' }));
    expect(attempt).toMatchObject({ kind: 'unavailable', capability: 'platform' });
  });

  it('say why the STUN server could not be asked', async () => {
    const { data } = await measure(recorded('laptop'), { passive: false, stunServer: { host: 'stun.example.net', port: 3478 } });
    expect(data.absent).toContainEqual({ fact: 'outside address', because: 'stun.example.net: no resolver for stun.example.net' });
    expect(data.translation?.outside).toEqual([]);
  });

  it('are shown with what speaks for them', async () => {
    const { data } = await measure(recorded('docker-cgroup-v2'));
    const text = surroundingsLines(data).join('\n');
    expect(text).toContain('KVM: KVM offers its clock');
    expect(text).toContain('Docker, own network: docker keeps what is mounted here');
    expect(text).toContain('translations of IPv4: at least one');
  });
});

describe.runIf(process.platform === 'linux')('this machine', () => {
  const here = () => createLocalSystem(systemClock, { kind: 'absent', because: 'not needed here' });

  /** What systemd says of the machine; `null`: it is not there. */
  function detectVirt(kind: '--vm' | '--container'): string | null {
    try {
      return execFileSync('systemd-detect-virt', [kind], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch (error) {
      const stdout = error instanceof Error && 'stdout' in error ? String(error.stdout).trim() : '';
      return stdout === '' ? null : stdout;
    }
  }

  /** systemd's words for ours, where they are about the same. */
  const SYSTEMD: Readonly<Record<string, readonly string[]>> = {
    kvm: ['kvm', 'qemu', 'google'],
    qemu: ['kvm', 'qemu'],
    firecracker: ['kvm'],
    nitro: ['amazon', 'kvm'],
    vmware: ['vmware'],
    virtualbox: ['oracle', 'kvm'],
    'hyper-v': ['microsoft'],
    xen: ['xen'],
    parallels: ['parallels'],
    bhyve: ['bhyve'],
    apple: ['apple'],
  };

  it('is what systemd takes it for', async (context) => {
    const machine = detectVirt('--vm');
    if (machine === null) context.skip('systemd-detect-virt is not installed');
    const local = here();
    const { data } = await measure(local);
    local.close();
    const { kind, hypervisor } = data.machine ?? {};
    const shown = JSON.stringify(data.machine);
    if (machine === 'none') expect(kind, shown).not.toBe('virtual');
    else expect(hypervisor == null ? [machine] : SYSTEMD[hypervisor], shown).toContain(machine);
    expect(data.secondOpinion).toEqual({ machine, container: detectVirt('--container') });
  });

  it('is read in a few milliseconds, by files alone', async () => {
    const local = here();
    await measure(local, { scope: 'path' });
    const startedAt = performance.now();
    await measure(local, { scope: 'path' });
    local.close();
    // Meant to take under 20; a busy machine takes its time.
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
