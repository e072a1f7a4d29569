import type { CertificateFiles } from '../certificates.js';

/** A configuration whose `certificate`, where it has one, was made. */
export type WithPem<Configuration> = Configuration & { pem?: CertificateFiles | undefined };
