/** What a shell can offer where a value is to be typed. It is part of the manifest, since flags as oclif writes them there know no kinds of ours. */
export interface Offer {
  /** In the order in which they are shown. */
  words: readonly string[];
  /** Several of the words may stand there, with commas between. */
  list?: true;
  /** What only the machine of the user knows: its files, network interfaces, variables of the environment, or the names that its configuration gives to targets. */
  from?: 'files' | 'interfaces' | 'variables' | 'targets';
}
