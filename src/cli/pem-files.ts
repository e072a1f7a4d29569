import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { quotedValue } from './quoted-value.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;

export interface TlsMaterial {
  ca: string[];
  cert: string | null;
  key: string | null;
}

/** Reads `--ca`, `--cert` and `--key` and holds them against each other, before anything is sent. No text of a file enters an error. */
export function readTlsMaterial(flags: { ca?: string[] | undefined; cert?: string | undefined; key?: string | undefined }): TlsMaterial {
  if (flags.cert !== undefined && flags.key === undefined)
    throw new UsageError(`--cert ${quotedValue(flags.cert)}: --key is missing beside it`);
  if (flags.key !== undefined && flags.cert === undefined)
    throw new UsageError(`--key ${quotedValue(flags.key)}: --cert is missing beside it`);
  const ca = (flags.ca ?? []).map((path) => readCertificates('--ca', path));
  if (flags.cert === undefined || flags.key === undefined) return { ca, cert: null, key: null };
  const cert = readCertificates('--cert', flags.cert);
  const key = readKey(flags.key);
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new UsageError(`--key ${quotedValue(flags.key)}: it is not the key of the certificate in --cert ${quotedValue(flags.cert)}`);
  }
  return { ca, cert, key };
}

function readCertificates(flag: string, path: string): string {
  const text = readTextFile(flag, path);
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw new UsageError(`${flag} ${quotedValue(path)}: it holds no certificate in PEM`);
  certificates.forEach((pem, index) => {
    try {
      new X509Certificate(pem);
    } catch {
      throw new UsageError(`${flag} ${quotedValue(path)}: its certificate number ${index + 1} cannot be read`);
    }
  });
  return text;
}

function readKey(path: string): string {
  const text = readTextFile('--key', path);
  try {
    createPrivateKey(text);
  } catch {
    const encrypted = /ENCRYPTED/.test(text);
    throw new UsageError(
      `--key ${quotedValue(path)}: ${encrypted ? 'it is encrypted; netdiag asks for no passphrase' : 'it holds no private key in PEM'}`,
    );
  }
  return text;
}
