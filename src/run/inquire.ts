import { setMaxListeners } from 'node:events';
import { type Inquired, type Inquiry, LOOKS_AT, type Question } from '../diagnosis/inquiry.js';
import { openQuestions } from '../diagnosis/questions.js';
import type { Check } from '../model/report.js';
import { diagnose } from '../report/diagnose.js';
import { endOfTarget } from './beyond-gateway.js';
import { INQUIRY_MAKERS } from './inquiries/index.js';
import type { InquiryWork } from './inquiries/inquiry-work.js';
import { targetForPortal } from './portal-at-target.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import { isOneFamilySilent, isToldByGatewayAlone } from './silent-way.js';
import type { Sweep } from './sweep.js';
import type { TargetOutcome } from './target-outcome.js';

/** What the first round finds can open another question; a third round has never told more. */
const ROUNDS = 2;

/** How long the rounds may take together, where the request does not say. A report is waited for by a person. */
const BUDGET_MS = 3_500;

/** A round that has less than this left would be cut off before it could tell anything. */
const LEAST_MS = 250;

/**
 * Where no target answers, or none has a name that is resolved, what is left to tell is how far packets get, by whom they are turned back, and
 * which names are answered: that is over so much earlier, so that the report of a dead network is there within four seconds, start-up and end
 * included.
 */
const SILENCE_MS = 700;
/** Not where the sweep itself took longer, as where it waited for a second gateway: so long is looked even then. */
const LEAST_IN_SILENCE_MS = 1200;

/**
 * A handshake that nobody answers is waited for until the time is over, and just where a login page drops it: one page of the target is asked for
 * all the same. The gateway that would answer is one hop away.
 */
const LATE_PAGE_MS = 500;

/** What people are told of an inquiry that its time cut off. */
const NO_TIME = 'there was no time left for it';

/**
 * The second step of a run: as long as the causes that are left look the same, what would tell them apart is looked at, side by side. Where
 * nothing is wrong, or the cause was read off, nothing is sent.
 *
 * @returns what was looked at, or would have been
 */
export async function inquire(request: RunRequest, environment: RunEnvironment, recorder: Recorder, sweep: Sweep): Promise<Inquired[]> {
  const { clock } = environment.network;
  const { budgetMs = BUDGET_MS, untilMs = Number.POSITIVE_INFINITY } = request.inquire ?? {};
  const lastMs = Math.min(clock.nowMs() + budgetMs, sweep.startedMs + untilMs);
  const endMs = isHeard(sweep.outcomes ?? []) ? lastMs : Math.min(lastMs, earlyEndMs(clock.nowMs(), lastMs));
  const inquired: Inquired[] = lookedAtInSweep(recorder);
  const run = { request, environment, recorder, sweep, paths: new Map() };
  for (let round = 0; round < ROUNDS && !environment.signal.aborted; round++) {
    const questions = questionsOf(await sweep.judge(), sweep, inquired, request, recorder);
    if (questions.length === 0) break;
    const leftMs = endMs - clock.nowMs();
    const isLate = leftMs < LEAST_MS;
    const asked = isLate
      ? questions.filter(({ inquiry }) => inquiry === 'portal' && shutTarget(request, recorder, sweep) !== null)
      : questions;
    const left = questions.filter((question) => !asked.includes(question));
    inquired.push(...left.map(({ inquiry, target }) => ({ inquiry, target, notMade: NO_TIME })));
    if (asked.length === 0) break;
    inquired.push(...(await askAll(asked, isLate ? LATE_PAGE_MS : leftMs, run)));
  }
  return inquired;
}

function isHeard(outcomes: readonly TargetOutcome[]): boolean {
  return outcomes.some((outcome) => endOfTarget(outcome, [])?.kind === 'answered');
}

function earlyEndMs(nowMs: number, lastMs: number): number {
  return Math.max(lastMs - SILENCE_MS, nowMs + LEAST_IN_SILENCE_MS);
}

/** What need not be asked again. */
function lookedAtInSweep({ measurements }: Recorder): Inquired[] {
  return measurements
    .filter(({ probe, attempt }) => probe === 'handshake-variants' && attempt.kind === 'measured')
    .map(({ target }) => ({ inquiry: 'handshake-variants', target, notMade: null }));
}

function questionsOf(
  checks: readonly Check[],
  { outcomes, host }: Sweep,
  inquired: readonly Inquired[],
  request: RunRequest,
  recorder: Recorder,
): Question[] {
  const { targets } = request;
  const targetsAreInstruments = request.targetsAreInstruments === true;
  const evidence = {
    targets,
    targetsAreInstruments,
    checks,
    measurements: recorder.measurements,
    host: { platform: process.platform },
    inquired,
  };
  const questions = openQuestions(diagnose(evidence), inquired);
  const isAsked = (wanted: Inquiry) => [...questions, ...inquired].some(({ inquiry }) => inquiry === wanted);
  const isLeftOpen = isToldByGatewayAlone(outcomes ?? [], host?.host ?? null) || isOneFamilySilent(outcomes ?? []);
  const others = !isAsked(OTHERS.inquiry) && isLeftOpen;
  const shut = isAsked('portal') ? null : shutTarget(request, recorder, { outcomes });
  return [...questions, ...(others ? [OTHERS] : []), ...(shut === null ? [] : [portalAt(shut.target.id)])];
}

function shutTarget(
  { captivePortal }: RunRequest,
  { measurements }: Recorder,
  { outcomes }: Pick<Sweep, 'outcomes'>,
): TargetOutcome | null {
  return captivePortal === undefined ? null : targetForPortal(outcomes ?? [], measurements);
}

/** A port that is shut looks the same where a login page stands in front of everything. */
function portalAt(target: string): Question {
  return { inquiry: 'portal', target, about: ['port-filtered', 'captive-portal'] };
}

/** What a gateway says of one destination it may say of all. */
const OTHERS: Question = { inquiry: 'other-destinations', target: null, about: ['host-unreachable', 'upstream-unreachable'] };

interface Round {
  request: RunRequest;
  environment: RunEnvironment;
  recorder: Recorder;
  sweep: Sweep;
  paths: InquiryWork['paths'];
}

/** Ends when all are done; each ends with its signal, which the time that is left aborts. */
async function askAll(questions: readonly Question[], leftMs: number, round: Round): Promise<Inquired[]> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), leftMs);
  const signal = AbortSignal.any([round.environment.signal, over.signal]);
  // Every socket of the round listens to it.
  setMaxListeners(0, signal);
  try {
    return await Promise.all(
      questions.map((question) => ask(question, leftMs, { ...round, environment: { ...round.environment, signal } })),
    );
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function ask(question: Question, leftMs: number, { request, environment, recorder, sweep, paths }: Round): Promise<Inquired> {
  const { inquiry, target } = question;
  const maker = INQUIRY_MAKERS[inquiry];
  const outcomes = sweep.outcomes ?? [];
  if (maker === undefined) return { inquiry, target, notMade: 'this version cannot look at it' };
  const make = await maker();
  const notMade = await make({
    question,
    request,
    environment,
    recorder,
    outcomes,
    outcome: outcomes.find((outcome) => outcome.target.id === target) ?? null,
    host: sweep.host,
    lane: sweep.lane,
    patient: sweep.patient,
    paths,
    label: labelOf(question),
    leftMs,
  });
  return { inquiry, target, notMade };
}

function labelOf({ inquiry, target, about }: Question): string {
  const where = target === null ? '' : ` of ${target}`;
  return `closer look${where}, ${LOOKS_AT[inquiry]}${about.length === 0 ? '' : `: ${about.slice(0, 3).join(' or ')}?`}`;
}
