import type { SliceCodes } from '../../shadow/facts.ts';
import {
  bandCodes,
  dictionaryTable,
  dictionaryValues,
  pooledValues,
  valueCodes,
} from '../../shadow/sql/slice-codes.ts';
import { bandNames } from '../../verdict/band-names.ts';
import type { OpenLog, SliceColumn } from './open-log.ts';

/** A slice column and how its values become codes. */
export interface CodedSlice extends Omit<SliceCodes, 'codes'> {
  /** The column's name in `counted`, where it holds values, and in `labelled`, where it holds codes. */
  as: string;
  /** The expression of a row's code. */
  code: string;
}

/** The codes of a slice column: its bands, or its values with the most frequent first. After `counted` is there. */
export async function codeSlice({ session }: OpenLog, slice: SliceColumn): Promise<CodedSlice> {
  const { name, as, edges } = slice;
  if (edges !== undefined) {
    const code = bandCodes(as, edges);
    return { name, as, bands: true, values: bandNames(edges), pooled: 0, code };
  }
  await session.run(dictionaryTable(as));
  const { value } = await session.read(dictionaryValues(as), { value: 'text', n: 'number' });
  const rest = await session.read(pooledValues(as), { pooled: 'number', n: 'number' });
  const pooled = rest.pooled[0] ?? 0;
  const values = pooled === 0 ? value : [...value, `one of ${pooled} rarer values`];
  const code = valueCodes(as, value, session.dialect);
  return { name, as, bands: false, values, pooled: pooled === 0 ? 0 : (rest.n[0] ?? 0), code };
}
