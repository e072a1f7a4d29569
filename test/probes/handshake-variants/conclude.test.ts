import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../src/model/measurement.js';
import { concludeVariants } from '../../../src/probes/handshake-variants/conclude.js';
import { VARIANTS, type VariantName } from '../../../src/probes/handshake-variants/hello.js';

type Outcome = DataOf<'handshake-variants'>['variants'][number]['outcome'];

/** What each shape came to; those that are not named as `others` says. */
function conclude(others: Outcome, named: Partial<Record<VariantName, Outcome>> = {}) {
  return concludeVariants({
    variants: VARIANTS.map((name) => ({ name, helloBytes: 300, outcome: named[name] ?? others, detail: null })),
  });
}

describe('handshakes in several shapes', () => {
  it.each<Outcome>(['silent', 'reset', 'closed'])('that pass without the name alone show a filter by the name (%s)', (outcome) => {
    expect(conclude(outcome, { 'other-name': 'hello', 'without-name': 'hello' })).toMatchObject({ kind: 'name', how: outcome });
    // The server itself turns a stranger's name down: it was reached all the same.
    expect(conclude(outcome, { 'other-name': 'alert', 'without-name': 'hello' })).toMatchObject({ kind: 'name' });
  });

  it('that pass when they are small show that large ones are lost', () => {
    expect(conclude('hello', { large: 'silent', plain: 'closed' })).toMatchObject({ kind: 'size', how: 'silent' });
  });

  it('that pass for TLS 1.2 alone show the version', () => {
    expect(conclude('silent', { tls12: 'hello' })).toMatchObject({ kind: 'version' });
  });

  it('that are all turned down in TLS are the server’s own doing', () => {
    expect(conclude('alert', { plain: 'http' })).toMatchObject({ kind: 'server' });
  });

  it('that are not answered, while plain HTTP is, show that no TLS is spoken', () => {
    expect(conclude('closed', { plain: 'http' })).toEqual({ kind: 'plain' });
    expect(conclude('other', { plain: 'http' })).toEqual({ kind: 'plain' });
  });

  it('show nothing of plain HTTP where it is turned down, as servers of TLS do it: what else they say can be lost on the way', () => {
    const outcomeOf = (name: VariantName): Outcome => (name === 'plain' ? 'http' : 'silent');
    const answered = (status: string) =>
      concludeVariants({ variants: VARIANTS.map((name) => ({ name, helloBytes: 300, outcome: outcomeOf(name), detail: status })) });
    expect(answered('400')).toMatchObject({ kind: 'none', how: 'silent' });
    expect(answered('200')).toEqual({ kind: 'plain' });
    expect(answered('404')).toEqual({ kind: 'plain' });
  });

  it('that nobody answers show only that', () => {
    expect(conclude('silent')).toMatchObject({ kind: 'none', how: 'silent' });
  });

  it('that all pass show that it is over', () => {
    expect(conclude('hello', { plain: 'closed' })).toEqual({ kind: 'all' });
  });

  it('say nothing where TCP did not connect', () => {
    expect(conclude('unconnected')).toBeNull();
    expect(concludeVariants({ variants: [] })).toBeNull();
  });
});
