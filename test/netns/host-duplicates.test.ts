import { expect, it, type TestContext } from 'vitest';
import { type FullReport, networkFor, reportOf } from './full-report.js';
import type { Host } from './network.js';

/** Three machines on one switch: `us`, the one that also has our addresses or not, and a witness that only looks on. */
const HOSTS = ['us', 'other', 'witness'] as const;
const OURS = { 4: '198.18.5.2', 6: 'fd00:5::2' } as const;
const GATEWAY = '198.18.5.1';

async function segment(context: TestContext): Promise<{ us: Host; other: Host; witness: Host }> {
  const network = await networkFor(context, {
    hosts: [...HOSTS, 'switch'],
    links: HOSTS.map((host) => ({
      ends: [
        { host, interface: 'eth0' },
        { host: 'switch', interface: `to-${host}` },
      ] as const,
    })),
  });
  const bridge = network.host('switch');
  await bridge.ip('link add br0 type bridge', 'link set br0 up', ...HOSTS.map((host) => `link set to-${host} master br0`));
  const [us, other, witness] = HOSTS.map((name) => network.host(name)) as [Host, Host, Host];
  // Duplicate address detection of the kernel would keep the second holder from having the address at all.
  for (const host of [us, other, witness]) await host.sysctl('net/ipv6/conf/eth0/accept_dad', '0');
  await us.ip(`addr add ${OURS[4]}/24 dev eth0`, `addr add ${OURS[6]}/64 dev eth0 nodad`);
  await other.ip('addr add 198.18.5.3/24 dev eth0', 'addr add fd00:5::3/64 dev eth0 nodad');
  await witness.ip('addr add 198.18.5.4/24 dev eth0', 'addr add fd00:5::4/64 dev eth0 nodad');
  await us.ip(`route add default via ${GATEWAY}`);
  return { us, other, witness };
}

async function linkAddressByIp(host: Host, name: string): Promise<string> {
  const [link] = JSON.parse(await host.must('ip', ['-j', 'link', 'show', 'dev', name])) as { address: string }[];
  return link?.address ?? '';
}

const duplicates = ({ report }: FullReport) => report.checks.filter(({ id }) => /^l2\.(duplicate|gateway-claims)/.test(id));
const dataOf = ({ report }: FullReport) => report.measurements.find((made) => made.probe === 'duplicate-address')?.data;

it('says that nobody else has our addresses, and sends three questions for each', async (context) => {
  const { us } = await segment(context);
  const report = await reportOf(us, 'host', []);
  expect(duplicates(report).map(({ id, status }) => [id, status])).toEqual([['l2.duplicate', 'pass']]);
  const data = dataOf(report);
  expect(data?.addresses.map(({ address, sent, claimants }) => [address, sent, claimants])).toEqual(
    expect.arrayContaining([
      [OURS[4], 3, []],
      [OURS[6], 3, []],
      [GATEWAY, 3, []],
    ]),
  );
  // 700 ms by the clock of a machine that does nothing else; the unit tests hold it to that.
  expect(data?.waitedMs).toBeLessThan(5000);
  expect(data?.addresses.find(({ address }) => address === OURS[4])?.askedFrom).toBe('0.0.0.0');
  expect(data?.addresses.find(({ address }) => address === OURS[6])?.askedFrom).toMatch(/^fe80::/);
  expect(data?.addresses.find(({ address }) => address.startsWith('fe80'))?.askedFrom).toBe('::');
});

it.for([4, 6] as const)('names the other holder of our IPv%i address, and a third machine agrees', async (family, context) => {
  const { us, other, witness } = await segment(context);
  const mac = await linkAddressByIp(other, 'eth0');
  await other.ip(`addr add ${OURS[family]}/${family === 4 ? 24 : 64} dev eth0${family === 6 ? ' nodad' : ''}`);
  const report = await reportOf(us, 'host', []);
  const found = duplicates(report).filter(({ status }) => status === 'fail');
  expect(found.map(({ id, code }) => [id, code])).toEqual([[`l2.duplicate@${OURS[family]}`, 'duplicate-address']]);
  expect(found[0]?.observed).toContain(mac);
  expect(report.codes[0]).toBe('duplicate-address');
  expect(report.exitCode).toBe(1);
  if (family === 4) {
    const heard = await witness.run('arping', ['-c', '2', '-w', '3', '-I', 'eth0', OURS[4]]);
    expect(heard.stdout.toLowerCase()).toContain(mac);
    expect(heard.stdout.toLowerCase()).toContain(await linkAddressByIp(us, 'eth0'));
  }
});

it('is not misled by a second interface of our own on the same link', async (context) => {
  const { us } = await segment(context);
  await us.ip('link add second link eth0 type macvlan mode bridge', 'link set second up', 'addr add 198.18.5.9/24 dev second');
  const report = await reportOf(us, 'host', []);
  expect(duplicates(report).map(({ id, status }) => [id, status])).toEqual([['l2.duplicate', 'pass']]);
});

