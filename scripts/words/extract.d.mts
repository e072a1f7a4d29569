export function extractTexts(root: string): Map<string, string[]>;
export function textsOf(source: string, options?: { words?: boolean }): Set<string>;
