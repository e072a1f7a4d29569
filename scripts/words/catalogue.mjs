import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** Texts that the sources do not have as a whole: single words, and what the program puts together. They stay where they are. */
const COMPOSED = 'composed.ts';

/**
 * Reads a catalogue without running it.
 *
 * @param folder of the language
 * @returns the other language by the English text, and those of `composed.ts` apart
 */
export function readCatalogue(folder) {
  const texts = new Map();
  const composed = new Map();
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
    const into = file === COMPOSED ? composed : texts;
    for (const [english, said] of entriesOf(readFileSync(join(folder, file), 'utf8'))) into.set(english, said);
  }
  return { texts, composed };
}

/** The properties of all objects of strings in a source. */
function* entriesOf(source) {
  for (const { type, declaration } of parseAst(source, { lang: 'ts' }).body) {
    if (type !== 'ExportNamedDeclaration' || declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration.declarations) {
      if (init?.type !== 'ObjectExpression') continue;
      for (const { key, value } of init.properties) yield [key.value ?? key.name, value.value];
    }
  }
}

/**
 * Writes the catalogue anew: each text in the file of the room where it is written first, in the order in which it stands there. Those without a
 * translation are empty, which the test of the catalogues refuses.
 *
 * @param found texts of the sources, with their places
 */
export function writeCatalogue(folder, found, texts, composed) {
  const files = new Map([[COMPOSED, [...composed]]]);
  for (const [english, [place]] of found) {
    if (composed.has(english)) continue;
    const file = fileFor(place);
    if (!files.has(file)) files.set(file, []);
    files.get(file).push([english, texts.get(english) ?? '']);
  }
  rmSync(folder, { recursive: true, force: true });
  const names = [...files.keys()].sort();
  for (const file of names) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    const up = `${relative(dirname(path), dirname(folder)).replaceAll('\\', '/')}/language.js`;
    const lines = files.get(file).map(([english, said]) => `  ${quoted(english)}: ${quoted(said)},`);
    writeFileSync(
      path,
      `import type { Entries } from '${up}';\n\nexport const ${constantOf(file)}: Entries = {\n${lines.join('\n')}\n};\n`,
    );
  }
  writeFileSync(join(folder, 'index.ts'), indexOf(names));
}

function indexOf(names) {
  const imports = names.map((file) => `import { ${constantOf(file)} } from './${file.replace(/\.ts$/, '.js')}';`);
  return `import type { JoinedBy } from '../joints.js';
import type { Entries } from '../language.js';
${imports.join('\n')}

/** Words that stand between texts which the program joins. */
export const JOINED_BY: JoinedBy = { ' and ': ' e ', ' or ': ' ou ' };

/** Every text of the program in Brazilian Portuguese, by the English one. \`node scripts/words.mjs\` keeps this list and the files in order. */
export const ENTRIES: Entries = {
${names.map((file) => `  ...${constantOf(file)},`).join('\n')}
};
`;
}

/** Causes and terms have a file of texts for each of theirs; of other rooms each folder has one, and what lies beside the folders one more. */
function fileFor(place) {
  const [room, folder, file] = place.split('/');
  if (room === 'diagnosis' && file !== undefined) return `${folder}/${file}`;
  return file === undefined ? `${room}.ts` : `${room}/${folder}.ts`;
}

function constantOf(file) {
  return file.replace(/\.ts$/, '').replaceAll(/[/-]/g, '_').toUpperCase();
}

function quoted(text) {
  return text.includes("'") && !text.includes('"') ? `"${escaped(text)}"` : `'${escaped(text).replaceAll("'", "\\'")}'`;
}

function escaped(text) {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
