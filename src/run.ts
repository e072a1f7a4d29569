import { setMaxListeners } from 'node:events';
import { arch, hostname, platform, release } from 'node:os';
import type { Inquired } from './diagnosis/inquiry.js';
import type { Measurement } from './model/measurement.js';
import { containerName, virtualizationName } from './model/place-names.js';
import type { Report } from './model/report.js';
import { readSystemFile } from './net/machine/machine.js';
import { assembleReport } from './report/assemble.js';
import { Recorder } from './run/recorder.js';
import type { RunEnvironment, RunRequest } from './run/request.js';
import { Sweep } from './run/sweep.js';

/** After an interrupt or the deadline, probes have this long to hand over what they have. */
const GRACE_MS = 400;

/**
 * Runs what a command asked for, in two steps: each target is resolved once, then its probes run side by side with those of the others and of
 * the machine; then, where the request says so, what is left open is looked at more closely. Always gives a report, also when it is
 * interrupted or when time runs out: what was not finished says so.
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

  const sweep = new Sweep(request, bounded, recorder);
  const work = sweep.run().then(() => lookCloser(request, bounded, recorder, sweep));
  const inquired = await Promise.race([work, afterGrace(signal)]);
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
    targetsAreInstruments: request.targetsAreInstruments === true,
    checks: await sweep.judge(),
    inquired: inquired ?? [],
    // A probe that ends after the grace still writes into its own measurement: the report keeps what it was judged by.
    measurements: inquired === null ? structuredClone(recorder.measurements) : recorder.measurements,
  });
}

/** Loaded where it is asked for: most commands have one question, and its answer is all they say. */
async function lookCloser(request: RunRequest, environment: RunEnvironment, recorder: Recorder, sweep: Sweep): Promise<Inquired[]> {
  try {
    if (request.inquire === undefined || environment.signal.aborted) return [];
    const { inquire } = await import('./run/inquire.js');
    return await inquire(request, environment, recorder, sweep);
  } finally {
    await sweep.patient.end();
  }
}

function afterGrace(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const wait = () => setTimeout(() => resolve(null), GRACE_MS).unref();
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}

/** The machine that a report is of, as far as it is known from what was measured and from the system. */
export async function describeHost(
  { network }: Pick<RunEnvironment, 'network'>,
  measurements: readonly Measurement[],
): Promise<Report['host']> {
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
