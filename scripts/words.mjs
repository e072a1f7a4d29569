// Which texts of the sources the Portuguese catalogue lacks, and which it has in vain. With --write the catalogue is put in order: texts that are
// gone leave it, new ones come with an empty translation to be filled in. With --add FILE translations are taken from lines of JSON,
// {"en": "...", "pt": "..."}; {"en": "...", "pt": "...", "composed": true} is one that the program puts together.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCatalogue, writeCatalogue } from './words/catalogue.mjs';
import { extractTexts } from './words/extract.mjs';

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, add: { type: 'string', multiple: true, default: [] } },
});
const sources = fileURLToPath(new URL('../src', import.meta.url));
const folder = `${sources}/words/pt-BR`;
const found = extractTexts(sources);
const { texts, composed } = readCatalogue(folder);
for (const file of values.add) {
  for (const line of readFileSync(file, 'utf8')
    .split('\n')
    .filter((entry) => entry !== '')) {
    const entry = JSON.parse(line);
    (entry.composed === true ? composed : texts).set(entry.en, entry.pt);
  }
}
const missing = [...found].filter(([english]) => (texts.get(english) ?? composed.get(english) ?? '') === '');
const idle = [...texts.keys()].filter((english) => !found.has(english));
for (const [english, places] of missing) console.log(`${places[0]}: ${english}`);
for (const english of idle) console.log(`no longer there: ${english}`);
console.log(`${found.size} texts, ${missing.length} without a translation, ${idle.length} translations without a text`);
if (values.write) writeCatalogue(folder, found, texts, composed);
else if (missing.length + idle.length > 0) process.exitCode = 1;
