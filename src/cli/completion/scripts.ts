import { renderBash } from './bash.js';
import { renderFish } from './fish.js';
import type { CompletionModel } from './model.js';
import { renderPowerShell } from './powershell.js';
import { renderZsh } from './zsh.js';

/** What makes the script of each shell. Pure. */
export const COMPLETION_SCRIPTS = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
  powershell: renderPowerShell,
} as const satisfies Record<string, (model: CompletionModel) => string>;

export type Shell = keyof typeof COMPLETION_SCRIPTS;

export const SHELLS = Object.keys(COMPLETION_SCRIPTS) as readonly Shell[];
