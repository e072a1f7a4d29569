import { type Manifest, type ManifestCommand, type ManifestFlag, SHARED_FLAGS } from '../manifest.js';
import { GROUPS, ROOT_EXAMPLES } from '../root-help.js';
import { bold, display, italic, literal, page, paragraphs, prose, termList } from './roff.js';
import * as texts from './texts.js';

export interface ManualPage {
  /** `netdiag-tls.1` */
  file: string;
  text: string;
}

const REPORTING_FLAG = 'fail-on';

/** `netdiag.1` and a page for each command that is not hidden, in the order of the manifest. Pure. */
export function manualPages(manifest: Manifest, date: string): ManualPage[] {
  const commands = Object.values(manifest.commands).filter((command) => command.hidden !== true);
  const program = { file: 'netdiag.1', text: programPage(manifest.version, date, commands) };
  return [program, ...commands.map((command) => ({ file: `${pageName(command)}.1`, text: commandPage(command, manifest.version, date) }))];
}

/** As `git-log` for `git log`: man(1) finds it by `man netdiag tls` too. */
function pageName({ id }: ManifestCommand): string {
  return `netdiag-${id.replaceAll(':', '-')}`;
}

const wordsOf = ({ id }: ManifestCommand): string => id.replaceAll(':', ' ');

function programPage(version: string, date: string, commands: readonly ManifestCommand[]): string {
  const named = GROUPS.flatMap((group) => group.commands);
  const others = commands.filter(({ id }) => !named.includes(id)).map(({ id }) => id);
  const groups = [...GROUPS, { title: 'More', commands: others }]
    .map(({ title, commands: ids }) => ({ title, found: ids.flatMap((id) => commands.filter((command) => command.id === id)) }))
    .filter(({ found }) => found.length > 0);
  const list = groups.flatMap(({ title, found }) => [
    `.SS ${literal(title)}`,
    ...termList(found.map((command) => ({ term: reference(`${pageName(command)}(1)`), text: sentence(command.summary ?? '') }))),
  ]);
  return page({ name: 'netdiag', summary: texts.PROGRAM_SUMMARY, version, date }, [
    { title: 'SYNOPSIS', lines: [`${bold('netdiag')} ${italic('COMMAND')} [${italic('TARGET')}...] [${italic('flags')}]`] },
    { title: 'DESCRIPTION', lines: texts.PROGRAM_DESCRIPTION.flatMap((text, index) => [...(index === 0 ? [] : ['.PP']), prose(text)]) },
    { title: 'COMMANDS', lines: list },
    { title: 'TARGETS', lines: [...boldTerms(texts.TARGETS), '.PP', prose(texts.TARGETS_AFTER)] },
    {
      title: 'OPTIONS',
      lines: termList([
        { term: `${bold('-h')}, ${bold('--help')}`, text: 'Show help; behind a command, that of the command.' },
        { term: `${bold('-v')}, ${bold('--version')}`, text: 'Print the version.' },
      ]),
    },
    { title: 'EXIT STATUS', lines: boldTerms(texts.EXIT_STATUS) },
    { title: 'ENVIRONMENT', lines: boldTerms(texts.ENVIRONMENT) },
    { title: 'FILES', lines: termList(texts.FILES.map(({ term, text }) => ({ term: italic(term), text }))) },
    {
      title: 'EXAMPLES',
      lines: ROOT_EXAMPLES.flatMap(([command, meaning]) => ['.PP', prose(sentence(meaning)), '.PP', ...display([command])]).slice(1),
    },
    { title: 'SEE ALSO', lines: seeAlso([...commands.map((command) => `${pageName(command)}(1)`), ...texts.PROGRAM_SEE_ALSO]) },
  ]);
}

function commandPage(command: ManifestCommand, version: string, date: string): string {
  const flags = Object.values(command.flags ?? {}).filter((flag) => flag.hidden !== true);
  const output = flags.filter((flag) => flag.helpGroup === 'output');
  const shared = flags.filter(({ name }) => SHARED_FLAGS.includes(name));
  const own = flags.filter((flag) => !output.includes(flag) && !shared.includes(flag));
  const args = Object.values(command.args ?? {}).filter((argument) => argument.hidden !== true);
  const words = args.map(({ name, multiple }) => ` [${italic(name.toUpperCase())}${multiple === true ? '...' : ''}]`);
  const examples = (command.examples ?? []).map((example) => renderExample(example, command));
  const reports = flags.some((flag) => flag.name === REPORTING_FLAG);
  return page({ name: pageName(command), summary: command.summary ?? wordsOf(command), version, date }, [
    { title: 'SYNOPSIS', lines: [`${bold(`netdiag ${wordsOf(command)}`)}${words.join('')} [${italic('flags')}]`] },
    { title: 'DESCRIPTION', lines: paragraphs(command.description ?? sentence(command.summary ?? '')) },
    {
      title: 'ARGUMENTS',
      lines: termList(args.map(({ name, description }) => ({ term: italic(name.toUpperCase()), text: sentence(description ?? '') }))),
    },
    { title: 'OPTIONS', lines: termList([...own, ...shared, HELP].map(flagEntry)) },
    { title: 'OUTPUT OPTIONS', lines: termList(output.map(flagEntry)) },
    {
      title: 'EXIT STATUS',
      lines: reports
        ? boldTerms(texts.EXIT_STATUS)
        : ['0 where all went well, 2 where the command line is wrong, 3 where netdiag itself could not finish.'],
    },
    { title: 'EXAMPLES', lines: examples.length === 0 ? [] : display(examples) },
    { title: 'SEE ALSO', lines: seeAlso(['netdiag(1)', ...(texts.RELATED[command.id] ?? [])]) },
  ]);
}

const HELP: ManifestFlag = { name: 'help', char: 'h', type: 'boolean', summary: 'show help and end' };

function flagEntry({ name, char, type, allowNo, env, helpValue, summary }: ManifestFlag): { term: string; text: string } {
  const value = type === 'option' ? `=${italic((helpValue ?? '<value>').replace(/[<>]/g, ''))}` : '';
  const long = `${allowNo === true ? `${bold('--')}[${bold('no-')}]${bold(name)}` : bold(`--${name}`)}${value}`;
  return {
    term: char === undefined ? long : `${bold(`-${char}`)}, ${long}`,
    text: `${sentence(summary ?? '')}${env === undefined ? '' : ` Where it is not given, the variable ${env} counts.`}`,
  };
}

/** Examples are templates of oclif's. */
export function renderExample(example: string, command: Pick<ManifestCommand, 'id'>): string {
  return example.replaceAll('<%= config.bin %>', 'netdiag').replaceAll('<%= command.id %>', command.id.replaceAll(':', ' '));
}

function boldTerms(entries: readonly { term: string; text: string }[]): string[] {
  return termList(entries.map(({ term, text }) => ({ term: bold(term), text })));
}

/** `netdiag-tls(1)`: the name in bold, the section beside it. */
function reference(name: string): string {
  const [, base = name, section = ''] = /^(.*?)(\(\w+\))$/.exec(name) ?? [];
  return `${bold(base)}${section}`;
}

function seeAlso(names: readonly string[]): string[] {
  return names.map((name, index) => `${reference(name)}${index < names.length - 1 ? ',' : ''}`);
}

/** Summaries of the help are without a full stop. They keep their first letter: it can be that of a name. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
