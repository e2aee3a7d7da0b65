import { peekTable } from './open-table.ts';

/** Whether a table is to be read as Parquet: by its name or its first bytes. What is no readable file is an `input` error. */
export async function isParquet(path: string): Promise<boolean> {
  const start = await peekTable(path);
  return /\.parquet$/i.test(path) || start.toString('latin1') === 'PAR1';
}
