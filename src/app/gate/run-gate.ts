import { KnownGoodError } from '../../core/errors.ts';
import type { Clock, Machine, Producer } from '../../core/ports.ts';
import type { CheckResult } from '../../core/check.ts';
import type { Verdict } from '../../core/verdict.ts';
import { verdictSchema } from '../../core/verdict.ts';
import { evaluateGate } from '../../gate/evaluate-gate.ts';
import type { SideFacts } from '../../gate/facts.ts';
import { judge } from '../../gate/verdict.ts';
import type { Document } from '../../report/document.ts';
import { gateReport } from '../../report/gate-report.ts';
import { toHtml } from '../../report/to-html.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { figuresOf } from './figures.ts';
import type { GateRequest } from './gate-request.ts';
import type { GatePorts } from './gate-ports.ts';
import type { LoadedGate } from './load-facts.ts';
import { loadGate } from './load-facts.ts';

/** What a run of the gate leaves: the verdict, its report as a tree, and both as files. */
export interface GateRun {
  verdict: Verdict;
  report: Document;
  files: { 'verdict.json': string; 'report.md': string; 'report.html': string };
}

/** Everything around the gate itself. */
export interface RunPorts extends GatePorts {
  clock: Clock;
  machine: Machine;
  producer: Producer;
}

/** Loads the facts, evaluates every check, and renders. Writes nothing. */
export async function runGate(request: GateRequest, ports: RunPorts): Promise<GateRun> {
  const loaded = await loadGate(request, ports);
  ports.progress('comparing');
  const checks = evaluateGate(loaded.facts, loaded.settings);
  const verdict = parseVerdict(assemble({ request, loaded, checks }, ports));
  const report = gateReport(verdict, figuresOf(loaded.facts));
  const files = {
    'verdict.json': `${JSON.stringify(verdict, undefined, 2)}\n`,
    'report.md': toMarkdown(report),
    'report.html': toHtml(report),
  };
  return { verdict, report, files };
}

function parseVerdict(verdict: Verdict): Verdict {
  const parsed = verdictSchema.safeParse(verdict);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new KnownGoodError(
    'internal',
    `The verdict breaks its own schema at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. Please report this.`,
  );
}

interface Parts {
  request: GateRequest;
  loaded: LoadedGate;
  checks: readonly CheckResult[];
}

function assemble({ request, loaded, checks }: Parts, ports: RunPorts): Verdict {
  const { facts, settings, assumptions } = loaded;
  const { runtime, ...machine } = ports.machine.describe();
  const version = facts.documents.manifest?.fields.version ?? facts.challenger?.version;
  return {
    schema: 1,
    kind: 'gate',
    model: cut(facts.model),
    ...(version === undefined ? {} : { version: cut(version) }),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    ...(facts.task.known ? { task: facts.task.value } : {}),
    predictions: facts.predictions,
    ...(facts.challenger === undefined ? {} : { artifact: subject(facts.challenger, version) }),
    ...(facts.champion === undefined
      ? {}
      : {
          champion: subject(
            facts.champion,
            facts.documents.championManifest?.fields.version ?? facts.champion.version,
          ),
        }),
    ...judge(checks),
    createdAt: ports.clock.now().toISOString(),
    producer: ports.producer,
    ...(request.config === undefined ? {} : { config: request.config }),
    data: facts.data.map((data) => ({
      role: data.role,
      path: cut(data.path),
      sha256: data.digest,
      rows: data.rows,
    })),
    seed: settings.seed,
    ...(facts.challenger === undefined
      ? {}
      : { machine: { ...machine, ...(runtime === undefined ? {} : { runtime }) } }),
    assumptions: assumptions.map(cut),
    checks: [...checks],
  };
}

function subject(side: SideFacts, version: string | undefined): NonNullable<Verdict['artifact']> {
  return {
    path: cut(side.path),
    digest: side.digest,
    files: side.files,
    ...(version === undefined ? {} : { version: cut(version) }),
  };
}

function cut(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}
