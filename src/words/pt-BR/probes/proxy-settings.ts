import type { Entries } from '../../language.js';

export const PROBES_PROXY_SETTINGS: Entries = {
  'proxies of macOS': 'proxies do macOS',
  proxies: 'proxies',
  'settings that agree': 'configurações que concordem',
  'entry {0} of {1}: {2}': 'entrada {0} de {1}: {2}',
  'no proxy is set': 'nenhum proxy está definido',
  'no proxy is set in what could be read': 'nenhum proxy está definido no que pôde ser lido',
  '1 proxy is set': '1 proxy está definido',
  '{0} proxies are set': '{0} proxies estão definidos',
  '; automatic configuration ({0}), not followed': '; configuração automática ({0}), não seguida',
  proxy: 'proxy',
  'a connection': 'uma conexão',
  '{0} (named by {1})': '{0} (indicado por {1})',
  'not tried': 'não testado',
  '{0}: connected': '{0}: conectado',
  '{0}: connected in {1}': '{0}: conectado em {1}',
  'connected in {0}': 'conectado em {0}',
  'it is tried on the way to the targets that go by it': 'é testado no caminho dos alvos que passam por ele',
  'only the first {0} are tried': 'só os primeiros {0} são testados',
  'proxies outside the environment': 'proxies fora das variáveis de ambiente',
  'shell profile': 'perfil do shell',
  'Docker client': 'cliente Docker',
  'Docker daemon': 'daemon Docker',
  'proxy of {0}': 'proxy de {0}',
  'proxy of the desktop': 'proxy do ambiente de trabalho',
  'whether {0} answers ({1})': 'se {0} responde ({1})',
  'it is left out: behind a web server anybody can set it by a header (httpoxy)':
    'é deixado de fora: atrás de um servidor web, qualquer um pode defini-lo por um cabeçalho (httpoxy)',
  'they list different exceptions: some programs read the one, some the other':
    'listam exceções diferentes: alguns programas leem uma, outros a outra',
  'they name different proxies: some programs read the one, some the other':
    'indicam proxies diferentes: alguns programas leem uma, outros a outra',
  'Windows (user)': 'Windows (usuário)',
  'Windows (services)': 'Windows (serviços)',
  'proxies of {0}': 'proxies de {0}',
  'automatic detection of {0}': 'detecção automática de {0}',
};
