import type { CaptivePortalReference } from '../../model/probe-options.js';

/**
 * Pages that browsers and systems ask for, to see whether the internet answers. Sources: Firefox, preference `captivedetect.canonicalURL`;
 * Chromium and Android, `connectivity_check_http_url`; Apple, hotspot-detect.html; Windows, NCSI `ActiveWebProbeHost`; Debian,
 * NetworkManager `connectivity.uri`. None is asked unless a portal is looked for.
 */
export const REFERENCES: readonly CaptivePortalReference[] = [
  { name: 'Firefox', host: 'detectportal.firefox.com', port: 80, path: '/success.txt?ipv4', status: 200, body: 'success' },
  { name: 'Google', host: 'connectivitycheck.gstatic.com', port: 80, path: '/generate_204', status: 204, body: null },
  {
    name: 'Apple',
    host: 'captive.apple.com',
    port: 80,
    path: '/hotspot-detect.html',
    status: 200,
    body: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  },
  { name: 'Microsoft', host: 'www.msftconnecttest.com', port: 80, path: '/connecttest.txt', status: 200, body: 'Microsoft Connect Test' },
  { name: 'NetworkManager', host: 'network-test.debian.org', port: 80, path: '/nm', status: 200, body: 'NetworkManager is online' },
];

/** The one that is asked where none was named. */
export const DEFAULT_REFERENCE = REFERENCES[0] as CaptivePortalReference;
