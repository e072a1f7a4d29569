/** Letters, digits and `. : _ -`, and no hyphen or dot in front: no shell expands it, and no command takes it for an option. */
const SHELL_WORD = /^[A-Za-z0-9_:][A-Za-z0-9.:_-]*$/;

/**
 * The text itself where it can stand unquoted in a command line of sh, PowerShell or cmd without meaning anything else, otherwise `null`.
 * What came from the network or from a system table enters a command that people paste only through here.
 */
export function shellWord(text: string | null): string | null {
  return text !== null && SHELL_WORD.test(text) ? text : null;
}
