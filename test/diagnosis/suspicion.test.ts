import { describe, expect, it } from 'vitest';
import type { Inquired } from '../../src/diagnosis/inquiry.js';
import { withoutMereSuspicions } from '../../src/diagnosis/suspicion.js';
import type { Check } from '../../src/model/report.js';

const doubt: Check = {
  id: 'l7.agreement@a',
  layer: 7,
  title: 'what others say of a',
  target: 'a',
  status: 'warn',
  code: 'dns-hijacked',
  observed: '192.0.2.1: 203.0.113.10, where the target does not answer as such',
  expected: 'one answer',
  remedy: null,
  because: null,
  measurements: ['m1'],
  basis: 'silence',
};
const asked = (notMade: string | null, target: string | null = 'a'): Inquired => ({ inquiry: 'second-opinion', target, notMade });

describe('a suspicion that names are falsified', () => {
  it('accuses nobody where it was to be looked into and could not be', () => {
    const [line] = withoutMereSuspicions([doubt], [asked('there was no time left for it')]);
    expect(line).toMatchObject({ status: 'skip', code: null, because: expect.stringContaining('there was no time left for it') });
    expect(withoutMereSuspicions([doubt], [asked('there is no way to another resolver', null)])[0]?.status).toBe('skip');
  });

  it('that an address is out of use accuses nobody where it was not tried', () => {
    const stale: Check = { ...doubt, code: 'dns-inconsistent' };
    const [line] = withoutMereSuspicions([stale], [asked('there was no time left for it')]);
    expect(line).toMatchObject({ status: 'skip', code: null, because: expect.stringContaining('was not tried') });
  });

  it.each([
    ['as long as it can still be looked into', [doubt], []],
    ['where it was looked into', [doubt], [asked(null)]],
    ['where it is another target that was not looked into', [doubt], [asked('there was no time left for it', 'b')]],
    ['where it was seen and not only concluded', [{ ...doubt, basis: 'measured' as const }], [asked('there was no time left for it')]],
  ])('stays %s', (_, checks, inquired) => {
    expect(withoutMereSuspicions(checks, inquired)).toEqual(checks);
  });
});
