import type { Verdict } from '../../core/verdict.ts';
import { checkTable } from '../check-table.ts';
import { code, paragraph, text, type Block, type Inline } from '../document.ts';
import { formatCount, formatValue } from '../../core/format-number.ts';
import { findings, resultsOf, tally } from './section.ts';

/** Latency and memory, and the machine they were measured on. */
export function performanceSection(verdict: Verdict): Block | undefined {
  const results = resultsOf(verdict, ['latency', 'memory']);
  if (results.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Latency and memory: ${tally(results)}`,
    blocks: [machineLine(verdict), checkTable(results, 'Latency and memory'), ...findings(results)],
  };
}

function machineLine({ machine }: Verdict): Block {
  if (machine === undefined)
    return paragraph('The machine was not recorded: compare these numbers with no others.');
  const { cpu, cores, memoryBytes, os, node, runtime } = machine;
  const runtimePart: (Inline | string)[] = runtime === undefined ? [] : [', ', code(runtime)];
  return paragraph(
    'Measured on ',
    code(cpu),
    text(`, ${formatCount(cores)} cores, ${formatValue(memoryBytes, { unit: 'bytes' })}, `),
    code(os),
    ', Node ',
    code(node),
    ...runtimePart,
    '. Times of other machines do not compare.',
  );
}
