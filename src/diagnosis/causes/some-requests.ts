import type { CauseFacts } from '../cause.js';
import { commandWords } from '../command-words.js';

/** Whether it is of some requests, while others of the same run were answered well. */
export function isOfSomeRequests({ observed }: CauseFacts): boolean {
  return /\b\d{1,9} of \d{1,9} requests\b/.test(observed ?? '');
}

export function testEachServer(facts: CauseFacts): string {
  return `Test each server behind this address by itself, and read the log of the one that fails; how many requests fail shows in: netdiag http --count 20 ${commandWords(facts).url}`;
}
