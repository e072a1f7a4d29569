import { describe, expect, it } from 'vitest';
import { AddressPseudonyms } from '../../../src/report/redact/addresses.js';
import { distinguishedNamePseudonym } from '../../../src/report/redact/distinguished-names.js';
import { EndpointPseudonyms } from '../../../src/report/redact/endpoints.js';
import { interfacePseudonym } from '../../../src/report/redact/interfaces.js';
import { linkAddressPseudonym } from '../../../src/report/redact/link-addresses.js';
import { NamePseudonyms } from '../../../src/report/redact/names.js';
import { Pseudonyms } from '../../../src/report/redact/pseudonyms.js';

const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(3));
const addresses = new AddressPseudonyms(pseudonyms);
const names = new NamePseudonyms(pseudonyms, addresses);
const endpoints = new EndpointPseudonyms(pseudonyms, addresses, names);

describe('pseudonyms of names', () => {
  it('keep the number of labels and the tree', () => {
    const [one, other, parent] = ['www.shop.acme.co.uk', 'db.shop.acme.co.uk', 'shop.acme.co.uk'].map((name) => names.name(name));
    expect(one).toMatch(/^n\w{6}\.n\w{6}\.n\w{6}\.n\w{6}\.example$/);
    expect(one?.split('.').slice(1).join('.')).toBe(parent);
    expect(other?.split('.').slice(1).join('.')).toBe(parent);
    expect(one).not.toBe(other);
  });

  it('do not show that labels of two domains are alike', () => {
    expect(names.name('www.acme.com').split('.')[0]).not.toBe(names.name('www.acme.net').split('.')[0]);
  });

  it('keep what is for private use, and what kind of record it is', () => {
    expect(names.name('printer.local')).toMatch(/^n\w{6}\.local$/);
    expect(names.name('fileserver')).toMatch(/^n\w{6}$/);
    expect(names.name('*.acme.com')).toMatch(/^\*\.n\w{6}\.example$/);
    expect(names.name('_443._tcp.acme.com')).toMatch(/^_443\._tcp\.n\w{6}\.example$/);
    expect(names.name('acme.com.')).toMatch(/^n\w{6}\.example\.$/);
  });

  it('do not depend on how a name is written', () => {
    expect(names.name('WWW.Acme.Com')).toBe(names.name('www.acme.com'));
  });

  it('leave well-known names alone, and know top-level domains in zones', () => {
    for (const name of ['localhost', 'dns.google', 'one.one.one.one', 'a.root-servers.net', '.', 'in-addr.arpa'])
      expect(names.name(name)).toBe(name);
    expect(names.name('com', { zone: true })).toBe('example');
    expect(names.name('com')).not.toBe('example');
  });

  it('keep reverse names the reverse of their address', () => {
    const address = addresses.address('81.2.69.142') ?? '';
    expect(names.name('142.69.2.81.in-addr.arpa')).toBe(`${address.split('.').reverse().join('.')}.in-addr.arpa`);
    expect(names.name('69.2.81.in-addr.arpa')).toBe(`${address.split('.').slice(0, 3).reverse().join('.')}.in-addr.arpa`);
    expect(names.name('8.f.4.0.1.0.a.2.ip6.arpa')).toMatch(/^(?:[0-9a-f]\.){3}0\.f\.f\.f\.3\.ip6\.arpa$/);
  });
});

describe('pseudonyms of places', () => {
  it('keep ports, brackets, zones and numbers of bits', () => {
    expect(endpoints.endpoint('81.2.69.142:8443')).toBe(`${addresses.address('81.2.69.142')}:8443`);
    expect(endpoints.endpoint('[2a01:4f8::7]:443')).toBe(`[${addresses.address('2a01:4f8::7')}]:443`);
    expect(endpoints.endpoint('fe80::7%eth0')).toBe(`${addresses.address('fe80::7')}%eth0`);
    expect(endpoints.endpoint('fe80::7%wg-acme')).toMatch(/%wg-\w{6}$/);
    expect(endpoints.endpoint('192.168.7.0/24')).toMatch(/^192\.168\.\d+\.0\/24$/);
    expect(endpoints.endpoint('acme.com:443')).toBe(`${names.name('acme.com')}:443`);
    expect(endpoints.endpoint(':443')).toBe(':443');
  });

  it('hide all of a URL but its form', () => {
    expect(endpoints.endpoint('https://joe:pw@acme.com:8443/team/a?x=1#y')).toMatch(
      /^https:\/\/\*\*\*@n\w{6}\.example:8443\/part-\w{6}\/part-\w{6}\?\*\*\*#\*\*\*$/,
    );
    expect(endpoints.endpoint('/login?next=1')).toMatch(/^\/part-\w{6}\?\*\*\*$/);
    expect(endpoints.endpoint('https://1.1.1.1/dns-query')).toBe('https://1.1.1.1/dns-query');
    expect(endpoints.endpoint('http://detectportal.firefox.com/success.txt?ipv4')).toBe('http://detectportal.firefox.com/success.txt?***');
    expect(endpoints.endpoint('http://detectportal.firefox.com/other')).toMatch(/^http:\/\/detectportal\.firefox\.com\/part-\w{6}$/);
  });
});

