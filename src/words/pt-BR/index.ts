import type { JoinedBy } from '../joints.js';
import type { Entries } from '../language.js';
import { CAUSES_AMBIGUITY } from './causes/ambiguity.js';
import { CAUSES_CERTIFICATE } from './causes/certificate.js';
import { CAUSES_CERTIFICATE_CHAIN } from './causes/certificate-chain.js';
import { CAUSES_CERTIFICATE_CONTENTS } from './causes/certificate-contents.js';
import { CAUSES_CLOCK } from './causes/clock.js';
import { CAUSES_CONTAINER_NETWORK } from './causes/container-network.js';
import { CAUSES_DNS } from './causes/dns.js';
import { CAUSES_DNS_DELEGATION } from './causes/dns-delegation.js';
import { CAUSES_DNS_TRANSPORT } from './causes/dns-transport.js';
import { CAUSES_DNSSEC } from './causes/dnssec.js';
import { CAUSES_FIREWALL } from './causes/firewall.js';
import { CAUSES_HTTP } from './causes/http.js';
import { CAUSES_HTTP_ANSWER } from './causes/http-answer.js';
import { CAUSES_KERNEL } from './causes/kernel.js';
import { CAUSES_LINK } from './causes/link.js';
import { CAUSES_MACHINE } from './causes/machine.js';
import { CAUSES_MTU } from './causes/mtu.js';
import { CAUSES_NAME_SERVICE } from './causes/name-service.js';
import { CAUSES_PATH_QUALITY } from './causes/path-quality.js';
import { CAUSES_PHRASES } from './causes/phrases.js';
import { CAUSES_QUEUES } from './causes/queues.js';
import { CAUSES_RIVALS } from './causes/rivals.js';
import { CAUSES_ROUTING } from './causes/routing.js';
import { CAUSES_SEGMENT } from './causes/segment.js';
import { CAUSES_SOME_REQUESTS } from './causes/some-requests.js';
import { CAUSES_SURROUNDINGS } from './causes/surroundings.js';
import { CAUSES_TLS } from './causes/tls.js';
import { CAUSES_TLS_ENUMERATION } from './causes/tls-enumeration.js';
import { CAUSES_TLS_HANDSHAKE } from './causes/tls-handshake.js';
import { CAUSES_TRANSPORT } from './causes/transport.js';
import { CAUSES_WEBSOCKET } from './causes/websocket.js';
import { CLI_VERIFY } from './cli/verify.js';
import { COMPOSED } from './composed.js';
import { DIAGNOSIS } from './diagnosis.js';
import { MODEL_PROFILES } from './model/profiles.js';
import { MODEL } from './model.js';
import { NATIVE } from './native.js';
import { NET_DNS } from './net/dns.js';
import { NET_HTTP } from './net/http.js';
import { NET_MACHINE } from './net/machine.js';
import { NET_PACKETS } from './net/packets.js';
import { NET_TCP } from './net/tcp.js';
import { NET_TLS } from './net/tls.js';
import { NET_TOOLS } from './net/tools.js';
import { NET } from './net.js';
import { PROBES_ADDRESSES } from './probes/addresses.js';
import { PROBES_BANDWIDTH } from './probes/bandwidth.js';
import { PROBES_CAPTIVE_PORTAL } from './probes/captive-portal.js';
import { PROBES_CLOCK } from './probes/clock.js';
import { PROBES_COUNTERS } from './probes/counters.js';
import { PROBES_DNS } from './probes/dns.js';
import { PROBES_DNS_COMPARISON } from './probes/dns-comparison.js';
import { PROBES_DNS_TRACE } from './probes/dns-trace.js';
import { PROBES_DNSSEC } from './probes/dnssec.js';
import { PROBES_DUPLICATE_ADDRESS } from './probes/duplicate-address.js';
import { PROBES_FIREWALL } from './probes/firewall.js';
import { PROBES_HANDSHAKE_VARIANTS } from './probes/handshake-variants.js';
import { PROBES_HOST } from './probes/host.js';
import { PROBES_HTTP } from './probes/http.js';
import { PROBES_KERNEL } from './probes/kernel.js';
import { PROBES_LATENCY } from './probes/latency.js';
import { PROBES_LISTENING } from './probes/listening.js';
import { PROBES_LOSS } from './probes/loss.js';
import { PROBES_MTU } from './probes/mtu.js';
import { PROBES_NAME_SERVICE } from './probes/name-service.js';
import { PROBES_PHASES } from './probes/phases.js';
import { PROBES_PORTS } from './probes/ports.js';
import { PROBES_PROXY } from './probes/proxy.js';
import { PROBES_PROXY_SETTINGS } from './probes/proxy-settings.js';
import { PROBES_QUIC } from './probes/quic.js';
import { PROBES_RESOLVER_WATCH } from './probes/resolver-watch.js';
import { PROBES_ROUND_TRIP } from './probes/round-trip.js';
import { PROBES_ROUTE } from './probes/route.js';
import { PROBES_SURROUNDINGS } from './probes/surroundings.js';
import { PROBES_TIMELINE } from './probes/timeline.js';
import { PROBES_TLS } from './probes/tls.js';
import { PROBES_WEBSOCKET } from './probes/websocket.js';
import { PROBES_WIRELESS } from './probes/wireless.js';
import { PROBES } from './probes.js';
import { RENDER_HTML } from './render/html.js';
import { RENDER_MARKDOWN } from './render/markdown.js';
import { RENDER } from './render.js';
import { REPORT_DIFF } from './report/diff.js';
import { REPORT_VERIFY } from './report/verify.js';
import { RUN_INQUIRIES } from './run/inquiries.js';
import { RUN } from './run.js';
import { TERMS_ALERTS } from './terms/alerts.js';
import { TERMS_ELSEWHERE } from './terms/elsewhere.js';
import { TERMS_ERRNO } from './terms/errno.js';
import { TERMS_ERRNO_EXPLANATIONS } from './terms/errno-explanations.js';
import { TERMS_ERRNO_MORE } from './terms/errno-more.js';
import { TERMS_ERRNO_NUMBERS } from './terms/errno-numbers.js';
import { TERMS_EXTENDED_ERRORS } from './terms/extended-errors.js';
import { TERMS_HTTP_EXPLANATIONS } from './terms/http-explanations.js';
import { TERMS_HTTP_STATUSES } from './terms/http-statuses.js';
import { TERMS_HTTP_STATUSES_MORE } from './terms/http-statuses-more.js';
import { TERMS_ICMP } from './terms/icmp.js';
import { TERMS_RCODES } from './terms/rcodes.js';
import { WIRE_DARWIN } from './wire/darwin.js';
import { WIRE_DNS } from './wire/dns.js';
import { WIRE_DNSSEC } from './wire/dnssec.js';
import { WIRE_HTTP } from './wire/http.js';
import { WIRE_LINUX } from './wire/linux.js';
import { WIRE_NAMES } from './wire/names.js';
import { WIRE_PACKETS } from './wire/packets.js';
import { WIRE_QUIC } from './wire/quic.js';
import { WIRE_TLS } from './wire/tls.js';

