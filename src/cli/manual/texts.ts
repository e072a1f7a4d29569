/** What the manual says beyond the manifest. Commands and the like stand between backticks. */

export const PROGRAM_SUMMARY = 'find out what is broken in a network, in which layer, and what to do about it';

export const PROGRAM_DESCRIPTION: readonly string[] = [
  '`netdiag` measures a network from the machine that it runs on, without root where the system allows that: links and routes, round trips and loss, path and MTU, ports, DNS, TLS, HTTP and WebSocket. It holds what it measured against limits, explains failures by the cause that lies deepest, and says how it knows and what to do.',
  '`netdiag full-report` looks at everything between here and the targets, and is where to begin. The other commands answer one question each.',
  'A result goes to standard output and nothing else does. Progress, warnings and errors go to standard error, so that `netdiag ... --json | jq .` works whatever happens.',
];

/** How targets are written. */
export const TARGETS: readonly { term: string; text: string }[] = [
  { term: 'app.example.net', text: 'A host name.' },
  { term: '192.0.2.7, 2001:db8::7', text: 'An IPv4 or IPv6 address; a scope follows behind %, as in fe80::1%eth0.' },
  { term: 'app.example.net:443, [2001:db8::7]:443', text: 'A host and a port.' },
  { term: 'https://app.example.net/health', text: 'A URL with one of the schemes https, http, wss, ws, tls and tcp.' },
];

export const TARGETS_AFTER = 'A target that cannot be read is refused before anything is sent.';

export const EXIT_STATUS: readonly { term: string; text: string }[] = [
  { term: '0', text: 'Nothing failed; with `--fail-on warn` nothing warned either.' },
  { term: '1', text: 'At least one check failed.' },
  {
    term: '2',
    text: 'The command line, the configuration or a target is wrong. One line on standard error says where and why, and nothing was sent.',
  },
  { term: '3', text: '`netdiag` itself could not finish.' },
  { term: '130, 143', text: 'It was interrupted (SIGINT, SIGTERM). What was measured by then is printed, marked as partial.' },
];

export const ENVIRONMENT: readonly { term: string; text: string }[] = [
  {
    term: 'NETDIAG_CONFIG, NETDIAG_PROFILE, NETDIAG_TIMEOUT, NETDIAG_FORMAT, NETDIAG_FAIL_ON, NETDIAG_REFERENCES',
    text: 'Count where the flags of these names are not given, and go before what the configuration says.',
  },
  { term: 'NO_COLOR, FORCE_COLOR, CI, TERM, COLORTERM', text: 'Whether and how output is coloured. `--no-color` goes before all of them.' },
  { term: 'LC_ALL, LC_CTYPE, LANG', text: 'Whether signs beyond ASCII can be shown.' },
  { term: 'COLUMNS', text: 'Width of the output where that is no terminal.' },
  {
    term: 'http_proxy, https_proxy, all_proxy, no_proxy',
    text: 'Proxies, read as curl reads them, in small letters or capitals. `--proxy` and `--no-proxy` go before them.',
  },
  {
    term: 'SSL_CERT_FILE, NODE_EXTRA_CA_CERTS',
    text: 'Files of certificates that are trusted: the first in place of those of the system, the second beside them.',
  },
  { term: 'NETDIAG_NATIVE', text: 'Where it is `off`, no native sockets are used, and everything goes by the next best method.' },
  {
    term: 'NETDIAG_REDACT_KEY',
    text: 'The key of the pseudonyms of `--redact` and `--support`, 16 characters or more; `--redact-key` goes before it. It is never shown.',
  },
  { term: 'NETDIAG_DEBUG', text: 'Where it is `1`, an error of `netdiag` itself is shown with its stack.' },
];

export const FILES: readonly { term: string; text: string }[] = [
  {
    term: 'netdiag.yaml, netdiag.yml, netdiag.json',
    text: 'The configuration: the first one that is found in the working folder or above it, unless `--config` names another, or `none`.',
  },
  {
    term: 'netdiag.requirements.yaml, netdiag.requirements.yml, netdiag.requirements.json',
    text: 'The manifest of `netdiag verify` where none is named: the first one that is found in the working folder or above it.',
  },
  {
    term: '~/.local/state/netdiag/redact-key',
    text: 'The key of the pseudonyms where none was named: made by the first run with `--redact` or `--support`, readable for its user alone.',
  },
  { term: '/etc/hosts, /etc/resolv.conf, /etc/nsswitch.conf', text: 'How this machine resolves names; read, never written.' },
];

export const PROGRAM_SEE_ALSO: readonly string[] = [
  'ip(8)',
  'ping(8)',
  'traceroute(8)',
  'ss(8)',
  'dig(1)',
  'openssl(1)',
  'curl(1)',
  'resolv.conf(5)',
];

/** Commands that a reader of the page of one may look for, besides `netdiag` itself. */
export const RELATED: Readonly<Record<string, readonly string[]>> = {
  dns: ['dig(1)', 'resolv.conf(5)'],
  host: ['ip(8)', 'ss(8)', 'nft(8)'],
  http: ['curl(1)'],
  latency: ['ping(8)'],
  loss: ['ping(8)'],
  mtu: ['ip-link(8)', 'tracepath(8)'],
  ports: ['ss(8)', 'nmap(1)'],
  route: ['traceroute(8)', 'ip-route(8)'],
  tls: ['openssl-s_client(1)'],
};
