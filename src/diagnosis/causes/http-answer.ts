import { commandWords } from '../command-words.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

/** Layer 7: what is wrong with an answer whose status is well, and with the redirects that lead to it. */
export const HTTP_ANSWER_CAUSES = defineCauses({
  'http-header-mismatch': {
    title: 'A header has another value than it must',
    meaning:
      'The answer has the header that is required, but with another value than was asked for, or with one that has no effect, as a `Strict-Transport-Security` of a few minutes (RFC 6797).',
    causes: [
      'An old value is left in the configuration of the server or of a proxy in front.',
      'Several places set the header, and the first or the last one wins.',
      'A trial value with a short life was never raised.',
    ],
    answered: true,
    tellApart: [
      'Past the proxy the value is right: the proxy changes it.',
      'Pages have the right value, and only redirects or errors have not: the configuration covers some answers only.',
    ],
    remedies: [
      'Set the header in one place, in nginx with `always`, and look at the answer again.',
      'Correct what was required, where the service is right.',
    ],
    summary: (facts) => `A header of ${target(facts)} has another value than it must${found(facts)}.`,
    remedy: (facts) => `Set the header in one place, then look again: netdiag http ${commandWords(facts).url}`,
  },

  'http-header-forbidden': {
    title: 'A header is there that must not be',
    meaning:
      'The answer carries a header that was forbidden, for example one that names the software and its version. The service works; it tells more than it should.',
    causes: [
      'The server or framework sends the header unless it is told not to.',
      'A proxy in front passes on what the program behind it sets.',
      'A setting for development is left on.',
    ],
    answered: true,
    tellApart: [
      'Static files have it too: the server. Only pages of the program have it: the framework.',
      'Past the proxy it is missing: the proxy adds it.',
    ],
    remedies: [
      'Switch the header off where it is made, for example with `server_tokens off;` in nginx.',
      'Remove it in the proxy in front, for example with `proxy_hide_header`.',
    ],
    summary: (facts) => `${targetFirst(facts)} sends a header that must not be there${found(facts)}.`,
    remedy: (facts) => `Switch the header off where it is made, then look again: netdiag http ${commandWords(facts).url}`,
  },

  'http-body-mismatch': {
    title: 'The answer has other content than expected',
    meaning:
      'The service answers with a good status, but its body lacks the text, the match or the JSON value that was asked for. So something answers in place of what was meant, or the service itself says that it is not well.',
    causes: [
      'A health endpoint reports a part that is down, with status 200.',
      'A login page, an error page or a maintenance page is sent with status 200.',
      'Another server or version answers: wrong virtual host, DNS or proxy.',
      'The content has changed, and the expectation has not.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'captive-portal', toldBy: 'whether plain http: pages lead to a login page', ofBasis: ['silence'] },
      { code: 'dns-hijacked', toldBy: 'whether other resolvers give the same address', ofBasis: ['silence'] },
    ],
    tellApart: [
      'The content type and the size say what kind of page it is: HTML where JSON was expected is an error page.',
      'The `server` and `via` headers say who answered.',
      'With a login the content is right: the page wants one.',
    ],
    remedies: [
      'Read the body that comes, and repair the part that it names.',
      'Correct path, host or login of the request.',
      'Correct the expectation.',
    ],
    summary: (facts) => `${targetFirst(facts)} answers with other content than expected${found(facts)}.`,
    remedy: (facts) => `Read what comes: curl -sS ${commandWords(facts).url}`,
  },

  'http-body-incomplete': {
    formOf: 'http-slow',
    title: 'The body of the answer does not come whole',
    meaning:
      'Status and header fields came, and the body broke off ahead of its announced end, or had not ended when the time was over. A client would show half a page, or wait.',
    causes: [
      'The program or the proxy crashed or ran into a time-out of its own while it sent.',
      'Content-Length says more than is sent.',
      'A stream that never ends by design, such as server-sent events.',
      'A slow or lossy path (see loss-upstream), or a path that swallows large packets (see mtu-blackhole).',
    ],
    cannotBeToldFrom: [
      { code: 'mtu-blackhole', toldBy: 'whether segments of full size get through', ofBasis: ['silence'] },
      { code: 'tcp-reset', toldBy: 'whether the connection was reset', ofBasis: ['silence'] },
    ],
    tellApart: [
      'It always breaks off at the same byte: the length is wrong, or a limit of a proxy. At another each time: crash, time-out or network.',
      'Small answers of the same server come whole: the network, or the size.',
      '`content-type: text/event-stream` is a stream by design.',
    ],
    remedies: [
      'Read the log of the server and of its proxy at that moment.',
      'Raise the time-outs of the proxy, or send less at once.',
      'For a large file give it more time with --timeout.',
    ],
    summary: (facts) => `The answer of ${target(facts)} does not come whole${found(facts)}.`,
    remedy: (facts) =>
      `Read the log of the server, and of a proxy ahead of it, at that moment; whether it always ends at the same byte shows in: netdiag http --count 3 ${commandWords(facts).url}`,
  },

  'http-body-undecodable': {
    title: 'The body of the answer cannot be unpacked',
    meaning:
      'The answer says that its body is compressed, and it is not, or in a way that was not offered, or it would grow beyond all measure when unpacked. Browsers show an error, or garbage.',
    causes: [
      'The body is compressed twice, or not at all, and the field says otherwise.',
      'A proxy changes the body and leaves the field.',
      'The server compresses without looking at what the client offers.',
      'The body was made to fill the memory of clients.',
    ],
    tellApart: [
      'With --no-compression the answer is well: only compressed answers are broken.',
      'Past the proxy it is well: the proxy changes it.',
    ],
    remedies: ['Let either the program or the proxy compress, not both.', 'Have a cache in front heed `Vary: Accept-Encoding`.'],
    summary: (facts) => `The answer of ${target(facts)} cannot be unpacked${found(facts)}.`,
    remedy: (facts) => `Ask for it uncompressed: netdiag http --no-compression ${commandWords(facts).url}`,
  },

  'http-redirect-loop': {
    formOf: 'http-status',
    title: 'The redirects do not come to an end',
    meaning:
      'The service redirects to an address that was asked already, or more often than is followed. Browsers say that there are too many redirects (RFC 9110 section 15.4).',
    causes: [
      'A proxy in front ends TLS and asks the program in plain text, which redirects to https: again.',
      'Two rules redirect to each other: with and without www, with and without a slash.',
      'The service wants a cookie that this client does not keep.',
    ],
    answered: true,
    cannotBeToldFrom: [{ code: 'captive-portal', toldBy: 'whether the redirects lead to a login page', ofBasis: ['silence'] }],
    tellApart: [
      'The chain in the report shows which two addresses alternate.',
      'The same address again and again: the scheme behind the proxy, or a cookie.',
    ],
    remedies: [
      'Have the proxy send `X-Forwarded-Proto`, and the program heed it.',
      'Keep one rule for the name, the scheme and the slash.',
    ],
    summary: (facts) => `The redirects of ${target(facts)} do not come to an end${found(facts)}.`,
    remedy: (facts) => `Look at the chain, and remove one of the two rules: netdiag http --max-redirects 3 ${commandWords(facts).url}`,
  },

  'http-redirect-downgrade': {
    title: 'A redirect leads from https: to http:',
    meaning:
      'A request over TLS is redirected to plain text, where everybody on the way can read and change it. netdiag sends no credentials there; browsers warn or refuse.',
    causes: [
      'The program behind a proxy does not know that the client came by TLS, and builds addresses with http:.',
      'A redirect was written by hand with http:.',
      'The other site has no TLS.',
    ],
    answered: true,
    tellApart: [
      'The host stays the same: the program does not know of the TLS of its proxy.',
      'The host is another: the address in the rule.',
    ],
    remedies: [
      'Have the proxy send `X-Forwarded-Proto`, and the program heed it.',
      'Write the redirect with https:, or without a scheme and host.',
      'Send `Strict-Transport-Security`, so that browsers do not follow it in plain text.',
    ],
    summary: (facts) => `${targetFirst(facts)} redirects from https: to http:, which is not encrypted${found(facts)}.`,
    remedy: (facts) => `Correct the redirect to https:, then look again: netdiag http ${commandWords(facts).url}`,
  },

  'http-redirect-invalid': {
    formOf: 'http-status',
    title: 'A redirect leads where no request can go',
    meaning:
      'The Location field of a redirect (RFC 9110 section 10.2.2) holds no address that HTTP can ask: another scheme such as file: or data:, a name or port that is none, an address that is no host, or more characters than an address has. Or the name in it does not exist.',
    causes: [
      'The address is put together from a variable that is empty or wrong.',
      'An application of a telephone or a desktop is meant, with a scheme of its own.',
      'What a user typed is sent back as the address: an open redirect.',
    ],
    answered: true,
    tellApart: [
      'The Location is the same for every request: the configuration. It depends on the query: the program.',
      'A scheme of its own, as in `myapp:`, is meant for a client that knows it.',
    ],
    remedies: [
      'Correct the rule or the variable from which the address is made.',
      'Accept only addresses of known hosts as targets of a redirect.',
    ],
    summary: (facts) => `${targetFirst(facts)} redirects where no request can go${found(facts)}.`,
    remedy: (facts) =>
      `Look at the Location field, and correct the rule that makes it: netdiag http --no-follow ${commandWords(facts).url}`,
  },
});
