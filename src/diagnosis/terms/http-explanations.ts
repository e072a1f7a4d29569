import type { Code } from '../../model/code.js';
import type { Explanation } from '../explanation.js';
import { MAIN_STATUSES } from './http-statuses.js';
import { OTHER_STATUSES, type ShortStatus } from './http-statuses-more.js';

/** What holds for all statuses of a class (RFC 9110 section 15), where nothing more is to be said of one. */
const CLASSES: Readonly<Record<number, Pick<Explanation, 'causes' | 'tellApart' | 'remedies'> & { related: readonly Code[] }>> = {
  1: {
    causes: ['The normal course of a request: the final answer follows.'],
    tellApart: ['Another status follows on the same connection.'],
    remedies: ['Nothing.'],
    related: [],
  },
  2: {
    causes: ['The normal case: the service understood the request and did it.'],
    tellApart: ['The content type and the body show whether it is what was asked for.'],
    remedies: ['Nothing.'],
    related: ['http-body-mismatch'],
  },
  3: {
    causes: ['The service leads to another address, or to what the client has already.'],
    tellApart: ['`netdiag http URL` shows where it leads.'],
    remedies: ['Follow it.'],
    related: ['http-redirect-loop'],
  },
  4: {
    causes: ['The request, as the service sees it, is at fault.', 'A proxy or web firewall in front answers in place of the service.'],
    tellApart: ['The body and the `server` and `via` fields say who answers, and often why: `netdiag http URL`.'],
    remedies: [],
    related: ['http-status'],
  },
  5: {
    causes: ['The server, or what stands in front of it, is at fault.', 'It is overloaded, or was set up wrongly.'],
    tellApart: ['The body and the `server` and `via` fields say who answers, and often why: `netdiag http URL`.'],
    remedies: [],
    related: ['http-status'],
  },
};

function explanationOf(
  status: number,
  phrase: string,
  text: Omit<Explanation, 'term' | 'kind' | 'layer' | 'title' | 'numbers' | 'alsoCalled'>,
): Explanation {
  return {
    term: `http ${status}`,
    kind: 'http',
    layer: 7,
    title: phrase,
    numbers: [{ number: status, where: null }],
    alsoCalled: [phrase],
    ...text,
  };
}

function shortly([status, phrase, meaning, remedy]: ShortStatus): Explanation {
  const ofClass = CLASSES[Math.floor(status / 100)];
  if (ofClass === undefined) throw new RangeError(`${status} is of no class`);
  return explanationOf(status, phrase, { meaning, ...ofClass, remedies: remedy === undefined ? ofClass.remedies : [remedy] });
}

/** Statuses of HTTP, by number. */
export const HTTP_EXPLANATIONS: readonly Explanation[] = [
  ...MAIN_STATUSES.map(([status, phrase, meaning, causes, tellApart, remedies, related]) =>
    explanationOf(status, phrase, { meaning, causes, tellApart, remedies, related }),
  ),
  ...OTHER_STATUSES.map(shortly),
].sort((a, b) => (a.numbers?.[0]?.number ?? 0) - (b.numbers?.[0]?.number ?? 0));
