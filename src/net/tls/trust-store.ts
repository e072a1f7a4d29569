import { constants, type X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { readTextFile } from '../machine/text-file.js';
import { type Anchors, anchorsOf } from './anchors.js';

export interface SecureContextParts {
  /** Further trust anchors, client certificate chain and its key, in PEM. */
  ca: readonly string[];
  cert: string | null;
  key: string | null;
}

/**
 * The trust anchors, and the OpenSSL contexts made of them.
 *
 * Node's built-in roots and the anchors that were given come first. The system store is asked when a chain ends at an issuer that they do
 * not know; its certificates are looked up by their names, and only those that fit are parsed. Should the store hold an issuer that was missed, that one certificate is adopted, and the caller shakes hands a second time: only
 * OpenSSL inside a handshake checks name constraints, purposes and path lengths, which `X509Certificate` cannot. An adopted anchor stays,
 * so a second handshake is needed once for each private authority, and never with servers that are trusted or that nobody knows.
 */
export interface TrustStore {
  /** Throws what OpenSSL says where a certificate or the key cannot be used. */
  context(parts: SecureContextParts): tls.SecureContext;
  /** How many anchors of the system store a {@link context} made now would have. */
  readonly adopted: number;
  /**
   * Looks in the system store for the issuers of this chain. Says whether there is any that a context did not have which was made when
   * {@link adopted} was `before`: of two handshakes at once, both began without what the one that ends first adopts.
   */
  adoptIssuersOf(chain: readonly X509Certificate[], before: number): Promise<boolean>;
  /** Each store by itself, to be asked what it knows. `system` is `null` where there is no file of it. */
  stores(): Promise<{ node: Anchors; system: Anchors | null }>;
}

/** Verification errors that a further trust anchor can cure. */
export const ISSUER_UNKNOWN: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** In place of OpenSSL's verdict: the system store knows the issuer, and the second handshake, which would have told, failed. */
export const TRUST_NOT_SETTLED = 'TRUST_NOT_SETTLED';

const SYSTEM_STORES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const LARGEST_STORE_BYTES = 16 * 1024 * 1024;
const LONGEST_PATH = 8;

/**
 * @param storeFiles gives the PEM files of the system store, each list of candidates standing for the first of them that can be read. By
 *   default the file of `SSL_CERT_FILE` or the place where the system keeps its own, and that of `NODE_EXTRA_CA_CERTS`. Windows and macOS
 *   keep their stores elsewhere; there Node's roots decide, with /etc/ssl/cert.pem on macOS.
 */
export function createTrustStore(storeFiles: () => readonly (readonly string[])[] = systemStoreFiles): TrustStore {
  const adopted = new Map<string, X509Certificate>();
  let system: Promise<Anchors | null> | null = null;
  let last: { parts: SecureContextParts; adopted: number; context: tls.SecureContext } | null = null;

  const readSystem = (): Promise<Anchors | null> => {
    system ??= Promise.all(storeFiles().map(firstReadable)).then((texts) => {
      const found = texts.filter((text) => text !== '');
      return found.length === 0 ? null : anchorsOf(found);
    });
    return system;
  };

  return {
    get adopted() {
      return adopted.size;
    },
    context(parts) {
      if (last !== null && last.adopted === adopted.size && sameParts(last.parts, parts)) return last.context;
      const further = [...parts.ca, ...[...adopted.values()].map((anchor) => anchor.toString())];
      const context = tls.createSecureContext({
        // Old and weak servers are to be measured and named, not just to fail; nothing is entrusted to the session.
        minVersion: 'TLSv1',
        ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
        secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
        // What somebody put into a store is an anchor, also where it is no root: curl, GnuTLS and Go take it so.
        ...(further.length === 0 ? {} : { ca: [...tls.rootCertificates, ...further], allowPartialTrustChain: true }),
        ...(parts.cert === null ? {} : { cert: parts.cert }),
        ...(parts.key === null ? {} : { key: parts.key }),
      });
      last = { parts: { ...parts, ca: [...parts.ca] }, adopted: adopted.size, context };
      return context;
    },
    async adoptIssuersOf(chain, before) {
      const store = await readSystem();
      if (store === null) return false;
      const issuers = [...issuersWithin(store, chain)];
      for (const anchor of issuers) if (!adopted.has(anchor.fingerprint256)) adopted.set(anchor.fingerprint256, anchor);
      const later = new Set([...adopted.keys()].slice(before));
      return issuers.some(({ fingerprint256 }) => later.has(fingerprint256));
    },
    async stores() {
      nodeAnchors ??= anchorsOf(tls.rootCertificates);
      return { node: nodeAnchors, system: await readSystem() };
    },
  };
}

let nodeAnchors: Anchors | null = null;

/** The one that all of a process share, so that it is read, parsed and adopted from once. */
export const systemTrust: TrustStore = createTrustStore();

function systemStoreFiles(): string[][] {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  return [SSL_CERT_FILE ? [SSL_CERT_FILE] : SYSTEM_STORES, NODE_EXTRA_CA_CERTS ? [NODE_EXTRA_CA_CERTS] : []];
}

function sameParts(a: SecureContextParts, b: SecureContextParts): boolean {
  return a.cert === b.cert && a.key === b.key && a.ca.length === b.ca.length && a.ca.every((pem, index) => pem === b.ca[index]);
}

/** Certificates of the store that issued one of the chain or are one of it, and their own issuers within the store. */
function issuersWithin(store: Anchors, chain: readonly X509Certificate[]): Set<X509Certificate> {
  const found = new Map<string, X509Certificate>();
  let wanted = chain;
  for (let round = 0; round < LONGEST_PATH && wanted.length > 0; round++) {
    const next = wanted.flatMap((one) => [
      ...store.issuersOf(one).filter((anchor) => one.checkIssued(anchor)),
      ...(store.has(one) ? [one] : []),
    ]);
    wanted = next.filter(({ fingerprint256 }) => !found.has(fingerprint256));
    for (const anchor of wanted) found.set(anchor.fingerprint256, anchor);
  }
  return new Set(found.values());
}

async function firstReadable(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const text = await readTextFile(file, LARGEST_STORE_BYTES);
    if (text !== null) return text;
  }
  return '';
}
