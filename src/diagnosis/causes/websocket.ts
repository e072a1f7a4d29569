import type { CauseFacts } from '../cause.js';
import { commandWords } from '../command-words.js';
import { defineCauses, found, target, targetFirst, toTarget } from './phrases.js';

function webSocketUrl(facts: CauseFacts): string {
  return commandWords(facts).url.replace(/^("?)http/, '$1ws');
}

/** Layer 7: what becomes of a WebSocket once it is open. */
export const WEBSOCKET_CAUSES = defineCauses({
  'websocket-silent': {
    formOf: 'service-silent',
    title: 'The WebSocket is open and says nothing',
    meaning:
      'The upgrade succeeds, and then pings stay without the pong that RFC 6455 asks for, messages do not come back, or a stream brings nothing. The connection stands; what is behind it does not work.',
    causes: [
      'A proxy took the upgrade, and the program behind it hangs or is gone.',
      'The program blocks its event loop, and answers nothing meanwhile.',
      'A stream begins only behind a subscription message or a login that was not sent.',
      'There is nothing to send: a stream on a quiet channel.',
      'A device on the way holds back what comes after the upgrade.',
    ],
    cannotBeToldFrom: [
      { code: 'connectivity-intermittent', toldBy: 'whether new connections are answered at the same moment', ofBasis: ['silence'] },
      { code: 'mtu-blackhole', toldBy: 'whether small messages pass and large ones do not', ofBasis: ['silence'] },
    ],
    tellApart: [
      'Pings are answered and messages are not: the program. Neither: the proxy or the way.',
      'Past the proxy it works: the proxy.',
      'Over wss: it works and over ws: not: a device on the way.',
    ],
    remedies: [
      'Look at load and log of the program at that moment.',
      'Send what the service wants first: `netdiag http URL --message TEXT --listen 30s`.',
      'Raise the idle time-out of the proxy and let it pass frames on at once.',
    ],
    summary: (facts) => `The WebSocket${toTarget(facts)} opens, and what should come on it does not${found(facts)}.`,
    remedy: (facts) =>
      `Look at load and log of the program behind it; a stream can need its subscription first: netdiag http ${webSocketUrl(facts)} --message TEXT --listen 30s`,
  },

  'websocket-closed': {
    formOf: 'websocket-refused',
    title: 'The server closes the WebSocket',
    meaning:
      'The WebSocket opens, and the server ends it before we do. The close code says why (RFC 6455 section 7.4): 1001 going away, 1008 against its policy, 1011 an error of its own, 1012 a restart, 1013 overload; 1006 stands for an end without a close frame.',
    causes: [
      '1008: login, Origin, or too many messages or connections.',
      '1011: an error of the program. 1012 and 1013: a restart or overload.',
      '1006: a proxy or firewall cut the connection, or the program crashed.',
      'The service closes what does not subscribe or log in within a few seconds.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'tcp-reset', toldBy: 'whether a close frame came', ofBasis: ['silence'] },
      { code: 'http-rate-limited', toldBy: 'whether the reason names a limit', ofBasis: ['silence'] },
    ],
    tellApart: [
      'The reason behind the code is the words of the service.',
      'Always after the same time, 60 s as a rule: an idle time-out of a proxy.',
      'At once: login or subscription. After a message: that message.',
    ],
    remedies: [
      'Send login or subscription first, and no more messages than the service allows.',
      'For 1006 raise the time-out of the proxy (nginx: `proxy_read_timeout`), or ping more often than that.',
      'For 1011, 1012 and 1013 connect again later, each time after a longer pause.',
    ],
    summary: (facts) => `${targetFirst(facts)} closes the WebSocket${found(facts)}.`,
    remedy: () =>
      'Read code and reason: 1008 wants a login or fewer messages, 1011 to 1013 are the server, 1006 is a cut on the way or in a proxy.',
  },

  'websocket-protocol-error': {
    formOf: 'websocket-refused',
    title: 'The server breaks the rules of WebSocket',
    meaning:
      'What comes behind the upgrade is not what RFC 6455 allows: masked frames, an extension that was not agreed on, fragments out of order, text that is no UTF-8, a message beyond all measure. Clients end such a connection.',
    causes: [
      'A fault in the library or the program of the server.',
      'A proxy that compresses or changes frames.',
      'Something else than WebSocket behind a careless 101.',
      'Messages larger than clients take.',
    ],
    answered: true,
    tellApart: ['Past the proxy it works: the proxy.', 'The close code in the finding: 1002 the frames, 1007 the text, 1009 the size.'],
    remedies: ['Update the WebSocket library of the server.', 'Take the proxy out of the way, or switch its compression off.'],
    summary: (facts) => `What ${target(facts)} sends on the WebSocket breaks the rules of the protocol${found(facts)}.`,
    remedy: () => 'Update the WebSocket library of the server, and see whether it happens past the proxy too.',
  },
});
