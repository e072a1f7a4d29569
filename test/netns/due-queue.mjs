// What is to happen, the earliest first: a binary heap. What is due at the same time comes out as it went in. Pure.

export class DueQueue {
  #heap = [];
  #added = 0;

  get size() {
    return this.#heap.length;
  }

  /** @returns {number} Infinity where nothing is to happen */
  nextAtMs() {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].atMs;
  }

  add(atMs, value) {
    const heap = this.#heap;
    const entry = { atMs, order: this.#added++, value };
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent], entry)) break;
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = entry;
  }

  take() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) this.#sink(last);
    return first?.value;
  }

  #sink(entry) {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (isBefore(entry, heap[child])) break;
      heap[index] = heap[child];
      index = child;
    }
    heap[index] = entry;
  }
}

function isBefore(a, b) {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
