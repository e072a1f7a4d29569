/** Whether a text fits a pattern in which `*` stands for any characters and `?` for one. Takes time by the product of their lengths at most. */
export function fitsGlob(glob: string, text: string): boolean {
  let [atGlob, atText] = [0, 0];
  /** Where to go on when what stands behind the last `*` does not fit: that star, and the character that it takes in next. */
  let retry: { glob: number; text: number } | null = null;
  while (atText < text.length) {
    const wanted = glob[atGlob];
    if (wanted === '*') {
      retry = { glob: atGlob, text: atText };
      atGlob++;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[atText])) {
      atGlob++;
      atText++;
    } else if (retry !== null) {
      retry.text++;
      atGlob = retry.glob + 1;
      atText = retry.text;
    } else return false;
  }
  while (glob[atGlob] === '*') atGlob++;
  return atGlob === glob.length;
}
