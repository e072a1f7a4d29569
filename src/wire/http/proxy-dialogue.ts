/** What a client and a proxy say to each other until the way is open, without the socket between them. */
export interface ProxyDialogue {
  /** To be written first. */
  begin: Uint8Array;
  /** Takes what came, in pieces of any size. After `send` it is asked again, with nothing new. Any other step but `more` is the last. */
  push(chunk: Uint8Array): ProxyStep;
}

/** An HTTP status, or a reply code of SOCKS; `text` is the proxy's own or the name in the standard. */
export interface ProxyAnswer {
  code: number;
  text: string;
}

export type ProxyStep =
  | { kind: 'more' }
  | { kind: 'send'; bytes: Uint8Array }
  /** What is written from here on goes to the destination; `rest` came from there already. */
  | { kind: 'through'; answer: ProxyAnswer; rest: Uint8Array }
  /** @param authentication what the proxy wants to be told: HTTP schemes, or a method of SOCKS, empty where it does not say which; `null` where it asked for nothing */
  | { kind: 'refused'; answer: ProxyAnswer; authentication: string[] | null }
  /** It does not speak as it should. */
  | { kind: 'broken'; reason: string };
