import { setMaxListeners } from 'node:events';
import { arch, hostname, platform, release } from 'node:os';
import type { Measurement } from './model/measurement.js';
import { containerName, virtualizationName } from './model/place-names.js';
import type { Check, Report } from './model/report.js';
import { readSystemFile } from './net/machine/machine.js';
import { judgeQuestions } from './probes/dns/judge.js';
import { judgeValidations } from './probes/dnssec/judge.js';
import { listeningProbe } from './probes/listening/index.js';
import { assembleReport } from './report/assemble.js';
import { lookForPortal } from './run/captive-portal.js';
import { compareServers, judgeCompared } from './run/dns-comparisons.js';
import { askQuestions, withServerAddresses } from './run/dns-questions.js';
import { traceNames } from './run/dns-traces.js';
import { HostWork } from './run/host-work.js';
import { KnownTargets, MachineWork } from './run/machine-work.js';
import { QuietLane } from './run/quiet-lane.js';
import { Recorder } from './run/recorder.js';
import type { RunEnvironment, RunRequest } from './run/request.js';
import { probeTarget, type TargetOutcome } from './run/target-work.js';

/** After an interrupt or the deadline, probes have this long to hand over what they have. */
const GRACE_MS = 400;

/**
 * Runs what a command asked for: each target is resolved once, then its probes run side by side with those of the others and of the
 * machine. Always gives a report, also when it is interrupted or when time runs out: what was not finished says so.
 */
export async function run(request: RunRequest, environment: RunEnvironment): Promise<Report> {
  const { clock } = environment.network;
  const startedAt = clock.wallTime();
  const startMs = clock.nowMs();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), request.deadlineMs);
  const signal = AbortSignal.any([environment.signal, deadline.signal]);
  // Every socket of the run listens to it.
  setMaxListeners(0, signal);
  const bounded: RunEnvironment = { ...environment, signal };
  const recorder = new Recorder(clock, signal, environment.signal, environment.progress);

  const work = probeAll(request, bounded, recorder);
  const checks = await Promise.race([work, afterGrace(signal)]);
  clearTimeout(timer);
  return assembleReport({
    command: request.command,
    version: environment.version,
    startedAt,
    durationMs: clock.nowMs() - startMs,
    partial: environment.signal.aborted,
    host: await describeHost(environment, recorder.measurements),
    policy: request.policy.name,
    targets: request.targets,
    checks: [...recorder.judge(), ...judgeAnswers(request, recorder), ...judgeCompared(request, recorder), ...(checks ?? [])],
    // A probe that ends after the grace still writes into its own measurement: the report keeps what it was judged by.
    measurements: checks === null ? structuredClone(recorder.measurements) : recorder.measurements,
  });
}

/** Everything side by side. Returns the checks that no single measurement gives. */
async function probeAll(given: RunRequest, environment: RunEnvironment, recorder: Recorder): Promise<Check[]> {
  const request = await withServerAddresses(given, environment);
  const lane = new QuietLane(environment.network.clock, environment.signal);
  const host = request.host ? new HostWork(request, environment, recorder, lane) : null;
  const started = host?.start() ?? Promise.resolve();
  // The machine's own state is read in a few milliseconds; with it first, its measurement is the first of the report.
  await started;
  const known = new KnownTargets(request.targets);
  const machine = await machineWork(request, environment, recorder, known);
  const mtuOf = mtuReader(environment, host);
  const targets = Promise.all(
    request.targets.map((target) =>
      probeTarget({
        target,
        request,
        environment,
        recorder,
        lane,
        onPath: (lookup) => host?.visitGateway(lookup),
        onKnown: (found) => known.add(found),
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
    lookForPortal(request, environment, recorder),
  ]);
  await host?.settle(outcomes);
  machine?.endWatch();
  await machineDone;
  const hostChecks = (await host?.judge(outcomes)) ?? [];
  return [...hostChecks, ...(machine?.judge() ?? []), ...outcomes.flatMap((outcome: TargetOutcome) => outcome.checks)];
}

/** Loaded where it is asked for: most commands look at their target alone. */
async function machineWork(
  request: RunRequest,
  environment: RunEnvironment,
  recorder: Recorder,
  targets: KnownTargets,
): Promise<MachineWork | null> {
  if (request.machine === undefined) return null;
  const { MACHINE_PROBES } = await import('./probes/machine-registry.js');
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
  const context = { policy: request.policy };
  return [...judgeQuestions(questions, context), ...(request.dns.validate === undefined ? [] : judgeValidations(questions))];
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

function afterGrace(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const wait = () => setTimeout(() => resolve(null), GRACE_MS).unref();
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}

async function describeHost({ network }: RunEnvironment, measurements: readonly Measurement[]): Promise<Report['host']> {
  const osRelease = await readSystemFile('/etc/os-release');
  const place = measurements.find((made) => made.probe === 'surroundings')?.data;
  const name = /^PRETTY_NAME=(?:"([^"\n]*)"|([^\n]*))$/m.exec(osRelease ?? '');
  return {
    hostname: hostname(),
    platform: platform(),
    release: release(),
    arch: arch(),
    system: name?.[1] ?? name?.[2] ?? null,
    virtualization: place?.machine == null ? null : virtualizationName(place.machine),
    container: place?.container == null ? null : containerName(place.container, place.wsl),
    node: process.version,
    nativeSockets: network.nativeAbsent ?? 'present',
  };
}
