import type { Measurement } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { type FactDiff, TOPICS } from '../../model/report-diff.js';
import type { Fact } from './fact.js';
import { listenerFacts } from './facts/listeners.js';
import { clockFacts, firewallFacts, hostFacts, kernelFacts, wirelessFacts } from './facts/machine.js';
import { dnsFacts, nameServiceFacts } from './facts/names.js';
import { pathFacts, portFacts } from './facts/path.js';
import { placeFacts, programFacts } from './facts/place.js';
import { tlsFacts } from './facts/tls.js';
import { proxySettingsFacts, webFacts } from './facts/web.js';

/** Everything that both reports know and that is not the same in both, by topic; in a topic as the later report has it. */
export function compareFacts(before: Report, after: Report): FactDiff[] {
  const earlier = byKey(factsOf(before));
  const later = byKey(factsOf(after));
  const changed = [...later].flatMap(([key, fact]) => {
    const known = earlier.get(key);
    return known === undefined || same(known, fact) ? [] : [difference(known, fact)];
  });
  const place = new Map(TOPICS.map((topic, index) => [topic, index]));
  return changed.sort((a, b) => (place.get(a.topic) ?? 0) - (place.get(b.topic) ?? 0));
}

function factsOf(report: Report): Fact[] {
  return [...report.measurements.flatMap(ofMeasurement), ...programFacts(report)];
}

/** Whatever was not measured says nothing: neither that it is there nor that it is not. */
function ofMeasurement(measurement: Measurement): readonly Fact[] {
  if (measurement.probe !== 'ports' && measurement.attempt.kind !== 'measured') return [];
  switch (measurement.probe) {
    case 'tls':
      return tlsFacts(measurement);
    case 'dns':
    case 'dns-comparison':
      return dnsFacts(measurement);
    case 'name-service':
      return nameServiceFacts(measurement);
    case 'mtu':
    case 'route-lookup':
    case 'addresses':
    case 'quic':
      return pathFacts(measurement);
    case 'ports':
      return portFacts(measurement);
    case 'listening':
      return listenerFacts(measurement);
    case 'http':
    case 'websocket':
    case 'phases':
    case 'captive-portal':
      return webFacts(measurement);
    case 'proxy-settings':
      return proxySettingsFacts(measurement);
    case 'host':
      return hostFacts(measurement);
    case 'kernel':
      return kernelFacts(measurement);
    case 'firewall':
      return firewallFacts(measurement);
    case 'clock':
      return clockFacts(measurement);
    case 'wireless':
      return wirelessFacts(measurement);
    case 'surroundings':
      return placeFacts(measurement);
    default:
      return [];
  }
}

/** The first of several: a question that was asked again has an answer already. */
function byKey(facts: readonly Fact[]): Map<string, Fact> {
  const known = new Map<string, Fact>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.topic, fact.target, fact.subject]);
    if (!known.has(key)) known.set(key, fact);
  }
  return known;
}

function same(before: Fact, after: Fact): boolean {
  return before.values.length === after.values.length && before.values.every((value, index) => value === after.values[index]);
}

function difference(before: Fact, after: Fact): FactDiff {
  const [earlier, later] = [new Set(before.values), new Set(after.values)];
  const { topic, target, subject, isSet } = after;
  return {
    ...{ topic, target, subject, isSet },
    before: before.values,
    after: after.values,
    removed: before.values.filter((value) => !later.has(value)),
    added: after.values.filter((value) => !earlier.has(value)),
  };
}
