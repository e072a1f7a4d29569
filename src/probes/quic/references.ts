/**
 * Well-known servers that speak QUIC at port 443, by address, so that no name has to be resolved; of each family two. Where several of them
 * are silent over UDP and not over TCP, it is the network that keeps QUIC in.
 */
export const QUIC_REFERENCES: readonly string[] = ['1.1.1.1', '8.8.8.8', '2606:4700:4700::1111', '2001:4860:4860::8888'];
