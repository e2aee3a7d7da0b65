/** Ceilings of one table; a table beyond one is an `input` error that names the ceiling. */
export interface TableLimits {
  /** Bytes of one record, and of the header. */
  recordBytes: number;
  /** Bytes of the table, after decompression. */
  bytes: number;
  /** Decompressed bytes for each compressed one, looked at once `ratioFrom` bytes came out. */
  ratio: number;
  ratioFrom: number;
  /** Columns of the file. */
  columns: number;
  /** Rows times requested columns. */
  cells: number;
}

/** 16 MiB a record, 8 GiB in all, 250 to 1 after 256 MiB, 20 000 columns, 500 million cells (4 GB of numbers). */
export const DEFAULT_TABLE_LIMITS: TableLimits = {
  recordBytes: 16 * 2 ** 20,
  bytes: 8 * 2 ** 30,
  ratio: 250,
  ratioFrom: 256 * 2 ** 20,
  columns: 20_000,
  cells: 500_000_000,
};
