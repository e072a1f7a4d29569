import type { Entries } from '../../language.js';

export const WIRE_DARWIN: Entries = {
  'packets? sent': 'packets? sent',
  'packets? received': 'packets? received',
  'discarded for bad checksums?': 'discarded for bad checksums?',
  'connection requests?': 'connection requests?',
  'connection accepts?': 'connection accepts?',
  'listen queue overflows?': 'listen queue overflows?',
  'retransmit timeouts?': 'retransmit timeouts?',
  'received packets? dropped due to low memory': 'received packets? dropped due to low memory',
  '{0}Proxy': '{0}Proxy',
  '{0}Port': '{0}Port',
  '{0}Enable': '{0}Enable',
};
