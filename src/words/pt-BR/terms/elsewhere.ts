import type { Entries } from '../../language.js';

export const TERMS_ELSEWHERE: Entries = {
  'pktmon start --capture': 'pktmon start --capture',
  'iw dev': 'iw dev',
  'wdutil info': 'wdutil info',
  'rfkill list': 'rfkill list',
  'log show --last 10m --predicate "process == \'kernel\'"': 'log show --last 10m --predicate "process == \'kernel\'"',
  'log show --last 10m': 'log show --last 10m',
};
