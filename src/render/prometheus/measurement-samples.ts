import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { PHASE_NAMES, type PhaseField } from '../phase-names.js';
import { type Labels, type Sample, sample, sampleOfMs, sampleOfTime, samplesOfRtt } from './sample.js';

/**
 * The numbers of a measurement that are worth a series. Facts of the machine are left to the node exporter, which reads them all the time.
 * Addresses are no labels but for the family: those of a name change, and each would begin a series of its own.
 */
export function measurementSamples(measurement: Measurement): Sample[] {
  const target: Labels = { target: measurement.target ?? '' };
  switch (measurement.probe) {
    case 'latency':
      return latency(measurement.data, { ...target, ...way(measurement) });
    case 'loss':
      return loss(measurement.data, { ...target, ...way(measurement) });
    case 'route':
      return route(measurement.data, { ...target, ...family(measurement.data) });
    case 'mtu':
      return mtu(measurement.data, { ...target, ...family(measurement.data) });
    case 'addresses':
      return addresses(measurement.data, target);
    case 'ports':
      return ports(measurement.data, { ...target, ...family(measurement.data) });
    case 'listening':
      return listening(measurement.data);
    case 'phases':
      return phases(measurement.data, { ...target, ...family(measurement.data), probe: 'phases' });
    case 'http':
      return http(measurement.data, { ...target, ...family(measurement.data), probe: 'http' });
    case 'websocket':
      return webSocket(measurement.data, { ...target, ...family(measurement.data) });
    case 'bandwidth':
      return bandwidth(measurement.data, { ...target, ...family(measurement.data) });
    case 'tls':
      return tls(measurement.data, { ...target, ...family(measurement.data) });
    case 'dns':
      return dns(measurement.data, target);
    case 'dns-comparison':
      return dnsComparison(measurement.data, target);
    case 'quic':
      return [
        ...sample('netdiag_quic_answered', target, answeredByQuic(measurement.data)),
        ...sampleOfMs('netdiag_quic_latency_seconds', target, measurement.data.rttMs),
      ];
    case 'proxy':
      return [
        ...sample('netdiag_proxy_reachable', target, measurement.data.reachable),
        ...sampleOfMs('netdiag_proxy_handshake_seconds', target, measurement.data.handshakeMs),
      ];
    case 'captive-portal':
      return sample('netdiag_captive_portal', target, portalSeen(measurement.data));
    case 'clock':
      return [
        ...sampleOfMs('netdiag_clock_offset_seconds', {}, measurement.data.ntp?.offsetMs),
        ...sampleOfMs('netdiag_clock_uncertainty_seconds', {}, measurement.data.ntp?.uncertaintyMs),
        ...sample('netdiag_clock_synchronized', {}, measurement.data.kernel?.synchronized),
      ];
    default:
      return [];
  }
}

/** `4`, `6`, or empty where no address is known. */
function family({ address }: { address: string | null }): Labels {
  return { family: address === null ? '' : String(addressFamily(address) ?? '') };
}

function way({ data, method }: MeasurementOf<'latency'> | MeasurementOf<'loss'>): Labels {
  return { ...family(data), method: method ?? '' };
}

function latency(data: DataOf<'latency'>, labels: Labels): Sample[] {
  // What was not tried has sent nothing, and that is no measured 0.
  const tried = data.sent > 0;
  return [
    ...samplesOfRtt('netdiag_latency_seconds', labels, data.rttMs),
    ...sampleOfMs('netdiag_latency_jitter_seconds', labels, data.jitterMs),
    ...sample('netdiag_latency_sent_packets', labels, tried ? data.sent : null),
    ...sample('netdiag_latency_received_packets', labels, tried ? data.received : null),
  ];
}

function loss(data: DataOf<'loss'>, labels: Labels): Sample[] {
  return [
    ...sample('netdiag_loss_ratio', labels, data.lossRatio),
    ...sample('netdiag_loss_interval_low_ratio', labels, data.interval?.lowRatio),
    ...sample('netdiag_loss_interval_high_ratio', labels, data.interval?.highRatio),
    ...sample('netdiag_loss_sent_packets', labels, data.sent > 0 ? data.sent : null),
    ...sample('netdiag_loss_lost_packets', labels, data.lost),
    ...sample('netdiag_loss_duplicated_packets', labels, data.duplicated),
    ...sample('netdiag_loss_reordered_packets', labels, data.reordered),
    ...sample('netdiag_loss_longest_burst_packets', labels, data.bursts?.longest),
  ];
}

