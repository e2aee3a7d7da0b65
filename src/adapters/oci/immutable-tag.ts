import { errorItems } from './answer-text.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** Which setting of which product keeps tags from moving. */
const SETTINGS: readonly { host: RegExp; setting: string }[] = [
  {
    host: /\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$|^public\.ecr\.aws$/,
    setting:
      'In Amazon ECR set "Image tag mutability" of the repository to mutable, or exclude the tags of the environments from it',
  },
  {
    host: /\.pkg\.dev$|(?:^|\.)gcr\.io$/,
    setting: 'In Google Artifact Registry switch off "Immutable image tags" of the repository',
  },
  {
    host: /\.azurecr\.io$/,
    setting:
      'In Azure Container Registry unlock the tag and repository (az acr repository update --write-enabled true)',
  },
  {
    host: /(?:^|\.)docker\.io$/,
    setting:
      'On Docker Hub take the tags of the environments out of the repository\'s "Tag mutability settings"',
  },
];

const ELSEWHERE =
  'Look for an immutability rule of the repository (in Harbor: the project, Policy, Tag Immutability) and take the tags of the environments out of it';

const SAYS_SO =
  /immutab|cannot be (?:overwritten|updated)|can't be (?:overwritten|updated)|tag (?:already exists|is locked)|ImageTagAlreadyExists|overwrite.*(?:not allowed|disallowed|disabled)|operation is disallowed on this registry/i;

/**
 * Whether a refused write says that the tag may not move, as ECR, Artifact Registry, ACR, Harbor and Docker Hub do in their own words;
 * then which setting blocks it, as a sentence without a full stop.
 */
export function immutableTagAdvice(answer: HttpAnswer, host: string): string | undefined {
  if (![400, 403, 405, 409, 412].includes(answer.status)) return undefined;
  const items = errorItems(answer);
  const says = items.some(
    ({ code, message }) => SAYS_SO.test(message) || /TAG_IMMUTABLE|ImageTagAlreadyExists/i.test(code),
  );
  // A conflict over a tag has no other cause; TAG_INVALID with 400 may also be a bad name, which `parseTag` rules out.
  const isTagError = items.some(
    ({ code }) => code === 'TAG_INVALID' || (code === 'CONFLICT' && answer.status === 409),
  );
  if (!says && !isTagError) return undefined;
  const name = host.replace(/:\d+$/, '');
  return SETTINGS.find((each) => each.host.test(name))?.setting ?? ELSEWHERE;
}
