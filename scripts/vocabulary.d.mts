/** Every word of the strings below `folder`, in small letters and in order. */
export function wordsOfSource(folder: string): string[];
/** @returns whether the file was another one before */
export function writeVocabulary(source: string): boolean;
