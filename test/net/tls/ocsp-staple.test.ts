import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeStaple } from '../../../src/net/tls/ocsp-staple.js';
import { type Made, makeCertificate, makeIntermediate, makeLeaf, makeOcspAnswer, makeRoot, type OcspParts } from '../../fakes/x509.mjs';

const root = makeRoot('CN=Root');
const issuer = makeIntermediate('CN=Issuer', root);
const leaf = makeLeaf(issuer);
const read = ({ der }: Made) => new X509Certificate(der);
const delegate = (parts: Parameters<typeof makeCertificate>[0]) => makeCertificate({ issuer, ...parts });

function judge(parts: OcspParts, of: { leaf?: Made; issuer?: Made | null } = {}) {
  const known = of.issuer === undefined ? issuer : of.issuer;
  return judgeStaple(makeOcspAnswer(of.leaf ?? leaf, issuer, parts), read(leaf), known === null ? null : read(known), new Date());
}

describe('a stapled OCSP answer', () => {
  it.each(['good', 'revoked', 'unknown'] as const)('is taken where its issuer signed it: %s', (status) => {
    expect(judge({ status })).toEqual({
      status,
      thisUpdate: expect.stringMatching(/Z$/),
      nextUpdate: expect.stringMatching(/Z$/),
      fault: null,
    });
  });

  it('is taken from a responder that the issuer certified for it', () => {
    const signer = delegate({ subject: 'CN=Responder', purposes: ['OCSPSigning'] });
    expect(judge({ signer, certificates: [signer] })).toMatchObject({ status: 'good', fault: null });
  });

  it('may have no end', () => {
    expect(judge({ to: null })).toMatchObject({ status: 'good', nextUpdate: null, fault: null });
  });

  const plain = delegate({ subject: 'CN=Plain', purposes: ['serverAuth'] });
  const stale = delegate({ subject: 'CN=Stale', purposes: ['OCSPSigning'], from: -20, to: -10 });
  const stranger = makeCertificate({ subject: 'CN=Stranger', issuer: root, purposes: ['OCSPSigning'] });
  it.each<[string, OcspParts, { leaf?: Made; issuer?: Made | null }, RegExp]>([
    ['is too old', { from: -20, to: -10 }, {}, /^it held until/],
    ['says not how long it holds, and is not of these days', { from: -11, to: null }, {}, /^it is dated .*does not say how long/],
    ['is of the future', { from: 10, to: 20 }, {}, /^it begins to hold/],
    ['has another signature', { damaged: true }, {}, /does not verify/],
    ['is signed by somebody else', { signer: stranger }, {}, /does not verify/],
    ['comes with a signer of somebody else', { signer: stranger, certificates: [stranger] }, {}, /not certified by the issuer/],
    ['comes from a certificate that is not for it', { signer: plain, certificates: [plain] }, {}, /may not sign/],
    ['comes from an expired responder', { signer: stale, certificates: [stale] }, {}, /expired/],
    ['is about another certificate', {}, { leaf: makeLeaf(issuer) }, /another certificate/],
    ['is of another issuer', {}, { issuer: root }, /another issuer/],
    ['has an issuer that is not known', {}, { issuer: null }, /not known/],
    ['says that there is no answer', { failure: 3 }, {}, /tryLater/],
  ])('does not count where it %s', (_, parts, of, fault) => {
    expect(judge(parts, of).fault).toMatch(fault);
  });

  it('is no answer where it cannot be read', () => {
    const whole = makeOcspAnswer(leaf, issuer);
    for (let length = 0; length < whole.length; length += 7)
      expect(judgeStaple(whole.subarray(0, length), read(leaf), read(issuer), new Date()).fault).not.toBeNull();
  });
});
