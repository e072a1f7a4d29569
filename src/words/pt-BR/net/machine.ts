import type { Entries } from '../../language.js';

export const NET_MACHINE: Entries = {
  'the table has no route there': 'a tabela não tem rota até lá',
  'no native sockets': 'sem soquetes nativos',
  'there is no interface {0}': 'não há interface {0}',
  '{0} is no link with neighbours': '{0} não é um enlace com vizinhos',
  '{0} is not up': '{0} não está ativa',
  'only root (CAP_NET_RAW) may ask the neighbours on a link': 'só root (CAP_NET_RAW) pode consultar os vizinhos em um enlace',
  '/proc/net shows no socket tables here': '/proc/net não mostra tabelas de soquetes aqui',
  '{0} does not show its sockets as files, and its own tools are not asked':
    '{0} não mostra seus soquetes como arquivos, e suas próprias ferramentas não são consultadas',
  'cannot be read: {0}': 'não pode ser lido: {0}',
  'has more lines than are read': 'tem mais linhas do que se lê',
  '{0} ended with status {1}': '{0} terminou com status {1}',
  '{0} printed nothing that could be read': '{0} não imprimiu nada que pudesse ser lido',
  '{0} does not exist': '{0} não existe',
  '{0} is not shown to this user': '{0} não é visível a este usuário',
  '{0} is no ordinary file': '{0} não é um arquivo comum',
  'the system does not let this process call adjtimex': 'o sistema não deixa este processo chamar adjtimex',
  'adjtimex: {0}': 'adjtimex: {0}',
  '{0} is not installed': '{0} não está instalado',
  'the system does not let this user run {0}': 'o sistema não deixa este usuário executar {0}',
  'the system shows no neighbour table for this family as a file': 'o sistema não mostra em arquivo a tabela de vizinhos desta família',
  'the kernel lists more than is read': 'o kernel lista mais do que se lê',
  'netlink: {0}': 'netlink: {0}',
  'no socket to ask for the route with: {0} ({1})': 'sem soquete para consultar a rota: {0} ({1})',
  'windows {0}': 'windows {0}',
  'PowerShell is not installed': 'o PowerShell não está instalado',
  'PowerShell ended with status {0}: it may be blocked by a policy':
    'o PowerShell terminou com status {0}: pode estar bloqueado por uma política',
  'PowerShell printed nothing that could be read': 'o PowerShell não imprimiu nada que pudesse ser lido',
  'Windows refuses it: {0}': 'o Windows recusa: {0}',
  'Windows does not tell it': 'o Windows não informa',
  'PowerShell gave no answer within {0} ms': 'o PowerShell não respondeu em {0} ms',
  'HKLM:\\SOFTWARE\\Policies\\Microsoft': 'HKLM:\\SOFTWARE\\Policies\\Microsoft',
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings': 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
  'try{[Console]::OutputEncoding=New-Object System.Text.UTF8Encoding $false;$u=1}catch{$u=0}':
    'try{[Console]::OutputEncoding=New-Object System.Text.UTF8Encoding $false;$u=1}catch{$u=0}',
  'function q($k,$b){try{$o[$k]=@{v=@(& $b)}}catch{$o[$k]=@{e=[string]$_.FullyQualifiedErrorId}}}':
    'function q($k,$b){try{$o[$k]=@{v=@(& $b)}}catch{$o[$k]=@{e=[string]$_.FullyQualifiedErrorId}}}',
  'function c($k,$n,$l,$p,$f){q $k {if($f){Get-CimInstance -Namespace $n -ClassName $l -Filter $f|Select-Object $p}else{Get-CimInstance -Namespace $n -ClassName $l|Select-Object $p}}}':
    'function c($k,$n,$l,$p,$f){q $k {if($f){Get-CimInstance -Namespace $n -ClassName $l -Filter $f|Select-Object $p}else{Get-CimInstance -Namespace $n -ClassName $l|Select-Object $p}}}',
  "@{n='{0}Seconds';e={$_.{1}Lifetime.TotalSeconds}}": "@{n='{0}Seconds';e={$_.{1}Lifetime.TotalSeconds}}",
  "q 'dnsPolicies' {Get-ChildItem -Path '{0}\\Dnscache\\Parameters\\DnsPolicyConfig','{1}\\Windows NT\\DNSClient\\DnsPolicyConfig' -ErrorAction SilentlyContinue|Get-ItemProperty|Select-Object Name,GenericDNSServers}":
    "q 'dnsPolicies' {Get-ChildItem -Path '{0}\\Dnscache\\Parameters\\DnsPolicyConfig','{1}\\Windows NT\\DNSClient\\DnsPolicyConfig' -ErrorAction SilentlyContinue|Get-ItemProperty|Select-Object Name,GenericDNSServers}",
  "@('DomainProfile','domain'),@('PrivateProfile','private'),@('StandardProfile','private'),@('PublicProfile','public')":
    "@('DomainProfile','domain'),@('PrivateProfile','private'),@('StandardProfile','private'),@('PublicProfile','public')",
  "q 'processes' {$i=@($o.tcpListeners.v)+@($o.udpEndpoints.v)|ForEach-Object{$_.OwningProcess}|Sort-Object -Unique;Get-Process -Id $i -ErrorAction SilentlyContinue|Select-Object Id,ProcessName}":
    "q 'processes' {$i=@($o.tcpListeners.v)+@($o.udpEndpoints.v)|ForEach-Object{$_.OwningProcess}|Sort-Object -Unique;Get-Process -Id $i -ErrorAction SilentlyContinue|Select-Object Id,ProcessName}",
  "q 'firewall' {foreach($d in @(@('{0}\\SharedAccess\\Parameters\\FirewallPolicy',0),@('{1}\\WindowsFirewall',1))){foreach($s in @({2})){$t=Join-Path $d[0] $s[0];if(Test-Path -Path $t){Get-ItemProperty -Path $t|Select-Object EnableFirewall,DefaultInboundAction,@{n='Profile';e={$s[1]}},@{n='Policy';e={$d[1]}}}}}}":
    "q 'firewall' {foreach($d in @(@('{0}\\SharedAccess\\Parameters\\FirewallPolicy',0),@('{1}\\WindowsFirewall',1))){foreach($s in @({2})){$t=Join-Path $d[0] $s[0];if(Test-Path -Path $t){Get-ItemProperty -Path $t|Select-Object EnableFirewall,DefaultInboundAction,@{n='Profile';e={$s[1]}},@{n='Policy';e={$d[1]}}}}}}",
  "q 'services' {Get-Service -Name mpssvc,W32Time,Dnscache -ErrorAction SilentlyContinue|Select-Object Name,Status}":
    "q 'services' {Get-Service -Name mpssvc,W32Time,Dnscache -ErrorAction SilentlyContinue|Select-Object Name,Status}",
  'HKCU:\\{0}\\Connections': 'HKCU:\\{0}\\Connections',
  'HKLM:\\{0}\\Connections': 'HKLM:\\{0}\\Connections',
  "q 'time' {foreach($d in @(@('{0}\\W32Time\\Parameters',0),@('{1}\\W32Time\\Parameters',1))){if(Test-Path -Path $d[0]){Get-ItemProperty -Path $d[0]|Select-Object Type,NtpServer,@{n='Policy';e={$d[1]}}}}}":
    "q 'time' {foreach($d in @(@('{0}\\W32Time\\Parameters',0),@('{1}\\W32Time\\Parameters',1))){if(Test-Path -Path $d[0]){Get-ItemProperty -Path $d[0]|Select-Object Type,NtpServer,@{n='Policy';e={$d[1]}}}}}",
};