it('is not misled by the active side of a failover pair, which has an address more', async (context) => {
  const { us, other } = await segment(context);
  // keepalived: the active side has the shared address, on an interface with the link address of RFC 9568 or on its own.
  await us.ip('addr add 198.18.5.100/32 dev eth0');
  await other.ip('link add vrrp.51 link eth0 address 00:00:5e:00:01:33 type macvlan mode bridge', 'link set vrrp.51 up');
  await other.ip(`addr add ${GATEWAY}/24 dev vrrp.51`);
  const report = await reportOf(us, 'host', []);
  expect(duplicates(report).filter(({ status }) => status !== 'pass')).toEqual([]);
  const claimants = dataOf(report)?.addresses.find(({ address }) => address === GATEWAY)?.claimants ?? [];
  expect(claimants.map(({ redundancy }) => redundancy)).toContain('VRRP');
});

it('warns where two machines answer for the gateway', async (context) => {
  const { us, other, witness } = await segment(context);
  for (const host of [other, witness]) await host.ip(`addr add ${GATEWAY}/24 dev eth0`);
  const report = await reportOf(us, 'host', []);
  const [found] = duplicates(report).filter(({ status }) => status === 'warn');
  expect([found?.id, found?.code]).toEqual([`l2.gateway-claims@${GATEWAY}`, 'gateway-duplicate']);
  for (const host of [other, witness]) expect(found?.observed).toContain(await linkAddressByIp(host, 'eth0'));
  const path = await reportOf(us, 'full-report', ['203.0.113.9:9']);
  expect(duplicates(path).map(({ code }) => code)).toEqual(['gateway-duplicate']);
});

it('tells one that answers for everything from a second holder', async (context) => {
  const { us, other } = await segment(context);
  const mac = await linkAddressByIp(other, 'eth0');
  // A machine that has every address answers every question, as proxies of clouds and hotels do.
  await other.ip('route add local 0.0.0.0/0 dev lo table local', 'addr del 198.18.5.3/24 dev eth0');
  const report = await reportOf(us, 'host', []);
  expect(duplicates(report).map(({ id, status }) => [id, status])).toEqual([['l2.duplicate', 'pass']]);
  const claimants = dataOf(report)?.addresses.find(({ address }) => address === OURS[4])?.claimants;
  expect(claimants).toEqual([{ linkAddress: mac, answers: 3, redundancy: null, claimsAnything: true }]);
});

it('is not misled by a router that speaks for our IPv6 address on the link', async (context) => {
  const { us, other } = await segment(context);
  await other.sysctl('net/ipv6/conf/all/forwarding', '1');
  await other.sysctl('net/ipv6/conf/eth0/proxy_ndp', '1');
  await other.sysctl('net/ipv6/neigh/eth0/proxy_delay', '0');
  await other.ip(`neigh add proxy ${OURS[6]} dev eth0`);
  const report = await reportOf(us, 'host', []);
  expect(duplicates(report).map(({ id, status }) => [id, status])).toEqual([['l2.duplicate', 'pass']]);
});

it('says what an ordinary user cannot ask, and passes on what the kernel found by itself', async (context) => {
  const { us, other } = await segment(context);
  const without = await reportOf(us, 'host', [], { unprivileged: true });
  expect(duplicates(without).map(({ id, status, because }) => [id, status, because])).toEqual([
    ['l2.duplicate', 'skip', expect.stringContaining('root')],
  ]);
  await other.ip('addr add fd00:5::77/64 dev eth0 nodad');
  await us.sysctl('net/ipv6/conf/eth0/accept_dad', '1');
  await us.ip('addr add fd00:5::77/64 dev eth0');
  await us.must('sh', ['-c', 'for i in $(seq 80); do ip -6 addr show dev eth0 | grep -q dadfailed && exit; sleep 0.05; done; exit 1']);
  const found = await reportOf(us, 'host', ['--passive'], { unprivileged: true });
  expect(duplicates(found).map(({ id, code }) => [id, code])).toEqual([['l2.duplicate@fd00:5::77', 'duplicate-address']]);
});

it('sends nothing where nothing is to be sent', async (context) => {
  const { us, other } = await segment(context);
  const counted = async () => (await other.must('nft', ['list', 'table', 'netdev', 'heard'])).match(/packets (\d+)/)?.[1];
  await other.must('nft', [
    'add table netdev heard; add chain netdev heard in { type filter hook ingress device eth0 priority 0; }; add rule netdev heard in ether type arp counter',
  ]);
  await reportOf(us, 'host', ['--passive']);
  expect(await counted()).toBe('0');
  const asked = await reportOf(us, 'host', []);
  expect(dataOf(asked)?.addresses.length).toBeGreaterThan(0);
  expect(Number(await counted())).toBeGreaterThanOrEqual(6);
});
