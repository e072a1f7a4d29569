import ipaddr from 'ipaddr.js';
import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { INTERCEPTION_PRODUCTS } from './interception-products.js';

/** Names that no public authority certifies (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and what companies use). */
const PRIVATE_NAME = /(^|\.)(localhost|test|example|invalid|local|internal|intranet|private|corp|home|lan|alt|onion|arpa)$/i;

/**
 * Who seems to have put a certificate of their own in place of the server's, in words; `null` where nothing says so.
 *
 * Either the issuer is by its name a product that does this, and made a certificate for the very name that was asked for; or a public name
 * at a public address is vouched for by an authority that only the store of this machine knows. An authority that was given (`--ca`) is
 * expected there, and a private name or address is where private authorities belong.
 */
export function interceptionOf(data: DataOf<'tls'>): string | null {
  const { chain, trustedBy, hostnameMatches, servername, address } = data;
  const leaf = chain[0];
  if (leaf === undefined || !trustedBy || trustedBy.node === true || hostnameMatches !== true || leaf.selfSigned === true) return null;
  for (const { issuer } of chain) {
    const product = INTERCEPTION_PRODUCTS.find((one) => one.issuer.test(issuer));
    if (product !== undefined) return `issued by ${issuer}, which is how ${product.name} signs what it opens`;
  }
  if (trustedBy.system !== true || trustedBy.given === true || servername === null || address === null) return null;
  const isPublic = addressFamily(servername) === null && servername.includes('.') && !PRIVATE_NAME.test(servername.replace(/\.$/, ''));
  return isPublic && ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
    ? `${servername} is a public name, and only the store of this machine knows its authority: ${chain[chain.length - 1]?.issuer ?? leaf.issuer}`
    : null;
}
