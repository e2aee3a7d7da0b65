import type { Policy } from './policy.ts';
import { sameImage } from './same-image.ts';

/** A tag in an image repository: what a lane governs. */
export type Place = Pick<Policy, 'image' | 'tag'>;

/** Whether two policies speak of one tag, however the repository is spelled. */
export function samePlace(one: Place, other: Place): boolean {
  return one.tag === other.tag && spelled(one.image) === spelled(other.image);
}

/** `image:tag`, as a person writes it. */
export function formatPlace({ image, tag }: Place): string {
  return `${image}:${tag}`;
}

function spelled(image: string): string {
  return sameImage(image) ?? image;
}
