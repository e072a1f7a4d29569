import { expect, it } from 'vitest';
import { inspectPath } from '../../../src/net/tls/certificate-path.js';

it('claims nothing of a chain of which no leaf could be read', () => {
  const stores = { node: null, system: null, given: null };
  expect(inspectPath([], 0, stores)).toEqual({ chainFaults: null, pathFaults: null, trustedBy: null, issuer: null });
});
