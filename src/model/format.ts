import type { Grades } from './grades.js';
import type { Budget } from './report.js';

type Unit = Budget['unit'];

/** Numbers in words for people. Pure, and the same in every language and output. */

/** `0.035 ms`, `2.13 ms`, `21.3 ms`, `204 ms`, `2.31 s`; round values, as limits are, without decimals: `30 ms`, `1 s`. */
export function formatMs(ms: number): string {
  if (Number.isInteger(ms) && (ms < 1000 || ms % 100 === 0)) return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  if (ms >= 10) return `${ms.toFixed(1)} ms`;
  if (ms >= 1) return `${ms.toFixed(2)} ms`;
  return `${ms.toFixed(3)} ms`;
}

/** A span in the unit that people count it in: `0.5 s`, `90 s`, `14 min`, `4.8 h`, `3.2 d`. */
export function formatSpan(seconds: number): string {
  const units = [
    { from: 2 * 86_400, name: 'd', size: 86_400 },
    { from: 2 * 3600, name: 'h', size: 3600 },
    { from: 120, name: 'min', size: 60 },
  ];
  const { name, size } = units.find(({ from }) => seconds >= from) ?? { name: 's', size: 1 };
  return `${Number((seconds / size).toFixed(1))} ${name}`;
}

/** `under 150 ms`; grades that were given for the run are shown whole: `under 10 ms (objective 1 ms, critical 50 ms)`. */
export function formatExpectedMs({ objective, acceptable, critical, given }: Grades): string {
  if (given !== true || objective === critical) return `under ${formatMs(acceptable)}`;
  return `under ${formatMs(acceptable)} (objective ${formatMs(objective)}, critical ${formatMs(critical)})`;
}

/** A ratio as a percentage: `0 %`, `0.1 %`, `3.7 %`, `42 %`. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0 || percent >= 10) return `${percent.toFixed(0)} %`;
  return `${percent < 1 ? percent.toPrecision(1) : percent.toFixed(1)} %`;
}

/** The same of a measured share. Near to all of it the hundredths count, `98.9 %`, `99.99 %`: 100 % is all of it. */
function formatShare(ratio: number): string {
  const percent = Number((ratio * 100).toPrecision(12));
  const isNearAll = percent > 98 && percent < 100;
  return isNearAll ? `${Math.floor(Number((percent * 100).toPrecision(12))) / 100} %` : formatRatio(ratio);
}

/** A share of our own in a time that is worth a remark: so many milliseconds, and so much of the whole. */
const REMARKABLE_MS = 5;
const REMARKABLE_SHARE = 0.2;

/** A time on the process clock; where this machine was too busy to time it well, with the part that is its own. */
export function formatProcessTime(ms: number, stalledMs: number | null): string {
  const remarkable = stalledMs !== null && stalledMs >= REMARKABLE_MS && stalledMs >= ms * REMARKABLE_SHARE;
  return remarkable ? `${formatMs(ms)} (own delay up to ${formatMs(Math.min(stalledMs, ms))})` : formatMs(ms);
}

/** Messages in a second: `0.4/s`, `12/s`, `1000/s`. */
export function formatRate(perSecond: number): string {
  return `${perSecond < 10 ? Number(perSecond.toPrecision(2)) : Math.round(perSecond)}/s`;
}

/** A value of a metric in its unit: `21.3 ms`, `0.1 %`, `1500 bytes`, `14 days`, `100/s`. */
export function formatQuantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 'ratio':
      return formatShare(value);
    case 'bytes':
      return formatByteCount(value);
    case 'days':
      return value === 1 ? '1 day' : `${value} days`;
    case 'messages/s':
      return formatRate(value);
    case 'Mbit/s':
      return `${Number(value.toPrecision(3))} Mbit/s`;
    case 'count':
      return `${value}`;
  }
}

/** The same for a limit, which is a round number: `0.5 ms` and `1 %` rather than `0.500 ms` and `1.0 %`. */
export function formatLimit(value: number, unit: Unit): string {
  if (unit === 'ms' && value < 1000) return `${Number(value.toPrecision(6))} ms`;
  return unit === 'ratio' ? `${Number((value * 100).toPrecision(6))} %` : formatQuantity(value, unit);
}

/** `1 byte`, `20 bytes`. */
export function formatByteCount(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
