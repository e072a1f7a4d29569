import { offerOf, suitesFor } from './candidates.js';
import { emptyFacts, type Facts } from './facts.js';
import { findGroupsBelow13, findGroupsOf13, findSchemesOf13 } from './groups-task.js';
import { askByKinds } from './kinds-task.js';
import { PROTOCOLS, type Protocol } from './question.js';
import { type Inquest, settle } from './settle.js';
import { findSuites, open, proveRefusals } from './suites-task.js';
import { all, Inquiry, type Task } from './task.js';

/** An enumeration under way: `inquiry` hands out the questions and takes the answers, `facts` is what they say. */
export interface Enumeration {
  inquiry: Inquiry;
  facts: Facts;
}

/** Newest first. */
const OLDER: readonly Protocol[] = ['TLSv1.2', 'TLSv1.1', 'TLSv1', 'SSLv3'];
/** TLS_FALLBACK_SCSV is answered so (RFC 7507 section 3). */
const INAPPROPRIATE_FALLBACK = 86;

/**
 * Finds out what a server accepts, question by question. Pure: the same answers lead to the same questions.
 *
 * @param shareGroups groups of which key shares can be sent
 */
export function startEnumeration(shareGroups: readonly number[]): Enumeration {
  const facts = emptyFacts();
  const inquest: Inquest = {
    facts,
    control: null,
    closesToRefuse: false,
    surelyClosesToRefuse: false,
    sendsAlerts: false,
    closesByChance: false,
    troubles: 0,
    shortLists: new Set(),
  };
  return { facts, inquiry: new Inquiry(everything(inquest, shareGroups)) };
}

function* everything(inquest: Inquest, shareGroups: readonly number[]): Task {
  yield* all([ofTls13(inquest, shareGroups), ...OLDER.map((protocol) => ofOlder(inquest, protocol)), ofSsl2(inquest)]);
  // Groups of the versions below TLS 1.2 are those of TLS 1.2 where that is spoken: the curves are one setting.
  const { protocols } = inquest.facts;
  const eldest = (['TLSv1.1', 'TLSv1'] as const).find((protocol) => protocols[protocol].supported === true);
  if (eldest !== undefined && protocols['TLSv1.2'].supported !== true)
    yield* labelled(inquest.facts, `${eldest}, groups`, findGroupsBelow13(inquest, eldest, {}));
  const inLongLists = OLDER.filter((protocol) => protocols[protocol].supported === true && !inquest.shortLists.has(protocol));
  yield* all([labelled(inquest.facts, 'cipher suites at the end of long lists', proveRefusals(inquest, inLongLists)), fallback(inquest)]);
}

function* ofSsl2(inquest: Inquest): Task {
  const { facts } = inquest;
  const known = facts.protocols.SSLv2;
  facts.open.add('SSLv2');
  const answer = yield* settle(inquest, offerOf('SSLv2', []));
  facts.open.delete('SSLv2');
  if (answer.kind === 'unsettled') facts.unsettled.add(`SSLv2: ${answer.because}`);
  else known.supported = answer.kind === 'ssl2';
  if (answer.kind === 'ssl2') facts.ssl2Kinds = answer.ciphers;
}

function* ofOlder(inquest: Inquest, protocol: Protocol): Task {
  const { facts } = inquest;
  facts.open.add(protocol);
  const opening = yield* open(inquest, protocol);
  facts.open.delete(protocol);
  if (opening.kind === 'shut') return;
  const tasks = [labelled(facts, `${protocol}, cipher suites`, findSuites(inquest, protocol, opening))];
  if (protocol === 'TLSv1.2')
    tasks.push(labelled(facts, `${protocol}, groups and signatures`, findGroupsBelow13(inquest, protocol, opening.manner)));
  yield* all(tasks);
  if (protocol === 'TLSv1.2') yield* labelled(facts, `${protocol}, kinds of certificates`, askByKinds(inquest, protocol, opening.manner));
}

function* ofTls13(inquest: Inquest, shareGroups: readonly number[]): Task {
  const { facts } = inquest;
  facts.open.add('TLSv1.3');
  const opening = yield* open(inquest, 'TLSv1.3');
  facts.open.delete('TLSv1.3');
  if (opening.kind === 'shut') return;
  yield* all([
    labelled(facts, 'TLSv1.3, cipher suites', findSuites(inquest, 'TLSv1.3', opening)),
    labelled(facts, 'TLSv1.3, groups', findGroupsOf13(inquest, opening.manner)),
    labelled(facts, 'TLSv1.3, signature schemes', findSchemesOf13(inquest, shareGroups)),
  ]);
}

/** What is still open when the connections run out is told by its name. */
function* labelled(facts: Facts, label: string, task: Task): Task {
  facts.open.add(label);
  yield* task;
  facts.open.delete(label);
}

/** The highest version but one, by a client that says that it has tried a higher one: a server that knows better refuses it. */
function* fallback(inquest: Inquest): Task {
  const { facts } = inquest;
  const accepted = PROTOCOLS.slice(1).filter((protocol) => facts.protocols[protocol].supported === true);
  const lower = accepted[accepted.length - 2];
  if (lower === undefined) return;
  const suites = [...facts.protocols[lower].suites];
  const answer = yield* settle(inquest, offerOf(lower, suites.length > 0 ? suites : suitesFor(lower), { fallback: true }));
  if (answer.kind === 'unsettled') facts.unsettled.add(`downgrade signal: ${answer.because}`);
  else if (answer.kind === 'refused') facts.fallbackSignal = answer.alert === INAPPROPRIATE_FALLBACK ? true : null;
  else facts.fallbackSignal = false;
}