function route(data: DataOf<'route'>, labels: Labels): Sample[] {
  return [
    ...sample('netdiag_route_reached', labels, data.reached),
    ...sample('netdiag_route_hops', labels, data.reached === null ? null : data.hops.length),
    ...sample('netdiag_route_loop', labels, data.loop),
    ...data.hops.flatMap((hop) => {
      const ofHop = { ...labels, ttl: String(hop.ttl) };
      return [
        ...sample('netdiag_hop_loss_ratio', ofHop, hop.lossRatio),
        ...sampleOfMs('netdiag_hop_latency_seconds', { ...ofHop, statistic: 'p50' }, hop.rttMs?.p50),
      ];
    }),
  ];
}

function mtu(data: DataOf<'mtu'>, labels: Labels): Sample[] {
  return [
    ...sample('netdiag_path_mtu_bytes', labels, data.pathMtuBytes),
    ...sample('netdiag_interface_mtu_bytes', labels, data.localMtuBytes),
    ...sample('netdiag_tcp_mss_bytes', labels, data.tcpMssBytes),
    ...sample('netdiag_mtu_blackhole', labels, data.blackhole),
  ];
}

function addresses(data: DataOf<'addresses'>, target: Labels): Sample[] {
  const tried = data.addresses.filter(({ answers }) => answers !== null);
  return ([4, 6] as const).flatMap((version) => {
    const own = tried.filter((entry) => entry.family === version);
    if (own.length === 0) return [];
    const answering = own.filter(({ answers }) => answers === true).length;
    const labels = { ...target, family: String(version) };
    return [
      ...sample('netdiag_addresses', { ...labels, answers: 'yes' }, answering),
      ...sample('netdiag_addresses', { ...labels, answers: 'no' }, own.length - answering),
    ];
  });
}

function ports(data: DataOf<'ports'>, labels: Labels): Sample[] {
  const surveyed = data.ports.filter(({ required }) => !required);
  const states = surveyed.length === 0 ? [] : (['open', 'closed', 'filtered', 'rejected'] as const);
  return [
    ...data.ports
      .filter(({ required }) => required)
      .flatMap(({ port, protocol, state, latencyMs }) => {
        const ofPort = { ...labels, port: String(port), protocol };
        return [...sample('netdiag_port_open', ofPort, state === 'open'), ...sampleOfMs('netdiag_port_connect_seconds', ofPort, latencyMs)];
      }),
    ...states.flatMap((state) =>
      sample('netdiag_surveyed_ports', { ...labels, state }, surveyed.filter((entry) => entry.state === state).length),
    ),
  ];
}

