import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.js';
import { FORMATS, type RenderOptions, renderReport } from '../../src/render/index.js';
import { REPORTS } from '../fakes/reports.js';

const ENDINGS = {
  table: 'txt',
  json: 'json',
  ndjson: 'ndjson',
  html: 'html',
  markdown: 'md',
  junit: 'junit.xml',
  sarif: 'sarif',
  tap: 'tap',
  prometheus: 'prom',
  csv: 'csv',
  github: 'github.txt',
  gitlab: 'gitlab.json',
} as const;
const PLAIN: RenderOptions = { width: 100, color: 0, unicode: true };

describe.each(Object.entries(REPORTS))('the report "%s"', (name, make) => {
  it('is one that the schema allows', () => {
    expect(reportSchema.safeParse(make()).error?.issues ?? []).toEqual([]);
  });

  it.each(FORMATS)('looks the same as before as %s', async (format) => {
    await expect(await renderReport(make(), format, PLAIN)).toMatchFileSnapshot(`../golden/${name}.${ENDINGS[format]}`);
  });
});

it('the table of one fault in 60 columns without UTF-8 looks the same as before', async () => {
  const text = await renderReport(REPORTS['one-fault']?.() as never, 'table', { width: 60, color: 0, unicode: false });
  await expect(text).toMatchFileSnapshot('../golden/one-fault.60-ascii.txt');
});