describe('pseudonyms of link addresses', () => {
  const of = (text: string) => linkAddressPseudonym(text, pseudonyms);

  it('keep whether they are local and of one station, and lose the maker', () => {
    expect(of('3c:5a:b4:11:22:33')).toMatch(/^00:00:5e:[89ab][0-9a-f]:/);
    expect(of('3e:5a:b4:11:22:33')).toMatch(/^02:/);
    expect(of('3d:5a:b4:11:22:33')).toMatch(/^01:00:5e:[c-f][0-9a-f]:/);
    expect(of('33:33:ff:44:55:66')).toMatch(/^03:/);
  });

  it('are the same in every spelling, and keep the spelling', () => {
    const plain = of('3c:5a:b4:11:22:33').replaceAll(':', '');
    expect(of('3C-5A-B4-11-22-33').replaceAll('-', '')).toBe(plain);
    expect(of('3c5a.b411.2233').replaceAll('.', '')).toBe(plain);
  });

  it('leave those of no device', () => {
    for (const text of ['ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00', '00:00:5e:00:01:0a', '00:00:0c:07:ac:01']) expect(of(text)).toBe(text);
  });
});

describe('pseudonyms of interfaces', () => {
  const of = (name: string) => interfacePseudonym(name, pseudonyms);

  it('leave what the system calls so', () => {
    for (const name of [
      ...[
        'lo',
        'eth0',
        'eno1',
        'enp3s0f1',
        'enp3s0f0np0',
        'wlan0',
        'wlp2s0',
        'eth0.100',
        'eth0@if7',
        'docker0',
        'virbr0',
        'tun0',
        'wg0',
        'en0',
        'utun3',
      ],
      ...['awdl0', 'Ethernet', 'Ethernet 2', 'Wi-Fi', 'vEthernet (WSL)', 'enP4p65s0', 'tailscale0'],
    ]) {
      expect(of(name)).toBe(name);
    }
  });

  it('replace what somebody chose, and keep its kind where the name says it', () => {
    expect(of('wg-acme')).toMatch(/^wg-\w{6}$/);
    expect(of('br-1a2b3c4d5e6f')).toMatch(/^br-\w{6}$/);
    expect(of('veth1a2b3c4')).toMatch(/^veth-\w{6}$/);
    expect(of('marias-vpn')).toMatch(/^if-\w{6}$/);
    expect(of('Acme Corp VPN')).toMatch(/^if-\w{6}$/);
    expect(of('enx3c5ab4112233')).toMatch(/^enx00005e[89ab][0-9a-f]{5}$/);
  });
});

describe('pseudonyms of distinguished names', () => {
  const of = (text: string) =>
    distinguishedNamePseudonym(text, pseudonyms, (name) => (name.includes(' ') ? null : endpoints.endpoint(name)));

  it('keep the attributes, and name hosts as elsewhere', () => {
    expect(of('CN=app.acme.com, O=Acme\\, Inc., C=DE')).toMatch(/^CN=n\w{6}\.n\w{6}\.example, O=subject-\w{6}, C=subject-\w{6}$/);
    expect(of('CN=app.acme.com')).toBe(`CN=${names.name('app.acme.com')}`);
    expect(of('CN=Acme Internal CA,O=Acme')).toMatch(/^CN=subject-\w{6},O=subject-\w{6}$/);
  });

  it('leave public authorities, and nothing of theirs that is not an authority', () => {
    for (const text of [
      "CN=R11,O=Let's Encrypt,C=US",
      'CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1,O=DigiCert Inc,C=US',
      'CN=WE1,O=Google Trust Services,C=US',
    ])
      expect(of(text)).toBe(text);
    expect(of("CN=Maria,O=Let's Encrypt,C=US")).toMatch(/^CN=n\w{6},O=Let's Encrypt,C=US$/);
    expect(of('CN=mail.microsoft.com,O=Microsoft Corporation,C=US')).not.toMatch(/icrosoft|US/);
  });

  it('hide what is no list of attributes', () => {
    expect(of('Maria')).toMatch(/^subject-\w{6}$/);
    expect(of('')).toBe('');
  });
});
