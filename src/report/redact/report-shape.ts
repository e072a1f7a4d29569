import type { DataOf, Measurement, ProbeName } from '../../model/measurement.js';
import type { Check, Report } from '../../model/report.js';
import { KERNEL_SHAPES } from './kernel-shapes.js';
import { MACHINE_SHAPES } from './machine-shapes.js';
import { NAME_SHAPES } from './name-shapes.js';
import { PATH_SHAPES } from './path-shapes.js';
import { SERVICE_SHAPES } from './service-shapes.js';
import type { Shape } from './shape.js';

const CHECK_SHAPE: Shape<Check> = {
  id: 'check',
  layer: 'number',
  title: 'text',
  target: 'endpoint',
  status: 'word',
  code: 'word',
  observed: 'text',
  expected: 'text',
  remedy: 'text',
  because: 'text',
  measurements: ['id'],
  basis: 'word',
  when: [{ from: 'time', to: 'time' }],
  budget: {
    metric: 'text',
    value: 'number',
    unit: 'word',
    objective: 'number',
    acceptable: 'number',
    critical: 'number',
    source: 'text',
  },
};

/** The envelope of a report; its measurements have shapes of their own, by probe. */
export const REPORT_SHAPE: Shape<Omit<Report, 'measurements'>> = {
  schemaVersion: 'word',
  tool: { name: 'word', version: 'text' },
  command: 'text',
  startedAt: 'time',
  durationMs: 'number',
  partial: 'number',
  host: {
    hostname: 'endpoint',
    platform: 'text',
    release: 'text',
    arch: 'text',
    system: 'text',
    virtualization: 'text',
    container: 'text',
    node: 'text',
    nativeSockets: 'text',
  },
  policy: 'text',
  targets: [{ id: 'endpoint', host: 'endpoint', port: 'number', scheme: 'word', name: 'label', labels: 'labels' }],
  verdict: 'word',
  conclusion: { kind: 'word', text: 'text', notLookedAt: ['text'] },
  diagnosis: [
    {
      code: 'word',
      form: 'word',
      layer: 'number',
      target: 'endpoint',
      confidence: 'number',
      summary: 'text',
      evidence: ['check'],
      ruledOut: ['check'],
      against: ['check'],
      alternatives: [{ code: 'word', toldBy: 'text' }],
      notLookedAt: ['text'],
      when: [{ from: 'time', to: 'time' }],
      remedy: 'text',
    },
  ],
  checks: [CHECK_SHAPE],
  manifest: { title: 'text', files: ['text'] },
  requirements: [
    {
      id: 'check',
      text: 'text',
      status: 'word',
      cases: [
        {
          id: 'check',
          text: 'text',
          status: 'word',
          because: 'text',
          checks: [
            {
              id: 'check',
              run: 'text',
              expectations: [{ text: 'text', status: 'word', observed: 'text', because: 'text' }],
              found: [CHECK_SHAPE],
            },
          ],
        },
      ],
    },
  ],
};

/** A measurement without its data. */
export const MEASUREMENT_SHAPE: Shape<Omit<Measurement, 'data'>> = {
  id: 'id',
  probe: 'word',
  target: 'endpoint',
  method: 'text',
  startedAt: 'time',
  durationMs: 'number',
  stalledMs: 'number',
  attempt: {
    kind: 'word',
    step: 'word',
    waitedMs: 'number',
    code: 'text',
    message: 'text',
    capability: 'text',
    reason: 'text',
    because: 'text',
  },
};

export const DATA_SHAPES: { readonly [P in ProbeName]: Shape<DataOf<P>> } = {
  ...PATH_SHAPES,
  ...NAME_SHAPES,
  ...SERVICE_SHAPES,
  ...MACHINE_SHAPES,
  ...KERNEL_SHAPES,
};
