import type { Question } from '../../diagnosis/inquiry.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { HostWork } from '../host-work.js';
import type { PatientQuestions } from '../patient-questions.js';
import type { QuietLane } from '../quiet-lane.js';
import type { Recorder } from '../recorder.js';
import type { RunEnvironment, RunRequest } from '../request.js';
import type { TargetOutcome } from '../target-outcome.js';

/** What an inquiry is given. */
export interface InquiryWork {
  question: Question;
  request: RunRequest;
  /** Its `signal` ends the inquiry: by an interrupt, or since the time for inquiries is over. */
  environment: RunEnvironment;
  recorder: Recorder;
  /** What the sweep found of each target. */
  outcomes: readonly TargetOutcome[];
  /** What the sweep found of the target of the question; `null` where it is about the machine or its network. */
  outcome: TargetOutcome | null;
  /** Gateways and resolvers; `null` where the machine is not looked at. */
  host: HostWork | null;
  /** For what is timed on the process clock. */
  lane: QuietLane;
  /** Paths that inquiries of this run follow or have followed, by target: several of them need the same one. */
  paths: Map<string, Promise<MeasurementOf<'route'>>>;
  /** Questions of the sweep that may still be answered. */
  patient: PatientQuestions;
  /** For the progress line: what is looked at, and what it is to tell. */
  label: string;
  /** By when it must be over, in milliseconds from now; `signal` aborts then. */
  leftMs: number;
}

/**
 * Looks at something more closely: records measurements, each with its judge, and resolves when it is done. Never throws; ends soon after
 * its signal aborts. What else is to be judged in the light of what it measured is judged again after it.
 *
 * @returns `null`, or for people why it was not made or found nothing out
 */
export type MakeInquiry = (work: InquiryWork) => Promise<string | null>;
