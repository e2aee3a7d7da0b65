import type { CheckResult } from '../../core/check.ts';
import { digestOf, parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { verdictSchema, type Verdict } from '../../core/verdict.ts';
import type { LoadedSource } from '../../core/sql-engine.ts';
import type { Document } from '../../report/document.ts';
import { shadowReport } from '../../report/shadow/shadow-report.ts';
import { toHtml } from '../../report/to-html.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { evaluateShadow, judgeShadow } from '../../shadow/evaluate-shadow.ts';
import type { ShadowFacts, ShadowRelease } from '../../shadow/facts.ts';
import type { ShadowSettings } from '../../shadow/settings.ts';
import { defaultMetrics } from './default-metrics.ts';
import { loadShadow } from './load-shadow.ts';
import { shadowFiguresOf } from './shadow-figures-of.ts';
import type { ShadowPorts } from './shadow-ports.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** What a run of the shadow leaves: the verdict, its report as a tree, and both as files. */
export interface ShadowRun {
  verdict: Verdict;
  report: Document;
  /** The report without single requests: their ids may be a person's, and logs and summaries of jobs are as public as the repository. */
  shared: Document;
  files: { 'verdict.json': string; 'report.md': string; 'report.html': string };
}

/** Loads the facts, evaluates every check, and renders. Writes nothing. */
export async function runShadow(request: ShadowRequest, ports: ShadowPorts): Promise<ShadowRun> {
  const { facts, reference, assumptions } = await loadShadow(request, ports);
  ports.progress('deciding');
  const { settings, assumption } = defaultMetrics(request, facts);
  const checks = evaluateShadow(facts, settings);
  const told = [...assumptions, ...assumption];
  const verdict = parseVerdict(
    assemble({ request, facts, settings, reference, checks, assumptions: told }, ports),
  );
  const figures = shadowFiguresOf(facts);
  const { disagreements: _, ...shared } = figures;
  const report = shadowReport(verdict, figures);
  return {
    verdict,
    report,
    shared: shadowReport(verdict, shared),
    files: {
      'verdict.json': `${JSON.stringify(verdict, undefined, 2)}\n`,
      'report.md': toMarkdown(report),
      'report.html': toHtml(report),
    },
  };
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
  request: ShadowRequest;
  facts: ShadowFacts;
  settings: ShadowSettings;
  reference: LoadedSource | undefined;
  checks: readonly CheckResult[];
  assumptions: readonly string[];
}

function assemble(
  { request, facts, settings, reference, checks, assumptions }: Parts,
  ports: ShadowPorts,
): Verdict {
  const { champion, challenger } = facts.releases;
  const bound = facts.binding !== 'unbound';
  const { runtime: _, ...machine } = ports.machine.describe();
  return {
    schema: 1,
    kind: 'shadow',
    model: cut(request.model),
    ...(challenger.version === undefined ? {} : { version: cut(challenger.version) }),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    task: facts.task,
    predictions: 'elsewhere',
    ...(bound ? subjects(challenger, champion) : {}),
    ...judgeShadow(checks),
    createdAt: ports.clock.now().toISOString(),
    producer: ports.producer,
    ...(request.config === undefined ? {} : { config: request.config }),
    data: dataOf(facts, reference),
    seed: settings.seed,
    shadow: shadowOf({ request, facts, settings }),
    machine,
    assumptions: assumptions.map(cut),
    checks: [...checks],
  };
}

/** The bytes that the verdict is about: those of the releases, where the ledger knows them. */
function subjects(
  challenger: ShadowRelease,
  champion: ShadowRelease,
): Pick<Verdict, 'artifact' | 'image' | 'champion'> {
  const of = ({ artifact, name, version }: ShadowRelease): Verdict['artifact'] =>
    artifact === undefined
      ? undefined
      : { path: cut(name), digest: artifact, ...(version === undefined ? {} : { version: cut(version) }) };
  const [ours, theirs] = [of(challenger), of(champion)];
  return {
    ...(ours === undefined ? {} : { artifact: ours }),
    ...(challenger.digest === undefined ? {} : { image: { digest: challenger.digest } }),
    ...(theirs === undefined ? {} : { champion: theirs }),
  };
}

/** Many files of one role are named together: the digest is that of their digests, in order. */
function dataOf({ log }: ShadowFacts, reference: LoadedSource | undefined): Verdict['data'] {
  const groups = [
    ['log', log.files],
    ['labels', log.labelFiles],
    ['reference', reference?.files ?? []],
  ] as const;
  return groups.flatMap(([role, files]) => {
    const [first] = files;
    if (first === undefined) return [];
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    if (files.length === 1) return [{ role, path: cut(first.path), sha256: first.digest, rows }];
    const all = digestOf(
      files.map(({ digest, path }) => `${digest.slice('sha256:'.length)}  ${path}\n`).join(''),
    );
    return [{ role, path: cut(`${files.length} files, from ${first.path}`), sha256: parseDigest(all), rows }];
  });
}

function shadowOf({
  request,
  facts,
  settings,
}: Pick<Parts, 'request' | 'facts' | 'settings'>): NonNullable<Verdict['shadow']> {
  const { releases, binding, window, coverage, log, labels } = facts;
  const named = ({ name, digest, sha }: ShadowRelease) => ({
    name: cut(name),
    ...(digest === undefined ? {} : { digest }),
    ...(sha === undefined ? {} : { sha }),
  });
  const excluded =
    log.rejected.count +
    log.withoutId +
    log.withoutTime +
    log.fromFuture +
    log.outsideWindow +
    log.withoutVersion +
    log.duplicates.rows +
    log.otherVersions.rows +
    log.swapped;
  const at = (ms: number): string => new Date(ms).toISOString();
  const until = request.plannedUntil;
  return {
    champion: named(releases.champion),
    challenger: named(releases.challenger),
    bound: binding,
    ...(window === undefined ? {} : { window: { from: at(window.from), to: at(window.to) } }),
    ...(window === undefined || labels.maturedUntil === undefined
      ? {}
      : { maturedUntil: at(Math.min(labels.maturedUntil, window.to)) }),
    look: request.looksBefore + 1,
    planned: { labels: settings.plannedLabels, ...(until === undefined ? {} : { until }) },
    requests: {
      rows: log.rows,
      both: coverage.both,
      championOnly: coverage.championOnly,
      challengerOnly: coverage.challengerOnly,
      excluded,
    },
    labels: {
      known: labels.matured - labels.missing + labels.immature,
      matured: facts.matured.known ? facts.matured.value.n : 0,
      immature: labels.immature,
      missing: labels.missing + labels.waiting,
    },
    signOff: request.signOff.map(cut),
  };
}

function cut(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}
