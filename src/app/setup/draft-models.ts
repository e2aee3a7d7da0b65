import { LANE_NAME } from '../../core/lane.ts';
import { guessTest } from './guess-label.ts';
import type { DraftedModel, InitFacts } from './setup-facts.ts';

const FILE = 'model';
const MOST_MODELS = 10;

/** The models of a folder, named after their folders or files; one to fill in where there is no ONNX file. */
export function draftModels(facts: InitFacts): DraftedModel[] {
  const names = new Set<string>();
  const drafted = facts.models.slice(0, MOST_MODELS).flatMap((path) => {
    const parts = path.split('/');
    const file = (parts.at(-1) ?? '').replace(/\.onnx$/i, '');
    const folder = parts.at(-2);
    const isFolder = file.toLowerCase() === FILE && folder !== undefined;
    const name = laneName(isFolder ? folder : file.toLowerCase() === FILE ? facts.folder : file);
    if (names.has(name)) return [];
    names.add(name);
    return [draft(facts, name, isFolder ? parts.slice(0, -1).join('/') : path)];
  });
  return drafted.length > 0
    ? drafted
    : [draft(facts, laneName(facts.folder), `models/${laneName(facts.folder)}`)];
}

function draft(facts: InitFacts, name: string, artifact: string): DraftedModel {
  const test = guessTest(facts.tables, name);
  const task = test === undefined ? undefined : facts.tasks[test.path];
  return {
    name,
    artifact,
    task: task ?? 'binary-classification',
    isTaskKnown: task !== undefined,
    image: imageOf(facts, name),
    test,
  };
}

/** GitHub's packages take lower case alone; without a forge a folder serves until there is a registry. */
function imageOf({ remote }: InitFacts, name: string): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
  if (remote?.host !== 'github.com') return `oci-layout:./registry/${plain(name)}`;
  return `ghcr.io/${[remote.owner, remote.name, name].map(plain).join('/')}`;
}

/** A name that lanes can have, as close as possible to one that may have anything in it. */
function laneName(text: string): string {
  const plain = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64)
    .replace(/[^A-Za-z0-9]+$/, '');
  return LANE_NAME.test(plain) ? plain : FILE;
}
