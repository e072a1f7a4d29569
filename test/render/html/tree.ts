import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';

export type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** A page as a parser of the HTML standard sees it, with every error that it had to mend. */
export function readPage(source: string): { elements: Element[]; errors: string[] } {
  const errors: string[] = [];
  const document = parse(source, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }: ParserError) => errors.push(`${code} at ${startLine}:${startCol}`),
  });
  return { elements: [...elementsIn(document)], errors };
}

/** Every element below a node, in the order of the document. */
export function* elementsIn(node: Node): Generator<Element> {
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) {
    if ('tagName' in child) yield child;
    yield* elementsIn(child);
  }
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((entry) => entry.name === name)?.value;
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
