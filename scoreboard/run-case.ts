import { dirname } from 'node:path';
import { type Report, reportSchema } from '../src/model/report.js';
import type { Certificates } from './certificates.js';
import { checklist } from './checklist.js';
import type { ScoreboardNetwork } from './network.js';
import { NETWORKS } from './networks/index.js';
import type { NamedCase } from './read-cases.js';
import { REPOSITORY } from './repository.js';
import { Scene } from './scene.js';
import { nameOf, type Run, score } from './score.js';

/** Of the tree that this stands in. */
export const PROGRAM: string = `${REPOSITORY}bin/run.js`;
const LONGEST_REPORT_MS = 45_000;
const STATUS_OF_REPORT = [0, 1];

export interface CaseOptions {
  certificates: Certificates;
  /** `bin/run.js` of the netdiag that is scored. */
  program: string;
  /** For the services' files; the caller removes it. */
  folder: string;
  /** Told of each scene that is open, so that an interruption can close it. */
  open: Set<Scene>;
}

const TRIES = 3;

/**
 * Builds the case's network, breaks it, proves that, runs netdiag in it and scores what it says; where the network was not as it should be,
 * anew: that says nothing of netdiag. Does not throw.
 */
export async function runCase(one: NamedCase, options: CaseOptions): Promise<Run> {
  for (let tries = 1; ; tries++) {
    const run = await runOnce(one, options);
    if (run.outcome !== 'not proved' || tries === TRIES) return run;
  }
}

async function runOnce(one: NamedCase, options: CaseOptions): Promise<Run> {
  const network = NETWORKS[one.network ?? 'home'];
  if (network === undefined) return failed('not proved', `there is no network ${one.network}`);
  let scene: Scene | undefined;
  try {
    scene = await Scene.build(network, one, options.certificates, options.folder);
    options.open.add(scene);
    await scene.breakIt(one.fault ?? []);
    const refutations = await scene.refutations(one.proof ?? [], 'before');
    if (refutations.length > 0) return failed('not proved', refutations.join('\n'));
    return await observe(scene, one, network, options);
  } catch (error) {
    return failed('not proved', error instanceof Error ? error.message : String(error));
  } finally {
    if (scene !== undefined) {
      await scene.close();
      options.open.delete(scene);
    }
  }
}

async function observe(
  scene: Scene,
  one: NamedCase,
  network: ScoreboardNetwork,
  { certificates: { ca }, program }: CaseOptions,
): Promise<Run> {
  const files: Readonly<Record<string, string>> = {
    CA: ca,
    CLIENT: `${dirname(ca)}/client.pem`,
    CLIENTKEY: `${dirname(ca)}/client-key.pem`,
  };
  const named = (word: string): string => files[word] ?? word;
  const words = (one.arguments ?? network.arguments).map(named);
  const given = Object.entries({ ...network.environment, ...one.environment }).map(([name, value]) => [name, named(value)]);
  const command = [...(one.prefix ?? []), process.execPath, program, 'full-report', ...words, '--json'];
  const env: Record<string, string> = { ...WITHOUT_PROXY, NO_COLOR: '1', ...Object.fromEntries(given) };
  const { child, startedAt, begun } = await scene.start(command, {
    env,
    unprivileged: one.unprivileged === true,
    timeoutMs: LONGEST_REPORT_MS,
    timed: isTimed(one),
  });
  const during = scene.refutations(one.proof ?? [], 'during');
  const hasBegun = await begun;
  const since = scene.refutations(one.proof ?? [], 'begun');
  const { exitCode, stdout, stderr } = await child;
  const wallMs = performance.now() - startedAt;
  const refutations = [...(await during), ...(await since), ...(await scene.refutations(one.proof ?? [], 'after'))];
  const complaint = await scene.timedComplaint();
  if (complaint !== null) refutations.push(complaint);
  const read = readReport(stdout);
  if (typeof read === 'string' || !STATUS_OF_REPORT.includes(exitCode ?? -1))
    return { ...failed('crashed', `status ${exitCode}; ${typeof read === 'string' ? read : ''}\n${stderr.slice(-1000)}`), wallMs };
  const told = {
    codes: read.diagnosis.map(nameOf),
    confidences: read.diagnosis.map(({ confidence }) => confidence),
    verdict: read.verdict,
    wallMs,
  };
  if (!hasBegun) return { ...told, outcome: 'not proved', because: 'netdiag sent nothing, and so no fault could come at a given moment' };
  if (refutations.length > 0) return { ...told, outcome: 'not proved', because: refutations.join('\n') };
  return { ...told, outcome: score(one, read), because: checklist(read) };
}

function isTimed({ fault = [], services = {} }: NamedCase): boolean {
  const isSpan = /"(between|\w+Between)":/.test(JSON.stringify(services));
  return isSpan || fault.some(({ at }) => at !== undefined);
}

/** Whoever runs the scoreboard may be behind a proxy; netdiag is not. */
export const WITHOUT_PROXY: Readonly<Record<string, string>> = {
  HTTP_PROXY: '',
  HTTPS_PROXY: '',
  ALL_PROXY: '',
  NO_PROXY: '',
  http_proxy: '',
  https_proxy: '',
  all_proxy: '',
  no_proxy: '',
};

/** The report, or why it is none. */
function readReport(stdout: string): Report | string {
  try {
    return reportSchema.parse(JSON.parse(stdout));
  } catch (error) {
    return `standard output is no report: ${String(error).slice(0, 500)}: ${stdout.slice(0, 200)}`;
  }
}

function failed(outcome: 'not proved' | 'crashed', because: string): Run {
  return { outcome, codes: [], confidences: [], verdict: null, wallMs: null, because };
}
