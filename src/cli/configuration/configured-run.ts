import { basename } from 'node:path';
import { type Budget, type Policy, withBudget, withExpectedRates } from '../../model/policy.js';
import type { TargetProbeOptions } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { RunRequest } from '../../run/request.js';
import { UsageError } from '../usage-error.js';
import { withBudgets } from './budgets.js';
import { type Configuration, type ConfiguredTarget, policyNamed } from './configuration.js';
import { offeredOptions } from './offered-options.js';
import { isCallers } from './precedence.js';
import type { Settings } from './settings.js';

type Request = Omit<RunRequest, 'deadlineMs'>;

/** What the command line says that a file can say of a single target too. */
export interface GivenForAll {
  /** `--budget`. */
  budget: Budget | undefined;
  /** `--ports` or `--top`. */
  ports: boolean;
  /** `--expect-down`, `--expect-up`, in Mbit/s. Absent: neither. */
  rates?: { down: number | undefined; up: number | undefined };
}

/**
 * The run with what the configuration says of each of its targets: name and labels, the policy, and what it must offer. A target of the
 * configuration is meant wherever it is measured, by its name or as it is written.
 *
 * @param expecting what the command makes of a target before it measures it, as a port that it adds
 */
export function configuredRun(request: Request, settings: Settings, given: GivenForAll, expecting: (target: Target) => Target): Request {
  const { configuration } = settings;
  if (configuration === null || configuration.targets.length === 0) return request;
  const byId = new Map(configuration.targets.flatMap((entry) => idsOf(entry, expecting).map((id) => [id, entry] as const)));
  const policies = new Map<string, Policy>();
  const options = new Map<string, TargetProbeOptions>();
  const targets = request.targets.map((target) => {
    const entry = byId.get(target.id);
    if (entry === undefined) return target;
    const policy = policyOfTarget(entry, settings, given, configuration);
    if (policy !== null) policies.set(target.id, policy);
    const own = optionsOf(target, entry, request, policy, given);
    if (own !== null) options.set(target.id, own);
    return {
      ...target,
      ...(entry.name === null ? {} : { name: entry.name }),
      ...(Object.keys(entry.labels).length === 0 ? {} : { labels: entry.labels }),
    };
  });
  // The names of questions are those of hosts.
  for (const name of request.dns?.names ?? []) {
    const entry = configuration.targets.find(({ target }) => target.host === name);
    const policy = entry === undefined ? null : policyOfTarget(entry, settings, given, configuration);
    if (policy !== null) policies.set(name, policy);
  }
  return {
    ...request,
    targets,
    ...(policies.size === 0 ? {} : { policies }),
    ...(options.size === 0 ? {} : { optionsByTarget: options }),
  };
}

/** Under which a report can name it. */
function idsOf({ target }: ConfiguredTarget, expecting: (target: Target) => Target): string[] {
  try {
    return [expecting(target).id];
  } catch (error) {
    // The command cannot measure one of its kind, and it is none of this run.
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/**
 * The policy of one target where it is not that of all: the profile that the caller named, otherwise its own, otherwise that of all; then its
 * own budgets, and those of the caller.
 */
function policyOfTarget(entry: ConfiguredTarget, settings: Settings, given: GivenForAll, configuration: Configuration): Policy | null {
  const ownProfile = isCallers(settings.profile) ? null : entry.profile;
  const minimum = entry.offers.tls?.minimum ?? null;
  const budgeted = Object.keys(entry.budgets).length > 0;
  if (ownProfile === null && minimum === null && !budgeted) return null;
  const because = `${entry.name === null ? 'target' : `target ${entry.name}`} of ${basename(configuration.path)}`;
  const base = ownProfile === null ? settings.policy : policyNamed(ownProfile, configuration);
  const graded = withBudgets(base, entry.budgets, because);
  const policy = minimum === null ? graded : { ...graded, minimumTlsVersion: { version: minimum, because } };
  const rated = given.rates === undefined ? policy : withExpectedRates(policy, given.rates);
  return given.budget === undefined ? rated : withBudget(rated, given.budget);
}

function optionsOf(
  target: Target,
  entry: ConfiguredTarget,
  request: Request,
  policy: Policy | null,
  given: GivenForAll,
): TargetProbeOptions | null {
  const offered = offeredOptions(target, entry.offers, request, { ports: given.ports });
  const loss = policy === null ? null : lossOf(request, policy.lossRatio.acceptable);
  return offered === null && loss === null ? null : { ...offered, ...loss };
}

/** A loss is looked at until it is known on which side of the limit it is: of this target's. */
function lossOf({ loss }: Request, acceptableRatio: number): Pick<TargetProbeOptions, 'loss'> | null {
  if (loss === undefined || (loss.extend === undefined && loss.path === undefined)) return null;
  return {
    loss: {
      ...loss,
      ...(loss.extend === undefined ? {} : { extend: { ...loss.extend, decideRatio: acceptableRatio } }),
      ...(loss.path === undefined ? {} : { path: { acceptableRatio } }),
    },
  };
}

/** What stands for a configured name on the command line: the target as it is written, or its host alone. */
export function argumentFor(argument: unknown, settings: Settings, hostsAlone: boolean): unknown {
  const entry = settings.configuration?.targets.find(({ name }) => name !== null && name === argument);
  if (entry === undefined) return argument;
  return hostsAlone ? entry.target.host : entry.text;
}
