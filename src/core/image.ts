import { KnownGoodError } from './errors.ts';

/**
 * Where the images of a model live: a repository of a registry (`ghcr.io/acme/bank`), or an OCI image layout
 * folder (`oci-layout:./registry/bank`). Made only by `parseImageRepository`.
 */
export type ImageRepository =
  { kind: 'registry'; host: string; name: string } | { kind: 'layout'; path: string };

const LAYOUT = 'oci-layout:';
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/**
 * Parses an image repository without tag and digest. The first part is a host when it holds a dot, a colon, or is `localhost`;
 * without a host it is Docker Hub's. Anything else is an `input` error. Source: OCI distribution 1.1, "Pulling manifests".
 */
export function parseImageRepository(text: string): ImageRepository {
  if (text.startsWith(LAYOUT)) return layout(text);
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first);
  const host = isHost ? first : 'docker.io';
  const rest = isHost ? text.slice(slash + 1) : text;
  const name = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  if (!HOST.test(host) || !NAME.test(name) || name.length > 255) throw notARepository(text);
  return { kind: 'registry', host, name };
}

/** The repository as a person writes it; `parseImageRepository` reads it back. */
export function formatImageRepository(image: ImageRepository): string {
  return image.kind === 'layout' ? `${LAYOUT}${image.path}` : `${image.host}/${image.name}`;
}

function layout(text: string): ImageRepository {
  const path = text.slice(LAYOUT.length);
  if (path === '' || path.includes('\0')) throw notARepository(text);
  return { kind: 'layout', path };
}

function notARepository(text: string): KnownGoodError {
  return new KnownGoodError(
    'input',
    `Not an image repository: saw ${JSON.stringify(text.slice(0, 200))}, expected a name like ghcr.io/acme/bank ` +
      '(lower case, no tag, no digest) or oci-layout:FOLDER.',
  );
}

/** A tag of an image repository. Made only by `parseTag`. */
export type Tag = string & { readonly __brand: 'Tag' };

/** Parses a tag: 1 to 128 of letters, digits, `_`, `.`, `-`, not starting with `.` or `-`. Anything else is an `input` error. */
export function parseTag(text: string): Tag {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text)) return text as Tag;
  throw new KnownGoodError(
    'input',
    `Not a tag: saw ${JSON.stringify(text.slice(0, 200))}, expected up to 128 letters, digits, "_", "." or "-".`,
  );
}
