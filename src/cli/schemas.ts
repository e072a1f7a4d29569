/** What `netdiag schema` prints, by name. The validator is loaded with the one that is asked for. */
export const SCHEMAS: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  report: async () => (await import('../model/report.js')).reportJsonSchema(),
  requirements: async () => (await import('./verify/schema.js')).manifestJsonSchema(),
};
