import type { ScoreboardNetwork } from '../network.js';
import { home } from './home.js';

/**
 * As `home`, but for the gateway's rule that nothing of the client's passes: the way out is an HTTP proxy on the gateway (3128) or its
 * SOCKS proxy (1080), and the gateway's resolver answers.
 */
export const proxyOnly: ScoreboardNetwork = {
  ...home,
  layout: { ...home.layout, resolvers: { ...home.layout.resolvers, gateway: ['1.1.1.1'] } },
  prepare: [
    {
      on: 'gateway',
      run: 'nft "add table inet office; add chain inet office forward { type filter hook forward priority 0; policy drop; }"',
    },
  ],
  services: { ...home.services, gateway: { ...home.services['gateway'], proxy: {}, socks: {} } },
  environment: { https_proxy: 'http://192.0.2.1:3128', http_proxy: 'http://192.0.2.1:3128' },
};
