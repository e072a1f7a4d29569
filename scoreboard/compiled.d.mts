/** Bundles the scoreboard's programs where they changed, and gives the path of one. */
export function compiled(name: 'main' | 'serve'): Promise<string>;
