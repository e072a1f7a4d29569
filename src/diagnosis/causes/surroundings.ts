import { commandWords, onPlatform } from '../command-words.js';
import { keepTime } from '../machine-commands.js';
import { BEHIND_PROXY } from './effects.js';
import { defineCauses, forTarget, found, throughInterface, toTarget } from './phrases.js';

/** Layer 7: what the services of this machine's surroundings do to every application: proxies, time, capacity. */
export const SURROUNDINGS_CAUSES = defineCauses({
  'proxy-unreachable': {
    title: 'The proxy cannot be reached',
    meaning:
      'This machine is configured to go out through a proxy, and no connection to that proxy can be made. Programs that use it fail for every target, those that go directly may work.',
    causes: [
      "The setting belongs to another network (the company's proxy, at home).",
      'The name or port of the proxy is wrong, or has changed.',
      'The proxy is down, or a VPN is needed to reach it.',
      'A local proxy program (debugging, filtering) that is no longer running.',
    ],
    explains: [BEHIND_PROXY],
    against: [{ kinds: ['l7.proxy'], of: 'other', says: 'another target is reached through a proxy' }],
    cannotBeToldFrom: [
      { code: 'firewall-blocks', toldBy: 'whether a rule of this machine covers the port of the proxy', ofBasis: ['silence'] },
      { code: 'route-wrong', toldBy: 'which way the kernel takes to the proxy', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`env` shows HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; some programs read the settings of the system instead.',
      'Without the proxy (`curl --noproxy "*" URL`) it works: the setting is superfluous here.',
      'Refused at once: nothing listens there. Silence: the way to it.',
    ],
    remedies: [
      'Remove the setting on networks that need no proxy, or correct it.',
      'Connect the VPN, where the proxy stands behind it.',
      'Use an automatic configuration (PAC) that tells networks apart.',
    ],
    summary: (facts) => `The configured proxy${forTarget(facts)} cannot be reached${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Check whether this network needs a proxy, and that name and port are right: env | grep -i proxy',
        darwin: 'Check whether this network needs a proxy, and that name and port are right: scutil --proxy',
        win32: 'Check whether this network needs a proxy, and that name and port are right: netsh winhttp show proxy',
      }),
  },

  'proxy-refused': {
    title: 'The proxy refuses',
    meaning:
      'The proxy answers, and does not pass the connection on: 407 wants a login, 403 forbids the target or port (RFC 9110); a SOCKS proxy says it by a reply code (RFC 1928).',
    causes: [
      'The proxy wants a user name and password, and got none or wrong ones.',
      'The target, its category or its port is not permitted.',
      'The proxy permits CONNECT to port 443 only.',
      'An inner target that should not go through the proxy at all (NO_PROXY).',
    ],
    explains: [BEHIND_PROXY],
    against: [{ kinds: ['l7.proxy'], of: 'same', says: 'the proxy opened the way to it' }],
    cannotBeToldFrom: [
      {
        code: 'http-unauthorized',
        toldBy: 'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)',
        ofBasis: ['silence'],
      },
      {
        code: 'http-status',
        toldBy: 'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)',
        ofBasis: ['silence'],
      },
    ],
    tellApart: [
      '407: login. 403: rule. 502 or 504: the proxy itself does not reach the target.',
      'Port 443 of the same host works: a rule about ports.',
      'The body of the answer often names the rule.',
    ],
    remedies: [
      'Give the login where the program takes it; keep it out of command lines, which others can read.',
      'Ask the operator to permit target and port.',
      'Add inner names to NO_PROXY.',
    ],
    summary: (facts) => `The proxy answers but refuses the connection${toTarget(facts)}${found(facts)}.`,
    remedy: () =>
      '407 wants a login; for 403 or a SOCKS refusal, ask the operator of the proxy to permit the target, or add inner names to NO_PROXY.',
  },

  'proxy-silent': {
    formOf: 'proxy-unreachable',
    title: 'The proxy takes the connection and does not answer',
    meaning:
      'A connection to the proxy opens, and what it is asked for gets no whole answer: nothing comes, or the connection is closed or breaks off, be it behind its word that the way is open, while the direct way works. Programs that use the proxy hang until their time-out.',
    causes: [
      'The proxy is overloaded, or hangs in the check of a login against a directory.',
      'It waits itself for a destination that does not answer.',
      'A load balancer or a forwarded port takes the connections, and nothing is behind it.',
      'It expects TLS (`https`), and is spoken to without.',
    ],
    explains: [BEHIND_PROXY],
    against: [{ kinds: ['l7.proxy'], of: 'other', says: 'the proxy opened the way to another target' }],
    cannotBeToldFrom: [
      { code: 'mtu-blackhole', toldBy: 'whether segments of full size get through to the proxy', ofBasis: ['silence'] },
      { code: 'proxy-not-spoken', toldBy: 'whether it answers another protocol', ofBasis: ['silence'] },
    ],
    tellApart: [
      'Every destination hangs: the proxy. One does: the way from the proxy to that one.',
      'Its setting begins with http:// and its port is 443 or 8443: try https://.',
      'The log of the proxy shows whether the request came in.',
    ],
    remedies: [
      'Have the operator of the proxy look at its load and its log at that moment.',
      'Correct kind and port of the proxy in the setting.',
    ],
    summary: (facts) => `The proxy takes the connection but gives no answer${forTarget(facts)}${found(facts)}.`,
    remedy: () => 'Check kind and port of the proxy in its setting, then have its operator look at its load and log.',
  },

  'proxy-not-spoken': {
    formOf: 'proxy-refused',
    title: 'What answers is no proxy of that kind',
    meaning:
      'At the address of the proxy something answers, but not as the kind of proxy that the setting names: not HTTP to CONNECT, not SOCKS 5, or no TLS with an `https` proxy.',
    causes: [
      'The kind is wrong: socks5:// for an HTTP proxy, http:// for a SOCKS one, https:// for one without TLS.',
      'The port is that of another service.',
      'The proxy speaks SOCKS 4 only.',
    ],
    explains: [BEHIND_PROXY],
    against: [{ kinds: ['l7.proxy'], of: 'other', says: 'the proxy opened the way to another target' }],
    cannotBeToldFrom: [
      { code: 'service-unexpected', toldBy: 'whether the first bytes are those of another service', ofBasis: ['silence'] },
    ],
    tellApart: [
      '3128 and 8080 are mostly HTTP proxies, 1080 and 9050 mostly SOCKS.',
      'An HTTP proxy answers a SOCKS greeting by a status 400; a SOCKS proxy answers CONNECT by closing the connection.',
    ],
    remedies: [
      'Correct the scheme and the port of the proxy in the setting.',
      'Ask the operator which kinds of proxy are there, and at which ports.',
    ],
    summary: (facts) => `What answers at the address of the proxy${forTarget(facts)} does not speak as one of that kind${found(facts)}.`,
    remedy: () => 'Correct the scheme (http, https, socks5, socks5h) or the port of the proxy in its setting.',
  },

  'proxy-untrusted': {
    formOf: 'cert-untrusted',
    title: 'The certificate of the proxy does not hold',
    meaning:
      'The proxy is spoken to over TLS, and its certificate is not trusted or is for another name. Nothing is sent to it then, since whoever stands there would read the login and see all destinations.',
    causes: [
      "The proxy has a certificate of the company's own authority, which this machine does not know.",
      'The setting names it by address or by another name than its certificate has.',
      'Something else answers in its place.',
    ],
    explains: [BEHIND_PROXY],
    cannotBeToldFrom: [
      { code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] },
      { code: 'clock-skew', toldBy: 'whether the clock of this machine is right', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`netdiag tls HOST:PORT` of the proxy shows its chain and names.',
      'Other machines of the company trust it: its authority is missing here.',
    ],
    remedies: ['Install the certificate of that authority on this machine, or give it by --ca.', 'Name the proxy as its certificate does.'],
    summary: (facts) => `The certificate of the proxy${forTarget(facts)} is not trusted, or is for another name${found(facts)}.`,
    remedy: () => 'Install the certificate of the authority of the proxy, or name the proxy as its certificate does.',
  },

  'clock-skew': {
    title: 'The clock of this machine is wrong',
    meaning:
      'The clock differs from the real time by more than is harmless. Certificates then look expired or not yet valid, tokens and signed requests are refused, and logs cannot be compared. The network itself is well.',
    causes: [
      'No time service is running, or it reaches no server: NTP uses UDP port 123 (RFC 5905), which a firewall may block.',
      'A virtual machine or laptop that was suspended; WSL2 after sleep.',
      'The battery of the clock is empty.',
      'The time was set by hand, or the time zone was corrected in place of the time.',
    ],
    explains: [
      // It is wrong since nobody keeps it.
      { kinds: ['*'], codes: ['clock-unsynchronized'], shownBy: 'either', answersToo: true },
    ],
    answered: 'but-for-itself',
    against: [{ kinds: ['l7.clock'], of: 'other', says: 'another service has the time of this machine' }],
    cannotBeToldFrom: [{ code: 'time-servers-disagree', toldBy: 'whether several time servers agree', ofBasis: ['silence'] }],
    tellApart: [
      '`timedatectl` shows whether the clock is synchronised (macOS: `sudo systemsetup -getusingnetworktime`; Windows: `w32tm /query /status`).',
      'Off by whole hours: the time zone or a second operating system. By minutes: drift without synchronisation. By years: the battery.',
    ],
    remedies: [
      'Turn synchronisation on: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, as administrator: `w32tm /resync`).',
      'A time service that runs approaches the right time slowly: chrony steps at once by `sudo chronyc makestep`.',
      'Allow UDP port 123 outbound, or use the time server of this network.',
    ],
    // What a service says of the time shows a difference, and not which of the two is wrong.
    summary: (facts) =>
      facts.target === null
        ? `The clock of this machine is wrong${found(facts)}.`
        : `The clock of this machine or that of the service is wrong${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: keepTime(facts, 'Turn the synchronisation of the clock on'),
        darwin: 'Turn the synchronisation of the clock on: sudo systemsetup -setusingnetworktime on',
        win32: 'Set the clock by network time, as administrator: w32tm /resync',
      }),
  },

  'bandwidth-low': {
    title: 'The line carries less than it should',
    meaning:
      'The measured throughput is below what was expected. One measurement shows what was free at that moment on the narrowest part of the way, which need not be the line of the provider.',
    causes: [
      'Other traffic on the same line during the measurement.',
      'Wi-Fi, or a cable that negotiated 100 Mbit/s in place of 1 Gbit/s.',
      'Packet loss or a long round trip, which hold one TCP connection back.',
      'A VPN, a proxy or a slow processor on the way.',
      'Congestion at the provider or at the server that was measured against.',
    ],
    slows: true,
    tellApart: [
      '`ethtool INTERFACE` or `iw dev INTERFACE link` shows the rate of the link.',
      'Several connections together are faster than one: loss or round trip, not the line.',
      'By cable at the router it is fast: Wi-Fi or inner network.',
      'At night it is fast: congestion.',
    ],
    remedies: [
      'Measure by cable, with nothing else running, at several hours.',
      'Replace a cable that negotiates too low a rate.',
      'Show the provider measurements by cable over several days.',
    ],
    summary: (facts) => `The throughput${toTarget(facts)}${throughInterface(facts)} is below what was expected${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Pause other transfers and measure by cable; the rate of the link shows in: ethtool ${words.interface}`,
        darwin: `Pause other transfers and measure by cable; the rate of the link ("media") shows in: ifconfig ${words.interface}`,
        win32: `Pause other transfers and measure by cable; the rate of the link shows in: Get-NetAdapter -Name ${words.interface}`,
      });
    },
  },
});
