import type { Head } from '../../../core/ledger-store.ts';
import type { FoundFiles } from './read-view.ts';

/**
 * What is known, without asking, of files and folders at one head: what was read there and what we wrote. GitHub puts a file in the place
 * of a folder without a word, and then everything in it is gone from the branch.
 */
export class KnownShape {
  private head: Head | undefined;
  private readonly kinds = new Map<string, 'file' | 'folder'>();

  /** Learns from a read; what was known of another head counts no more. */
  saw({ head, objects }: FoundFiles): void {
    this.moveTo(head);
    for (const [path, object] of objects) {
      if (object?.kind === 'Tree') this.folder(path);
      if (object?.kind === 'Blob') this.file(path);
    }
  }

  /** Learns from an append of ours, which took `parent` to `head`. */
  wrote(parent: Head | undefined, head: Head, paths: readonly string[]): void {
    if (parent === this.head) this.head = head;
    this.moveTo(head);
    for (const path of paths) this.file(path);
  }

  /** The first path that is known to be a folder on top of which a file would be written, or the reverse. */
  misplaced(parent: Head, paths: readonly string[]): string | undefined {
    if (parent !== this.head) return undefined;
    return paths
      .flatMap((path) => [...above(path), path])
      .find(
        (path) => this.kinds.has(path) && this.kinds.get(path) !== (paths.includes(path) ? 'file' : 'folder'),
      );
  }

  private moveTo(head: Head): void {
    if (head !== this.head) this.kinds.clear();
    this.head = head;
  }

  private file(path: string): void {
    for (const each of above(path)) this.kinds.set(each, 'folder');
    this.kinds.set(path, 'file');
  }

  private folder(path: string): void {
    for (const each of [...above(path), path]) this.kinds.set(each, 'folder');
  }
}

/** The folders that a path lies in, outermost first. */
function above(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
