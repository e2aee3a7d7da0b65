/** What is known by name in a graph, on top of what the graphs around it know. */
export class Scope<T> {
  readonly #outer: Scope<T> | undefined;
  readonly #own = new Map<string, T>();

  constructor(outer?: Scope<T>) {
    this.#outer = outer;
  }

  /** Makes a name known in this graph, and tells whether this graph knew it before. */
  set(name: string, value: T): boolean {
    const before = this.#own.has(name);
    this.#own.set(name, value);
    return before;
  }

  /** What the innermost graph that knows the name says of it. */
  get(name: string): T | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name);
  }
}
