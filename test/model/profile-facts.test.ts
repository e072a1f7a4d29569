import { expect, it } from 'vitest';
import { METRICS, POLICIES } from '../../src/model/policy.js';
import { profileFacts } from '../../src/model/profile-facts.js';

const factsOf = (name: string) => {
  const policy = POLICIES[name];
  if (policy === undefined) throw new Error(`no profile ${name}`);
  return profileFacts(policy);
};

it('lists the limits in the order of the metrics, with what is not judged beside them', () => {
  const { limits, unjudged } = factsOf('default');
  const order = Object.keys(METRICS);
  expect(limits.map(({ metric }) => metric)).toEqual(order.filter((metric) => limits.some((limit) => limit.metric === metric)));
  expect(unjudged).toEqual([
    'download',
    'upload',
    'utilisation of the line',
    'connections that open',
    'TCP to a database',
    'request to response',
    'messages',
  ]);
  expect(limits.length + unjudged.length).toBe(order.length);
});

it('says what a profile has from default, and of which percentile it speaks', () => {
  const { limits, minimumTlsVersion } = factsOf('platform');
  const limit = (metric: string) => limits.find((one) => one.metric === metric);
  expect(limit('rttMs')).toMatchObject({ inherited: false, percentile: 'p99', unit: 'ms', better: 'less', acceptable: 100 });
  expect(limit('dnsQueryMs')).toMatchObject({ inherited: true, percentile: null });
  expect(minimumTlsVersion).toMatchObject({ version: 'TLSv1.2', inherited: false });
  expect(factsOf('default').limits.some(({ inherited }) => inherited)).toBe(false);
});

it('names the settings of the kernel that a profile adds', () => {
  const { kernel, governor } = factsOf('trading');
  expect(kernel.find(({ setting }) => setting === 'net.core.rmem_max')).toMatchObject({
    assignment: 'net.core.rmem_max=134217728',
    inherited: false,
  });
  expect(kernel.find(({ setting }) => setting === 'net.ipv4.tcp_sack')).toMatchObject({ inherited: true });
  expect(governor?.name).toBe('performance');
  expect(factsOf('web')).toMatchObject({ governor: null });
});
