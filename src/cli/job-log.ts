/** A text for people as the log of a job may have it: that of GitHub obeys lines that begin like a command. */
export async function forJobLog(text: string): Promise<string> {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return text;
  const { withoutWorkflowCommands } = await import('../render/github.js');
  return withoutWorkflowCommands(text);
}
