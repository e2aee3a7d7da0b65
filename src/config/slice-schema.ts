import * as z from 'zod';
import { list, section } from './allowed.ts';
import { columnName } from './gates-schema.ts';

/** A part of the rows to look at by itself: every value of a column, or the ranges of a numeric one. */
export const sliceSchema = z.union(
  [
    columnName(),
    section({
      column: columnName().describe('A numeric column.'),
      edges: list(z.number({ error: 'a number' }), 'a list of rising numbers')
        .refine((edges) => edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? Infinity)), {
          error: 'a list of rising numbers',
        })
        .describe('Where one slice ends and the next begins; an edge belongs to the slice above it.'),
    }),
  ],
  { error: 'a column, or { column: …, edges: […] }' },
);
