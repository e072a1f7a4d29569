import { formatRatio } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type LossPath = NonNullable<DataOf<'loss'>['path']>;

/** What a state of a hop means, beside its numbers; a clean hop and a lossy one are told by them. */
const REMARKS: Readonly<Record<LossPath['hops'][number]['state'], string>> = {
  clean: '',
  lossy: 'lossy',
  limited: 'limits its answers',
  silent: '',
  unclear: '',
};

/** The hops on the way to a target with what each of them lost, and the verdict: where the loss begins, or why that is not known. */
export function lossPathLines(path: LossPath | null): string[] {
  if (path === null) return [];
  const number = Math.max(0, ...path.hops.map(({ ttl }) => `${ttl}`.length));
  const name = Math.max(0, ...path.hops.map(({ address }) => (address ?? '*').length));
  const count = Math.max(0, ...path.hops.map(({ sent, received }) => `${sent - received}`.length));
  const rows = path.hops.map(({ ttl, address, sent, received, lossRatio, interval, state }) => {
    const where = `${`${ttl}`.padStart(number)}  ${(address ?? '*').padEnd(name)}`;
    if (state === 'silent' || lossRatio === null) return { text: `${where}  no answer to ${sent}`, remark: '' };
    const range =
      interval === null
        ? ''
        : ` (${interval.lowRatio === 0 ? 'under' : `${formatRatio(interval.lowRatio)} to`} ${formatRatio(interval.highRatio)})`;
    return { text: `${where}  ${`${sent - received}`.padStart(count)} of ${sent} lost${range}`, remark: REMARKS[state] };
  });
  const widest = Math.max(0, ...rows.map(({ text }) => text.length));
  const hops = rows.map(({ text, remark }) => (remark === '' ? text : `${text.padEnd(widest)}  ${remark}`));
  return [...hops, verdict(path)];
}

function verdict({ start, because, hops }: LossPath): string {
  if (start === null) return hops.at(-1)?.state === 'clean' ? (because ?? '') : `where a loss begins is not known: ${because}`;
  const atTarget = start.ttl === hops.at(-1)?.ttl;
  const from =
    atTarget && start.ttl > 1
      ? `at the target, hop ${start.ttl}`
      : `at hop ${start.ttl}${start.address === null ? '' : ` (${start.address})`}`;
  const before =
    start.after === null ? '' : `; hop ${start.after.ttl}${start.after.address === null ? '' : ` (${start.after.address})`} is clean`;
  return `it begins ${from}, ${formatRatio(start.probabilityRatio)} sure${before}`;
}
