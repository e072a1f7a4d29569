import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeName } from '../../../src/wire/dns/name.js';
import { reverseName } from '../../../src/wire/dns/reverse-name.js';

describe('the name of an address in the DNS', () => {
  it.each([
    ['192.0.2.1', '1.2.0.192.in-addr.arpa'],
    ['2001:db8::567:89ab', 'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
    ['fe80::1%eth0', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa'],
  ])('of %s is %s', (address, name) => {
    expect(reverseName(address)).toBe(name);
  });

  it.each(['', 'example.net', '192.0.2', '1.2.3.4.5', '::g'])('there is none of %j', (text) => {
    expect(reverseName(text)).toBeNull();
  });

  it('can always be asked for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
        const name = reverseName(address);
        if (name !== null) expect(encodeName(name).ok).toBe(true);
      }),
    );
  });
});
