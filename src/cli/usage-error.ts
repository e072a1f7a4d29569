/** The command line, the configuration or a target is wrong: exit status 2, nothing sent. `problem` is one line that names the value. */
export class UsageError extends Error {
  readonly problem: string;

  constructor(problem: string) {
    super(problem);
    this.name = 'UsageError';
    // oclif writes its own text into `message` on the way up.
    this.problem = problem;
  }
}
