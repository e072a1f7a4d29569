import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netdiag } from './program.js';

/** Every one of these is refused before anything is sent: the targets are documentation names and addresses. */
const CASES: [string[], RegExp][] = [
  [['latncy', '127.0.0.1'], /"latncy": no such command; did you mean latency\?/],
  [['latency'], /latency needs a TARGET/],
  [['latency', ''], /target "": it is empty/],
  [['latency', 'a b'], /target "a b": it contains a space/],
  [['latency', 'a'.repeat(300)], /its host name has 300 characters/],
  [['latency', 'https://user:hunter2@ho st/?token=hunter2'], /target "https:\/\/\*\*\*@ho st\/\?\*\*\*"/],
  [['latency', 'ftp://a.example'], /the scheme ftp: is not one of/],
  [['latency', '127.0.0.1', '--count', '0'], /--count "0": must be a whole number from 1 to 100000/],
  [['latency', '127.0.0.1', '-c', '100001'], /--count "100001"/],
  [['latency', '127.0.0.1', '--interval', 'abc'], /--interval "abc": must be a duration with a unit/],
  [['latency', '127.0.0.1', '--timeout', '5'], /--timeout "5": must be a duration with a unit/],
  [['latency', '127.0.0.1', '--cuont', '5'], /"--cuont": latency has no such flag; did you mean --count\?/],
  [['latency', '127.0.0.1', '--constructor'], /"--constructor": latency has no such flag/],
  [['latency', '127.0.0.1', '--token=hunter2'], /"--token": latency has no such flag/],
  [['latency', '127.0.0.1', '--count'], /--count: a value is missing/],
  [['latency', '127.0.0.1', '--interval', '\u001b[31m'], /--interval "\\x1b\[31m"/],
  [['latency', '127.0.0.1', '--format', 'xml'], /--format "xml": must be one of table, json, ndjson/],
  [['latency', '127.0.0.1', '--profile', 'fast'], /--profile "fast": must be one of default/],
  [['latency', '127.0.0.1', '--fail-on', 'maybe'], /--fail-on "maybe": must be one of warn, fail, never/],
  [['latency', '127.0.0.1', '--method', 'sctp'], /--method "sctp": must be one of auto, icmp, udp, tcp, system/],
  [
    ['latency', '127.0.0.1', '--output', '/no/such/folder/a.json'],
    /--output "\/no\/such\/folder\/a.json": the folder ".*no.+such.+folder" does not exist/,
  ],
  [['latency', '192.0.2.1', '-6'], /target "192.0.2.1": it is an IPv4 address, and -6 asks for IPv6/],
  [['latency', '127.0.0.1', '-c', '100000', '-i', '1m'], /24 are the most/],
  [['ports', '127.0.0.1', '-p', '0'], /--ports "0": must be ports from 1 to 65535/],
  [['ports', '127.0.0.1', '-p', '70000'], /--ports "70000"/],
  [['ports', '127.0.0.1', '-p', '9-1'], /--ports "9-1"/],
  [['ports', '127.0.0.1', '--top', '101'], /--top "101": must be a whole number from 1 to 100/],
  [['http', 'ws://192.0.2.1', '--burst', '5'], /--burst: belongs to http: and https: targets, and none is named/],
  [['http', 'wss://192.0.2.1', '--security-headers'], /--security-headers: belongs to http: and https: targets/],
  [['http', 'http://192.0.2.1', '--listen', '1s'], /--listen: belongs to ws: and wss: targets, and none is named/],
  [['http', 'http://192.0.2.1', '--messages', '5'], /--messages: belongs to ws: and wss: targets, and none is named/],
  [['http', 'ws://192.0.2.1', '--messages', '5'], /--messages: needs --message or --message-file/],
  [
    ['http', 'ws://192.0.2.1', '--messages', '5', '--message', 'a', '--listen', '1s'],
    /--messages and --listen: only one of them can be given/,
  ],
  [['route'], /route needs a TARGET/],
  [['route', '127.0.0.1', '--max-hops', '65'], /--max-hops "65": must be a whole number from 1 to 64/],
  [['route', '127.0.0.1', '--flows', '17'], /--flows "17": must be a whole number from 1 to 16/],
  [['route', '127.0.0.1', '--flows', '16', '--cycles', '63'], /--flows 16 --cycles 63: 1008 packets to each hop; 1000 are the most/],
  [['full-report', '--config', '/no/such/file.yaml'], /--config "\/no\/such\/file.yaml": there is no such file/],
  [['tls', '127.0.0.1', '--pin', 'abc'], /--pin "abc": must be sha256\/\/BASE64/],
  [['tls', '127.0.0.1', '--key', '/no/such.key'], /--key "\/no\/such.key": --cert is missing/],
  [['dns', '127.0.0.1', '--type', 'FOO'], /--type "FOO": must be one or several record types/],
  [['dns', '127.0.0.1', '--server', 'dns.example'], /--server "dns.example": must be an IP address/],
  [['dns', 'http://a.example/x'], /name "http:\/\/a.example\/x": it is a URL; a domain name is asked for\n$/],
  [['tls', 'http://a.example'], /target "http:\/\/a.example": http: is plain text without TLS/],
  [['latency', 'https://us3r:hunter2\uff20app.example.net'], /target "https:\/\/\*\*\*.app.example.net": it contains a full-width @/],
  [['latency', '224.0.0.1'], /target "224.0.0.1": it is a multicast address/],
  [['latency', 'fe80::1%nope'], /target "fe80::1%nope": this machine has no interface "nope"; it has /],
  [['latency', '192.0.2.1', '--source', '127.0.0.1'], /--source "127.0.0.1": nothing sent from a loopback address leaves the machine/],
  [['latency', '127.0.0.1', '--quiet=yes'], /^netdiag: --quiet: takes no value\n$/],
  [['latency', '127.0.0.1', '--json=false'], /^netdiag: --json: takes no value\n$/],
  [['latency', '--lab=1'], /^netdiag: --lab: takes no value\n$/],
  [['latency', '127.0.0.1', '-q=hunter2'], /^netdiag: -q: takes no value\n$/],
  [['schema', 'x'], /"x": no such schema; there are report, requirements/],
];

describe.concurrent('bad input', () => {
  // Every second one with --json in front of the rest: an error is the same line there.
  it.each(CASES.map(([args, line], index) => [index % 2 === 1 ? withJson(args) : args, line] as const))('%j', async (args, line) => {
    const ended = await netdiag(args);
    expect(ended.stderr).toMatch(line);
    expect(ended.stderr).toMatch(/^netdiag: [^\n]+\n$/);
    for (const never of ['hunter2', '\u001b', '.js:']) expect(ended.stderr).not.toContain(never);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
  });
});

function withJson([command = '', ...rest]: string[]): string[] {
  return command === 'schema' ? [command, ...rest] : [command, '--json', ...rest];
}

describe('bad input in other surroundings', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-bad-'));
    writeFileSync(join(folder, 'netdiag.yaml'), 'targets:\n  - a.example\nprofil: default\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['development', 'test', 'production'])('is the same with NODE_ENV=%s', async (NODE_ENV) => {
    const ended = await netdiag(['latency', '127.0.0.1', '--count', '0'], { env: { NODE_ENV } });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^netdiag: --count "0": [^\n]+\n$/);
  });

  it('is found in a configuration of the working folder, with line and column', async () => {
    const ended = await netdiag(['full-report'], { cwd: folder });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^netdiag: config ".*netdiag.yaml" line 3, column 1: "profil" is no key here; did you mean profile\?\n$/);
  });
});
