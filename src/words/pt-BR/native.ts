import type { Entries } from '../language.js';

export const NATIVE: Entries = {
  'switched off by NETDIAG_NATIVE=off': 'desativado por NETDIAG_NATIVE=off',
  'no native sockets on {0} yet': 'ainda não há sockets nativos em {0}',
  "the layout of the kernel's structures is not known for {0}": 'o layout das estruturas do kernel não é conhecido para {0}',
  'koffi did not load: {0}': 'koffi não carregou: {0}',
  'intptr_t sendto(int, void *, size_t, int, void *, uint32_t)': 'intptr_t sendto(int, void *, size_t, int, void *, uint32_t)',
  'intptr_t recvmsg(int, void *, int)': 'intptr_t recvmsg(int, void *, int)',
  'intptr_t write(int, void *, size_t)': 'intptr_t write(int, void *, size_t)',
  'intptr_t read(int, void *, size_t)': 'intptr_t read(int, void *, size_t)',
};
