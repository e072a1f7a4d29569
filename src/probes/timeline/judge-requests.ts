import type { Code } from '../../model/code.js';
import { END_OF_STREAM, NOT_HTTP, RESET_CODES } from '../../model/failure-code.js';
import type { Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { cleanEcho } from './connections.js';
import type { Places } from './places.js';

/** From this share of bad answers on, the service is not there for its users. */
const FAILING_SHARE = 0.25;
/** An answer that does not come within several times of what the slowest other one took is none: it may be late else. */
const SILENT_TIMES = 4;

const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
/** RFC 6585 section 6: it is not the service that says so. */
const NETWORK_AUTHENTICATION_REQUIRED = 511;

/** One request to a target, on a connection of its own. Those whose connection did not open are not among them. */
interface Asked {
  /** When it was begun: milliseconds since 1970. */
  atMs: number;
  /** `null`: no answer came. */
  status: number | null;
  /** Why none came, in words. */
  why: string | null;
  /** How long it took to the first byte, or was waited for, at the most. */
  tookMs: number;
  silent: boolean;
  /** Id of the measurement. */
  measurement: string;
}

/**
 * `l7.requests`: was the same request answered alike each time, on one connection after the other. Good answers and errors of the server, or
 * good ones and none, and one of several servers is bad, or the service came or went just then. A line is there only where something was found;
 * what all of them met is said of the first.
 */
export function judgeRequests(places: Places, measurements: readonly Measurement[]): Check[] {
  return places.targets.flatMap(({ target, tracks }): Check[] => {
    const address = tracks[0]?.address;
    if (address === undefined) return [];
    const all = requestsOf(target, address, measurements);
    const slowestMs = Math.max(0, ...all.flatMap(({ status, tookMs }) => (status === null ? [] : [tookMs])));
    const isClean = cleanEcho(tracks, address) !== null;
    const asked = all.filter(({ silent, tookMs }) => !silent || (isClean && tookMs >= SILENT_TIMES * slowestMs));
    const verdict = verdictOn(asked, /^https?:/.test(target));
    if (verdict === null) return [];
    const { code, status, observed, bad } = verdict;
    const when = stretchesOf(asked, bad);
    return [
      {
        id: `l7.requests@${target}`,
        layer: 7,
        title: 'requests',
        target,
        status,
        code,
        observed,
        expected: 'all are answered alike',
        remedy: null,
        because: null,
        measurements: asked.map(({ measurement }) => measurement),
        basis: 'stated',
        ...(code === 'http-rate-limited' ? {} : { when }),
      },
    ];
  });
}

interface Verdict {
  code: Code;
  status: 'warn' | 'fail';
  observed: string;
  bad: ReadonlySet<Asked>;
}

/** @param isPage whether it was asked for by its URL; of a front page that nobody asked for, that there is none says nothing */
function verdictOn(asked: readonly Asked[], isPage: boolean): Verdict | null {
  const among = (is: (one: Asked) => boolean) => asked.filter(is);
  const limited = among(({ status }) => status === TOO_MANY_REQUESTS);
  const good = among(({ status }) => status !== null && status < 500 && status !== TOO_MANY_REQUESTS);
  if (good.length === 0 || asked.some(({ status }) => status === NETWORK_AUTHENTICATION_REQUIRED)) return null;
  const [others, count] = [statusesOf(good), asked.length];
  if (limited.length > 0) {
    const observed = `${TOO_MANY_REQUESTS} for ${limited.length} of ${count} requests, ${others} for the others`;
    return { code: 'http-rate-limited', status: 'warn', observed, bad: new Set(limited) };
  }
  const errors = among(({ status }) => status !== null && status >= 500);
  const unanswered = among(({ status }) => status === null);
  const bad = new Set([...errors, ...unanswered]);
  if (bad.size === 0) return isPage ? verdictOnMissing(asked, good) : null;
  const status = bad.size >= FAILING_SHARE * asked.length ? 'fail' : 'warn';
  if (errors.length < unanswered.length) {
    const why = [...new Set(unanswered.flatMap((one) => one.why ?? []))].join(', ');
    const observed =
      errors.length === 0
        ? `${unanswered.length} of ${count} requests without an answer: ${why}; ${others} for the others`
        : `${unanswered.length} of ${count} requests without an answer: ${why}; ${statusesOf(errors)} for ${errors.length}, ${others} for the others`;
    return { code: 'connectivity-intermittent', status, observed, bad };
  }
  const observed =
    unanswered.length === 0
      ? `${statusesOf(errors)} for ${errors.length} of ${count} requests, ${others} for the others`
      : `${statusesOf(errors)} for ${errors.length} of ${count} requests, no answer for ${unanswered.length}, ${others} for the others`;
  return { code: 'http-status', status, observed, bad };
}

/** A page that is there at times: one of several servers does not have it. Other refusals can be meant for who asks again. */
function verdictOnMissing(asked: readonly Asked[], good: readonly Asked[]): Verdict | null {
  const missing = good.filter(({ status }) => status === NOT_FOUND);
  const found = good.filter(({ status }) => status !== null && status < 300);
  if (missing.length === 0 || found.length === 0 || missing.length + found.length < good.length) return null;
  const observed = `${NOT_FOUND} for ${missing.length} of ${asked.length} requests, ${statusesOf(found)} for the others`;
  return { code: 'http-status', status: 'warn', observed, bad: new Set(missing) };
}

/** `503`, `502/503`. */
function statusesOf(some: readonly Asked[]): string {
  return [...new Set(some.flatMap(({ status }) => status ?? []))].sort((a, b) => a - b).join('/');
}

/** From the first bad one of a row to the next that was answered well; `null` where none was. */
function stretchesOf(asked: readonly Asked[], bad: ReadonlySet<Asked>): { from: string; to: string | null }[] {
  const found: { from: string; to: string | null }[] = [];
  let open: { from: string; to: string | null } | null = null;
  for (const one of asked) {
    const at = new Date(one.atMs).toISOString();
    if (bad.has(one) && open === null) {
      open = { from: at, to: null };
      found.push(open);
    } else if (!bad.has(one) && open !== null) {
      open.to = at;
      open = null;
    }
  }
  return found;
}

function requestsOf(target: string, address: string, measurements: readonly Measurement[]): Asked[] {
  return measurements
    .filter((made): made is MeasurementOf<'phases'> => made.probe === 'phases' && made.target === target && made.data.address === address)
    .flatMap(requestOf)
    .sort((a, b) => a.atMs - b.atMs);
}

/** Several exchanges in one measurement have a judge of their own. */
function requestOf(made: MeasurementOf<'phases'>): Asked[] {
  const { id, attempt, method, data } = made;
  const atMs = Date.parse(made.startedAt);
  if (Number.isNaN(atMs) || data.count !== 1) return [];
  const asked = { atMs, status: data.httpStatus, why: null, tookMs: data.totalMs ?? made.durationMs, silent: false, measurement: id };
  if (data.httpStatus !== null) return [asked];
  if (attempt.kind === 'failed') {
    const why = wordsFor(attempt);
    return why === null ? [] : [{ ...asked, why }];
  }
  // At a port without a scheme other connections are held meanwhile, to hear a first word: a small server lets the others wait.
  if (attempt.kind !== 'unanswered' || attempt.step === 'connect' || method === 'tcp') return [];
  return [{ ...asked, why: 'nothing came', silent: true, tookMs: attempt.waitedMs }];
}

/** What became of a connection that opened; `null` where it is a matter of the way, or of this machine. */
function wordsFor({ step, code }: { step: string; code: string }): string | null {
  if (step !== 'connect' && step !== 'handshake' && step !== 'response') return null;
  if (RESET_CODES.has(code)) return 'the connection was reset';
  if (step === 'connect') return null;
  if (code === END_OF_STREAM) return 'the connection was closed';
  return code === NOT_HTTP ? 'no HTTP came' : null;
}
