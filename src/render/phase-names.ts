/** Fields of the phases of an exchange, in their order, and what they are called where a name stands alone: in a column or a label. */
export const PHASE_NAMES = [
  ['dnsMs', 'dns'],
  ['tcpMs', 'tcp'],
  ['proxyMs', 'proxy'],
  ['tlsMs', 'tls'],
  ['ttfbMs', 'first_byte'],
  ['bodyMs', 'body'],
  ['totalMs', 'total'],
] as const;

export type PhaseField = (typeof PHASE_NAMES)[number][0];
