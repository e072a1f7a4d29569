import type { Report } from '../model/report.js';
import type { Redaction, Redactor } from '../report/redact/redact.js';
import { readRedactionKey } from './redaction-key.js';
import { UsageError } from './usage-error.js';

/** The flags that decide what a report shows of this network. */
export interface RedactionFlags {
  redact: boolean;
  'redact-key': string | undefined;
  support: string | undefined;
  'support-unredacted': boolean;
}

/** What is to be redacted in this run: everything that is shown, or what goes into the support file, or both. */
export interface RedactionPlan {
  /** `null`: nothing at all is redacted, the support file neither. */
  redactor: Redactor | null;
  /** Whether everything that is shown is. */
  shown: boolean;
  /** For people: what they may not expect of the pseudonyms. */
  remark: string | null;
}

/**
 * Checks the flags, and makes ready what they ask for; what it takes is loaded only then.
 * @throws UsageError
 */
export async function planRedaction(flags: RedactionFlags): Promise<RedactionPlan> {
  const support = flags.support !== undefined && !flags['support-unredacted'];
  if (flags['support-unredacted'] && flags.support === undefined)
    throw new UsageError('--support-unredacted: --support is missing beside it');
  if (flags['support-unredacted'] && flags.redact) throw new UsageError('--support-unredacted: contradicts --redact');
  if (flags['redact-key'] !== undefined && !flags.redact && !support)
    throw new UsageError('--redact-key: --redact or --support is missing beside it');
  if (!flags.redact && !support) return { redactor: null, shown: false, remark: null };
  const { key, remark } = readRedactionKey(flags['redact-key'], process);
  const { Redactor } = await import('../report/redact/redact.js');
  return { redactor: new Redactor(key), shown: flags.redact, remark };
}

/** The report as it may be shown, and what was done to it. */
export interface Redacted {
  shown: Report;
  /** `null`: nothing was redacted. */
  redaction: Redaction | null;
}

export function redactedBy({ redactor, shown }: RedactionPlan, report: Report): Redacted {
  const redaction = redactor === null ? null : redactor.report(report);
  return { shown: shown && redaction !== null ? redaction.report : report, redaction };
}

/**
 * An earlier report as it can be held against the one that is shown: redacted with the same key, unless that was done before it was stored.
 *
 * @param shown the report of this run, as it is shown
 */
export function baselineAsShown({ redactor, shown: isRedacted }: RedactionPlan, baseline: Report, shown: Report): Report {
  if (redactor === null || !isRedacted) return baseline;
  const places = new Set([shown.host.hostname, ...shown.targets.map(({ id }) => id)]);
  const common = ({ host, targets }: Report) => [host.hostname, ...targets.map(({ id }) => id)].filter((place) => places.has(place)).length;
  const redacted = redactor.report(baseline).report;
  return common(baseline) > common(redacted) ? baseline : redacted;
}
