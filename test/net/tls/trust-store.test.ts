import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { makeAuthority } from '../../fakes/certificates.js';

test('of two handshakes at once, the one that ends last is told too of the anchor that the first has adopted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const authority = await makeAuthority('Store');
  writeFileSync(join(folder, 'store.pem'), authority.cert);
  const { cert } = await authority.issue({ names: ['a.example.net'] });
  const chain = [new X509Certificate(cert)];
  const trust = createTrustStore(() => [[join(folder, 'store.pem')]]);

  const before = trust.adopted;
  expect(before).toBe(0);
  expect(await trust.adoptIssuersOf(chain, before)).toBe(true);
  expect(await trust.adoptIssuersOf(chain, before)).toBe(true);
  // What the context already had when the handshake began would not help it a second time.
  expect(await trust.adoptIssuersOf(chain, trust.adopted)).toBe(false);
  expect(trust.adopted).toBe(1);
});
