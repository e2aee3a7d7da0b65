import { splitPointer } from '../../config/contract-features.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import type { EditedFile } from '../../gate/facts.ts';
import type { BaseView } from './base-view.ts';
import { guarded, sameContent } from './base-view.ts';

/**
 * The files beside the config that decide what is measured, and that are other ones than at the base commit. One that git does not
 * have there is none of them.
 */
export async function editedFiles(model: ModelConfig, view: BaseView): Promise<EditedFile[]> {
  const edited: EditedFile[] = [];
  for (const file of decidingFiles(model)) {
    const same = await guarded(() => isSame(file.path, view));
    if (!same.known || !same.value) edited.push(file);
  }
  return edited;
}

function decidingFiles({ data, contract }: ModelConfig): EditedFile[] {
  const joins = [data.test?.join, data.frozen?.join].map((join) =>
    typeof join === 'object' ? join.path : join,
  );
  const features = contract?.features;
  const files: [string, string | undefined][] = [
    ['the test table', data.test?.path],
    ...[...new Set(joins)].map((path): [string, string | undefined] => ['the joined table', path]),
    ['the features document', typeof features === 'string' ? splitPointer(features).path : undefined],
  ];
  return files.flatMap(([what, path]) => (path === undefined ? [] : [{ what, path }]));
}

async function isSame(path: string, { repository, revision }: BaseView): Promise<boolean> {
  const before = await repository.contentAt(revision, path);
  const now = await repository.contentAt('now', path);
  return before === undefined || now === undefined || sameContent(before, now);
}
