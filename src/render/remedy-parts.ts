import { isCommand } from '../words/commands.js';

/** What to do, as prose and as the command that can be copied. */
export interface RemedyParts {
  /** `null`: the command says it all. */
  prose: string | null;
  /** `null`: it is not done by a command. */
  command: string | null;
}

/**
 * Takes a remedy apart. Remedies are written as `Prose: command`, the command last and without a full stop, as a command alone, or as sentences.
 */
export function remedyParts(remedy: string): RemedyParts {
  if (isCommand(remedy)) return { prose: null, command: remedy };
  for (let at = remedy.indexOf(': '); at !== -1; at = remedy.indexOf(': ', at + 1)) {
    const command = remedy.slice(at + 2);
    if (isCommand(command) && isClosed(command)) return { prose: remedy.slice(0, at + 1), command };
  }
  return { prose: remedy, command: null };
}

/** Not the first half of parentheses with a command in them, and what stands behind it. */
function isClosed(command: string): boolean {
  return (command.match(/\(/g) ?? []).length === (command.match(/\)/g) ?? []).length;
}