function listening({ listeners }: DataOf<'listening'>): Sample[] {
  const counts = new Map<string, { labels: Labels; count: number }>();
  for (const { protocol, exposure } of listeners) {
    const key = `${protocol} ${exposure}`;
    counts.set(key, { labels: { protocol, exposure }, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].flatMap(({ labels, count }) => sample('netdiag_listeners', labels, count));
}

type Phased = Pick<DataOf<'phases'>, 'count' | 'completed'> &
  Partial<Record<PhaseField, number | null>> & { distribution: Partial<NonNullable<DataOf<'http'>['distribution']>> | null };

function exchange(data: Phased, labels: Labels): Sample[] {
  return [
    ...PHASE_NAMES.flatMap(([field, phase]) => {
      const ofPhase = { ...labels, phase };
      const spread = data.distribution?.[field] ?? null;
      if (spread !== null) return samplesOfRtt('netdiag_phase_seconds', ofPhase, spread);
      return sampleOfMs('netdiag_phase_seconds', { ...ofPhase, statistic: 'p50' }, data[field]);
    }),
    ...sample('netdiag_exchanges', labels, data.count > 0 ? data.count : null),
    ...sample('netdiag_exchanges_completed', labels, data.count > 0 ? data.completed : null),
  ];
}

function phases(data: DataOf<'phases'>, labels: Labels): Sample[] {
  return [...exchange(data, labels), ...sample('netdiag_http_status_code', labels, data.httpStatus)];
}

function http(data: DataOf<'http'>, labels: Labels): Sample[] {
  return [
    ...exchange(data, labels),
    ...sample('netdiag_http_status_code', labels, data.status),
    ...sample('netdiag_http_rate_limit_requests', labels, data.rateLimit?.limit),
    ...sample('netdiag_http_rate_limit_remaining_requests', labels, data.rateLimit?.remaining),
    ...sample('netdiag_http_rate_limit_reset_seconds', labels, data.rateLimit?.resetSeconds),
  ];
}

function webSocket(data: DataOf<'websocket'>, labels: Labels): Sample[] {
  return [
    ...sampleOfMs('netdiag_websocket_upgrade_seconds', labels, data.upgradeMs),
    ...samplesOfRtt('netdiag_websocket_latency_seconds', labels, data.rttMs),
    ...sample('netdiag_websocket_messages_per_second', labels, data.throughput?.perSecond ?? null),
  ];
}

function bandwidth(data: DataOf<'bandwidth'>, labels: Labels): Sample[] {
  const directions = [
    { direction: 'down', of: data.down },
    { direction: 'up', of: data.up },
  ];
  return [
    ...samplesOfRtt('netdiag_bandwidth_idle_latency_seconds', labels, data.idle?.rttMs ?? null),
    ...directions.flatMap(({ direction, of }) => {
      const loaded = { ...labels, direction };
      const perSecond = (mbps: number | null | undefined) => (mbps == null ? null : mbps * BITS_PER_MEGABIT);
      return [
        ...sample('netdiag_bandwidth_bits_per_second', loaded, perSecond(of?.mbps)),
        ...sample('netdiag_bandwidth_interval_low_bits_per_second', loaded, perSecond(of?.interval?.lowMbps)),
        ...sample('netdiag_bandwidth_interval_high_bits_per_second', loaded, perSecond(of?.interval?.highMbps)),
        ...sample('netdiag_bandwidth_interface_bits_per_second', loaded, perSecond(of?.interfaceMbps)),
        ...sample('netdiag_bandwidth_utilisation_ratio', loaded, of?.utilisationRatio ?? null),
        // Where nothing could be loaded, nothing was counted either.
        ...sample('netdiag_bandwidth_moved_bytes', loaded, of === null || of.failure !== null ? null : of.bytes),
        ...samplesOfRtt('netdiag_bandwidth_loaded_latency_seconds', loaded, of?.latency?.rttMs ?? null),
        ...sampleOfMs('netdiag_bandwidth_queueing_seconds', loaded, of?.queueingMs ?? null),
      ];
    }),
  ];
}

const BITS_PER_MEGABIT = 1e6;

function tls(data: DataOf<'tls'>, labels: Labels): Sample[] {
  const { protocol, cipher, group, alpn } = data;
  const agreed = { ...labels, protocol: protocol ?? '', cipher: cipher ?? '', group: group ?? '', alpn: alpn ?? '' };
  return [
    ...sampleOfMs('netdiag_tls_handshake_seconds', labels, data.handshakeMs),
    ...sample('netdiag_tls_info', agreed, protocol === null ? null : 1),
    ...sample('netdiag_tls_trusted', labels, data.trusted),
    ...sample('netdiag_tls_hostname_matches', labels, data.hostnameMatches),
    ...data.chain.flatMap(({ notBefore, notAfter }, index) => {
      const ofCertificate = { ...labels, position: String(index) };
      return [
        ...sampleOfTime('netdiag_certificate_not_before_timestamp_seconds', ofCertificate, notBefore),
        ...sampleOfTime('netdiag_certificate_not_after_timestamp_seconds', ofCertificate, notAfter),
      ];
    }),
  ];
}

function dns(data: DataOf<'dns'>, target: Labels): Sample[] {
  const labels = { ...target, server: data.server ?? '', transport: data.transport ?? '', type: data.type };
  return [
    ...sampleOfMs('netdiag_dns_query_seconds', labels, data.queryMs),
    ...sample('netdiag_dns_response_info', { ...labels, rcode: data.rcode ?? '' }, data.rcode === null ? null : 1),
  ];
}

function dnsComparison(data: DataOf<'dns-comparison'>, target: Labels): Sample[] {
  return data.servers.flatMap(({ server, transport, coldMs, warmMs, lossRatio }) => {
    const labels = { ...target, server, transport, type: data.type };
    return [
      ...sampleOfMs('netdiag_dns_cold_query_seconds', labels, coldMs),
      ...samplesOfRtt('netdiag_dns_warm_query_seconds', labels, warmMs),
      ...sample('netdiag_dns_loss_ratio', labels, lossRatio),
    ];
  });
}

function answeredByQuic({ outcome }: DataOf<'quic'>): boolean | null {
  return outcome === null || outcome === 'not-sent' ? null : outcome === 'answered';
}

function portalSeen({ sign, asExpected }: DataOf<'captive-portal'>): boolean | null {
  if (sign !== null) return true;
  return asExpected === true ? false : null;
}
