import type { Check, Diagnosis, Report } from '../model/report.js';
import type { Outcome } from './outcome.js';

/** What the words are made of. */
export type Concluded = Outcome & Pick<Report['conclusion'], 'kind' | 'notLookedAt'>;

/** Causes behind the first that are told; the report lists all. */
const TOLD_BESIDES = 2;
/** Things ruled out, targets, and gaps that are told. */
const TOLD_EACH = 4;

/** The outcome in a few plain sentences that can be pasted into a ticket: what, how sure, what it is not, what to do, what is not known. */
export function conclusionText(concluded: Concluded): string {
  const { kind, diagnosis, notLookedAt, partial } = concluded;
  const outcome = kind === 'diagnosed' ? diagnosedText(concluded) : kind === 'well' ? wellText(concluded) : undeterminedText(concluded);
  const gaps = notLookedAt.length === 0 || kind === 'well' ? '' : `Not looked at: ${listed(notLookedAt, '; ')}.`;
  // Last, since a command ends without a full stop, so that it can be copied whole.
  const [first] = diagnosis;
  const advice = first === undefined ? '' : `What to do first: ${first.remedy}`;
  return [...outcome, gaps, interrupted(partial), advice].filter((sentence) => sentence !== '').join(' ');
}

function diagnosedText({ diagnosis, checks }: Concluded): string[] {
  const [first, ...others] = diagnosis;
  if (first === undefined) return [];
  const besides = others.slice(0, TOLD_BESIDES).map(({ summary }) => summary);
  const more = others.length - besides.length;
  const told = `${besides.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`.trim();
  return [first.summary, sureText(first), ruledOutText(first, checks), told === '' ? '' : `Besides: ${told}`];
}

function sureText({ confidence, alternatives }: Diagnosis): string {
  const sure = `That is ${Math.round(confidence * 100)} % sure`;
  const [first] = alternatives;
  if (first === undefined) return `${sure}.`;
  const others = alternatives.slice(0, TOLD_EACH).map(({ code }) => code);
  return `${sure}; ${others.join(' or ')} would look the same from here.`;
}

function ruledOutText({ ruledOut }: Diagnosis, checks: readonly Check[]): string {
  const titles = [...new Set(checks.filter(({ id }) => ruledOut.includes(id)).map(({ title }) => title))];
  return titles.length === 0 ? '' : `Found well and ruled out: ${listed(titles, ', ')}.`;
}

function wellText({ checks }: Concluded): string[] {
  const passed = checks.filter(({ status }) => status === 'pass');
  const targets = [...new Set(passed.flatMap(({ target }) => target ?? []))];
  const machine = passed.some(({ target }) => target === null) ? ['this machine and its network'] : [];
  const of = [...machine, ...targets.slice(0, TOLD_EACH), ...(targets.length > TOLD_EACH ? [`${targets.length - TOLD_EACH} more`] : [])];
  return [`Nothing wrong was found: ${passed.length === 1 ? 'one check is' : `all ${passed.length} checks are`} well, of ${joined(of)}.`];
}

function undeterminedText({ checks, unjudged }: Concluded): string[] {
  if (!checks.some(({ status }) => status === 'pass')) return ['Nothing could be judged.'];
  return [
    unjudged.length === 0
      ? 'Nothing wrong was found, but too little could be looked at to say that all is well.'
      : `Nothing wrong was found, but of ${joined(unjudged.slice(0, TOLD_EACH))} too little could be looked at to say that all is well.`,
  ];
}

function interrupted(partial: boolean): string {
  return partial ? 'It was interrupted: this is what was known by then.' : '';
}

function listed(texts: readonly string[], separator: string): string {
  const more = texts.length - TOLD_EACH;
  return more > 0 ? `${texts.slice(0, TOLD_EACH).join(separator)}${separator}and ${more} more` : texts.join(separator);
}

function joined(texts: readonly string[]): string {
  if (texts.length < 2) return texts[0] ?? 'what was asked';
  return `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`;
}
