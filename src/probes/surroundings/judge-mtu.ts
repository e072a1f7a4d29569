import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';

type Measured = MeasurementOf<'surroundings'>;
type Conflict = DataOf<'surroundings'>['mtuConflicts'][number];

const LINE = { kind: 'l3.bridge-mtu', layer: 3 } as const;

/**
 * `l3.bridge-mtu@INTERFACE`: bridges and tunnels whose packets do not fit into what carries them. On the way to a target a measured path
 * MTU knows better, and then nothing is said of it in scope `path`.
 */
export function judgeBridgeMtu(measurement: Measured, context: MachineJudgeContext): Check[] {
  const { mtuConflicts, bridges } = measurement.data;
  if (context.scope === 'path')
    return mtuConflicts.filter((conflict) => isOnTheWay(conflict, context)).map((conflict) => warn(measurement, conflict));
  const warned = new Set(mtuConflicts.map((conflict) => conflict.interface));
  const well = bridges.filter(({ interface: name }) => !warned.has(name));
  return [
    ...mtuConflicts.map((conflict) => warn(measurement, conflict)),
    ...well.map(({ interface: name }) =>
      lineOf(check({ ...LINE, title: `${name} MTU`, measurement, status: 'pass', observed: 'fits the way out' }), name),
    ),
  ];
}

function isOnTheWay(conflict: Conflict, { targets, measurements }: MachineJudgeContext): boolean {
  // What goes out of this machine by its uplink does not pass a bridge of containers.
  if (conflict.kind === 'bridge-over-uplink') return false;
  return targets.some(({ target, way }) => {
    if (way?.interface !== conflict.interface) return false;
    const measuredMtu = measurements.find((made) => made.probe === 'mtu' && made.target === target.id && made.attempt.kind === 'measured');
    return measuredMtu?.probe !== 'mtu' || measuredMtu.data.blackhole === true;
  });
}

function warn(measurement: Measured, conflict: Conflict): Check {
  const { interface: name, mtuBytes, against, againstMtuBytes, kind, fitsBytes } = conflict;
  const observed =
    kind === 'ports-of-bridge'
      ? `a port with ${mtuBytes} and ${against} with ${againstMtuBytes} in one bridge`
      : `${mtuBytes} over ${against} with ${againstMtuBytes}`;
  const made = check({
    ...LINE,
    title: `${name} MTU`,
    measurement,
    status: 'warn',
    code: 'mtu-mismatch',
    observed,
    expected: kind === 'ports-of-bridge' ? 'one MTU' : `up to ${fitsBytes}`,
  });
  return lineOf(made, kind === 'ports-of-bridge' ? `${name}/ports` : name);
}

const lineOf = (made: Check, name: string): Check => ({ ...made, id: `${LINE.kind}@${name}` });
