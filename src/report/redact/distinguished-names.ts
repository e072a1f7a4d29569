import type { Pseudonyms } from './pseudonyms.js';

/**
 * What public authorities, and products that open TLS, call their organisation (Common CA Database; `probes/tls/interception-products.ts`). An issuer
 * that all the world has says nothing of whose certificate it is, and much of whether it can be trusted.
 */
const KNOWN_ORGANISATIONS =
  /^(?:Let's Encrypt|Internet Security Research Group|DigiCert,? Inc\.?|Google Trust Services(?: LLC)?|Sectigo Limited|COMODO CA Limited|The USERTRUST Network|GlobalSign(?: nv-sa)?|Entrust,? Inc\.?|Amazon|GoDaddy\.com,? Inc\.?|Starfield Technologies,? Inc\.?|Microsoft Corporation|Apple Inc\.?|Cloudflare,? Inc\.?|ZeroSSL(?: GmbH)?|Buypass AS-983163327|SSL Corp(?:oration)?|IdenTrust|Actalis S\.p\.A\.|Unizeto Technologies S\.A\.|SwissSign AG|QuoVadis Limited|HARICA|VeriSign,? Inc\.?|Baltimore|Zscaler Inc\.?|Fortinet(?:,? Inc\.?)?|Palo Alto Networks|Netskope(?:,? Inc\.?)?|Sophos(?: Ltd)?|(?:AO )?Kaspersky Lab|Bitdefender|ESET|Avast|AVG|mitmproxy|PortSwigger|Cisco(?: Systems,? Inc\.?)?)$/i;

/** Words of which those make the names of their keys; a name with any other is hidden. */
const AUTHORITY_WORD =
  /^(?:[A-Z]{1,3}\d{1,4}|\d{1,4}|[A-Z]|CA|DV|OV|EV|TLS|SSL|RSA|ECC|ECDSA|Root|Global|Server|Secure|Trust|Services|Certificate|Certification|Authority|Issuing|Intermediate|Public|Validation|Domain|Organization|Extended|High|Assurance|ISRG|GTS|DigiCert|Sectigo|COMODO|USERTrust|GlobalSign|Entrust|Amazon|Starfield|Go|Daddy|Microsoft|Azure|Apple|Cloudflare|Inc|ZeroSSL|Buypass|IdenTrust|Actalis|SwissSign|QuoVadis|HARICA|VeriSign|Baltimore|CyberTrust|Class|Primary|Network|Zscaler|Fortinet|FortiGate|Subordinate|Palo|Alto|Networks|Netskope|Sophos|Kaspersky|Anti|Virus|Personal|Bitdefender|ESET|Filter|Avast|AVG|Web|Shield|mitmproxy|PortSwigger|Umbrella|Cisco|and|for|of|the)$/i;

/** RFC 4519, and what certificates of organisations have besides. */
const KNOWN_ATTRIBUTE =
  /^(?:CN|O|OU|C|L|ST|DC|SN|GN|UID|street|title|emailAddress|serialNumber|postalCode|businessCategory|jurisdiction[A-Z]{1,2}|organizationIdentifier)$/i;

interface Part {
  attribute: string;
  value: string;
  /** What stands between this part and the next one. */
  behind: string;
}

/**
 * A distinguished name (RFC 4514) with the same attributes in the same order. Of a public authority, or of a product known for opening TLS, it stays
 * as far as it is made of words that those use.
 *
 * @param hostName the pseudonym of a common name that may be a host's; `null`: it cannot be one
 */
export function distinguishedNamePseudonym(text: string, pseudonyms: Pseudonyms, hostName: (value: string) => string | null): string {
  if (text === '') return text;
  const parts = partsOf(text);
  if (parts === null) return pseudonyms.word('subject', text);
  const isCommonName = ({ attribute }: Part) => attribute.toUpperCase() === 'CN';
  const isKnown =
    parts.some(({ attribute, value }) => attribute.toUpperCase() === 'O' && KNOWN_ORGANISATIONS.test(value)) &&
    // The name of one of its own services, and not of an authority.
    !parts.some((part) => isCommonName(part) && part.value.includes('.'));
  return parts
    .map((part) => {
      const shown = KNOWN_ATTRIBUTE.test(part.attribute) ? part.attribute : pseudonyms.word('attribute', part.attribute);
      return `${shown}=${shownValue(part)}${part.behind}`;
    })
    .join('');

  function shownValue(part: Part): string {
    const { value } = part;
    if (value === '' || (isKnown && isPublicWording(value))) return value;
    return (isCommonName(part) ? hostName(value) : null) ?? pseudonyms.word('subject', value);
  }
}

function isPublicWording(value: string): boolean {
  return (
    KNOWN_ORGANISATIONS.test(value) ||
    /^[A-Z]{2}$/.test(value) ||
    value.split(/[\s,.()-]+/).every((word) => word === '' || AUTHORITY_WORD.test(word))
  );
}

/** `null`: it is no list of attributes. A comma is part of a value where no attribute follows it. */
function partsOf(text: string): Part[] | null {
  const starts = [...text.matchAll(/(?:^|[\n,+;/]\s*)(?=[A-Za-z][A-Za-z0-9.-]{0,40}=)/g)].map((match) => match.index + match[0].length);
  if (starts[0] !== 0) return null;
  return starts.map((start, index) => {
    const whole = text.slice(start, starts[index + 1]);
    const behind = index === starts.length - 1 ? '' : (/[\n,+;/]\s*$/.exec(whole)?.[0] ?? '');
    const equals = whole.indexOf('=');
    const value = whole.slice(equals + 1, whole.length - behind.length).replace(/\\(.)/gs, '$1');
    return { attribute: whole.slice(0, equals), value, behind };
  });
}
