import type { Entries } from '../../language.js';

export const PROBES_WIRELESS: Entries = {
  '{0} signal': 'sinal de {0}',
  'it is not connected': 'não está conectado',
  'the system does not tell the signal in dBm': 'o sistema não informa o sinal em dBm',
  'over {0} dBm': 'acima de {0} dBm',
  '{0}; not in use': '{0}; sem uso',
  'iw {0}': 'iw {0}',
  'frequency and bit rates of {0}': 'frequência e taxas de bits de {0}',
  'which links are radios is not known': 'não se sabe quais enlaces são rádios',
  'which links are radios is not known: {0}': 'não se sabe quais enlaces são rádios: {0}',
  'the radios of {0} are not read': 'os rádios de {0} não são lidos',
  'macOS tells it to root alone (wdutil), or after seconds (system_profiler)':
    'o macOS só informa ao root (wdutil), ou depois de segundos (system_profiler)',
  'Windows tells it in the display language (netsh wlan), and not in dBm':
    'o Windows informa no idioma de exibição (netsh wlan), e não em dBm',
  'signal, noise and channel': 'sinal, ruído e canal',
  'it is not read here': 'não é lido aqui',
};
