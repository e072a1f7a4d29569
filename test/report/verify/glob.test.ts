import { describe, expect, it } from 'vitest';
import { fitsGlob } from '../../../src/report/verify/glob.js';

describe('a pattern for ids', () => {
  it.each([
    ['l6.*', 'l6.certificate', true],
    ['l6.*', 'l6.', true],
    ['l6.*', 'l7.http', false],
    ['l4.port', 'l4.port', true],
    ['l4.port', 'l4.ports', false],
    ['l?.port', 'l4.port', true],
    ['*', '', true],
    ['*.http*', 'l7.http-status', true],
    ['l4.port@*:5432', 'l4.port@db.example:5432', true],
    ['l4.port@*:5432', 'l4.port@db.example:5433', false],
    // Nothing else is a pattern.
    ['l4.port[s]', 'l4.ports', false],
    ['', 'a', false],
  ])('%s and %s: %s', (glob, text, fits) => {
    expect(fitsGlob(glob, text)).toBe(fits);
  });

  it('takes no time on what would take a regular expression years', () => {
    const started = performance.now();
    expect(fitsGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(4000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
