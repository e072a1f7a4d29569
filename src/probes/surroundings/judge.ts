import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { containerName, virtualizationName } from '../../model/place-names.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeBridgeMtu } from './judge-mtu.js';
import { judgeServiceNames } from './judge-service-names.js';
import { judgeSubnets } from './judge-subnets.js';

type Measured = MeasurementOf<'surroundings'>;

/**
 * `l1.machine`, `l3.translation`, `l3.subnets`, `l3.bridge-mtu@INTERFACE`, `l7.service-names`. What a machine is, and how often its addresses
 * are translated, is no fault.
 */
export function judgeSurroundings(measurement: Measured, context: MachineJudgeContext): Check[] {
  const all = context.scope === 'all';
  if (measurement.attempt.kind !== 'measured') {
    if (!all) return [];
    const because = reasonOf(measurement.attempt);
    return [skippedCheck({ ...MACHINE_LINE, measurement }, because), skippedCheck({ ...TRANSLATION_LINE, measurement }, because)];
  }
  return [
    ...(all ? [judgeMachine(measurement), judgeTranslation(measurement)] : []),
    ...judgeSubnets(measurement, context),
    ...judgeBridgeMtu(measurement, context),
    ...judgeServiceNames(measurement, context),
  ];
}

const MACHINE_LINE = { kind: 'l1.machine', layer: 1, title: 'machine' } as const;
const TRANSLATION_LINE = { kind: 'l3.translation', layer: 3, title: 'address translation' } as const;

function judgeMachine(measurement: Measured): Check {
  const { machine, container, wsl, absent } = measurement.data;
  const line = { ...MACHINE_LINE, measurement };
  const why = absent.find(({ fact }) => fact === 'kind of the machine')?.because;
  if (machine === null && container === null) return skippedCheck(line, why ?? 'it was not looked at');
  const what = machine === null ? null : virtualizationName(machine);
  const inside = container === null ? null : containerName(container, wsl);
  if (what === null && (inside === null || inside === 'none'))
    return skippedCheck(line, machine?.because ?? why ?? container?.because ?? 'cannot be told');
  const words = [
    what ?? 'metal or virtual: cannot be told',
    inside === null ? 'container: cannot be told' : inside === 'none' ? '' : inside,
    container?.kind === 'container' && container.network !== null
      ? container.network === 'own'
        ? 'with a network of its own'
        : "on the machine's network"
      : '',
  ];
  return check({ ...line, status: 'pass', observed: words.filter((word) => word !== '').join(', ') });
}

function judgeTranslation(measurement: Measured): Check {
  const { translation } = measurement.data;
  const line = { ...TRANSLATION_LINE, measurement };
  if (translation === null) return skippedCheck(line, 'it was not looked at');
  if (translation.verdict === 'cannot tell') return skippedCheck(line, `cannot be told: ${translation.because}`);
  return check({ ...line, status: 'pass', observed: `${translation.verdict} (IPv4)` });
}
