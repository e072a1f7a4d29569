import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type Element, readPage } from '../html/tree.js';

/** What a reader of CommonMark with GitHub's additions makes of a text: raw HTML and any address are let through, so that they would show. */
export function readMarkdown(markdown: string): Element[] {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return readPage(`<!DOCTYPE html><html><head><title>x</title></head><body>${body}</body></html>`).elements.slice(4);
}
