import { boolean, custom } from '@oclif/core/flags';
import { type ExpectedList, expectedListeners } from './listening.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

/** Flags of `netdiag host`. */
export const hostFlags = {
  passive: boolean({ summary: 'send nothing: read what this machine itself knows, and leave the rest unknown' }),
  'time-server': custom<string>(valued(kinds.timeServer))({
    summary: 'ask this time server (NTP) in place of those this machine is configured for; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<host>',
  }),
  'date-from': custom<string>(valued(kinds.pageUrl))({
    summary: 'hold the clock against the Date header of this page too; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<url>',
  }),
  stun: custom<{ host: string; port: number }>(valued(kinds.stunServer))({
    summary: 'ask this STUN server which address this machine has outside',
    helpValue: '<host>',
  }),
  expect: custom<ExpectedList>(valued(expectedListeners))({
    summary: 'what should listen here: PORT[/udp][:PROCESS][@loopback|@all|@ADDRESS], with commas between; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<list>',
  }),
};

/** How closely `full-report` looks at this machine. */
export const machineFlag = {
  host: custom<'path' | 'all' | 'none'>(valued(kinds.choice(['path', 'all', 'none'] as const)))({
    summary: 'of this machine, look at what is on the path to the targets (path), at everything (all) or only at links and routes (none)',
    helpValue: '<scope>',
  }),
};
