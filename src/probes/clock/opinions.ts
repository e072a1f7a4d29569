import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import { type Agreement, agreementOf } from './agreement.js';

type ServerClock = NonNullable<DataOf<'http'>['clock']>;

/** What one host says of the time by the Date field of its answer. */
export interface DateOpinion extends ServerClock {
  /** Two answers of one host are one opinion. */
  host: string;
  /** The measurement of a target; `null`: a page that was asked for this alone. */
  of: MeasurementOf<'phases'> | null;
}

export interface DateOpinions {
  opinions: readonly DateOpinion[];
  /** What most of several hosts say; `null`: there is one or none, or no majority. Its members are indices of {@link opinions}. */
  agreement: Agreement | null;
  /** What time servers say, or the kernel, to which a time service has told it: the clock of this machine is right, whatever a page says. */
  trusted: boolean;
}

/**
 * All that the Date fields of a run say, and what else is known of the clock. Pure.
 *
 * @param acceptableMs how far from the right time a clock is still called right
 */
export function dateOpinions(measurements: readonly Measurement[], acceptableMs: number): DateOpinions {
  const clock = measurements.find((made): made is MeasurementOf<'clock'> => made.probe === 'clock');
  const all: DateOpinion[] = [
    ...measurements.flatMap((made) =>
      made.probe === 'phases' && made.data.clock != null
        ? [{ ...made.data.clock, of: made, host: hostOf(made.target ?? made.data.address ?? made.id) }]
        : [],
    ),
    ...(clock?.data.pages ?? []).flatMap((page) => (page.clock === null ? [] : [{ ...page.clock, of: null, host: hostOf(page.url) }])),
  ];
  const byHost = new Map<string, DateOpinion>();
  for (const one of all) {
    const known = byHost.get(one.host);
    // That with the least doubt; of a page and a target the target, which has a line of its own.
    if (known === undefined || (one.uncertaintyMs < known.uncertaintyMs && (one.of !== null || known.of === null)))
      byHost.set(one.host, one);
  }
  const opinions = [...byHost.values()];
  return {
    opinions,
    agreement: opinions.length > 1 ? agreementOf(opinions) : null,
    trusted: clock !== undefined && isTrustedClock(clock.data, acceptableMs),
  };
}

/** The host of a URL or of the id of a target, without port and path. */
function hostOf(text: string): string {
  const authority = text.replace(/^[a-z]+:\/\//, '').split(/[/?#]/, 1)[0] ?? text;
  return authority.replace(/:\d+$/, '').toLowerCase();
}

/** What is shown to this process is the clock of the kernel. */
const SAME_CLOCK_MS = 1000;

/**
 * Whether something other than the answers of services says that this machine's clock is right: time servers, or a kernel that is told so by
 * a time service. Not where this process is shown another time than the kernel has.
 */
export function isTrustedClock({ ntp, kernel }: Pick<DataOf<'clock'>, 'ntp' | 'kernel'>, acceptableMs: number): boolean {
  if (ntp !== null) return Math.abs(ntp.offsetMs) + ntp.uncertaintyMs <= acceptableMs;
  if (kernel === null || !kernel.synchronized || kernel.aheadOfProcessMs === null) return false;
  return Math.abs(kernel.aheadOfProcessMs) <= SAME_CLOCK_MS && (kernel.maximumErrorMs ?? 0) <= acceptableMs;
}
