/** OSI layers as the checklist uses them. Session (5) has no check of its own. */
export const LAYERS = [1, 2, 3, 4, 6, 7] as const;
export type Layer = (typeof LAYERS)[number];

/** Sections of the checklist, bottom first. */
export const LAYER_SECTIONS: readonly { label: string; name: string; layers: readonly Layer[] }[] = [
  { label: '1–2', name: 'Link', layers: [1, 2] },
  { label: '3', name: 'Network', layers: [3] },
  { label: '4', name: 'Transport', layers: [4] },
  { label: '6', name: 'Presentation', layers: [6] },
  { label: '7', name: 'Application', layers: [7] },
];
