import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { addressFamily } from '../../model/target.js';
import { check, skippedCheck } from '../check.js';
import type { KnownTarget, MachineJudgeContext } from '../machine-probe.js';

type Measured = MeasurementOf<'surroundings'>;

const LINE = { kind: 'l7.service-names', layer: 7, title: 'names of services' } as const;

/**
 * `l7.service-names`: whether the resolver of the container network answers, and what names of services it gave. Judged from questions that
 * the run asked anyway. In Docker's default network no name of a service is known: then a target by such a name says so by a line of its own.
 */
export function judgeServiceNames(measurement: Measured, context: MachineJudgeContext): Check[] {
  const { container, serviceResolver } = measurement.data;
  if (container?.kind !== 'container') return [];
  const named = context.targets.filter(isServiceName);
  const unknown = named.filter(({ addresses }) => addresses.length === 0);
  if (serviceResolver === null) {
    if (container.runtime !== 'docker' || container.network !== 'own') return [];
    // Another resolver's "no such name" is what happens then; its silence would be something else.
    const denied = unknown.filter(({ target }) =>
      context.measurements.some((made) => made.probe === 'dns' && made.target === target.id && made.data.rcode === 'NXDOMAIN'),
    );
    const failed = denied.map(({ target }) =>
      check({
        ...LINE,
        title: `name of service ${target.host}`,
        measurement: { id: measurement.id, target: target.id },
        status: 'fail',
        code: 'service-names-unavailable',
        observed: 'this container is in a network without a resolver for them',
        expected: 'a network that was made for them',
      }),
    );
    if (context.scope !== 'all') return failed;
    return [
      skippedCheck({ ...LINE, measurement }, "Docker's default network has none; networks that are made for containers do"),
      ...failed,
    ];
  }
  if (context.scope !== 'all') return [];

  const line = { ...LINE, measurement };
  const questions = context.measurements.filter(
    (made): made is MeasurementOf<'dns'> => made.probe === 'dns' && made.data.server === serviceResolver.address,
  );
  const answered = questions.some(({ attempt }) => attempt.kind === 'measured') || named.some(({ addresses }) => addresses.length > 0);
  if (!answered) {
    const because =
      questions.length === 0 ? `${serviceResolver.address} was not asked anything` : `${serviceResolver.address} does not answer`;
    return [skippedCheck(line, because)];
  }
  const found = named.flatMap(({ target, addresses }) => (addresses[0] === undefined ? [] : [`${target.host} is ${addresses[0]}`]));
  const missing = unknown.map(({ target }) => `${target.host} is not known`);
  const observed = [`${serviceResolver.address} answers`, ...found, ...missing].join(', ');
  return [{ ...check({ ...line, status: 'pass', observed }), measurements: [measurement.id, ...questions.map(({ id }) => id)] }];
}

/** One label, as names of services are. */
function isServiceName({ target }: KnownTarget): boolean {
  return addressFamily(target.host) === null && !target.host.includes('.') && target.host !== 'localhost';
}
