/** What is to be made of the bytes that have come so far for one answer. */
export type StartTlsAnswer =
  /** It is not complete. */
  | { kind: 'incomplete' }
  /** It is the answer hoped for, in the first `length` bytes. */
  | { kind: 'agreed'; length: number }
  /** The server understood, and does not want TLS, or has none. `text`: its words. */
  | { kind: 'refused'; text: string }
  /** This is not the protocol that was expected. */
  | { kind: 'foreign'; text: string };

const LONGEST_QUOTE = 160;

/** What a server said, short enough to be quoted. */
export function quotable(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
