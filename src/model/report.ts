import { z } from 'zod';
import { CODES, type Code } from './code.js';
import { measurementSchema } from './measurement.js';
import { SCHEMES } from './target.js';

const layer = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(6), z.literal(7)]);
const code = z.enum(CODES as [Code, ...Code[]]);

/** A measured value beside the three grades that it was held against, all in the same unit. */
export const budgetSchema = z.strictObject({
  /** Name of the limit, as policies have it: `rttMs`, `lossRatio`. */
  metric: z.string(),
  value: z.number(),
  unit: z.enum(['ms', 'ratio', 'bytes', 'days', 'Mbit/s', 'messages/s', 'count']),
  objective: z.number(),
  acceptable: z.number(),
  critical: z.number(),
  /** Where the grades come from. */
  source: z.string(),
});

export const checkSchema = z.strictObject({
  /** `l3.gateway`; for one target among several `l3.latency@TARGET`. Unique in a report. */
  id: z.string(),
  layer,
  title: z.string(),
  target: z.string().nullable(),
  status: z.enum(['pass', 'warn', 'fail', 'skip']),
  code: code.nullable(),
  /** What was found, in words; `null` where nothing was. */
  observed: z.string().nullable(),
  /** What the policy asks for, in words. */
  expected: z.string().nullable(),
  remedy: z.string().nullable(),
  /** Why a `skip` was skipped. */
  because: z.string().nullable(),
  measurements: z.array(z.string()),
  /**
   * How the trouble is known, where the code alone does not say it: `stated` by an answer or a state of this machine, `measured`, or concluded
   * from `silence`.
   */
  basis: z.enum(['stated', 'measured', 'silence']).optional(),
  /** When it was there, of a fault that came and went during the run. Absent: it did not, or nobody looked. */
  when: z.array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime().nullable() })).optional(),
  /**
   * The value that was judged, and its grades; absent where nothing was held against numbers. A time of the process clock is without what our
   * own delay can be where it would not pass otherwise, a clock without its uncertainty.
   */
  budget: budgetSchema.optional(),
});

const status = z.enum(['pass', 'warn', 'fail', 'skip']);

/** One thing that a manifest expects of what a step found. */
export const expectationSchema = z.strictObject({
  /** In words: `http.totalMs under 50 ms`. */
  text: z.string(),
  status,
  /** What was found, in words; `null` where nothing was. */
  observed: z.string().nullable(),
  /** Why it is not fulfilled, or could not be looked at. */
  because: z.string().nullable(),
});

/** A requirement of a manifest, its test cases, the checks of each, and the checks of netdiag that each of those rests on. */
export const requirementSchema = z.strictObject({
  id: z.string(),
  text: z.string().nullable(),
  /** `skip`: nothing failed, and not everything was looked at. */
  status,
  cases: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string().nullable(),
      status,
      /** Why it was not looked at, or not wholly. */
      because: z.string().nullable(),
      checks: z.array(
        z.strictObject({
          /** That of an entry of `checks`. */
          id: z.string(),
          /** The command line of the step as the manifest has it, without what may be secret. */
          run: z.string(),
          expectations: z.array(expectationSchema),
          /** What the step found, as far as this check rests on it. */
          found: z.array(checkSchema),
        }),
      ),
    }),
  ),
});

export const diagnosisSchema = z.strictObject({
  code,
  /** The code of the particular form that the fault has, where that is known; the checks have this one. Absent: `code` says all. */
  form: code.optional(),
  layer,
  target: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  summary: z.string(),
  /** Ids of the checks that speak for it. */
  evidence: z.array(z.string()),
  /** Ids of the checks that speak against other causes: what was looked at and found well. */
  ruledOut: z.array(z.string()),
  /** Ids of the checks that speak against this cause itself; empty where none does. */
  against: z.array(z.string()),
  /** What looks the same from here, the likeliest first, and what would tell it apart. */
  alternatives: z.array(z.strictObject({ code, toldBy: z.string() })),
  /** What was not looked at that would have told, and why not: for people. */
  notLookedAt: z.array(z.string()),
  /** When it was there, for a fault that came, went or flapped during the run; `null`: all the time, as far as is known. */
  when: z
    .array(
      z.strictObject({
        from: z.iso.datetime(),
        /** `null`: it was still there at the end. */
        to: z.iso.datetime().nullable(),
      }),
    )
    .nullable(),
  remedy: z.string(),
});

export const reportSchema = z.strictObject({
  schemaVersion: z.literal('1'),
  tool: z.strictObject({ name: z.literal('netdiag'), version: z.string() }),
  command: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().min(0),
  /** Interrupted: what was measured by then. */
  partial: z.boolean(),
  host: z.strictObject({
    hostname: z.string(),
    platform: z.string(),
    release: z.string(),
    arch: z.string(),
    /** Name of the distribution, where the system tells it. */
    system: z.string().nullable(),
    /** `KVM`, `KVM at Hetzner`, `bare metal`; `null`: not looked at, or it cannot be told. */
    virtualization: z.string().nullable(),
    /** `Docker`, `Podman, rootless`, `WSL2`, `none`; `null`: not looked at, or it cannot be told. */
    container: z.string().nullable(),
    node: z.string(),
    /** `present`, or why native sockets could not be used. */
    nativeSockets: z.string(),
  }),
  policy: z.string(),
  targets: z.array(
    z.strictObject({
      id: z.string(),
      host: z.string(),
      port: z.int().min(1).max(65_535).nullable(),
      scheme: z.enum(SCHEMES).nullable(),
      /** What the configuration calls it. */
      name: z.string().optional(),
      labels: z.record(z.string(), z.string()).optional(),
    }),
  ),
  verdict: z.enum(['pass', 'warn', 'fail']),
  /** The outcome in words that can be pasted into a ticket. */
  conclusion: z.strictObject({
    /** `undetermined`: nothing was found wrong, but too little could be looked at to say that all is well. */
    kind: z.enum(['well', 'diagnosed', 'undetermined']),
    text: z.string(),
    /** What could not be looked at, and why: for people. */
    notLookedAt: z.array(z.string()),
  }),
  diagnosis: z.array(diagnosisSchema),
  checks: z.array(checkSchema),
  measurements: z.array(measurementSchema),
  /** What was verified: the manifest's own title, and the names of its files. Of `netdiag verify` alone. */
  manifest: z.strictObject({ title: z.string().nullable(), files: z.array(z.string()) }).optional(),
  /** From requirement to measurement: of `netdiag verify` alone. Each check of a case is an entry of `checks`. */
  requirements: z.array(requirementSchema).optional(),
});

export type Budget = z.infer<typeof budgetSchema>;
export type Check = z.infer<typeof checkSchema>;
export type CheckStatus = Check['status'];
export type Diagnosis = z.infer<typeof diagnosisSchema>;
export type VerifiedExpectation = z.infer<typeof expectationSchema>;
export type VerifiedRequirement = z.infer<typeof requirementSchema>;
export type VerifiedCase = VerifiedRequirement['cases'][number];
export type VerifiedCheck = VerifiedCase['checks'][number];
export type Report = z.infer<typeof reportSchema>;
export type Verdict = Report['verdict'];

/** The JSON Schema (draft 2020-12) of a report, as `netdiag schema` prints it. */
export function reportJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://netdiag.dev/schema/report-1.json',
    title: 'netdiag report',
    ...z.toJSONSchema(reportSchema, { target: 'draft-2020-12' }),
  };
}
