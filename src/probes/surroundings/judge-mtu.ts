import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { isEmptyBridge } from './local-networks.js';
import { isJudgedBridge, uplinkOf } from './mtu-conflicts.js';

type Measured = MeasurementOf<'surroundings'>;
type Conflict = DataOf<'surroundings'>['mtuConflicts'][number];

const LINE = { kind: 'l3.bridge-mtu', layer: 3 } as const;

/**
 * `l3.bridge-mtu@INTERFACE`: bridges and tunnels whose packets do not fit into what carries them. On the way to a target a measured path
 * MTU knows better, and then nothing is said of it in scope `path`.
 */
export function judgeBridgeMtu(measurement: Measured, context: MachineJudgeContext): Check[] {
  const { mtuConflicts, bridges } = measurement.data;
  const lines = (conflicts: readonly Conflict[]) => conflicts.map((conflict) => lineOfConflict(measurement, conflict, context));
  if (context.scope === 'path') return lines(mtuConflicts.filter((conflict) => isOnTheWay(conflict, context)));
  const warned = new Set(mtuConflicts.map((conflict) => conflict.interface));
  const well = bridges.filter(({ interface: name }) => !warned.has(name));
  return [
    ...lines(mtuConflicts),
    ...well.map(({ interface: name }) => {
      const line = { ...LINE, title: `${name} MTU`, measurement };
      const because = whyNotJudged(name, context);
      return lineOf(
        because === null ? check({ ...line, status: 'pass', observed: 'fits the way out' }) : skippedCheck(line, because),
        name,
      );
    }),
  ];
}

/** Why nothing follows from the MTU of a bridge; `null`: it was held against the way out. */
function whyNotJudged(name: string, { measurements }: MachineJudgeContext): string | null {
  const host = measurements.find((made): made is MeasurementOf<'host'> => made.probe === 'host')?.data;
  const bridge = host?.interfaces.find((link) => link.name === name);
  if (host === undefined || bridge === undefined || bridge.mtuBytes === null) return 'its MTU is not known';
  if (bridge.up === false) return 'it is switched off';
  if (isEmptyBridge(bridge, host.interfaces)) return 'nothing is on it';
  if (!isJudgedBridge(bridge, host.interfaces)) return 'it leads nowhere but to this machine';
  const uplink = uplinkOf(host);
  if (uplink === null) return 'there is no way out that it could be held against';
  return uplink.mtuBytes === null ? `the MTU of ${uplink.name} is not known` : null;
}

function isOnTheWay(conflict: Conflict, { targets, measurements }: MachineJudgeContext): boolean {
  // What this machine sends itself does not come from a bridge of containers, and fits into a bridge, whose MTU is that of its smallest port.
  if (conflict.kind !== 'tunnel-over-uplink') return false;
  return targets.some(({ target, way }) => way?.interface === conflict.interface && isBlackHole(target.id, measurements) !== false);
}

/** `null` where the path MTU was not measured. */
function isBlackHole(target: string, measurements: MachineJudgeContext['measurements']): boolean | null {
  const made = measurements.find(
    (measurement): measurement is MeasurementOf<'mtu'> =>
      measurement.probe === 'mtu' && measurement.target === target && measurement.attempt.kind === 'measured',
  );
  return made === undefined ? null : made.data.blackhole === true;
}

/** Large packets of a target that goes by it vanish: then this is why. */
function isFelt({ kind, interface: name }: Conflict, { targets, measurements }: MachineJudgeContext): boolean {
  if (kind !== 'tunnel-over-uplink') return false;
  return targets.some(({ target, way }) => way?.interface === name && isBlackHole(target.id, measurements) === true);
}

function lineOfConflict(measurement: Measured, conflict: Conflict, context: MachineJudgeContext): Check {
  const { interface: name, mtuBytes, against, againstMtuBytes, kind, fitsBytes } = conflict;
  const observed =
    kind === 'ports-of-bridge'
      ? `a port with ${mtuBytes} and ${against} with ${againstMtuBytes} in one bridge`
      : `${mtuBytes} over ${against} with ${againstMtuBytes}`;
  const made = check({
    ...LINE,
    title: `${name} MTU`,
    measurement,
    status: isFelt(conflict, context) ? 'fail' : 'warn',
    code: 'mtu-mismatch',
    observed,
    expected: kind === 'ports-of-bridge' ? 'one MTU' : `up to ${fitsBytes}`,
  });
  return lineOf(made, kind === 'ports-of-bridge' ? `${name}/ports` : name);
}

const lineOf = (made: Check, name: string): Check => ({ ...made, id: `${LINE.kind}@${name}` });
