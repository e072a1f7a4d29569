import { describe, expect, it } from 'vitest';
import { briefly } from '../../../src/cli/completion/brief-text.js';
import { allNodes, completionModel } from '../../../src/cli/completion/model.js';
import { MANIFEST, WORDS } from '../../fakes/completion-manifest.js';

const model = completionModel(MANIFEST, WORDS);
const node = (...path: string[]) => allNodes(model.root).find((candidate) => candidate.path.join(' ') === path.join(' '));

describe('the model of what can be typed', () => {
  it('has every command that is not hidden, topics above theirs, and help with all of them', () => {
    expect(model.root.children.map(({ path }) => path.join(' '))).toEqual(['ports', 'config', 'explain', 'full-report', 'verify', 'help']);
    expect(node('config')?.children.map(({ path }) => path.join(' '))).toEqual(['config check']);
    expect(node('help')?.children.map(({ path }) => path.at(-1))).toEqual(['ports', 'config', 'explain', 'full-report', 'verify']);
    expect(node('help', 'config')?.children.map(({ path }) => path.at(-1))).toEqual(['check']);
    expect(node('help', 'ports')?.flags).toEqual([]);
  });

  it('has the flags of a command with their short names, and --help; none that is hidden', () => {
    expect(node('ports')?.flags.map(({ names }) => names.join(' '))).toEqual([
      '--format',
      '--ports -p',
      '--ca',
      '--key-env',
      '--interface',
      '--ipv4 -4',
      '--banner',
      '--no-banner',
      '--count -c',
      '--help -h',
    ]);
    expect(node()?.flags.map(({ names }) => names.join(' '))).toEqual(['--help -h', '--version -v']);
  });

  it('knows what is offered for a value: by the flag, by its placeholder, or nothing', () => {
    const offers = Object.fromEntries((node('ports')?.flags ?? []).map(({ names, value }) => [names[0], value?.offer ?? null]));
    expect(offers).toMatchObject({
      '--format': { words: ['table', 'json', 'ndjson'] },
      '--ca': { words: [], from: 'files' },
      '--key-env': { words: [], from: 'variables' },
      '--interface': { words: [], from: 'interfaces' },
      '--count': { words: [] },
      '--ipv4': null,
    });
  });

  it('says what is spent once it was given: a flag and its opposite, but none that may be repeated', () => {
    const spends = Object.fromEntries((node('ports')?.flags ?? []).map((flag) => [flag.names[0], flag.spends]));
    expect(spends['--count']).toEqual(['--count', '-c']);
    expect(spends['--no-banner']).toEqual(['--banner', '--no-banner']);
    expect(spends['--ports']).toEqual([]);
  });

  it('offers for arguments: names of targets where they are taken, words that the caller knows, files', () => {
    expect(node('full-report')?.argument?.offer).toEqual({ words: [], from: 'targets' });
    expect(node('ports')?.argument?.offer).toEqual({ words: [] });
    expect(node('verify')?.argument?.offer).toEqual({ words: [], from: 'files' });
    expect(node('config', 'check')?.argument?.offer).toEqual({ words: [], from: 'files' });
  });

  it('keeps only words that no shell takes for anything else', () => {
    expect(WORDS.explain).toContain('icmp 3/4');
    expect(WORDS.explain).toContain('$(reboot)');
    expect(node('explain')?.argument?.offer.words).toEqual(['mtu-blackhole', 'ECONNREFUSED']);
  });
});

describe('briefly', () => {
  it.each([
    ['how many probes for each target', 'how many probes for each target'],
    ['what stdout gets: table, json (table unless said otherwise)', 'what stdout gets: table, json'],
    ['field of the request; may be repeated', 'field of the request'],
    ['two\n lines.', 'two lines'],
    ['a; b', 'a; b'],
    ['(odd)', '(odd)'],
    ['', ''],
  ])('%j', (summary, text) => {
    expect(briefly(summary)).toBe(text);
  });
});
