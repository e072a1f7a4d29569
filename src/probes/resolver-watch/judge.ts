import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import type { Target } from '../../model/target.js';
import { nameKey } from '../../wire/dns/name.js';
import { judgeAgreement } from './judge-agreement.js';
import { judgeDenials } from './judge-denial.js';
import { judgeTcp } from './judge-tcp.js';
import { judgeTransports } from './judge-transports.js';
import { judgeValidation } from './judge-validation.js';
import { opinionsOf } from './opinions.js';
import { isNowhere, namesLookedUp } from './plan.js';
import type { Dns } from './questions.js';

export interface WatchedNames {
  targets: readonly Target[];
  /** Those of this machine, as `data.server` spells them, in the order in which programs ask them. */
  resolvers: readonly string[];
  /** Addresses of gateways. */
  gateways: readonly string[];
  measurements: readonly Measurement[];
}

/** All that is said of names in the light of what others say. What is said of each resolver by itself is in `judgeResolvers`. Pure. */
export function judgeNames({ targets, resolvers, gateways, measurements }: WatchedNames): Check[] {
  const byName = new Map<string, Measurement[]>();
  for (const made of measurements) {
    if (made.probe !== 'dns' && made.probe !== 'dns-comparison') continue;
    const key = nameKey(made.data.name);
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [made]);
    else known.push(made);
  }
  const named = namesLookedUp(targets, null).map((target) => ({
    target,
    opinions: opinionsOf(target.host, resolvers, byName.get(nameKey(target.host)) ?? []),
  }));
  const devices = new Set([...resolvers, ...gateways]);
  const resolversTell = measurements.some(
    (made): made is Dns =>
      made.probe === 'dns' &&
      resolvers.includes(made.data.server ?? '') &&
      // That name a resolver knows by itself.
      !isNowhere(made.data.name) &&
      (made.data.rcode === 'NOERROR' || made.data.rcode === 'NXDOMAIN'),
  );
  return [
    ...judgeTransports(resolversTell, measurements),
    ...[judgeTcp(resolvers, measurements)].flatMap((made) => made ?? []),
    ...judgeDenials(named, measurements),
    ...named.flatMap(({ target, opinions }) =>
      [judgeValidation(target, opinions, measurements), judgeAgreement({ target, opinions, measurements, devices })].filter(
        (made) => made !== null,
      ),
    ),
  ];
}
