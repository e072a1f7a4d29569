import type { Answer, Question } from './question.js';

/** What a task waits for: the answer to a question, or the end of other tasks. */
export type Step = { ask: Question } | { all: Line[] };

/** A line of inquiry: each question depends on the answers so far, and on nothing else. */
export type Task = Generator<Step, void, Answer | undefined>;

/** A task, whatever it gives back. */
type Line = Generator<Step, unknown, Answer | undefined>;

export function* ask(question: Question): Generator<Step, Answer, Answer | undefined> {
  const answer = yield { ask: question };
  if (answer === undefined) throw new Error('a question was gone on from without an answer');
  return answer;
}

/** Side by side, up to the end of the last. */
export function* all(tasks: Line[]): Generator<Step, void, Answer | undefined> {
  if (tasks.length > 0) yield { all: tasks };
}

interface Running {
  task: Line;
  /** Who waits for it. */
  parent: Waiting | null;
}

interface Waiting {
  running: Running;
  left: number;
}

/** Runs a task and those that it starts: hands out their questions, and takes the answers in whatever order they come. */
export class Inquiry {
  private readonly queue: { id: number; question: Question }[] = [];
  private readonly asked = new Map<number, Running>();
  private nextId = 0;
  private running = 0;

  constructor(task: Line) {
    this.start(task, null);
  }

  get done(): boolean {
    return this.running === 0;
  }

  /** The next question that can be asked now; `null` where all wait for answers. `idle`: whether no other is under way. */
  next(idle: boolean): { id: number; question: Question } | null {
    const index = this.queue.findIndex(({ question }) => idle || !question.alone);
    return index < 0 ? null : (this.queue.splice(index, 1)[0] ?? null);
  }

  answer(id: number, answer: Answer): void {
    const running = this.asked.get(id);
    if (running === undefined) return;
    this.asked.delete(id);
    this.advance(running, answer);
  }

  private start(task: Line, parent: Waiting | null): void {
    this.running++;
    this.advance({ task, parent }, undefined);
  }

  private advance(running: Running, answer: Answer | undefined): void {
    const { done, value } = running.task.next(answer);
    if (done === true) {
      this.running--;
      const { parent } = running;
      if (parent !== null && --parent.left === 0) this.advance(parent.running, undefined);
    } else if ('ask' in value) {
      const id = this.nextId++;
      this.asked.set(id, running);
      this.queue.push({ id, question: value.ask });
    } else {
      const waiting = { running, left: value.all.length };
      for (const task of value.all) this.start(task, waiting);
    }
  }
}
