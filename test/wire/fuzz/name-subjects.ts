import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { noProxyFaults } from '../../../src/wire/http/no-proxy-list.js';
import {
  parseAptProxies,
  parseCurlProxies,
  parseDockerProxies,
  parseGnomeProxies,
  parseKdeProxies,
  parseProxyAssignments,
  parseSettingProxies,
} from '../../../src/wire/http/proxy-configuration.js';
import { iniValue, parseIniFile } from '../../../src/wire/ini-file.js';
import { countHostsEntries } from '../../../src/wire/names/hosts-file.js';
import { parseHostsSwitch, reasonDnsIsNotAsked } from '../../../src/wire/names/nsswitch.js';
import { parseResolvConfLines } from '../../../src/wire/names/resolv-conf-lines.js';
import { parseDockerUpstreams, readResolvConfWriter } from '../../../src/wire/names/resolv-conf-writer.js';
import { parseResolvectlStatus } from '../../../src/wire/names/resolvectl.js';
import {
  dnsmasqArguments,
  parseDnsmasqConf,
  parseNscdConf,
  parseUnboundConf,
  unboundArguments,
} from '../../../src/wire/names/stub-configuration.js';
import type { Subject, TextSubject } from './run.js';

const text = (read: TextSubject['read'], ...seeds: string[]): TextSubject => ({ kind: 'text', read, seeds });
const recorded = (path: string): string => readFileSync(fileURLToPath(new URL(`../../machines/${path}`, import.meta.url)), 'utf8');
const status = (machine: string): string =>
  (JSON.parse(recorded(`${machine}/tools.json`)) as Record<string, string[]>)['resolvectl status --no-pager']?.join('\n') ?? '';

const RESOLV_CONFS = ['names-docker', 'names-opensuse', 'names-wsl2', 'names-kubernetes', 'names-garbled'].map((machine) =>
  recorded(`${machine}/etc/resolv.conf`),
);
const DNSMASQ =
  'server=/corp.example.net/198.51.100.53\nserver=192.0.2.53#5353@eth0\nresolv-file=/run/x\nno-resolv\ncache-size=0\nport=53\n';
const UNBOUND =
  'server:\n  interface: 127.0.0.1\nforward-zone:\n  name: "."\n  forward-addr: 192.0.2.53@853#dns.example.net\ninclude: "/etc/x/*.conf"\n';
const GNOME =
  "org.gnome.system.proxy autoconfig-url 'http://wpad.example.net/wpad.dat'\norg.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']\norg.gnome.system.proxy.http host 'proxy.example.net'\norg.gnome.system.proxy.http port 8080\n";

/** Readers of this machine's own name service and proxy settings. */
export const NAME_SUBJECTS = {
  parseResolvConfLines: text(parseResolvConfLines, ...RESOLV_CONFS),
  readResolvConfWriter: text((input) => [readResolvConfWriter(input, null), readResolvConfWriter('', input)], ...RESOLV_CONFS),
  parseDockerUpstreams: text(parseDockerUpstreams, RESOLV_CONFS[0] ?? ''),
  parseHostsSwitch: text(
    (input) => {
      const found = parseHostsSwitch(input);
      return [found, found === null ? null : reasonDnsIsNotAsked(found, input)];
    },
    'hosts: files mdns4_minimal [NOTFOUND=return] dns',
    recorded('names-fedora-40/etc/nsswitch.conf'),
  ),
  parseIniFile: text((input) => iniValue(parseIniFile(input), 'resolve', 'cache'), '[Resolve]\nCache=no\n; remark\n[network]\na = "b"\n'),
  parseResolvectlStatus: text(parseResolvectlStatus, status('names-ubuntu-20.04'), status('names-fedora-40'), status('names-garbled')),
  parseDnsmasqConf: text(
    (input) => [parseDnsmasqConf(input), parseDnsmasqConf(dnsmasqArguments(input.split('\n')))],
    DNSMASQ,
    '-S\n1.1.1.1',
  ),
  parseUnboundConf: text((input) => [parseUnboundConf(input), unboundArguments(input.split('\n'))], UNBOUND),
  parseNscdConf: text(parseNscdConf, recorded('names-nixos/etc/nscd.conf')),
  countHostsEntries: text(countHostsEntries, '127.0.0.1 localhost\n# remark\n::1 a b c\nnonsense\n'),
  noProxyFaults: text(noProxyFaults, 'localhost,.example.net,10.0.0.0/8,*.a.example,http://x,[::1]:80 a'),
  parseProxyAssignments: text(
    parseProxyAssignments,
    'export http_proxy="http://u:p@proxy:3128"\nEnvironment="HTTPS_PROXY=http://proxy:1"\n',
  ),
  parseAptProxies: text(parseAptProxies, 'Acquire::http::Proxy "http://proxy:3142";\nAcquire { https { Proxy "DIRECT"; } }\n'),
  parseSettingProxies: text(parseSettingProxies, '[http]\n\tproxy = http://proxy:3128\n[main]\nproxy=_none_\n'),
  parseCurlProxies: text(parseCurlProxies, 'proxy = "http://proxy:3128"\n-x socks5://proxy\n'),
  parseDockerProxies: text(parseDockerProxies, '{"proxies":{"default":{"httpProxy":"http://proxy:3128"},"http-proxy":"http://a:1"}}'),
  parseGnomeProxies: text(parseGnomeProxies, GNOME),
  parseKdeProxies: text(
    parseKdeProxies,
    '[Proxy Settings]\nProxyType=1\nhttpProxy=http://proxy.example.net 3128\nProxy Config Script=http://a/b\n',
  ),
} satisfies Record<string, Subject>;
