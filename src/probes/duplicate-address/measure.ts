import { type Attempt, measured, type NotMeasured, reasonOf, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Claim, Network } from '../../net/port.js';
import { redundancyProtocol } from '../../wire/packets/link-address.js';
import type { KnownTarget, MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { nobodysAddress, type Question, questionsOf, ROUND_MS, ROUNDS } from './plan.js';
import { nextRound, type SearchState } from './search.js';

type Data = DataOf<'duplicate-address'>;

/** A name whose resolver is dead is not waited for: the links of the default routes are then those that count. */
const PATIENCE_MS = 900;

/** Asks the links of this machine who has its addresses, and that of its gateway. */
export async function measureDuplicateAddress(
  { options, host, targets }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'duplicate-address'>> {
  if (options.passive) return duplicateAddressNotTried(skipped('not asked, since nothing is to be sent'));
  const { questions, leftOut } = questionsOf(host, await knownInTime(targets(), network, signal), options.scope);
  if (signal.aborted) return duplicateAddressNotTried(skipped('interrupted'));
  if (questions.length === 0) return duplicateAddressNotTried(skipped('there is no address to ask for'));
  const groups = groupsOf(questions);
  const startMs = network.clock.nowMs();
  const searched = await Promise.all(groups.map((group) => search(group, nobodysAddress(host, group.family), network, signal)));
  const answered = searched.filter(({ refusal }) => refusal === null);
  const refusals = searched.flatMap(({ refusal }) => refusal ?? []);
  const absent = groups.flatMap(({ interface: name, questions: asked }, index) => {
    const refusal = searched[index]?.refusal;
    return refusal == null
      ? []
      : [{ fact: `who else has ${asked.map(({ address }) => address).join(', ')} (${name})`, because: reasonOf(refusal) }];
  });
  if (leftOut > 0) absent.push({ fact: 'who else has the other addresses', because: `${leftOut} more were not asked for` });
  return {
    attempt: answered.length > 0 ? measured(null) : (worst(refusals) ?? skipped('there is no address to ask for')),
    method: answered.length > 0 ? 'link' : null,
    data: {
      addresses: searched.flatMap(({ addresses }) => addresses),
      waitedMs: answered.length === 0 ? null : network.clock.nowMs() - startMs,
      absent,
    },
  };
}

async function knownInTime(
  known: Promise<readonly KnownTarget[]>,
  { clock }: Network,
  signal: AbortSignal,
): Promise<readonly KnownTarget[]> {
  const isKnown = new AbortController();
  const late = clock.sleep(PATIENCE_MS, AbortSignal.any([signal, isKnown.signal])).then((): KnownTarget[] => []);
  try {
    return await Promise.race([known, late]);
  } finally {
    isKnown.abort();
  }
}

export function duplicateAddressNotTried(attempt: Attempt<null>): Observation<'duplicate-address'> {
  return { attempt, method: null, data: { addresses: [], waitedMs: null, absent: [] } };
}

interface Group {
  interface: string;
  family: 4 | 6;
  questions: Question[];
}

function groupsOf(questions: readonly Question[]): Group[] {
  const groups = new Map<string, Group>();
  for (const question of questions) {
    const key = `${question.family} ${question.interface}`;
    const known = groups.get(key) ?? { interface: question.interface, family: question.family, questions: [] };
    known.questions.push(question);
    groups.set(key, known);
  }
  return [...groups.values()];
}

/** A right that is missing says more than a link without neighbours, and a fault more than both. */
function worst(refusals: readonly NotMeasured[]): NotMeasured | null {
  const kinds = ['failed', 'root', 'native-sockets', 'link', ''];
  const rank = (refusal: NotMeasured) =>
    kinds.indexOf(refusal.kind === 'unavailable' ? refusal.capability : refusal.kind === 'failed' ? 'failed' : '');
  return [...refusals].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

async function search(
  { interface: name, family, questions }: Group,
  nobodys: string | null,
  network: Network,
  signal: AbortSignal,
): Promise<{ addresses: Data['addresses']; refusal: NotMeasured | null }> {
  const addresses = questions.map(({ address }) => address);
  const own = new Set(questions.flatMap(({ address, owner }) => (owner === 'self' ? [address] : [])));
  const claims: Claim[] = [];
  let senders: Readonly<Record<string, string>> = {};
  let state: SearchState = { addresses, rounds: 0, suspect: false, nobodys, nobodysAsked: false };
  for (let round = nextRound(state); round !== null; round = nextRound(state)) {
    const heard = await network.links.claimants({ interface: name, family, addresses: round.addresses, waitMs: ROUND_MS, signal });
    if (heard.kind !== 'measured') {
      // What was heard before it stays heard.
      if (state.rounds === 0 || heard.kind === 'skipped') return { addresses: [], refusal: heard };
      break;
    }
    // Who speaks for another, as proxies do, does not hold it; speaking for this machine harms nobody.
    claims.push(...heard.value.claims.filter(({ address, asHolder }) => asHolder || !own.has(address)));
    senders = { ...senders, ...heard.value.senders };
    state = {
      ...state,
      rounds: state.rounds + 1,
      suspect: isSuspect(questions, claims),
      nobodysAsked: state.nobodysAsked || round.withNobodys,
    };
  }
  const anything = new Set(claims.filter(({ address }) => address === nobodys).map(({ linkAddress }) => linkAddress));
  const sent = Math.min(state.rounds, ROUNDS);
  return {
    addresses: questions.map(({ address, owner }) => ({
      address,
      interface: name,
      owner,
      protocol: family === 4 ? 'arp' : 'ndp',
      askedFrom: senders[address] ?? null,
      sent,
      claimants: claimantsOf(address, claims).map((claimant) => ({
        ...claimant,
        redundancy: redundancyProtocol(claimant.linkAddress),
        claimsAnything: state.nobodysAsked ? anything.has(claimant.linkAddress) : null,
      })),
    })),
    refusal: null,
  };
}

function claimantsOf(address: string, claims: readonly Claim[]): { linkAddress: string; answers: number }[] {
  const answers = new Map<string, number>();
  for (const claim of claims) {
    if (claim.address === address) answers.set(claim.linkAddress, (answers.get(claim.linkAddress) ?? 0) + claim.count);
  }
  return [...answers].map(([linkAddress, count]) => ({ linkAddress, answers: count }));
}

/** An own address that anybody claims, or a gateway's that several do. */
function isSuspect(questions: readonly Question[], claims: readonly Claim[]): boolean {
  return questions.some(({ address, owner }) => claimantsOf(address, claims).length > (owner === 'self' ? 0 : 1));
}