/** Words that stand between texts which the program joins. */
export const JOINED_BY: JoinedBy = { ' and ': ' e ', ' or ': ' ou ' };

/** Every text of the program in Brazilian Portuguese, by the English one. `node scripts/words.mjs` keeps this list and the files in order. */
export const ENTRIES: Entries = {
  ...CAUSES_AMBIGUITY,
  ...CAUSES_CERTIFICATE_CHAIN,
  ...CAUSES_CERTIFICATE_CONTENTS,
  ...CAUSES_CERTIFICATE,
  ...CAUSES_CLOCK,
  ...CAUSES_CONTAINER_NETWORK,
  ...CAUSES_DNS_DELEGATION,
  ...CAUSES_DNS_TRANSPORT,
  ...CAUSES_DNS,
  ...CAUSES_DNSSEC,
  ...CAUSES_FIREWALL,
  ...CAUSES_HTTP_ANSWER,
  ...CAUSES_HTTP,
  ...CAUSES_KERNEL,
  ...CAUSES_LINK,
  ...CAUSES_MACHINE,
  ...CAUSES_MTU,
  ...CAUSES_NAME_SERVICE,
  ...CAUSES_PATH_QUALITY,
  ...CAUSES_PHRASES,
  ...CAUSES_QUEUES,
  ...CAUSES_RIVALS,
  ...CAUSES_ROUTING,
  ...CAUSES_SEGMENT,
  ...CAUSES_SOME_REQUESTS,
  ...CAUSES_SURROUNDINGS,
  ...CAUSES_TLS_ENUMERATION,
  ...CAUSES_TLS_HANDSHAKE,
  ...CAUSES_TLS,
  ...CAUSES_TRANSPORT,
  ...CAUSES_WEBSOCKET,
  ...CLI_VERIFY,
  ...COMPOSED,
  ...DIAGNOSIS,
  ...MODEL,
  ...MODEL_PROFILES,
  ...NATIVE,
  ...NET,
  ...NET_DNS,
  ...NET_HTTP,
  ...NET_MACHINE,
  ...NET_PACKETS,
  ...NET_TCP,
  ...NET_TLS,
  ...NET_TOOLS,
  ...PROBES,
  ...PROBES_ADDRESSES,
  ...PROBES_BANDWIDTH,
  ...PROBES_CAPTIVE_PORTAL,
  ...PROBES_CLOCK,
  ...PROBES_COUNTERS,
  ...PROBES_DNS_COMPARISON,
  ...PROBES_DNS_TRACE,
  ...PROBES_DNS,
  ...PROBES_DNSSEC,
  ...PROBES_DUPLICATE_ADDRESS,
  ...PROBES_FIREWALL,
  ...PROBES_HANDSHAKE_VARIANTS,
  ...PROBES_HOST,
  ...PROBES_HTTP,
  ...PROBES_KERNEL,
  ...PROBES_LATENCY,
  ...PROBES_LISTENING,
  ...PROBES_LOSS,
  ...PROBES_MTU,
  ...PROBES_NAME_SERVICE,
  ...PROBES_PHASES,
  ...PROBES_PORTS,
  ...PROBES_PROXY_SETTINGS,
  ...PROBES_PROXY,
  ...PROBES_QUIC,
  ...PROBES_RESOLVER_WATCH,
  ...PROBES_ROUND_TRIP,
  ...PROBES_ROUTE,
  ...PROBES_SURROUNDINGS,
  ...PROBES_TIMELINE,
  ...PROBES_TLS,
  ...PROBES_WEBSOCKET,
  ...PROBES_WIRELESS,
  ...RENDER,
  ...RENDER_HTML,
  ...RENDER_MARKDOWN,
  ...REPORT_DIFF,
  ...REPORT_VERIFY,
  ...RUN,
  ...RUN_INQUIRIES,
  ...TERMS_ALERTS,
  ...TERMS_ELSEWHERE,
  ...TERMS_ERRNO_EXPLANATIONS,
  ...TERMS_ERRNO_MORE,
  ...TERMS_ERRNO_NUMBERS,
  ...TERMS_ERRNO,
  ...TERMS_EXTENDED_ERRORS,
  ...TERMS_HTTP_EXPLANATIONS,
  ...TERMS_HTTP_STATUSES_MORE,
  ...TERMS_HTTP_STATUSES,
  ...TERMS_ICMP,
  ...TERMS_RCODES,
  ...WIRE_DARWIN,
  ...WIRE_DNS,
  ...WIRE_DNSSEC,
  ...WIRE_HTTP,
  ...WIRE_LINUX,
  ...WIRE_NAMES,
  ...WIRE_PACKETS,
  ...WIRE_QUIC,
  ...WIRE_TLS,
};
