import type { Manifest, ManifestCommand } from './manifest.js';

/** Commands by what they are for. One that is not named here is listed last, so that none is forgotten. */
export const GROUPS: readonly { title: string; commands: readonly string[] }[] = [
  { title: 'What is wrong', commands: ['full-report'] },
  { title: 'One question', commands: ['latency', 'loss', 'route', 'mtu', 'ports', 'dns', 'tls', 'http', 'host', 'bandwidth'] },
  { title: 'Again and again', commands: ['watch', 'exporter', 'verify', 'diff'] },
  { title: 'To understand and to try', commands: ['explain', 'lab', 'completion', 'schema'] },
  { title: 'Configuration', commands: ['config:check', 'config:show', 'config:schema'] },
];

export const ROOT_EXAMPLES: readonly (readonly [string, string])[] = [
  ['netdiag full-report --lab', 'a whole report on targets inside the program; needs no network'],
  ['netdiag full-report app.example.net:443', 'everything between here and that service'],
  ['netdiag latency 192.0.2.7 -c 50', 'fifty round trips, with percentiles'],
  ['netdiag ports db.example.net -p 5432', 'fails unless that port is open'],
  ['netdiag full-report --json | jq .verdict', 'for scripts'],
];

const STATUSES = '0 nothing failed, 1 a check failed, 2 wrong command line, 3 netdiag could not finish, 130 and 143 interrupted';

/** The help of the program as a whole, from the manifest of its commands. Pure; no line is longer than `width`. */
export function renderRootHelp(manifest: Manifest, width: number): string {
  const shown = Object.values(manifest.commands).filter((command) => command.hidden !== true);
  const named = new Set(GROUPS.flatMap((group) => group.commands));
  const others = shown.filter((command) => !named.has(command.id)).map((command) => command.id);
  const groups = [...GROUPS, { title: 'More', commands: others.sort() }]
    .map(({ title, commands }) => ({ title, entries: commands.flatMap((id) => shown.filter((command) => command.id === id)) }))
    .filter(({ entries }) => entries.length > 0);

  const longest = Math.max(0, ...shown.map((command) => command.id.length));
  const lines = [
    ...wrapped(
      `netdiag ${manifest.version}: what is broken in the network, in which layer, how that is known, and what to do about it.`,
      '',
      width,
    ),
    '',
    'Usage: netdiag COMMAND [TARGET...] [flags]',
  ];
  for (const { title, entries } of groups) {
    lines.push('', title);
    for (const { id, summary } of entries) lines.push(...wrapped(summary ?? '', `  ${typed(id).padEnd(longest)}  `, width));
  }
  lines.push('', ...wrapped('a host name, an IPv4 or IPv6 address, host:port, [v6]:port, or a URL', 'TARGET  ', width), '', 'Examples');
  const longestExample = Math.max(...ROOT_EXAMPLES.map(([command]) => command.length));
  for (const [command, meaning] of ROOT_EXAMPLES) {
    if (longestExample + 24 <= width) lines.push(...wrapped(meaning, `  ${command.padEnd(longestExample)}  `, width));
    else lines.push(...wrapped(command, '  ', width));
  }
  lines.push(
    '',
    ...wrapped(STATUSES, 'Exit status  ', width),
    '',
    ...wrapped('`netdiag COMMAND --help` shows the flags of a command.', '', width),
  );
  return `${lines.join('\n')}\n`;
}

/** What a first word has behind it: `netdiag config --help`. */
export function renderTopicHelp(topic: string, commands: readonly ManifestCommand[], width: number): string {
  const longest = Math.max(...commands.map(({ id }) => id.length));
  const lines = [`Usage: netdiag ${topic} COMMAND`, ''];
  for (const { id, summary } of commands) lines.push(...wrapped(summary ?? '', `  ${typed(id).padEnd(longest)}  `, width));
  lines.push('', ...wrapped(`\`netdiag ${topic} COMMAND --help\` shows the flags of a command.`, '', width));
  return `${lines.join('\n')}\n`;
}

/** The name of a command as users type it. */
function typed(id: string): string {
  return id.replaceAll(':', ' ');
}

/** Breaks a text at spaces; lines after the first are indented by the width of the first one's lead. */
function wrapped(text: string, lead: string, width: number): string[] {
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}
