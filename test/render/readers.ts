/** Readers of other people, to see what they make of our files. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Why a program cannot be asked; `null` where it is there. */
export function toolRefusal(tool: string, probe = '--version'): string | null {
  const { error } = spawnSync(tool, [probe], { stdio: 'ignore' });
  return error === undefined ? null : `${tool} is not installed`;
}

/** One process for all of the texts: it takes its time to start. */
function python(script: string, texts: readonly string[]): unknown[] {
  const whole = `import sys, json\n${script}\nprint(json.dumps([read(text) for text in json.load(sys.stdin)]))`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', whole], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 could not read it: ${stderr}`);
  return JSON.parse(stdout) as unknown[];
}

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

/** Documents as expat sees them. */
export function readXml(texts: readonly string[]): XmlElement[] {
  const script = `import xml.etree.ElementTree as tree
def node(element): return {"name": element.tag, "attributes": element.attrib, "text": element.text or "", "children": [node(child) for child in element]}
def read(text): return node(tree.fromstring(text.encode("utf-8")))`;
  return python(script, texts) as XmlElement[];
}

/** The rows of files as Python's csv module sees them. */
export function readCsv(texts: readonly string[]): string[][][] {
  const script = `import csv, io
def read(text): return list(csv.reader(io.StringIO(text, newline=""), strict=True))`;
  return python(script, texts) as string[][][];
}

/** What is wrong with an XML document by a schema, in the words of xmllint; empty where nothing is. */
export function schemaProblems(document: string, schema: string): string {
  const path = fileURLToPath(new URL(`../schemas/${schema}`, import.meta.url));
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', path, '-'], { input: document, encoding: 'utf8' });
  return status === 0 ? '' : stderr || `exit status ${status}`;
}

/** What promtool finds wrong with metrics, remarks on their names included; empty where nothing is. */
export function metricProblems(text: string): string {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  return status === 0 ? '' : stderr || stdout || `exit status ${status}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const ACTS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/;

/** The first character that a terminal would obey, that hides text, or that is half of one; `null` where there is none. */
export function actingCharacter(text: string): string | null {
  // Of UTF-8 there is none for half of a pair.
  return ACTS.exec(text)?.[0] ?? (Buffer.from(text).toString() === text ? null : 'half of a surrogate pair');
}
