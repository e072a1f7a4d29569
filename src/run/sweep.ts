import { setMaxListeners } from 'node:events';
import type { Check } from '../model/report.js';
import { judgeQuestions } from '../probes/dns/judge.js';
import { judgeValidations } from '../probes/dnssec/judge.js';
import { listeningProbe } from '../probes/listening/index.js';
import { withoutTheWay } from '../probes/resolver-watch/far-resolver.js';
import { judgeNames } from '../probes/resolver-watch/judge.js';
import { settleNames } from '../probes/resolver-watch/settle.js';
import { judgeTimeline } from '../probes/timeline/judge.js';
import type { DnsServer } from '../wire/dns/server.js';
import { lookForPortal } from './captive-portal.js';
import { compareServers, judgeCompared } from './dns-comparisons.js';
import { askQuestions, withServerAddresses } from './dns-questions.js';
import { traceNames } from './dns-traces.js';
import { HeadStart } from './head-start.js';
import { HostWork } from './host-work.js';
import { KnownTargets, MachineWork } from './machine-work.js';
import { PatientQuestions } from './patient-questions.js';
import { QuicReferences } from './quic-references.js';
import { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import { type RunEnvironment, type RunRequest, requestFor } from './request.js';
import { watchResolvers } from './resolver-watch.js';
import { SingleFile } from './single-file.js';
import type { TargetOutcome } from './target-outcome.js';
import { probeTarget } from './target-work.js';

/** The first step of a run: all that was asked for, of the machine and of each target, side by side. */
export class Sweep {
  readonly #given: RunRequest;
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly lane: QuietLane;
  /** What may be answered long after the sweep. */
  readonly patient: PatientQuestions;
  #host: HostWork | null = null;
  #machine: MachineWork | null = null;
  #quic: QuicReferences | null = null;
  #outcomes: readonly TargetOutcome[] | null = null;

  /** On the clock of the run. */
  readonly startedMs: number;

  constructor(request: RunRequest, environment: RunEnvironment, recorder: Recorder) {
    this.startedMs = environment.network.clock.nowMs();
    this.#given = request;
    this.#environment = environment;
    this.#recorder = recorder;
    this.patient = new PatientQuestions(environment, recorder);
    this.lane = new QuietLane(environment.network.clock, environment.signal);
  }

  /** What became of the targets; `null` as long as {@link run} is not over. */
  get outcomes(): readonly TargetOutcome[] | null {
    return this.#outcomes;
  }

  /** Gateways and resolvers; `null` where the machine is not looked at. */
  get host(): HostWork | null {
    return this.#host;
  }

  async run(): Promise<void> {
    const [recorder, lane] = [this.#recorder, this.lane];
    const givenUp = new AbortController();
    setMaxListeners(0, givenUp.signal);
    const environment: RunEnvironment = { ...this.#environment, givenUp: givenUp.signal };
    const request = await withServerAddresses(this.#given, environment);
    let speaking = request.targets.length;
    const host = request.host ? new HostWork(request, environment, recorder, lane) : null;
    this.#host = host;
    const started = host?.start() ?? Promise.resolve();
    // The machine's own state is read in a few milliseconds; with it first, its measurement is the first of the report.
    await started;
    const known = new KnownTargets(request.targets);
    const machine = await machineWork(request, environment, recorder, known);
    this.#machine = machine;
    const mtuOf = mtuReader(environment, host);
    const targetsFirst = new HeadStart(request.targets.length, environment);
    const askAgain = (server: DnsServer, name: string) => this.patient.ask(server, name);
    const line = new SingleFile();
    const quic = new QuicReferences(request, environment, recorder, targetsFirst);
    this.#quic = quic;
    const targets = Promise.all(
      request.targets.map((target) =>
        probeTarget({
          target,
          request: requestFor(request, target.id),
          environment,
          recorder,
          lane,
          line,
          onPath: (lookup) => host?.visitGateway(lookup),
          onSilent: () => {
            if (--speaking === 0) givenUp.abort();
          },
          onKnown: (found) => {
            known.add(found);
            targetsFirst.known();
            quic.consider(found);
          },
          mtuOf,
        }),
      ),
    );
    // For what follows hundreds of files are read: names that were to be looked up are, first, or their time would be that of the reading.
    const namesAsked = lane.run(async () => {});
    const found = host?.host?.data;
    const machineDone = found === undefined ? undefined : namesAsked.then(() => machine?.start(found));
    const [outcomes] = await Promise.all([
      targets,
      askQuestions(request, environment, recorder, lane),
      compareServers(request, environment, recorder),
      traceNames(request, environment, recorder),
      namesAsked.then(() => readListening(request, environment, recorder)),
      found === undefined
        ? undefined
        : namesAsked.then(() => watchResolvers(request, environment, recorder, found, targetsFirst, askAgain)),
      lookForPortal(request, environment, recorder, targetsFirst),
    ]);
    await Promise.all([host?.settle(outcomes), quic.settle()]);
    machine?.endWatch();
    await machineDone;
    this.#outcomes = outcomes;
  }

  /**
   * Everything that was measured by now, judged: also what inquiries have added since. Can be called again and again, and at any time; before
   * the sweep is over it says nothing of the machine, of which the ways of the targets are needed.
   */
  async judge(): Promise<Check[]> {
    const [request, recorder, outcomes] = [this.#given, this.#recorder, this.#outcomes];
    const quic = this.#quic?.judge() ?? [];
    const measured = [
      ...recorder.judge(),
      ...judgeAnswers(request, recorder),
      ...judgeCompared(request, recorder),
      ...quic,
      ...judgeTime(request, recorder),
    ];
    if (outcomes === null) return measured;
    const hostChecks = (await this.#host?.judge(outcomes)) ?? [];
    const all = [...measured, ...hostChecks, ...(this.#machine?.judge() ?? []), ...outcomes.flatMap(({ checks }) => checks)];
    return request.resolverWatch === undefined ? all : this.#withNames(all);
  }

  /** With what others say of names and resolvers. */
  #withNames(checks: readonly Check[]): Check[] {
    const { measurements } = this.#recorder;
    const machine = this.#host?.host?.data;
    const resolvers = machine?.resolvers ?? [];
    const gateways = (machine?.defaultRoutes ?? []).flatMap(({ gateway }) => gateway ?? []);
    const near = withoutTheWay(checks, measurements, this.#given.policy.rttMs.acceptable);
    return [...settleNames(near, measurements), ...judgeNames({ targets: this.#given.targets, resolvers, gateways, measurements })];
  }
}

/** Loaded where it is asked for: most commands look at their target alone. */
async function machineWork(
  request: RunRequest,
  environment: RunEnvironment,
  recorder: Recorder,
  targets: KnownTargets,
): Promise<MachineWork | null> {
  if (request.machine === undefined) return null;
  const { MACHINE_PROBES } = await import('../probes/machine-registry.js');
  return new MachineWork(request.machine, { request, environment, recorder, targets }, MACHINE_PROBES);
}

async function readListening({ listening, policy }: RunRequest, { network, signal }: RunEnvironment, recorder: Recorder): Promise<void> {
  if (listening === undefined) return;
  await recorder.record({
    probe: 'listening',
    target: null,
    label: 'listening sockets',
    measure: () => listeningProbe.measure(listening, { network, signal }),
    notTried: (attempt) => listeningProbe.notTried(null, attempt),
    judge: (measurement) => listeningProbe.judge(measurement, { policy }),
  });
}

/** The questions of `netdiag dns`, in the light of each other. Without that command every DNS measurement is judged elsewhere. */
function judgeAnswers(request: RunRequest, recorder: Recorder): Check[] {
  if (request.dns === undefined) return [];
  const questions = recorder.measurements.filter((measurement) => measurement.probe === 'dns');
  return [...judgeQuestions(questions, request), ...(request.dns.validate === undefined ? [] : judgeValidations(questions))];
}

/** What all series together show of time. */
function judgeTime(request: RunRequest, recorder: Recorder): Check[] {
  return request.latency === undefined && request.loss === undefined ? [] : judgeTimeline(recorder.measurements, request);
}

/** MTU by interface name: from the machine's measurement where there is one, else read once. */
function mtuReader(environment: RunEnvironment, host: HostWork | null): (name: string | null) => Promise<number | null> {
  let interfaces: Promise<{ name: string; mtuBytes: number | null }[]> | null = null;
  return async (name) => {
    interfaces ??= host?.host
      ? Promise.resolve(host.host.data.interfaces)
      : environment.network.machine.observe().then((machine) => machine.interfaces);
    return (await interfaces).find((entry) => entry.name === name)?.mtuBytes ?? null;
  };
}
