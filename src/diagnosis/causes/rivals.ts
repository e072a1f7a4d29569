import type { Rival } from '../cause.js';

/** However the cause is known: the other side's own word can mean more than one thing. */
export const ANY_BASIS = ['stated', 'measured', 'silence'] as const;

/** Servers of other protocols close, reset or stay silent when they are spoken to in TLS. */
export const TLS_UNSPOKEN: Rival = {
  code: 'tls-not-spoken',
  toldBy: 'whether the port answers plain HTTP, or the same handshake in another shape',
  inquiry: 'handshake-variants',
  ofBasis: ANY_BASIS,
};
