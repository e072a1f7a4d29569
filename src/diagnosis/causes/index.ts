import type { Code } from '../../model/code.js';
import type { Cause } from '../cause.js';
import { AMBIGUITY_CAUSES } from './ambiguity.js';
import { CERTIFICATE_CAUSES } from './certificate.js';
import { CERTIFICATE_CHAIN_CAUSES } from './certificate-chain.js';
import { CERTIFICATE_CONTENT_CAUSES } from './certificate-contents.js';
import { CLOCK_CAUSES } from './clock.js';
import { CONTAINER_NETWORK_CAUSES } from './container-network.js';
import { DNS_CAUSES } from './dns.js';
import { DNS_DELEGATION_CAUSES } from './dns-delegation.js';
import { DNS_TRANSPORT_CAUSES } from './dns-transport.js';
import { DNSSEC_CAUSES } from './dnssec.js';
import { FIREWALL_CAUSES } from './firewall.js';
import { HTTP_CAUSES } from './http.js';
import { HTTP_ANSWER_CAUSES } from './http-answer.js';
import { KERNEL_CAUSES } from './kernel.js';
import { LINK_CAUSES } from './link.js';
import { MACHINE_CAUSES } from './machine.js';
import { MTU_CAUSES } from './mtu.js';
import { NAME_SERVICE_CAUSES } from './name-service.js';
import { PATH_QUALITY_CAUSES } from './path-quality.js';
import { QUEUE_CAUSES } from './queues.js';
import { ROUTING_CAUSES } from './routing.js';
import { SEGMENT_CAUSES } from './segment.js';
import { SURROUNDINGS_CAUSES } from './surroundings.js';
import { TLS_CAUSES } from './tls.js';
import { TLS_ENUMERATION_CAUSES } from './tls-enumeration.js';
import { TLS_HANDSHAKE_CAUSES } from './tls-handshake.js';
import { TRANSPORT_CAUSES } from './transport.js';
import { WEBSOCKET_CAUSES } from './websocket.js';

/** The groups of the catalogue. Each code is in exactly one of them. */
export const CAUSE_GROUPS: readonly Readonly<Partial<Record<Code, Cause>>>[] = [
  LINK_CAUSES,
  SEGMENT_CAUSES,
  ROUTING_CAUSES,
  AMBIGUITY_CAUSES,
  CONTAINER_NETWORK_CAUSES,
  PATH_QUALITY_CAUSES,
  MTU_CAUSES,
  TRANSPORT_CAUSES,
  MACHINE_CAUSES,
  FIREWALL_CAUSES,
  KERNEL_CAUSES,
  QUEUE_CAUSES,
  TLS_CAUSES,
  TLS_ENUMERATION_CAUSES,
  TLS_HANDSHAKE_CAUSES,
  CERTIFICATE_CAUSES,
  CERTIFICATE_CONTENT_CAUSES,
  CERTIFICATE_CHAIN_CAUSES,
  DNS_CAUSES,
  DNS_DELEGATION_CAUSES,
  DNS_TRANSPORT_CAUSES,
  DNSSEC_CAUSES,
  NAME_SERVICE_CAUSES,
  HTTP_CAUSES,
  HTTP_ANSWER_CAUSES,
  WEBSOCKET_CAUSES,
  SURROUNDINGS_CAUSES,
  CLOCK_CAUSES,
];

/** Every code with its cause. A code without a cause does not compile. */
export const CAUSES: Readonly<Record<Code, Cause>> = {
  ...LINK_CAUSES,
  ...SEGMENT_CAUSES,
  ...ROUTING_CAUSES,
  ...AMBIGUITY_CAUSES,
  ...CONTAINER_NETWORK_CAUSES,
  ...PATH_QUALITY_CAUSES,
  ...MTU_CAUSES,
  ...TRANSPORT_CAUSES,
  ...MACHINE_CAUSES,
  ...FIREWALL_CAUSES,
  ...KERNEL_CAUSES,
  ...QUEUE_CAUSES,
  ...TLS_CAUSES,
  ...TLS_ENUMERATION_CAUSES,
  ...TLS_HANDSHAKE_CAUSES,
  ...CERTIFICATE_CAUSES,
  ...CERTIFICATE_CONTENT_CAUSES,
  ...CERTIFICATE_CHAIN_CAUSES,
  ...DNS_CAUSES,
  ...DNS_DELEGATION_CAUSES,
  ...DNSSEC_CAUSES,
  ...DNS_TRANSPORT_CAUSES,
  ...NAME_SERVICE_CAUSES,
  ...HTTP_CAUSES,
  ...HTTP_ANSWER_CAUSES,
  ...WEBSOCKET_CAUSES,
  ...SURROUNDINGS_CAUSES,
  ...CLOCK_CAUSES,
};
