import { parseTag, type Tag } from '../../core/image.ts';

/** A tag has at most 128 characters; the number needs some of them. */
const MOST_KEPT = 120;

/** The tag that keeps a promoted manifest from being cleaned up: the lane's tag and the number of the operation. */
export function anchorTag(tag: Tag, seq: number): Tag {
  return parseTag(`${tag.slice(0, MOST_KEPT)}-${seq}`);
}

/** Whether a tag is, or may one day be, an anchor of a lane with this tag. */
export function isAnchorOf(name: string, tag: string): boolean {
  const beginning = `${tag.slice(0, MOST_KEPT)}-`;
  return name.startsWith(beginning) && /^[1-9]\d*$/.test(name.slice(beginning.length));
}
