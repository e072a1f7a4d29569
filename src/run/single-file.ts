/** Does work one after the other, each when the one before it is over: what loads a line has it to itself. */
export class SingleFile {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
