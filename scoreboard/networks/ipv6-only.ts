import type { ScoreboardNetwork } from '../network.js';
import { ofFamily } from './families.js';
import { home } from './home.js';
import { HOME_NAMES, namesOf } from './well-known-services.js';

const NAMES = namesOf(HOME_NAMES['app.example.net'] ?? [], ['2001:db8:3::80']);

/** As `home`, with IPv6 alone: no host has an address of the other family. */
export const ipv6Only: ScoreboardNetwork = ofFamily(6, {
  ...home,
  layout: {
    ...home.layout,
    resolvers: { client: ['2001:db8:1::1'], gateway: ['2606:4700:4700::1111'], server: ['2606:4700:4700::1111'] },
  },
  services: {
    ...home.services,
    gateway: { dns: { names: NAMES } },
    internet: { ...home.services['internet'], dns: { ...home.services['internet']?.['dns'], names: NAMES } },
  },
});
