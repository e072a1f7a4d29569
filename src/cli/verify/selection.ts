import type { ManifestCheck, Requirement, TestCase, VerifiedManifest } from '../../report/verify/manifest.js';
import { nearest } from '../nearest.js';
import { quotedValue } from '../quoted-value.js';
import { UsageError } from '../usage-error.js';

/**
 * The manifest with what is asked for and can be checked here.
 *
 * @throws UsageError as {@link selected} and {@link fromPlace} do, and for an id of which nothing would be left but what it needs
 */
export function chosen(manifest: VerifiedManifest, only: readonly string[], from: string | null): VerifiedManifest {
  const here = fromPlace(selected(manifest, only), from);
  const left = new Set(namesOfChecks(here).flatMap(({ names }) => names));
  const gone = only.find((id) => !left.has(id));
  if (gone === undefined || from === null) return here;
  const places = namesOfChecks(manifest).flatMap(({ names, check }) => (names.includes(gone) ? (check.from ?? []) : []));
  throw new UsageError(`--only ${quotedValue(gone)}: it is checked from ${[...new Set(places)].join(', ')}, and not from ${from}`);
}

/** Each check with the ids that it can be asked for by: its own, and those of its case and requirement. */
function namesOfChecks({ requirements }: VerifiedManifest): { check: ManifestCheck; names: string[] }[] {
  return requirements.flatMap(({ id, cases }) =>
    cases.flatMap((one) => one.checks.map((check) => ({ check, names: [id, one.id, check.id] }))),
  );
}

/**
 * The manifest with what these ids name alone: requirements, cases or single checks, and whatever cases those need.
 *
 * @param only empty: all of it
 * @throws UsageError for an id that there is not
 */
export function selected(manifest: VerifiedManifest, only: readonly string[]): VerifiedManifest {
  if (only.length === 0) return manifest;
  const cases = manifest.requirements.flatMap((requirement) => requirement.cases);
  const checks = cases.flatMap((one) => one.checks);
  const known = [...manifest.requirements, ...cases, ...checks].map(({ id }) => id);
  for (const id of only) {
    if (known.includes(id)) continue;
    const near = nearest(id, known);
    throw new UsageError(
      `--only ${quotedValue(id)}: there is no requirement, case or check of this id${near === null ? '' : `; did you mean ${near}?`}`,
    );
  }
  const wanted = new Set(only);
  const whole = new Set<string>();
  for (const requirement of manifest.requirements)
    for (const one of requirement.cases) if (wanted.has(requirement.id) || wanted.has(one.id)) whole.add(one.id);
  addNeeds(cases, whole, wanted);
  const requirements = manifest.requirements.flatMap((requirement): Requirement[] => {
    const kept = requirement.cases.flatMap((one) => part(one, whole, wanted));
    return kept.length === 0 ? [] : [{ ...requirement, cases: kept }];
  });
  return { ...manifest, requirements };
}

/**
 * The manifest with what can be checked from one place: its own checks, and those of no place in particular. What a case needs and is checked
 * elsewhere alone is not waited for; what that needs in turn is.
 *
 * @param from `null`: nobody said where this is. Then all of it must be of one place.
 * @throws UsageError where there is no such place, nothing is checked from it, or it would have to be known
 */
export function fromPlace(manifest: VerifiedManifest, from: string | null): VerifiedManifest {
  const checks = manifest.requirements.flatMap(({ cases }) => cases.flatMap((one) => one.checks));
  const places = [...new Set(checks.flatMap((check) => check.from ?? []))];
  if (from === null) {
    if (places.length <= 1) return manifest;
    throw new UsageError(`verify: its checks are made from ${places.join(', ')}: say with --from which of them this is`);
  }
  if (!places.includes(from)) {
    if (places.length === 0) throw new UsageError(`--from ${quotedValue(from)}: none of these checks says where it is made`);
    const near = nearest(from, places);
    const known = near === null ? `they are made from ${places.join(', ')}` : `did you mean ${near}?`;
    throw new UsageError(`--from ${quotedValue(from)}: none of these checks is made from there; ${known}`);
  }
  const here = manifest.requirements.flatMap((requirement): Requirement[] => {
    const cases = requirement.cases.flatMap((one): TestCase[] => {
      const kept = one.checks.filter((check) => check.from === null || check.from === from);
      return kept.length === 0 ? [] : [{ ...one, checks: kept }];
    });
    return cases.length === 0 ? [] : [{ ...requirement, cases }];
  });
  const kept = new Set(here.flatMap(({ cases }) => cases.map(({ id }) => id)));
  const needsOf = new Map(manifest.requirements.flatMap(({ cases }) => cases.map(({ id, needs }) => [id, needs] as const)));
  const requirements = here.map((requirement) => ({
    ...requirement,
    cases: requirement.cases.map((one) => ({ ...one, needs: neededHere(one, kept, needsOf) })),
  }));
  return { ...manifest, requirements };
}

/** In place of a case that is not kept stands what it needs. There is no cycle. */
function neededHere({ needs }: TestCase, kept: ReadonlySet<string>, needsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const needed = new Set<string>();
  // A set takes in what is added while it is gone through.
  const waiting = new Set(needs);
  for (const id of waiting) {
    if (kept.has(id)) needed.add(id);
    else for (const behind of needsOf.get(id) ?? []) waiting.add(behind);
  }
  return [...needed];
}

/** What a case needs is needed whole, and what that needs too. */
function addNeeds(cases: readonly TestCase[], whole: Set<string>, wanted: ReadonlySet<string>): void {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const waiting = cases.filter((one) => whole.has(one.id) || one.checks.some(({ id }) => wanted.has(id))).flatMap(({ needs }) => needs);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (whole.has(id)) continue;
    whole.add(id);
    waiting.push(...(byId.get(id)?.needs ?? []));
  }
}

function part(one: TestCase, whole: ReadonlySet<string>, wanted: ReadonlySet<string>): TestCase[] {
  if (whole.has(one.id)) return [one];
  const checks = one.checks.filter(({ id }) => wanted.has(id));
  return checks.length === 0 ? [] : [{ ...one, checks }];
}
