import type { HttpExpectation, HttpProbeOptions, HttpRequestField } from '../model/probe-options.js';
import { jsonPathEnvironment } from '../probes/http/match-body.js';
import { isSecretField } from '../wire/http/redaction.js';
import { quotedValue } from './quoted-value.js';
import { readFileBytes, readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';

export interface HttpRequestFlags {
  request?: string | undefined;
  header?: string[] | undefined;
  'header-env'?: string[] | undefined;
  'header-file'?: string[] | undefined;
  'bearer-env'?: string | undefined;
  'bearer-file'?: string | undefined;
  body?: string | undefined;
  'http1.1'?: boolean;
  http2?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const REFUSED_IN_VALUES = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;
const LONGEST_VALUE = 16_384;

/**
 * Method, fields and body of the request. No value of a field enters an error, wherever it comes from: it can be a secret. Those from the
 * environment or a file always are one.
 */
export function requestOf(
  flags: HttpRequestFlags,
  environment: Environment = process.env,
): Pick<HttpProbeOptions, 'method' | 'headers' | 'body' | 'versions'> {
  const body = flags.body === undefined ? null : Uint8Array.from(readFileBytes('--body', flags.body));
  const headers = [
    ...(flags.header ?? []).map((line) => headerOf(line, '--header', null)),
    ...(flags['header-env'] ?? []).map((text) => headerFromEnvironment(text, environment)),
    ...(flags['header-file'] ?? []).flatMap(headersInFile),
    ...bearerOf(flags, environment),
  ];
  if (flags['http1.1'] === true && flags.http2 === true) throw new UsageError('--http1.1 and --http2: only one of them can be asked for');
  return {
    method: flags.request ?? (body === null ? 'GET' : 'POST'),
    headers,
    body,
    versions: flags['http1.1'] === true ? ['1.1'] : flags.http2 === true ? ['2'] : ['2', '1.1'],
  };
}

/** @param secret `null`: the name decides */
function headerOf(line: string, where: string, secret: boolean | null): HttpRequestField {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  if (!NAME.test(name)) throw new UsageError(`${where}: must be "Name: value"`);
  return {
    name,
    value: checkedValue(line.slice(colon + 1).trim(), `${where} ${quotedValue(name)}`),
    secret: secret ?? isSecretField(name),
  };
}

function checkedValue(value: string, where: string): string {
  if (value.length > LONGEST_VALUE) throw new UsageError(`${where}: its value is longer than ${LONGEST_VALUE} characters`);
  if (REFUSED_IN_VALUES.test(value)) throw new UsageError(`${where}: its value has a character that no header can have`);
  return value;
}

function headerFromEnvironment(text: string, environment: Environment): HttpRequestField {
  const [, name = '', variable = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  // What is no name of a variable could be the secret itself.
  if (!NAME.test(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))
    throw new UsageError('--header-env: must be Name=VARIABLE, as in X-Api-Key=SERVICE_KEY');
  return { name, value: variableOf('--header-env', variable, environment), secret: true };
}

function variableOf(flag: string, variable: string, environment: Environment): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) throw new UsageError(`${flag}: must be the name of a variable of the environment`);
  const value = environment[variable]?.trim();
  if (value === undefined || value === '')
    throw new UsageError(`${flag} ${quotedValue(variable)}: the environment has no such variable, or it is empty`);
  return checkedValue(value, `${flag} ${quotedValue(variable)}`);
}

/** One field a line; empty lines and those that begin with "#" are left out. */
function headersInFile(path: string): HttpRequestField[] {
  const lines = readTextFile('--header-file', path).split(/\r?\n/);
  return lines.flatMap((line, index) =>
    /^\s*(?:#|$)/.test(line) ? [] : headerOf(line, `--header-file ${quotedValue(path)} line ${index + 1}`, true),
  );
}

/** RFC 6750. */
function bearerOf(flags: HttpRequestFlags, environment: Environment): HttpRequestField[] {
  const { 'bearer-env': variable, 'bearer-file': path } = flags;
  if (variable !== undefined && path !== undefined) throw new UsageError('--bearer-env and --bearer-file: only one of them can be given');
  if (variable === undefined && path === undefined) return [];
  const where = variable === undefined ? `--bearer-file ${quotedValue(path ?? '')}` : `--bearer-env ${quotedValue(variable)}`;
  const token =
    variable === undefined ? readTextFile('--bearer-file', path ?? '').trim() : variableOf('--bearer-env', variable, environment);
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) throw new UsageError(`${where}: it holds no bearer token (RFC 6750)`);
  return [{ name: 'authorization', value: `Bearer ${checkedValue(token, where)}`, secret: true }];
}

export interface HttpExpectationFlags {
  'expect-status'?: string[] | undefined;
  'expect-body'?: HttpExpectation[] | undefined;
  'expect-json'?: Extract<HttpExpectation, { kind: 'json' }>[] | undefined;
  'require-header'?: { name: string; value: string | null }[] | undefined;
  'forbid-header'?: string[] | undefined;
}

/** @throws UsageError where a JSONPath query is none */
export async function expectationsOf(flags: HttpExpectationFlags): Promise<HttpExpectation[]> {
  const json = flags['expect-json'] ?? [];
  if (json.length > 0) {
    const environment = await jsonPathEnvironment();
    for (const { path } of json) {
      try {
        environment.compile(path);
      } catch {
        throw new UsageError(`--expect-json ${quotedJson(path)}: it is no JSONPath query (RFC 9535; match and search are not taken)`);
      }
    }
  }
  return [
    ...(flags['expect-status'] === undefined ? [] : [{ kind: 'status' as const, accepted: flags['expect-status'] }]),
    ...(flags['expect-body'] ?? []),
    ...json,
    ...(flags['require-header'] ?? []).map((one) => ({ kind: 'header' as const, ...one })),
    ...(flags['forbid-header'] ?? []).map((name) => ({ kind: 'no-header' as const, name })),
  ];
}

/** A query has "@" and "?", which elsewhere stand in front of secrets. */
function quotedJson(path: string): string {
  return JSON.stringify(path.length <= 60 ? path : `${path.slice(0, 60)}...`);
}
