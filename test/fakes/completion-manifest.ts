import type { Manifest } from '../../src/cli/manifest.js';

/** A manifest with one of each kind: what shells offer for it can be told in full. Texts hold what shells take for something else. */
export const MANIFEST: Manifest = {
  version: '1.2.3',
  commands: {
    ports: {
      id: 'ports',
      summary: 'which ports are open, closed, filtered: [v6]:port isn\'t `$HOME` "or" \\n',
      args: { target: { name: 'target', multiple: true } },
      flags: {
        format: {
          name: 'format',
          type: 'option',
          helpValue: '<format>',
          summary: 'what stdout gets',
          offer: { words: ['table', 'json', 'ndjson'] },
        },
        ports: {
          name: 'ports',
          char: 'p',
          type: 'option',
          multiple: true,
          helpValue: '<list>',
          summary: 'ports [22|80]: each one',
          offer: { words: ['http', 'https', 'ssh'], list: true },
        },
        ca: { name: 'ca', type: 'option', multiple: true, helpValue: '<file>', summary: "a CA's certificates" },
        'key-env': { name: 'key-env', type: 'option', helpValue: '<variable>', summary: 'a key' },
        interface: { name: 'interface', type: 'option', helpValue: '<name>', offer: { words: [], from: 'interfaces' }, summary: 'a link' },
        ipv4: { name: 'ipv4', char: '4', type: 'boolean', allowNo: false, summary: 'IPv4 only' },
        banner: { name: 'banner', type: 'boolean', allowNo: true, summary: 'read the greeting' },
        count: { name: 'count', char: 'c', type: 'option', helpValue: '<number>', summary: 'how many' },
        secret: { name: 'secret', type: 'boolean', hidden: true, summary: 'not shown' },
      },
    },
    'config:check': {
      id: 'config:check',
      summary: 'is a configuration right',
      args: { file: { name: 'file' } },
      flags: { format: { name: 'format', type: 'boolean', summary: 'in columns' } },
    },
    explain: { id: 'explain', summary: 'what a code means', args: { code: { name: 'code' } } },
    'full-report': {
      id: 'full-report',
      summary: 'what is wrong',
      args: { target: { name: 'target', multiple: true } },
      flags: {
        policy: {
          name: 'policy',
          type: 'option',
          helpValue: '<policy>',
          summary: 'rules',
          offer: { words: ['modern', 'old'], from: 'files' },
        },
        config: { name: 'config', type: 'option', helpValue: '<file>', summary: 'this configuration' },
        count: { name: 'count', char: 'c', type: 'option', helpValue: '<number>', summary: 'how many' },
      },
    },
    verify: { id: 'verify', summary: 'hold requirements', args: { manifest: { name: 'manifest' } } },
    hidden: { id: 'hidden', hidden: true, summary: 'not shown' },
  },
};

export const WORDS = { explain: ['mtu-blackhole', 'ECONNREFUSED', 'icmp 3/4', '$(reboot)'] };
