import type { ScoreboardNetwork } from '../network.js';
import { doubleTranslation, homeIPv4 } from './double-translation.js';
import { flat, flatDualStack } from './flat.js';
import { home } from './home.js';
import { ipv6Only } from './ipv6-only.js';
import { proxyOnly } from './proxy-only.js';
import { twoPath, twoPathIPv6 } from './two-path.js';
import { twoRouters } from './two-routers.js';

/** By the name that a case gives. */
export const NETWORKS: Readonly<Record<string, ScoreboardNetwork>> = {
  home,
  'home-ipv4': homeIPv4,
  flat,
  'flat-dual-stack': flatDualStack,
  'two-path': twoPath,
  'two-path-ipv6': twoPathIPv6,
  'two-routers': twoRouters,
  'proxy-only': proxyOnly,
  'double-translation': doubleTranslation,
  'ipv6-only': ipv6Only,
};
