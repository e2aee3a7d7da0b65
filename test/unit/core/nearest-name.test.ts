import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/core/nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['roc_acu', ['accuracy', 'roc_auc'], 'roc_auc'],
    ['ROC-AUC', ['accuracy', 'roc_auc'], 'roc_auc'],
    ['max-drop', ['max', 'max_drop'], 'max_drop'],
    ['artefact', ['artifact', 'model'], 'artifact'],
    ['gti', ['git', 'path'], 'git'],
    ['zzz', ['git', 'path'], undefined],
    ['minimum', ['min', 'max'], undefined],
    ['x', [], undefined],
    ['a'.repeat(1e6), ['a'], undefined],
  ])('%.20s in %j is %s', (name, known, nearest) => expect(nearestName(name, known)).toBe(nearest));
});
