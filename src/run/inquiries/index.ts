import type { Inquiry } from '../../diagnosis/inquiry.js';
import type { MakeInquiry } from './inquiry-work.js';

/** Every inquiry by its name. Each is loaded where it is made: a run that finds nothing wrong needs none. A new one is one line here. */
export const INQUIRY_MAKERS: Readonly<Partial<Record<Inquiry, () => Promise<MakeInquiry>>>> = {
  trace: async () => (await import('./trace.js')).trace,
  'loss-by-hop': async () => (await import('./loss-by-hop.js')).lossByHop,
  'other-destinations': async () => (await import('./other-destinations.js')).otherDestinations,
  'resolvers-again': async () => (await import('./resolvers-again.js')).resolversAgain,
  'second-opinion': async () => (await import('./second-opinion.js')).secondOpinion,
  segments: async () => (await import('./segments.js')).segments,
  'handshake-variants': async () => (await import('./handshake-variants.js')).handshakeVariants,
  watch: async () => (await import('./watch.js')).watch,
  portal: async () => (await import('./portal.js')).portal,
};
