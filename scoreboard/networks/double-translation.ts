import type { ScoreboardNetwork } from '../network.js';
import { ofFamily } from './families.js';
import { home } from './home.js';

const masquerade = (device: string): string =>
  `nft "add table ip translation; add chain ip translation ${device} { type nat hook postrouting priority 100; }; add rule ip translation ${device} oifname ${device} masquerade"`;

/** `home` without IPv6. */
export const homeIPv4: ScoreboardNetwork = ofFamily(4, home);

/** As `home` without IPv6: the gateway translates addresses, and the provider does so again; nobody outside has a route inwards. */
export const doubleTranslation: ScoreboardNetwork = {
  ...homeIPv4,
  layout: {
    ...homeIPv4.layout,
    routes: {
      ...homeIPv4.layout.routes,
      isp: (homeIPv4.layout.routes?.['isp'] ?? []).filter((route) => !route.startsWith('192.0.')),
    },
  },
  prepare: [
    { on: 'gateway', run: masquerade('wan0') },
    { on: 'isp', run: `${masquerade('eth1')}; ${masquerade('eth2')}` },
  ],
};
