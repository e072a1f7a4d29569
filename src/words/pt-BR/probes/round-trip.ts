import type { Entries } from '../../language.js';

export const PROBES_ROUND_TRIP: Entries = {
  'no port is known to connect to': 'não se conhece uma porta para conectar',
  'the packet could not be sent ({0})': 'o pacote não pôde ser enviado ({0})',
  ', the system ping': ', o ping do sistema',
  'UDP to an unused port': 'UDP para uma porta sem uso',
  'the system ping': 'o ping do sistema',
  'by UDP, whose answers hosts limit': 'por UDP, cujas respostas os hosts limitam',
};
