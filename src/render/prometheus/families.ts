/**
 * Every metric that a report can give, with its help text, in the order in which they are printed. All are gauges: each run of netdiag begins
 * anew. Names end in their base unit (seconds, bytes, ratio), as the naming rules of Prometheus have it.
 */
export const FAMILIES = {
  netdiag_report_info: 'Version of netdiag, the command that ran, and the policy that values were held against; always 1.',
  netdiag_report_start_timestamp_seconds: 'When the run began, in Unix time.',
  netdiag_report_duration_seconds: 'How long the run took.',
  netdiag_report_partial: 'Whether the run was interrupted, so that not everything was measured (1) or not (0).',
  netdiag_internal_errors: 'Measurements that failed by a mistake of netdiag itself.',
  netdiag_verdict: 'The verdict of the run: 1 for the one that it is, 0 for the others.',
  netdiag_checks: 'Checks by how they ended.',
  netdiag_check_status: 'How a check ended: 1 for the status that it has, 0 for the others.',
  netdiag_diagnosis_confidence_ratio: 'How sure a cause of trouble is; absent for causes that were not named.',

  netdiag_latency_seconds: 'Round-trip time to the target.',
  netdiag_latency_jitter_seconds: 'Interarrival jitter of the round trips (RFC 3550).',
  netdiag_latency_sent_packets: 'Packets sent to time round trips.',
  netdiag_latency_received_packets: 'Of those, packets that were answered in time.',
  netdiag_loss_ratio: 'Share of packets that got lost, from 0 to 1.',
  netdiag_loss_interval_low_ratio: 'Lower end of the 95 % confidence interval of the loss.',
  netdiag_loss_interval_high_ratio: 'Upper end of the 95 % confidence interval of the loss.',
  netdiag_loss_sent_packets: 'Packets sent to measure loss.',
  netdiag_loss_lost_packets: 'Packets that got lost.',
  netdiag_loss_duplicated_packets: 'Packets that were answered more than once.',
  netdiag_loss_reordered_packets: 'Packets whose answers came out of order.',
  netdiag_loss_longest_burst_packets: 'Most packets that got lost one after the other.',

  netdiag_route_reached: 'Whether a trace reached the target (1) or not (0).',
  netdiag_route_hops: 'Hops that a trace found.',
  netdiag_route_loop: 'Whether the path has a loop (1) or not (0).',
  netdiag_hop_loss_ratio: 'Share of packets to a hop that were not answered; routers may answer few on purpose.',
  netdiag_hop_latency_seconds: 'Round-trip time to a hop.',
  netdiag_path_mtu_bytes: 'Largest IP packet that reaches the target whole.',
  netdiag_interface_mtu_bytes: 'MTU of the interface towards the target.',
  netdiag_tcp_mss_bytes: 'Maximum segment size towards the target.',
  netdiag_mtu_blackhole: 'Whether larger packets vanish without a message (1) or not (0).',
  netdiag_addresses: 'Addresses of the name of the target, by whether anything came back from them.',

  netdiag_port_open: 'Whether a port that was asked for by its number is open (1) or not (0).',
  netdiag_port_connect_seconds: 'Time until the state of a port that was asked for was settled.',
  netdiag_surveyed_ports: 'Ports of a survey, by their state.',
  netdiag_listeners: 'Listening sockets of this machine, by who can reach them.',

  netdiag_phase_seconds: 'Time of one phase of an exchange: name, connection, TLS, first byte, or all of it.',
  netdiag_exchanges: 'Exchanges that were tried.',
  netdiag_exchanges_completed: 'Exchanges that went through to their end.',
  netdiag_http_status_code: 'Status of the answer that came most often.',
  netdiag_http_rate_limit_requests: 'Requests that the service allows in a window, as it announces.',
  netdiag_http_rate_limit_remaining_requests: 'Requests that are left in this window, as the service announces.',
  netdiag_http_rate_limit_reset_seconds: 'Time until the allowance is whole again, as the service announces.',
  netdiag_websocket_upgrade_seconds: 'Time of the upgrade to WebSocket.',
  netdiag_websocket_latency_seconds: 'Round-trip time of pings or echoes over a WebSocket.',
  netdiag_websocket_messages_per_second: 'Messages that went to a server over a WebSocket and came back, in a second.',

  netdiag_bandwidth_bits_per_second: 'Steady rate of bodies of HTTP in one direction.',
  netdiag_bandwidth_interval_low_bits_per_second: 'Lower end of the 95 % confidence interval of that rate.',
  netdiag_bandwidth_interval_high_bits_per_second: 'Upper end of the 95 % confidence interval of that rate.',
  netdiag_bandwidth_interface_bits_per_second: 'What crossed the interface meanwhile, headers and other traffic included.',
  netdiag_bandwidth_utilisation_ratio: 'What the interface carried before, as a share of what it carried under load.',
  netdiag_bandwidth_moved_bytes: 'Bytes of bodies that were moved to measure it.',
  netdiag_bandwidth_idle_latency_seconds: 'Round-trip time before any load.',
  netdiag_bandwidth_loaded_latency_seconds: 'Round-trip time while one direction was loaded.',
  netdiag_bandwidth_queueing_seconds: 'By how much the 95th percentile of those is above the median before.',

  netdiag_tls_handshake_seconds: 'Time of the TLS handshake.',
  netdiag_tls_info: 'What was agreed in the TLS handshake; always 1.',
  netdiag_tls_trusted: 'Whether the certificate is trusted (1) or not (0).',
  netdiag_tls_hostname_matches: 'Whether the certificate is for the name that was asked for (1) or not (0).',
  netdiag_certificate_not_before_timestamp_seconds:
    'When a certificate of the chain becomes valid, in Unix time; position 0 is that of the server.',
  netdiag_certificate_not_after_timestamp_seconds:
    'When a certificate of the chain expires, in Unix time; position 0 is that of the server.',

  netdiag_dns_query_seconds: 'Time until the answer to a question.',
  netdiag_dns_response_info: 'Response code of a DNS server; always 1.',
  netdiag_dns_cold_query_seconds: 'Time of the first question to a compared server, its connection included.',
  netdiag_dns_warm_query_seconds: 'Time of the same question again.',
  netdiag_dns_loss_ratio: 'Share of questions to a compared server that were not answered.',

  netdiag_quic_answered: 'Whether a QUIC server answered (1) or not (0).',
  netdiag_quic_latency_seconds: 'Time until what came of a QUIC packet.',
  netdiag_proxy_reachable: 'Whether a connection to the proxy opened (1) or not (0).',
  netdiag_proxy_handshake_seconds: 'Time until the proxy said whether it lets the connection through.',
  netdiag_captive_portal: 'Whether there is a sign of a captive portal (1) or the answer was the expected one (0).',
  netdiag_clock_offset_seconds: 'Offset of the clock of this machine to time servers; positive where this machine is behind.',
  netdiag_clock_uncertainty_seconds: 'By how much the offset can be wrong.',
  netdiag_clock_synchronized: 'Whether the kernel takes its clock for synchronized (1) or not (0).',

  netdiag_series_left_out: 'Series that were left out of this file, since a metric had too many.',
} as const satisfies Record<string, string>;

export type FamilyName = keyof typeof FAMILIES;
