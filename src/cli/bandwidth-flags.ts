import { custom } from '@oclif/core/flags';
import type { BandwidthOptions } from '../model/probe-options.js';
import { httpFlags } from './http-flags.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

/** Flags of `bandwidth`. */
export const bandwidthFlags = {
  upload: custom<string>()({
    summary: 'upload too: POST bodies to this URL, or to this path of the server of the TARGET',
    helpValue: '<url>',
  }),
  'expect-down': custom<number>(valued(kinds.megabits))({
    summary: 'what the download must reach, in Mbit/s',
    helpValue: '<Mbit/s>',
  }),
  'expect-up': custom<number>(valued(kinds.megabits))({
    summary: 'what the upload must reach, in Mbit/s',
    helpValue: '<Mbit/s>',
  }),
  duration: custom<number>(valued(kinds.loadDuration))({
    summary: 'how long each direction is loaded, 1s to 1m (5s unless said otherwise)',
    helpValue: '<duration>',
  }),
  connections: custom<number>(valued(kinds.loadConnections))({
    summary: 'connections at once, 1 to 16 (4 unless said otherwise)',
    helpValue: '<number>',
  }),
  'max-bytes': custom<number>(valued(kinds.volume))({
    summary: 'move no more than this in each direction, as in 500MB (1GB unless said otherwise)',
    helpValue: '<size>',
  }),
  method: custom<BandwidthOptions['method']>(valued(kinds.choice(['auto', 'tcp', 'icmp'] as const)))({
    summary: 'how round trips are timed: tcp (connections to the same port), icmp, or auto: the first that is answered',
    helpValue: '<method>',
  }),
  header: httpFlags.header,
  'header-env': httpFlags['header-env'],
  'header-file': httpFlags['header-file'],
  'bearer-env': httpFlags['bearer-env'],
  'bearer-file': httpFlags['bearer-file'],
};
