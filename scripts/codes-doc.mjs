// Writes docs/codes.md from the catalogue of causes. Run it after `npm run build`, whenever a text of src/diagnosis/causes/ has changed.

import { writeFileSync } from 'node:fs';

const { EXPLANATIONS } = await import('../dist/diagnosis/explain.js');
const { renderCodesDocument } = await import('../dist/render/codes-document.js');
writeFileSync(new URL('../docs/codes.md', import.meta.url), renderCodesDocument(EXPLANATIONS));
