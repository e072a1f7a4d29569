import type { Offer } from '../offer.js';
import { allNodes, type CompletionFlag, type CompletionModel, type CompletionNode } from './model.js';

/**
 * For Windows PowerShell 5.1 and PowerShell 7. PowerShell goes on to files where a completer returns nothing; an empty text keeps it from that.
 * Windows PowerShell does not ask completers about a bare `-` or `--`, which no script can change.
 */
export function renderPowerShell({ version, root }: CompletionModel): string {
  const tables = allNodes(root).map((node) => `        '${node.path.join(' ')}' = @'\n${linesOf(node).join('\n')}\n'@`);
  return `# Completion of netdiag ${version} for PowerShell: made by \`netdiag completion powershell\`, anew with each version of netdiag.

Register-ArgumentCompleter -Native -CommandName 'netdiag' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # A line for each flag, command or argument: names | kind | words | source | text.
    $tables = @{
${tables.join('\n')}
    }

${LOGIC}}
`;
}

const LOGIC = `    $typed = "$wordToComplete"
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })

    $path = ''
    $next = 1
    while ($next -lt $words.Count -and $tables.ContainsKey("$path $($words[$next])".Trim())) {
        $path = "$path $($words[$next])".Trim()
        $next++
    }
    $lines = @($tables[$path] -split "\`r?\`n" | Where-Object { $_ -ne '' } | ForEach-Object {
        $names, $kind, $known, $source, $text = $_ -split '\\|', 5
        [pscustomobject]@{ Names = $names -split ','; Kind = $kind; Words = @($known -split ' ' | Where-Object { $_ -ne '' }); Source = $source; Text = $text }
    })

    $ended = $next -lt $words.Count -and $words[$next..($words.Count - 1)] -ccontains '--'
    $flag = ''
    $before = ''
    $value = $typed
    if (-not $ended -and $typed -match '^(--[^=]+)=(.*)$') {
        $flag = $Matches[1]
        $before = "$flag="
        $value = $Matches[2]
    } elseif (-not $ended -and $words.Count -gt $next) {
        $flag = $words[-1]
    }
    $asked = $lines | Where-Object { $_.Kind -eq 'value' -and $_.Names -ccontains $flag } | Select-Object -First 1

    $found = @()
    $files = $false
    if ($asked -or $ended -or -not $typed.StartsWith('-')) {
        if (-not $asked) {
            $before = ''
            $value = $typed
            $found = @($lines | Where-Object { $_.Kind -eq 'command' } | ForEach-Object { , @($_.Names[0], $_.Text) })
            $asked = $lines | Where-Object { $_.Kind -eq 'argument' } | Select-Object -First 1
        }
        foreach ($one in @($asked | Where-Object { $_ })) {
            $text = $one.Text
            $found += @($one.Words | ForEach-Object { , @($_, $text) })
            switch ($one.Source) {
                'files' { $files = $true }
                'interfaces' {
                    $found += @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces() |
                        Where-Object { $_.Name -match '^[A-Za-z0-9][A-Za-z0-9_.:@-]*$' } | ForEach-Object { , @($_.Name, $text) })
                }
                'variables' { $found += @(Get-ChildItem Env: | ForEach-Object { , @($_.Name, $text) }) }
                'targets' {
                    # netdiag is asked only where there is a configuration.
                    $arguments = @()
                    $config = [array]::IndexOf($words, '--config')
                    $joined = $words | Where-Object { $_ -like '--config=*' } | Select-Object -First 1
                    if ($config -ge 0 -and $config + 1 -lt $words.Count) { $arguments = '--config', $words[$config + 1].Trim('"', "'") }
                    elseif ($joined) { $arguments = '--config', $joined.Substring(9).Trim('"', "'") }
                    $folder = $PWD.ProviderPath
                    while ($folder -and -not $arguments -and -not $env:NETDIAG_CONFIG -and -not ('netdiag.yaml', 'netdiag.yml', 'netdiag.json' |
                                Where-Object { Test-Path -LiteralPath (Join-Path $folder $_) })) { $folder = Split-Path -Parent $folder }
                    $program = Get-Command netdiag -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
                    if ($program -and ($arguments -or $env:NETDIAG_CONFIG -or $folder)) {
                        $found += @(& $program completion --targets @arguments 2> $null |
                            Where-Object { $_ -match '^[A-Za-z0-9][A-Za-z0-9_-]*$' } | ForEach-Object { , @($_, $text) })
                    }
                }
            }
        }
    } else {
        $before = ''
        $value = $typed
        $found = @($lines | Where-Object { $_.Kind -eq 'flag' -or $_.Kind -eq 'value' } | ForEach-Object { , @($_.Names[0], $_.Text) })
    }

    $results = @($found | Where-Object { $_[0].StartsWith($value, [StringComparison]::Ordinal) } | ForEach-Object {
        $kind = if ($_[0].StartsWith('-')) { 'ParameterName' } else { 'ParameterValue' }
        [System.Management.Automation.CompletionResult]::new("$before$($_[0])", $_[0], $kind, $_[1])
    })
    if ($results.Count -gt 0) { $results } elseif (-not $files) { '' }
`;

function linesOf(node: CompletionNode): string[] {
  const children = node.children.map(({ path, text }) => line([path.at(-1) ?? ''], 'command', { words: [] }, text));
  const argument = node.argument === null ? [] : [line([''], 'argument', node.argument.offer, node.argument.name)];
  return [...children, ...node.flags.map(flagLine), ...argument];
}

function flagLine({ names, text, value }: CompletionFlag): string {
  return line(names, value === null ? 'flag' : 'value', value?.offer ?? { words: [] }, text);
}

/** Nothing is special within `@'…'@` but an end of its own at the start of a line, which no name begins with. */
function line(names: readonly string[], kind: string, { words, from }: Offer, text: string): string {
  return [names.join(','), kind, words.join(' '), from ?? '', text.replace(/\s+/g, ' ')].join('|');
}
