// Servers' certificates that are wrong in one way each, with the code that names it. For tests and benches.

import { keyPair, makeCertificate, makeIntermediate, makeLeaf, makeOcspAnswer, makeRoot } from './x509.mjs';

const NAME = 'app.example.net';
const CERTIFICATE_SIGNER = { ca: true, uses: ['keyCertSign', 'cRLSign'] };

/**
 * @returns {import('./bad-certificates.d.mts').BadCertificate[]} what a server sends (`chain`, leaf first), what it is trusted by (`ca`), the name that is asked for, and the code.
 *   The first is good: nothing must be said of it.
 */
export function badCertificates() {
  const root = makeRoot('CN=Good Root,O=Test');
  const intermediate = makeIntermediate('CN=Good Intermediate,O=Test', root);
  const stranger = makeRoot('CN=Stranger,O=Elsewhere');
  const rsaRoot = makeRoot('CN=RSA Root,O=Test', { keys: keyPair('rsa-2048', 'root') });

  const one = (id, code, leaf, { chain = [leaf, intermediate], ca = root, servername = NAME, staple = null } = {}) => ({
    id,
    code,
    chain: chain.map(({ cert }) => cert),
    key: leaf.key,
    ca: ca.cert,
    servername,
    staple,
  });
  const leafOf = (parts = {}) => makeLeaf(intermediate, parts);
  /** Below an intermediate that is wrong in this way. */
  const below = (id, code, parts, leafParts = {}) => {
    const wrong = makeCertificate({
      subject: 'CN=Wrong Intermediate,O=Test',
      issuer: root,
      from: -200,
      to: 2000,
      ...CERTIFICATE_SIGNER,
      ...parts,
    });
    const leaf = makeLeaf(wrong, leafParts);
    return one(id, code, leaf, { chain: [leaf, wrong] });
  };

  const good = leafOf();
  const selfSigned = makeCertificate({ subject: `CN=${NAME}`, names: [NAME], ca: true });
  const rsaLeaf = (parts) => makeLeaf(rsaRoot, parts);
  const alone = (id, code, leaf) => one(id, code, leaf, { chain: [leaf], ca: rsaRoot });
  const unknown = makeLeaf(stranger);
  const pathless = makeIntermediate('CN=Last Intermediate,O=Test', root, { ca: { pathLength: 0 } });
  const further = makeIntermediate('CN=One Too Many,O=Test', pathless);
  const deep = makeLeaf(further);
  const upper = makeIntermediate('CN=Upper Intermediate,O=Test', root);
  const lower = makeIntermediate('CN=Lower Intermediate,O=Test', upper);
  const ordered = makeLeaf(lower);
  const revoked = leafOf();
  const mustStaple = leafOf({ mustStaple: true });
  const many = Array.from({ length: 99 }, (_, index) => makeRoot(`CN=Many ${index},O=Test`, { keys: keyPair('prime256v1', 'many') }));

  return [
    one('good', null, good),
    one('expired', 'cert-expired', leafOf({ from: -100, to: -10 })),
    one('not yet valid', 'cert-not-yet-valid', leafOf({ from: 10, to: 100 })),
    one('wrong name', 'cert-hostname-mismatch', leafOf({ names: ['other.example.net'] })),
    one('no subjectAltName', 'cert-san-missing', leafOf({ names: [] })),
    one('two wildcards', 'cert-wildcard-misused', leafOf({ names: ['*.*.net'] })),
    one('wildcard for two labels', 'cert-wildcard-misused', leafOf({ names: ['*.example.net'] }), { servername: 'a.b.example.net' }),
    one('wildcard for a registry', 'cert-wildcard-misused', leafOf({ names: ['*.net'] }), { servername: 'example.net' }),
    one('wildcard for a part of a label', 'cert-wildcard-misused', leafOf({ names: ['a*.example.net'] })),
    one('self-signed', 'cert-self-signed', selfSigned, { chain: [selfSigned] }),
    one('missing intermediate', 'cert-chain-incomplete', good, { chain: [good] }),
    one('unknown root', 'cert-untrusted', unknown, { chain: [unknown] }),
    one('wrong order', 'cert-chain-order', ordered, { chain: [ordered, upper, lower] }),
    one('unrelated certificate', 'cert-chain-unrelated', good, { chain: [good, intermediate, stranger] }),
    one('chain of 100', 'cert-chain-too-long', good, { chain: [good, intermediate, ...many.slice(1)] }),
    alone('SHA-1 signature', 'cert-signature-weak', rsaLeaf({ hash: 'sha1' })),
    alone('MD5 signature', 'cert-signature-weak', rsaLeaf({ hash: 'md5' })),
    alone('RSA 1024', 'cert-key-weak', rsaLeaf({ keys: keyPair('rsa-1024', 'weak') })),
    below('EC 192', 'cert-key-weak', { keys: keyPair('prime192v1') }),
    one('client certificate', 'cert-usage-wrong', leafOf({ purposes: ['clientAuth'] })),
    one('key for encipherment alone', 'cert-usage-wrong', leafOf({ uses: ['keyEncipherment'] })),
    one('authority as a server', 'cert-is-authority', leafOf({ ca: true, uses: ['digitalSignature', 'keyCertSign'] })),
    below('issuer is no authority', 'cert-issuer-not-authority', { ca: false, uses: ['digitalSignature'] }),
    one('path length exceeded', 'cert-path-length-exceeded', deep, { chain: [deep, further, pathless] }),
    below('name constraint violated', 'cert-name-constraint-violated', { constraints: { permitted: ['example.org'] } }),
    one('unknown critical extension', 'cert-extension-unknown', leafOf({ critical: '1.3.6.1.4.1.32473.1' })),
    below('expired intermediate', 'cert-intermediate-expired', { from: -200, to: -5 }),
    one('revoked by its staple', 'cert-revoked', revoked, { staple: makeOcspAnswer(revoked, intermediate, { status: 'revoked' }) }),
    one('old staple', 'cert-staple-invalid', good, { staple: makeOcspAnswer(good, intermediate, { from: -20, to: -13 }) }),
    one('must-staple without a staple', 'cert-staple-missing', mustStaple),
    one('signature does not verify', 'cert-signature-invalid', leafOf({ damaged: true })),
    one('version 1', 'cert-version-obsolete', makeCertificate({ subject: `CN=${NAME}`, issuer: intermediate, version: 1 })),
  ];
}
